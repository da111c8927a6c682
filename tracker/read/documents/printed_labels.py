"""How the fields of an order's head are called: `printed_labels.toml` as patterns."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any


class DateKind(StrEnum):
    """What an order says of a date that it prints of itself."""

    ISSUED = "issued"
    EFFECTIVE = "effective"
    REVISED = "revised"
    REVIEWED = "reviewed"
    APPROVED = "approved"
    NEXT_REVIEW = "next_review"


@dataclass(frozen=True, slots=True)
class DateLabel:
    """The name of a field of dates. `start` to `end` in its line, with the colon behind it; `first`: it tells how the
    order began ("Original Issue Date"); `colon`: one stands behind it."""

    kinds: frozenset[DateKind]
    first: bool
    start: int
    end: int
    colon: bool


@cache
def grammar() -> dict[str, Any]:
    """The data file as it is written."""
    text = files("tracker.read.documents").joinpath("printed_labels.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _kinds() -> dict[str, DateKind]:
    named = {**grammar()["kind"], **grammar()["aside"]}
    return {word: DateKind(kind) for kind, words in named.items() for word in words}


def any_of(phrases: Iterable[str]) -> str:
    """A pattern for the longest of the phrases; spaces match any run of white space."""
    longest = sorted({phrase.lower() for phrase in phrases}, key=lambda phrase: (-len(phrase), phrase))
    return "(?:" + "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in longest) + ")"


@cache
def _date_label() -> re.Pattern[str]:
    word = any_of([*_kinds(), *grammar()["words"]["filler"]])
    between = r"(?:\s*[/&,-]\s*|\s+(?:(?:and|or)\s+)?)"
    return re.compile(rf"(?<![\w-]){word}(?:{between}{word}){{0,7}}(?![\w-])(?P<colon>\s*:)?", re.I)


@cache
def field(names: tuple[str, ...]) -> re.Pattern[str]:
    """A line that is a field of one of these names: group `value`."""
    return re.compile(rf"\s*{any_of(names)}\s*(?:[:#.]+|\s[-–—])\s*#?(?P<value>.*)", re.I | re.S)


def date_labels(line: str) -> Iterator[DateLabel]:
    """The names of date fields in a line, in order."""
    for match in _date_label().finditer(line):
        words = re.findall(r"[\w-]+(?:\(s\))?", match[0].lower())
        kinds = {_kinds()[word] for word in words if word in _kinds()}
        if DateKind.NEXT_REVIEW in kinds:
            kinds = {DateKind.NEXT_REVIEW}
        if kinds:
            first = not set(words).isdisjoint(grammar()["words"]["first"])
            yield DateLabel(frozenset(kinds), first, match.start(), match.end(), bool(match["colon"]))
