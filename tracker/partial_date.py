"""A date that is only as precise as what is known: EDTF level 0, `2017`, `2017-06` or `2017-07-06`."""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, total_ordering
from typing import Any, Self

from pydantic import GetCoreSchemaHandler
from pydantic_core import core_schema

_EDTF = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
EARLIEST_YEAR = 1000
"""Four digits, no leading zero: EDTF level 0 has no shorter years."""


@total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, a month or a day, never rounded up.

    Impossible values (month 13, February 30, a day without a month) raise ValueError.
    Order is by first day, then the coarser first. Source: EDTF level 0 (ISO 8601-2:2019).
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

    @classmethod
    def parse(cls, text: str) -> Self:
        """Reads `2017`, `2017-06` or `2017-07-06`; anything else is a ValueError."""
        match = _EDTF.fullmatch(text)
        if not match:
            raise ValueError(f"not a year, month or day in EDTF: {text!r}")
        return cls(*(int(part) if part else None for part in match.groups()))  # type: ignore[arg-type]

    @classmethod
    def of(cls, day: date) -> Self:
        """The day itself."""
        return cls(day.year, day.month, day.day)

    @property
    def precision(self) -> str:
        """`year`, `month` or `day`."""
        return "year" if self.month is None else "month" if self.day is None else "day"

    def first_day(self) -> date:
        """The earliest day that it can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    def last_day(self) -> date:
        """The latest day that it can mean."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def contains(self, other: "PartialDate") -> bool:
        """True where `other` is the same or lies inside: `2017-06` contains `2017-06-21`."""
        return self.first_day() <= other.first_day() and other.last_day() <= self.last_day()

    def agrees(self, other: "PartialDate") -> bool:
        """True where one contains the other."""
        return self.contains(other) or other.contains(self)

    def to_month(self) -> "PartialDate":
        """The same, no finer than a month."""
        return PartialDate(self.year, self.month)

    def in_words(self) -> str:
        """`2017`, `June 2017` or `July 6, 2017`."""
        if self.month is None:
            return str(self.year)
        name = calendar.month_name[self.month]
        return f"{name} {self.year}" if self.day is None else f"{name} {self.day}, {self.year}"

    def __str__(self) -> str:
        return _as_text(self.year, self.month, self.day)

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, PartialDate):
            return NotImplemented
        return (self.year, self.month or 0, self.day or 0) < (other.year, other.month or 0, other.day or 0)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        def from_text(value: Any) -> "PartialDate":
            return value if isinstance(value, PartialDate) else cls.parse(str(value))

        return core_schema.no_info_plain_validator_function(
            from_text, serialization=core_schema.plain_serializer_function_ser_schema(str)
        )


@lru_cache(maxsize=20_000)
def _as_text(year: int, month: int | None, day: int | None) -> str:
    """EDTF, level 0. Kept: the same dates are compared as text all the time."""
    return "-".join([f"{year:04d}"] + [f"{part:02d}" for part in (month, day) if part is not None])
