"""How a policy stands on a day: computed from its entries, never stored. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from tracker.model import Entry, EntryStatus, Qualifier, Stage
from tracker.partial_date import PartialDate
from tracker.timeline.how_sure import is_uncertain
from tracker.timeline.standing.caveats import is_weak
from tracker.timeline.standing.lifecycle import IN_FORCE, Lifecycle, State, delays, with_dated_ends
from tracker.timeline.standing.line import WORDS, ending, line, on, quoted, taking, when
from tracker.timeline.steps import (
    ENDS,
    denial,
    failure,
    first_told,
    has_come,
    in_sequence,
    is_from_outside,
    recorded_qualifiers,
    without_foiled,
)

OPEN = "uncertain"
"""The word for how a policy stands of which no step is sure enough for a claim."""
COME = {
    Stage.PROPOSED: "whether it was proposed",
    Stage.ADOPTED: "whether it was adopted",
    Stage.EFFECTIVE: "whether it is in force",
    Stage.RESCINDED: "whether it has ended",
    Stage.REJECTED: "whether it was rejected",
    Stage.BLOCKED: "whether it is blocked",
}
"""What a step leaves open on which all rests, and which is too unsure for a claim."""
PERHAPS = {
    Stage.ADOPTED: ", perhaps adopted since (uncertain)",
    Stage.EFFECTIVE: ", perhaps in force now (uncertain)",
    Stage.RESCINDED: ", perhaps ended since (uncertain)",
    Stage.REJECTED: ", perhaps rejected since (uncertain)",
    Stage.BLOCKED: ", perhaps blocked since (uncertain)",
}
PERHAPS_TO_COME = {
    Stage.EFFECTIVE: ", its start is uncertain",
    Stage.RESCINDED: ", perhaps to end (uncertain)",
    Stage.BLOCKED: ", perhaps to be blocked (uncertain)",
}
"""What is said of such a step, done or to come, behind how the surer ones have it."""
PARTLY = "; a part of it starts on another day"
"""Behind a start of which the law's own text says so."""
VOTED = frozenset({Stage.PROPOSED, Stage.ADOPTED})
"""Stages of which a vote on a draft is one: a first reading is no adoption."""
AWAITING = frozenset({State.PROPOSED, State.ADOPTED, State.SUSPENDED})
"""States in which a start that is still to come is the rule's own; after an end it may be the repeal's."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a policy stands. `since` is the date of the step that decides, `changed` when it was changed since, `start` a
    start that is still to come, `until` an end that is; `words` a line for people, which tells of each step that it
    names how sure it is. `uncertain`: one of the steps that decide is no more than that; `open`: each of them is too
    unsure for a claim (`caveats.CLAIMED`), so that the line says only what they leave open; `failure`: how what was
    given up failed (`steps.failure`)."""

    state: State
    words: str
    since: PartialDate | None = None
    changed: PartialDate | None = None
    start: PartialDate | None = None
    until: PartialDate | None = None
    uncertain: bool = False
    open: bool = False
    failure: str = ""

    @property
    def word(self) -> str:
        """The state as people read it."""
        return OPEN if self.open else self.failure or WORDS.get(self.state, self.state)

    @property
    def details(self) -> str:
        """The line without the state's own word: `since July 6, 2017`."""
        return self.words.removeprefix(self.word).lstrip(" ,:")


def standing(entries: Iterable[Entry], as_of: date) -> Standing | None:
    """How the policy of these entries stands on the day `as_of`, by those that no person has rejected; None where
    nothing of it has happened, nor was told, by then. What is too unsure for a claim decides nothing where
    something surer is known: it is named behind that."""
    told = tuple(entries)
    way, whole = _ways(told, as_of)
    found = _as_told(way)
    if found and all(map(is_weak, way.deciding)):
        return replace(found, words=f"{OPEN} {_left_open(way)}", open=True)
    return replace(found, words=found.words + _doubt(way, whole) + _put_off(found, told)) if found else None


