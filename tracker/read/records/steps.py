"""The actions of one matter → its steps, each dated once."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tracker.gather.sources.legistar import Action
from tracker.model import Qualifier, Stage
from tracker.read.records.actions import ActionLine, Unknown, deciding_line, meaning, words_of


@dataclass(frozen=True, slots=True)
class Step:
    """A stage that a matter reached by an action; `failure`: how what was rejected failed, other than by a vote;
    `by_first_action`: no introduction is recorded, and the action is only the first that is."""

    stage: Stage
    action: Action
    failure: Qualifier | None = None
    by_first_action: bool = False


@dataclass(frozen=True, slots=True)
class HistorySteps:
    """What a matter's history says: its steps in order of time, and the actions whose meaning nobody has told us."""

    steps: tuple[Step, ...]
    unknown: tuple[Action, ...]


def read_history(actions: Iterable[Action], own: Sequence[ActionLine] = ()) -> HistorySteps:
    """Steps of a matter: proposed once, when it was introduced (where the record begins later, at its first action, and
    then only once something was decided); adopted by the deciding vote, and again only after a veto; rejected unless it
    was adopted before, or by a veto. Rows that are doubled under another id count once."""
    ordered = sorted(_single(actions), key=lambda action: (action.at, action.id))
    read = [(action, stage_of(action, own)) for action in ordered]
    unknown = tuple(action for action, stage in read if stage is Unknown.ACTION)
    return HistorySteps(tuple(_steps(read, own)), unknown)


def makes_law(action: Action) -> bool:
    """True for an adoption, and for what makes a law of what was adopted: a signature, or that none came in time."""
    line = deciding_line(action.name, action.body)
    return line is not None and (line.law or line.stage is Stage.ADOPTED)


def _failure(action: Action, own: Sequence[ActionLine]) -> Qualifier | None:
    line = deciding_line(action.name, action.body, own)
    return line.failure if line else None


def _single(actions: Iterable[Action]) -> Iterator[Action]:
    seen = set()
    for action in sorted(actions, key=lambda action: action.id):
        key = (words_of(action.name), action.body, action.at)
        if key not in seen:
            seen.add(key)
            yield action


def stage_of(action: Action, own: Sequence[ActionLine]) -> Stage | Unknown | None:
    """What one action is by itself. A vote that did not carry the matter adopts nothing."""
    stage = meaning(action.name, action.body, own)
    return Stage.REJECTED if stage is Stage.ADOPTED and action.passed is False else stage


def _steps(read: Sequence[tuple[Action, Stage | Unknown | None]], own: Sequence[ActionLine]) -> Iterator[Step]:
    recorded = next((action for action, stage in read if stage is Stage.PROPOSED), None)
    decided = list(_decisions(read, own))
    introduced = recorded or (next(action for action, _ in read if words_of(action.name)) if decided else None)
    if introduced and not (decided and (decided[0].action.at, decided[0].action.id) < (introduced.at, introduced.id)):
        yield Step(Stage.PROPOSED, introduced, by_first_action=recorded is None)
    yield from decided


def _decisions(read: Sequence[tuple[Action, Stage | Unknown | None]], own: Sequence[ActionLine]) -> Iterator[Step]:
    now = None
    for action, stage in read:
        if not isinstance(stage, Stage) or stage in (Stage.PROPOSED, now):
            continue
        failure = _failure(action, own) if stage is Stage.REJECTED else None
        if stage is Stage.REJECTED and now is Stage.ADOPTED and failure is not Qualifier.VETOED:
            continue
        now = stage
        yield Step(stage, action, failure)
