"""How a policy stands on a day: computed from its entries, never stored. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.model import Basis, Entry, EntryStatus, Stage
from tracker.partial_date import PartialDate
from tracker.timeline.course import IN_FORCE, Course, State, with_dated_ends
from tracker.timeline.sequence import ENDS, first_told, has_come, in_sequence, last_told, without_foiled

WORDS = {State.AMENDED: "in force", State.GIVEN_UP: "rejected"}
"""What a state is called in a line where that is not its own word: the line says when it was amended, and what was
voted down is rejected, as its step is."""
QUIET_DAYS = 365
"""A proposal is voted on within months; what became of one that was last heard of more than a year ago nobody knows."""
AWAITING = frozenset({State.PROPOSED, State.ADOPTED, State.SUSPENDED})
"""States in which a start that is still to come is the rule's own; after an end it may be the repeal's."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a policy stands. `since` is the date of the step that decides, `changed` when it was changed since, `start` a
    start that is still to come, `until` an end that is; `words` a line for people."""

    state: State
    words: str
    since: PartialDate | None = None
    changed: PartialDate | None = None
    start: PartialDate | None = None
    until: PartialDate | None = None

    @property
    def word(self) -> str:
        """The state as people read it."""
        return WORDS.get(self.state, self.state)

    @property
    def details(self) -> str:
        """The line without the state's own word: `since July 6, 2017`."""
        return self.words.removeprefix(self.word).lstrip(" ,:")


def standing(entries: Iterable[Entry], as_of: date) -> Standing | None:
    """How the policy of these entries stands on the day `as_of`, by those that no person has rejected; None where
    nothing of it has happened, nor was told, by then."""
    kept = in_sequence(entry for entry in entries if entry.status is not EntryStatus.REJECTED)
    steps = without_foiled(with_dated_ends(kept))
    course = Course(steps)
    for step in steps:
        if has_come(step, as_of):
            course.take(step)
    coming = _coming(steps, as_of)
    if course.state is None:
        return _announced(coming, as_of)
    return _told(course, coming, as_of)


def _coming(steps: Sequence[Entry], as_of: date) -> Entry | None:
    """The next step that is still to come, where its date is known."""
    return next((step for step in steps if step.date and not has_come(step, as_of)), None)


def _announced(coming: Entry | None, as_of: date) -> Standing | None:
    """Where only steps to come were told: what starts was adopted, what ends is in force."""
    if coming is None or coming.date is None or first_told(coming) > as_of:
        return None
    if coming.stage is Stage.EFFECTIVE:
        words = f"adopted, takes effect {_on(coming.date)}"
        return Standing(State.ADOPTED, words, start=coming.date)
    if coming.stage in ENDS:
        words = f"in force, {_ending(coming, coming.date)}"
        return Standing(State.IN_FORCE, words, until=coming.date)
    return Standing(State.PROPOSED, f"proposed, to be adopted {_on(coming.date)}")


def _told(course: Course, coming: Entry | None, as_of: date) -> Standing:
    """The state with its dates. A change that was adopted and whose start is still to come does not hold yet."""
    state, changed = course.state, course.changed
    start = coming if coming and coming.stage is Stage.EFFECTIVE and state in AWAITING else None
    pending = ""
    if state is State.AMENDED and changed and changed.stage is Stage.ADOPTED and _starts(coming):
        assert coming
        pending = f"; a change adopted {_when(changed)} takes effect {_on(coming.date)}"
        state, changed, start = State.IN_FORCE, None, coming
    until = coming if coming and coming.stage in ENDS and state in (*IN_FORCE, State.ADOPTED) else None
    assert state
    line = _line(state, course, changed, as_of)
    again = " again" if state is State.SUSPENDED else ""
    line += f", takes effect{again} {_on(start.date)}" if start and not pending else pending
    line += f", {_ending(until, until.date)}" if until and until.date else ""
    dates = (entry.date if entry else None for entry in (course.decisive, changed, start, until))
    return Standing(state, line, *dates)


def _starts(coming: Entry | None) -> bool:
    return coming is not None and coming.stage is Stage.EFFECTIVE


def _line(state: State, course: Course, changed: Entry | None, as_of: date) -> str:
    """`in force since July 6, 2017, as amended in December 2019`."""
    decisive, again = course.decisive, " again" if course.again else ""
    if decisive is None:
        return WORDS.get(state, state)
    amended = f", as amended {_when(changed)}" if changed else ""
    if state in IN_FORCE and decisive.stage is Stage.ADOPTED:
        return f"adopted {_when(decisive)}, in force{amended.removeprefix(',')}"
    if state in (*IN_FORCE, State.SUSPENDED, State.BLOCKED):
        return f"{WORDS.get(state, state)}{again} {_since(decisive)}{amended}"
    if state is State.PROPOSED and decisive.date and decisive.date.first_day() > as_of:
        return f"proposed, scheduled for {decisive.date.in_words()}"
    if state is State.PROPOSED and _is_quiet(course.steps, as_of):
        return f"proposed {_when(decisive)}, nothing heard since"
    return f"{WORDS.get(state, state)}{again} {_when(decisive)}{amended}"


def _is_quiet(steps: Iterable[Entry], as_of: date) -> bool:
    """True where the last report of a policy is long ago."""
    told = [day for step in steps if (day := last_told(step)) != date.max]
    return bool(told) and (as_of - max(told)).days > QUIET_DAYS


def _ending(step: Entry, day: PartialDate) -> str:
    """`ends on June 1, 2020`, `is blocked from June 1, 2020`."""
    return f"ends {_on(day)}" if step.stage is Stage.RESCINDED else f"is blocked from {day.in_words()}"


def _since(step: Entry) -> str:
    """`since July 6, 2017`; `by June 2017` where no report gives a date."""
    return _when(step) if _is_by(step) else f"since {step.date.in_words()}" if step.date else ""


def _when(step: Entry) -> str:
    """`on July 6, 2017`, `in June 2017`; `by June 2017` where no report gives a date."""
    if step.date is None:
        told = first_told(step)
        return f"by {PartialDate.of(told).in_words()}" if told != date.max else ""
    return f"by {step.date.in_words()}" if _is_by(step) else _on(step.date)


def _is_by(step: Entry) -> bool:
    return step.date is None or step.basis is Basis.REPORTED


def _on(day: PartialDate | None) -> str:
    """`on July 6, 2017`, `in June 2017`, `in 2017`."""
    return f"{'on' if day.precision == 'day' else 'in'} {day.in_words()}" if day else ""
