"""What the date reader gives back: a mention with its place in the text, its value and how it was said."""

from dataclasses import dataclass
from enum import StrEnum

from tracker.model import Basis
from tracker.partial_date import PartialDate


class Tense(StrEnum):
    """Which way from the publication day the act lies that the expression belongs to; NONE where nothing tells."""

    PAST = "past"
    FUTURE = "future"
    NONE = "none"


class Grain(StrEnum):
    """The granularity that the expression itself has (TIMEX3 `value`, ISO-TimeML 2012)."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    QUARTER = "quarter"
    YEAR = "year"
    DECADE = "decade"
    DURATION = "duration"
    VAGUE = "vague"


@dataclass(frozen=True, slots=True)
class DateMention:
    """One time expression; `text` is exactly `article[start:end]`.

    `date`       the value at the granularity that the expression has: a day, a month or a year. A season has its year.
                 None for weeks, weekends, quarters, halves and decades, which a PartialDate cannot write, for durations
                 and for vague references (now, recently, soon).
    `within`     the finest PartialDate that surely holds the time meant: `date` where there is one, else the month (or
                 year) that holds the working days of the week, or the year that holds the quarter. None where unknown.
    `past`, `future`   `within`, if the act that the expression belongs to lies before or after the publication. They
                 are equal where the expression does not depend on it ("July 6, 2017", "yesterday").
    `days`       for "30 days after adoption", "within six months": the distance in days (a month counts 30, a year
                 365), negative for "before". The caller who knows the event can add it. None elsewhere.
    `also`       less likely values: a day in the year that was named before it, the day of "two weeks ago", the start
                 of "for five years".
    """

    start: int
    end: int
    text: str
    kind: Grain
    basis: Basis
    direction: Tense = Tense.NONE
    date: PartialDate | None = None
    within: PartialDate | None = None
    past: PartialDate | None = None
    future: PartialDate | None = None
    days: int | None = None
    also: tuple[PartialDate, ...] = ()

    def toward(self, direction: Tense) -> PartialDate | None:
        """The value if the act lies in that direction; with NONE, the value as first read. Never finer than known."""
        if direction is Tense.PAST:
            return self.past
        return self.future if direction is Tense.FUTURE else self.within
