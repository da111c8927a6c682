"""A date that is only as precise as what is known: EDTF level 0, `2017`, `2017-06` or `2017-07-06`, and an interval
between two days, `2026-03-02/2026-03-09`."""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, total_ordering
from typing import Any

from pydantic import GetCoreSchemaHandler
from pydantic_core import core_schema

_EDTF = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
EARLIEST_YEAR = 1000
"""Four digits, no leading zero: EDTF level 0 has no shorter years."""


@total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, a month or a day, never rounded up; `DateInterval` is one that lies between two days.

    Impossible values (month 13, February 30, a day without a month) raise ValueError.
    Order is by first day, then the coarser first, as that of the texts is; an interval follows the day that it starts
    with. Source: EDTF level 0 (ISO 8601-2:2019).
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if not EARLIEST_YEAR <= self.year <= date.max.year:
            raise ValueError(f"year out of range: {self.year}")
        if self.day is not None and self.month is None:
            raise ValueError("a day needs a month")
        date(self.year, self.month or 1, self.day or 1)

    @staticmethod
    def parse(text: str) -> "PartialDate":
        """Reads `2017`, `2017-06`, `2017-07-06` or `2026-03-02/2026-03-09`; anything else is a ValueError."""
        start, slash, end = text.partition("/")
        if not slash:
            return _level_0(text)
        first, last = _level_0(start), _level_0(end)
        if not (first.day and last.day):
            raise ValueError(f"an interval lies between two days: {text!r}")
        return PartialDate.between(first.first_day(), last.first_day())

    @staticmethod
    def of(day: date) -> "PartialDate":
        """The day itself."""
        return PartialDate(day.year, day.month, day.day)

    @staticmethod
    def between(first: date, last: date) -> "PartialDate":
        """Some day from `first` to `last`, both among them; the day itself where they are one."""
        return PartialDate.of(first) if first == last else DateInterval(first, last)

    @property
    def precision(self) -> str:
        """`year`, `month`, `day` or `interval`."""
        return "year" if self.month is None else "month" if self.day is None else "day"

    def first_day(self) -> date:
        """The earliest day that it can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    def last_day(self) -> date:
        """The latest day that it can mean."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def open_days(self) -> int:
        """How many days after its first one it may also mean: 0 for a day."""
        return (self.last_day() - self.first_day()).days

    def contains(self, other: "PartialDate") -> bool:
        """True where `other` is the same or lies inside: `2017-06` contains `2017-06-21`."""
        return self.first_day() <= other.first_day() and other.last_day() <= self.last_day()

    def agrees(self, other: "PartialDate") -> bool:
        """True where some day is in both: one contains the other, or two intervals overlap."""
        return self.first_day() <= other.last_day() and other.first_day() <= self.last_day()

    def to_month(self) -> "PartialDate":
        """The same, no finer than a month; of an interval the month in which it starts."""
        return PartialDate(self.year, self.month)

    def in_words(self) -> str:
        """`2017`, `June 2017` or `July 6, 2017`."""
        if self.month is None:
            return str(self.year)
        name = calendar.month_name[self.month]
        return f"{name} {self.year}" if self.day is None else f"{name} {self.day}, {self.year}"

    def as_noun(self) -> str:
        """As it stands behind "since" or "from": `July 6, 2017`, `a day between March 2 and March 9, 2026`."""
        return self.in_words()

    def as_adverb(self) -> str:
        """`on July 6, 2017`, `in June 2017`, `between March 2 and March 9, 2026`."""
        return f"{'in' if self.day is None else 'on'} {self.in_words()}"

    def __str__(self) -> str:
        return _as_text(self.year, self.month, self.day)

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, PartialDate):
            return NotImplemented
        return self._order() < other._order()

    def _order(self) -> tuple[int, int, int, int]:
        """Year, month, day, and the last day of an interval (ordinal); 0 for what is not known."""
        return self.year, self.month or 0, self.day or 0, 0

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        def from_text(value: Any) -> "PartialDate":
            return value if isinstance(value, PartialDate) else PartialDate.parse(str(value))

        return core_schema.no_info_plain_validator_function(
            from_text, serialization=core_schema.plain_serializer_function_ser_schema(str)
        )


@dataclass(frozen=True, slots=True, init=False, kw_only=True)
class DateInterval(PartialDate):
    """Some day from `start` to `end`, both among them: what was one way on a visit and another way on the next one.

    Its year and month are those in which it starts; it has no day. An end that is not after the start raises
    ValueError: `PartialDate.between` makes one day of two that are the same. Source: EDTF level 0, time interval."""

    start: date
    end: date

    def __init__(self, start: date, end: date) -> None:
        if end <= start:
            raise ValueError(f"an interval ends after its start, not {start}/{end}")
        PartialDate.__init__(self, start.year, start.month)
        object.__setattr__(self, "start", start)
        object.__setattr__(self, "end", end)

    @property
    def precision(self) -> str:
        """`interval`."""
        return "interval"

    def first_day(self) -> date:
        """The earliest day that it can mean."""
        return self.start

    def last_day(self) -> date:
        """The latest day that it can mean."""
        return self.end

    def in_words(self) -> str:
        """`between March 2 and March 9, 2026`, `between December 28, 2025 and January 3, 2026`."""
        first, last = PartialDate.of(self.start).in_words(), PartialDate.of(self.end).in_words()
        return f"between {first.partition(',')[0] if self.start.year == self.end.year else first} and {last}"

    def as_noun(self) -> str:
        """`a day between March 2 and March 9, 2026`."""
        return f"a day {self.in_words()}"

    def as_adverb(self) -> str:
        """`between March 2 and March 9, 2026`."""
        return self.in_words()

    def __str__(self) -> str:
        return f"{PartialDate.of(self.start)}/{PartialDate.of(self.end)}"

    def _order(self) -> tuple[int, int, int, int]:
        return self.start.year, self.start.month, self.start.day, self.end.toordinal()


def _level_0(text: str) -> PartialDate:
    """A year, a month or a day."""
    match = _EDTF.fullmatch(text)
    if not match:
        raise ValueError(f"not a year, month or day in EDTF: {text!r}")
    return PartialDate(*(int(part) if part else None for part in match.groups()))  # type: ignore[arg-type]


@lru_cache(maxsize=20_000)
def _as_text(year: int, month: int | None, day: int | None) -> str:
    """EDTF, level 0. Kept: the same dates are compared as text all the time."""
    return "-".join([f"{year:04d}"] + [f"{part:02d}" for part in (month, day) if part is not None])
