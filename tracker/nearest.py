"""What somebody most likely meant by a word that is none of the known ones."""

from collections.abc import Collection
from difflib import get_close_matches
from enum import StrEnum
from typing import TypeVar

from tracker.characters import visible
from tracker.errors import BadValue

Kind = TypeVar("Kind", bound=StrEnum)
SUGGESTIONS = 3
"""Known values that an error suggests: more are not compared at a glance."""
CLOSE = 0.75
"""Ratio of difflib from which a known value is suggested: two letters wrong in eight, as for places."""
SAID = 40
"""Characters of what was said that an error repeats and compares: no known value is longer, and a form can bring
anything."""
LISTED = 30
"""Known values up to which an error lists them all where none is near: all topics, in three lines of a terminal."""


def near(said: str, known: Collection[str]) -> list[str]:
    """The known values that look like what was said, the nearest first; capitals do not count."""
    folded = {value.lower(): value for value in known}
    return [folded[name] for name in get_close_matches(said.strip().lower(), folded, SUGGESTIONS, CLOSE)]


def remedy(said: str, known: Collection[str], otherwise: str = "") -> str:
    """What to do about a word that is none of the known ones: `did you mean immigration?`, else `otherwise`, else all
    known values where they are few."""
    if found := near(said, known):
        return f"did you mean {' or '.join(found)}?"
    return otherwise or (f"write one of {', '.join(known)}" if len(known) <= LISTED else "check the spelling")


def unknown(what: str, said: str, known: Collection[str], otherwise: str = "") -> BadValue:
    """The error for it: `there is no topic "imigration"; did you mean immigration?`"""
    said = visible(said).strip()
    short = said if len(said) <= SAID else f"{said[: SAID - 1]}…"
    return BadValue(f'there is no {what} "{short}"; {remedy(short, known, otherwise)}')


def member(kind: type[Kind], what: str, said: str) -> Kind:
    """The value of this name, capitals and spaces around it aside. Raises BadValue with the nearest ones."""
    try:
        return kind(said.strip().lower())
    except ValueError:
        raise unknown(what, said, list(kind)) from None