def deciding(entries: Iterable[Entry], as_of: date) -> tuple[Entry, ...]:
    """The steps by which the policy of these entries stands as it does, with the next that is to come."""
    way, _ = _ways(entries, as_of)
    return (*way.deciding, *[step for step in [way.coming] if step and way.lifecycle.state])


def _ways(entries: Iterable[Entry], as_of: date) -> "tuple[_Way, _Way]":
    """(where the surer steps have led, or all where these tell nothing; where all have)."""
    told = [step for step in entries if step.status is not EntryStatus.REJECTED]
    moved = {step.id for step in delays(told)}
    kept = [step for step in told if step.id not in moved and _decides(step) and not _is_misread(step, told)]
    whole, way = _way(kept, as_of), _way([entry for entry in kept if not is_weak(entry)], as_of)
    if way.state is None or (way.lifecycle.state is None and way.state is whole.state):
        return whole, whole
    return way, whole


def _is_misread(step: Entry, steps: Iterable[Entry]) -> bool:
    """True for a step of which each sentence tells another step of that day, and more surely: a first reading that was
    also taken for the adoption."""
    if step.stage not in VOTED or step.status is EntryStatus.CONFIRMED or not step.evidence:
        return False
    others = [one for one in steps if one.stage in VOTED and one.stage is not step.stage and one.date == step.date]
    surest: dict[tuple[str, str], float] = {}
    for item in (item for one in others for item in one.evidence):
        said = item.url, item.finding.said
        surest[said] = max(surest.get(said, 0.0), item.finding.score)
    return all(surest.get((item.url, item.finding.said), 0.0) > item.finding.score for item in step.evidence)


def _decides(step: Entry) -> bool:
    """False for what its own reports deny or put off, and for a block that no court and no higher government is said to
    have made."""
    if denial(step):
        return False
    return step.stage is not Stage.BLOCKED or is_from_outside(step)


@dataclass(frozen=True, slots=True)
class _Way:
    """Where steps have led by a day: the lifecycle so far, and the next step that is still to come."""

    lifecycle: Lifecycle
    coming: Entry | None
    as_of: date

    @property
    def state(self) -> State | None:
        """None where nothing has happened, nor was told, by then."""
        return self.lifecycle.state or (_announced_state(self.coming) if self._is_announced() else None)

    def _is_announced(self) -> bool:
        return self.coming is not None and first_told(self.coming) <= self.as_of

    @property
    def deciding(self) -> tuple[Entry, ...]:
        """The steps that the state rests on."""
        told = [step for step in (self.lifecycle.decisive, self.lifecycle.changed) if step]
        return tuple(told or [step for step in [self.coming] if step])


def _way(entries: Iterable[Entry], as_of: date) -> _Way:
    steps = without_foiled(with_dated_ends(in_sequence(entries)))
    lifecycle = Lifecycle(steps)
    for step in steps:
        if has_come(step, as_of):
            lifecycle.take(step)
    _forget_unsure_beginning(lifecycle)
    coming = next((step for step in steps if step.date and not has_come(step, as_of)), None)
    return _Way(lifecycle, coming, as_of)


def _as_told(way: _Way) -> Standing | None:
    if way.state is None:
        return None
    found = _told(way.lifecycle, way.coming, way.as_of) if way.lifecycle.state else _announced(way.coming)
    return replace(found, uncertain=any(map(is_uncertain, way.deciding))) if found else None


def _doubt(way: _Way, whole: _Way) -> str:
    """What steps leave open that are too unsure for a claim, where they would lead elsewhere. What they say is
    not repeated: the timeline has it, and a wrong date is worse than none."""
    known = {step.id for step in way.lifecycle.steps}
    weak = [step for step in (*whole.deciding, *[step for step in [whole.coming] if step]) if step.id not in known]
    if way.lifecycle.decisive and _other_day(way.lifecycle.decisive, whole.lifecycle.decisive):
        return "; the day is uncertain"
    if not weak or (whole.state is way.state and weak[-1] is not whole.coming):
        return ""
    return (PERHAPS_TO_COME if weak[-1] is whole.coming else PERHAPS).get(weak[-1].stage, "")


