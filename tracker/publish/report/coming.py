"""The page `calendar/`: what takes effect, or ends, from today on, by month."""

from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from tracker.model import Entry

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
NO_DAY = "day not told"


class Month(NamedTuple):
    """`July 2017`, or `2018, month not told`, with its days: (`Thu 6`, entry)."""

    heading: str
    days: tuple[tuple[str, Entry], ...]


def months(entries: Iterable[Entry]) -> list[Month]:
    """Entries with dates, soonest first, by month; what is known by its year only stands before that year's months."""
    return [
        Month(heading, tuple((_day(entry), entry) for entry in members))
        for heading, members in groupby(entries, key=_heading)
    ]


def _heading(entry: Entry) -> str:
    assert entry.date is not None
    return entry.date.to_month().in_words() if entry.date.month else f"{entry.date.year}, month not told"


def _day(entry: Entry) -> str:
    assert entry.date is not None
    if not entry.date.day:
        return NO_DAY
    return f"{WEEKDAYS[entry.date.first_day().weekday()]} {entry.date.day}"
