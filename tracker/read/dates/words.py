"""The words of dates: month and weekday names, number words, and the lists of `data/dates.toml`."""

import calendar
import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources
from typing import Any

from tracker.read.dates import almanac

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name[:3]: number for name, number in MONTHS.items()} | {"sept": 9}
WEEKDAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
WEEKDAYS |= {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6}
ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
    "last": -1,
}
NUMBERS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
}
NUMBERS |= {
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "seventeen": 17,
    "eighteen": 18,
    "nineteen": 19,
}
NUMBERS |= {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
HUNDRED = 100
DECADE_WORDS = {
    "twenties": 20,
    "thirties": 30,
    "forties": 40,
    "fifties": 50,
    "sixties": 60,
    "seventies": 70,
    "eighties": 80,
}
DECADE_WORDS |= {"nineties": 90}


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day that has a name; one of the three rules that `data/dates.toml` describes."""

    names: tuple[str, ...]
    month: int = 0
    day: int = 0
    weekday: int = -1
    nth: int = 0
    after_easter: int | None = None
    after: int = 0

    def in_year(self, year: int) -> date | None:
        """The day in that year."""
        if self.after_easter is not None:
            return almanac.shift_days(almanac.easter(year), self.after_easter)
        if self.nth:
            found = almanac.nth_weekday(year, self.month, self.weekday, self.nth)
            return almanac.shift_days(found, self.after) if found else None
        return date(year, self.month, self.day)


@dataclass(frozen=True, slots=True)
class Verbs:
    """The word lists of the tense reading; `data/dates.toml` says what each holds."""

    pending: frozenset[str]
    looking_ahead: frozenset[str]
    timetable: frozenset[str]
    for_later: frozenset[str]
    put_off: frozenset[str]
    later_start: frozenset[str]
    irregular: frozenset[str]
    not_past: frozenset[str]
    states: frozenset[str]


@lru_cache(maxsize=1)
def _read_data() -> dict[str, Any]:
    return tomllib.loads(resources.files("tracker.read").joinpath("data/dates.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def verbs() -> Verbs:
    """The verb lists, read once."""
    return Verbs(**{name: frozenset(words) for name, words in _read_data()["verbs"].items()})


@lru_cache(maxsize=1)
def holidays() -> dict[str, Holiday]:
    """Every name of every holiday, apostrophes straight, in lower case."""
    found: dict[str, Holiday] = {}
    for entry in _read_data()["holiday"]:
        names = tuple(plain(name) for name in entry["names"])
        holiday = Holiday(
            names=names,
            month=entry.get("month", 0),
            day=entry.get("day", 0),
            weekday=WEEKDAYS.get(entry.get("weekday", ""), -1),
            nth=entry.get("nth", 0),
            after_easter=entry.get("easter"),
            after=entry.get("after", 0),
        )
        found |= dict.fromkeys(names, holiday)
    return found


@lru_cache(maxsize=1)
def not_dates() -> dict[str, list[str]]:
    """What shows that something is no date: the lists of `not_dates`, as they are written."""
    lists: dict[str, list[str]] = _read_data()["not_dates"]
    return lists


def plain(text: str) -> str:
    """Lower case, straight apostrophes, single spaces, no full stop at the end."""
    return re.sub(r"\s+", " ", text.replace("’", "'").lower()).removesuffix(".")


def month_number(text: str) -> int:
    """1 to 12 of a month's name or abbreviation."""
    return MONTHS[plain(text)]


def weekday_number(text: str) -> int:
    """0 (Monday) to 6 of a weekday's name or abbreviation."""
    return WEEKDAYS[plain(text)]


def number(text: str) -> int | None:
    """The number that a numeral or a word says; "a couple of" is 2; None where it is vague (several, a few)."""
    words = plain(text).replace("a couple of", "two").replace("half a dozen", "six").replace("a dozen", "twelve")
    if words.replace(",", "").isdigit():
        return int(words.replace(",", ""))
    hundreds = words.endswith(" hundred")
    parts = [NUMBERS.get(part) for part in re.split(r"[ -]", words.removesuffix(" hundred"))]
    if hundreds and parts[0]:
        return parts[0] * HUNDRED
    return None if None in parts or not parts else sum(part for part in parts if part)


def alternation(words: list[str] | tuple[str, ...]) -> str:
    """A regular expression of the words, longest first, either apostrophe, any space."""
    escaped = [
        re.escape(word).replace("'", "['’]").replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True)
    ]
    return "(?:" + "|".join(escaped) + ")"
