"""Which stage a council's action is, by a table: `actions.toml`, and a client's own lines before it."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from tracker.errors import BadValue
from tracker.model import FAILURES, Qualifier, Stage

_WORD = re.compile(r"[a-z0-9]+")
# Not `read/branches.py`: there a committee is of the council, and here its vote decides nothing.
_COMMITTEE = re.compile(r"committee|comm\b|commission\b|subcommittee|task force|advisory", re.I)
_MAYOR = re.compile(r"mayor|county executive|governor|city manager", re.I)


NO_STEP = "none"
MEANINGS = (*(stage.value for stage in Stage), *(failure.value for failure in FAILURES), NO_STEP)
"""What an action can be: a stage, `rejected` in a certain way, or no step."""


class Actor(StrEnum):
    """Who acted."""

    COUNCIL = "council"
    COMMITTEE = "committee"
    MAYOR = "mayor"
    ANY = "any"


class Unknown(StrEnum):
    """An action that the table does not know: a matter for people."""

    ACTION = "unknown action"


Meaning = Stage | Unknown | None
"""A stage; None for an action that is no step; Unknown."""


@dataclass(frozen=True, slots=True)
class ActionLine:
    """The words with which an action begins, who must have acted, what that is, and how what was rejected failed;
    `law`: what was adopted became law by it."""

    words: tuple[str, ...]
    by: Actor
    stage: Stage | None
    failure: Qualifier | None = None
    law: bool = False

    @property
    def meaning(self) -> str:
        """As tables and people write it: `adopted`, `withdrawn`, `none`."""
        return str(self.failure or self.stage or NO_STEP)


def parse_actions(text: str) -> tuple[ActionLine, ...]:
    """The lines of a table in TOML. Raises BadValue."""
    try:
        found = tomllib.loads(text)["action"]
        return tuple(
            ActionLine(words_of(words), Actor(block["by"]), *_stage(block["stage"]), block.get("law") is True)
            for block in found
            for words in block["words"]
        )
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise BadValue(f"no table of actions: {error}") from error


@cache
def common() -> tuple[ActionLine, ...]:
    """The table that ships."""
    return parse_actions(files("tracker.read.records").joinpath("actions.toml").read_text("utf-8"))


def words_of(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.lower()))


def actor_of(action: str, body: str) -> Actor:
    """Who acted, by the action's own words ("Approved by Committee"), else by the body that it is entered for."""
    for text in (action, body):
        if _MAYOR.search(text) and not _COMMITTEE.search(text):
            return Actor.MAYOR if "sent to" not in text.lower() else Actor.COUNCIL
        if _COMMITTEE.search(text):
            return Actor.COMMITTEE
    return Actor.COUNCIL


def meaning(action: str, body: str, own: Sequence[ActionLine] = ()) -> Meaning:
    """What an action is. `own` are a client's lines, which go before the common ones. Blank actions are no step."""
    if not words_of(action):
        return None
    line = deciding_line(action, body, own)
    return line.stage if line else Unknown.ACTION


def deciding_line(action: str, body: str, own: Sequence[ActionLine] = ()) -> ActionLine | None:
    """The line of a table that says what an action is; None where none fits."""
    words, actor = words_of(action), actor_of(action, body)
    fitting = (max(_fitting(lines, words, actor), key=_rank, default=None) for lines in (own, common()))
    return next((line for line in fitting if line is not None), None)


def _fitting(lines: Iterable[ActionLine], words: tuple[str, ...], actor: Actor) -> Iterable[ActionLine]:
    return (line for line in lines if line.by in (actor, Actor.ANY) and words[: len(line.words)] == line.words)


def _rank(line: ActionLine) -> tuple[int, bool]:
    """The longer pattern; of equal ones that of a certain actor."""
    return len(line.words), line.by is not Actor.ANY


def own_lines(actions: Mapping[str, str]) -> tuple[ActionLine, ...]:
    """A client's own lines, from settings: {"Passed to Enrolled": "none", …}. Raises BadValue."""
    try:
        return tuple(ActionLine(words_of(words), Actor.ANY, *_stage(stage)) for words, stage in actions.items())
    except ValueError as error:
        raise BadValue(f"{error}; an action is one of {', '.join(MEANINGS)}") from error


def _stage(text: str) -> tuple[Stage | None, Qualifier | None]:
    """The stage, and how what was rejected failed where that is what is written."""
    if text in FAILURES:
        return Stage.REJECTED, Qualifier(text)
    return None if text == NO_STEP else Stage(text), None
