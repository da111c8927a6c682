"""How the fields of an order's head are called: `printed_labels.toml` as patterns."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from tracker.read.lexicon import longest_of

NUMBER = r"(?:[A-Z]{1,4}[ -]?)?\d{1,4}(?:[.-]\d{1,4}){0,4}[A-Z]?"
"""The number of an order: G04-05, 5.2, SO-19-03, 402."""


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
    return longest_of((phrase.lower() for phrase in phrases), space=r"\s+")


@cache
def _date_label() -> re.Pattern[str]:
    word = any_of([*_kinds(), *grammar()["words"]["filler"]])
    between = r"(?:\.?\s*[/&,-]\s*|\.?\s+(?:(?:and|or)\s+)?)"
    return re.compile(rf"(?<![\w-]){word}(?:{between}{word}){{0,7}}(?![\w-])(?:\s*:)?", re.I)


@cache
def field(names: tuple[str, ...]) -> re.Pattern[str]:
    """A line that is a field of one of these names: group `value`."""
    return re.compile(rf"\s*{any_of(names)}\s*(?:[:#.]+|\s[-–—])\s*#?(?P<value>.*)", re.I | re.S)


def date_labels(line: str) -> Iterator[DateLabel]:
    """The names of date fields in a line, in order; those of a table's head are apart ("Issue Date Effective Date")."""
    for match in _date_label().finditer(line):
        begin = match.start()
        for part in _columns(match[0]):
            words = re.findall(r"[\w-]+(?:\(s\))?", part.lower())
            kinds = {_kinds()[word] for word in words if word in _kinds()}
            if DateKind.NEXT_REVIEW in kinds:
                kinds = {DateKind.NEXT_REVIEW}
            if kinds:
                first = not set(words).isdisjoint(grammar()["words"]["first"])
                yield DateLabel(frozenset(kinds), first, begin, begin + len(part), part.endswith(":"))
            begin += len(part)


def _columns(names: str) -> Iterator[str]:
    """The names of fields that stand side by side: each has one "date", behind what it is of or before it."""
    begin, words = 0, list(re.finditer(r"[\w-]+", names))
    for place, word in enumerate(words[:-1]):
        name = names[begin : word.start()].split()
        is_date = word[0].lower() in ("date", "dates")
        if is_date and any(part.lower() in _kinds() for part in name):
            leads = name[0].lower() in ("date", "dates")
            end = word.start() if leads else words[place + 1].start()
            if leads or _begins_name(words[place + 1][0], names[word.end() : end]):
                yield names[begin:end]
                begin = end
    yield names[begin:]


def _begins_name(word: str, between: str) -> bool:
    return not between.strip() and word.lower() not in ("of", "and", "or")


def replaced_part(line: str) -> tuple[int, int, int] | None:
    """Where a line names what the order takes the place of: the name of the field, its value, and its end (the next
    field). None where it does not."""
    found = _replaces().search(line)
    if not found:
        return None
    after = (label.start for label in date_labels(line) if label.start >= found.end() and label.colon)
    return found.start(), found.end(), next(after, len(line))


@cache
def _replaces() -> re.Pattern[str]:
    names = any_of(grammar()["replaces"]["labels"])
    return re.compile(rf"^\s*{names}(?!\s+by\b)(?:\s*[:#.]+\s*|\s[-–—]\s|\s+(?=\D*\d))|(?<![\w-]){names}\s*:\s*", re.I)