def _left_open(way: _Way) -> str:
    """`whether it was adopted`: what the step leaves open on which all rests."""
    step = way.deciding[-1]
    is_to_come = step is way.coming and step.stage is Stage.EFFECTIVE
    return "whether it takes effect" if is_to_come else COME[step.stage]


def _put_off(found: Standing, told: Iterable[Entry]) -> str:
    """That the start was moved, and when, or the start that was put off, where none has come since."""
    if found.state not in AWAITING:
        return ""
    steps = in_sequence(step for step in told if step.status is not EntryStatus.REJECTED)
    if votes := [step for step in delays(steps) if not is_weak(step)]:
        return f"; start moved {when(votes[-1])}"
    starts = [step for step in steps if step.stage is Stage.EFFECTIVE and denial(step)]
    return f"; its start {on(starts[-1])} was put off" if starts and not found.start else ""


def _other_day(step: Entry, other: Entry | None) -> bool:
    """True for one step that less sure ones date otherwise: a repeal, by its start."""
    return other is not None and other.id == step.id and other.date != step.date


def _announced_state(coming: Entry | None) -> State | None:
    if coming is None or coming.date is None:
        return None
    if coming.stage is Stage.EFFECTIVE:
        return State.ADOPTED
    return State.IN_FORCE if coming.stage in ENDS else State.PROPOSED


def _announced(coming: Entry | None) -> Standing | None:
    """Where only steps to come were told: what starts was adopted, what ends is in force."""
    state = _announced_state(coming)
    if coming is None or state is None:
        return None
    if state is State.ADOPTED:
        return Standing(state, f"adopted, {taking(coming)} effect {on(coming)}", start=coming.date)
    if state is State.IN_FORCE:
        return Standing(state, f"in force, {ending(coming)}", until=coming.date)
    return Standing(state, f"proposed, to be adopted {on(coming)}")


def _told(lifecycle: Lifecycle, coming: Entry | None, as_of: date) -> Standing:
    """The state with its dates. A change that was adopted and whose start is still to come does not hold yet."""
    state, changed = lifecycle.state, lifecycle.changed
    start = coming if coming and coming.stage is Stage.EFFECTIVE and state in AWAITING else None
    pending = ""
    if state is State.AMENDED and changed and changed.stage is Stage.ADOPTED and _starts(coming):
        assert coming
        pending = f"; a change adopted {when(changed)} takes effect {on(coming)}"
        state, changed, start = State.IN_FORCE, None, coming
    until = coming if coming and coming.stage in ENDS and state in (*IN_FORCE, State.ADOPTED) else None
    assert state
    said = line(state, lifecycle, changed, as_of)
    again = " again" if state is State.SUSPENDED else ""
    said += f", takes effect{again} {on(start)}" if start and not pending else pending
    said += f", {ending(until)}" if until and until.date else ""
    starts = [step for step in (lifecycle.decisive, start) if step and step.stage is Stage.EFFECTIVE]
    said += PARTLY if any(Qualifier.IN_PART in recorded_qualifiers(step) for step in starts) else ""
    if lifecycle.blocked_part:
        said += f"; a part of it was blocked {when(lifecycle.blocked_part)}: {quoted(lifecycle.blocked_part)}"
    since, altered, begins, ends = (
        entry.date if entry else None for entry in (lifecycle.decisive, changed, start, until)
    )
    failed = failure(lifecycle.decisive) if state is State.GIVEN_UP and lifecycle.decisive else ""
    return Standing(state, said, since, altered, begins, ends, failure=failed)


def _forget_unsure_beginning(lifecycle: Lifecycle) -> None:
    """Of a rule that was adopted anew, and surely, an uncertain first adoption is left out."""
    first, last = lifecycle.decisive, lifecycle.changed
    if first and last and first.stage is Stage.ADOPTED and is_uncertain(first) and not is_uncertain(last):
        lifecycle.state = State.IN_FORCE if last.stage is Stage.EFFECTIVE else State.ADOPTED
        lifecycle.decisive, lifecycle.changed = last, None


def _starts(coming: Entry | None) -> bool:
    return coming is not None and coming.stage is Stage.EFFECTIVE
