"""The life of a policy: its states, and how each step leads from one to the next. Steps come in their order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice

from tracker.model import Entry, EntryStatus, Qualifier, Stage
from tracker.read.branches import OUTSIDE, branch
from tracker.timeline.steps import ENDS, first_told, in_sequence, is_qualified, last_told, span

ONE_ACT_DAYS = 31
"""A first and a final vote, an order and the vote that ratifies it, two reports of one start: within a month they are
of one act, not a rule and its amendment."""
REPEAL_DAYS = 183
"""A repeal that is passed takes effect within half a year: a start told together with an end is that of the repeal."""
BLOCK_DAYS = 31
"""A judgment or a state's law that blocks a rule begins within a month: a start so soon, told by the same article, is
its own."""
VETO_DAYS = 60
"""A veto follows the vote within weeks; a later rejection is of another proposal, and what was adopted stands."""


class State(StrEnum):
    """What a policy is as of a day."""

    PROPOSED = "proposed"
    ADOPTED = "adopted"
    IN_FORCE = "in force"
    AMENDED = "in force as amended"
    SUSPENDED = "suspended"
    ENDED = "ended"
    BLOCKED = "blocked"
    GIVEN_UP = "given up"


IN_FORCE = frozenset({State.IN_FORCE, State.AMENDED})


@dataclass(slots=True)
class Lifecycle:
    """Where the steps so far have led: the state, the step that brought it, and the one that changed a rule that stood.
    `steps` are all steps of the policy, those to come too. `again`: it was in force once, and ended in between.
    `parts`: further starts that one article told with the first: one rule by steps, or two. `blocked_part`: the block
    of a part of what stands."""

    steps: Sequence[Entry]
    state: State | None = None
    decisive: Entry | None = None
    changed: Entry | None = None
    again: bool = False
    parts: list[Entry] = field(default_factory=list)
    blocked_part: Entry | None = None
    _before: tuple[State | None, Entry | None, Entry | None] = (None, None, None)
    _was_in_force: bool = field(default=False)

    def take(self, step: Entry) -> None:
        """One more step."""
        {
            Stage.PROPOSED: self._propose,
            Stage.ADOPTED: self._adopt,
            Stage.EFFECTIVE: self._start,
            Stage.RESCINDED: self._end,
            Stage.REJECTED: self._reject,
            Stage.BLOCKED: self._block,
        }[step.stage](step)

    def _lead_to(self, state: State, step: Entry) -> None:
        self._was_in_force = self._was_in_force or self.state in IN_FORCE
        self.again = self._was_in_force and state in (State.ADOPTED, State.IN_FORCE)
        self.state, self.decisive, self.changed, self.parts = state, step, None, []
        self.blocked_part = None

    def _propose(self, step: Entry) -> None:
        """A proposal to change or to end what stands leaves it standing."""
        if self.state in (None, State.PROPOSED, State.GIVEN_UP):
            self._lead_to(State.PROPOSED, step)

    def _adopt(self, step: Entry) -> None:
        one_act = self.decisive is not None and _days(self.decisive, step) <= ONE_ACT_DAYS
        if self.state in IN_FORCE:
            if not one_act:
                self.state, self.changed = State.AMENDED, step
        elif self.state is State.ADOPTED and not one_act:
            self.changed = step
        else:
            self._lead_to(State.ADOPTED, step)

    def _start(self, step: Entry) -> None:
        if self.state in IN_FORCE or (self.state is State.ADOPTED and self.changed):
            if not self.changed and self._is_part(step):
                self.parts.append(step)
            elif self.changed or not self._is_phase(step):
                self.state, self.changed = State.AMENDED, step
        elif not self._is_of_end(step):
            self._lead_to(State.IN_FORCE, step)

    def _end(self, step: Entry) -> None:
        """A court that takes back what blocked the rule does not end the rule."""
        if self.state is State.BLOCKED and branch(step.body) in OUTSIDE:
            self.state, self.decisive, self.changed = self._before
        else:
            self._lead_to(State.SUSPENDED if self._is_pause(step) else State.ENDED, step)

    def _block(self, step: Entry) -> None:
        """Where a part of a rule is blocked the rest stands."""
        if self.state in (*IN_FORCE, State.ADOPTED) and self._is_partial(step):
            self.blocked_part = step
            return
        if self.state is not State.BLOCKED:
            self._before = self.state, self.decisive, self.changed
        self._lead_to(State.BLOCKED, step)

    def _is_partial(self, step: Entry) -> bool:
        """True where the reports name a part of the rule, or tell such a block beside this one."""
        urls = {item.url for item in step.evidence}
        same = (other for other in self.steps if other.stage is Stage.BLOCKED)
        return any(is_qualified(one, Qualifier.IN_PART) for one in same if urls & {item.url for item in one.evidence})

    def _reject(self, step: Entry) -> None:
        """What stands, stands, whatever is rejected; but a veto takes back what was adopted lately."""
        if self.state in (None, State.PROPOSED, State.GIVEN_UP) or self._is_veto(step):
            self._lead_to(State.GIVEN_UP, step)

    def _is_veto(self, step: Entry) -> bool:
        if self.state is not State.ADOPTED or not self.decisive:
            return False
        return is_qualified(step, Qualifier.VETOED) and _days(self.decisive, step) <= VETO_DAYS

    def _is_part(self, step: Entry) -> bool:
        """True for a start of another day that one article tells beside the first."""
        started = self.decisive
        if started is None or started.stage is not Stage.EFFECTIVE or not _days(started, step):
            return False
        return not {item.url for item in step.evidence}.isdisjoint(item.url for item in started.evidence)

    def _is_phase(self, step: Entry) -> bool:
        """True for a start of a further part, told before the first part began, or for the same start."""
        started = self.decisive
        return started is not None and (_days(started, step) <= ONE_ACT_DAYS or first_told(step) <= span(started)[1])

    def _is_of_end(self, step: Entry) -> bool:
        """True for a start that is that of the repeal or of the block."""
        if self.state is State.BLOCKED and self.decisive:
            same = {item.url for item in step.evidence} & {item.url for item in self.decisive.evidence}
            return bool(same) and _days(self.decisive, step) <= BLOCK_DAYS
        return self.state is State.ENDED and self.decisive is not None and self._is_repeals(self.decisive, step)

    def _is_repeals(self, end: Entry, start: Entry) -> bool:
        """True where the start was told together with the end, and nothing was adopted in place of what ended."""
        replaced = any(step.stage is Stage.ADOPTED and span(end)[0] <= span(step)[1] for step in self._until(start))
        return not replaced and _days(end, start) <= REPEAL_DAYS and first_told(start) <= last_told(end)

    def start_of_end(self, number: int) -> Entry | None:
        """The dated start that comes next and was told with the repeal which this step is, if it is one."""
        end = self.steps[number]
        if end.stage is not Stage.RESCINDED or self.state in (State.ADOPTED, State.BLOCKED):
            return None
        if is_qualified(end, Qualifier.SUSPENDED):
            return None
        told = self._next_act(number)
        starts = told is not None and told.stage is Stage.EFFECTIVE and told.date is not None
        return told if told and starts and self._is_repeals(end, told) else None

    def _is_pause(self, end: Entry) -> bool:
        """True where the reports call it a suspension, or where the rule started again with nothing adopted since."""
        if is_qualified(end, Qualifier.SUSPENDED):
            return True
        told = self._next_act(self.steps.index(end))
        return told is not None and told.stage is Stage.EFFECTIVE and not self._is_repeals(end, told)

    def _next_act(self, number: int) -> Entry | None:
        """The next step after this one that is neither a proposal nor the end of one."""
        later = islice(self.steps, number + 1, None)
        return next((step for step in later if step.stage in (Stage.ADOPTED, Stage.EFFECTIVE, *ENDS)), None)

    def _until(self, step: Entry) -> Sequence[Entry]:
        return self.steps[: self.steps.index(step)]


def delays(steps: Iterable[Entry]) -> list[Entry]:
    """The votes that move a start, or put it off: they change when the rule begins, not the rule. A first vote is one
    only where nothing else tells it: a rule is also adopted with another start than was planned."""
    adopted = [step for step in steps if step.stage is Stage.ADOPTED]
    first = min(map(span, adopted), default=None)

    def moves(step: Entry) -> bool:
        moving = [Qualifier.MOVES_START in item.finding.qualifiers for item in step.evidence]
        return step.status is EntryStatus.PENDING and all(moving) if span(step) == first else any(moving)

    return [step for step in adopted if step.evidence and moves(step)]


def with_dated_ends(steps: Sequence[Entry]) -> list[Entry]:
    """The steps, ends on the day on which a repeal takes effect where that is told with the vote; it is no step of its
    own then. Of a rule that was adopted and had not begun, a start told with its end is the rule's."""
    lifecycle, taken, starts = Lifecycle(steps), list[Entry](), set[str]()
    for number, step in enumerate(steps):
        if step.id in starts:
            continue
        start = lifecycle.start_of_end(number)
        if start:
            starts.add(start.id)
            taken.append(step.model_copy(update={"date": start.date, "basis": start.basis}))
        else:
            taken.append(step)
        lifecycle.take(step)
    return in_sequence(taken) if starts else taken


def _days(earlier: Entry, later: Entry) -> int:
    """Days between two steps, by the first days that their dates can mean; never negative."""
    return abs((span(later)[0] - span(earlier)[0]).days)
