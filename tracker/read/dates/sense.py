"""What one expression can mean, before the text around it has been asked; and what a rule may look at: the text, its
publication day, the dates read so far.

An expression that compares with an earlier period has the granularity of that period (TIMEX3; TimeML annotation
guidelines 1.2.1, temporal functions): after "the third quarter", "a year earlier" is a quarter, which a PartialDate
cannot write.
"""

import re
from dataclasses import dataclass, field, replace
from datetime import date

from tracker.model import Basis
from tracker.partial_date import PartialDate
from tracker.read.dates import almanac
from tracker.read.dates.mention import DateMention, Grain, Tense

REACH_BACK = 30
"""Characters before a match that a guard looks at: the words that tell a year from a bill's number."""
REFERENCE_REACH = 800
"""Characters back to a date that "the next day" can be reckoned from: a paragraph or two."""


@dataclass(slots=True)
class DateContext:
    """The text, its publication day, and the mentions found so far, in text order."""

    text: str
    published: date
    mentions: list[DateMention] = field(default_factory=list)
    position: int = 0

    def before(self, position: int) -> str:
        """The few characters up to the position."""
        return self.text[max(0, position - REACH_BACK) : position]

    def after(self, position: int) -> str:
        """The few characters from the position."""
        return self.text[position : position + REACH_BACK]

    def reference(self, precision: tuple[str, ...] = ("day", "month", "year")) -> PartialDate | None:
        """The last date of one of the precisions that was named shortly before."""
        for mention in reversed(self.mentions):
            if self.position - mention.end > REFERENCE_REACH:
                return None
            if mention.date and mention.date.precision in precision:
                return mention.date
        return None

    def reference_year(self, shift: int) -> int | None:
        """The year of the last date, moved by `shift` years."""
        known = self.reference()
        return known.year + shift if known else None

    def reference_month(self) -> int:
        """The month of the last date; 0 where it has none."""
        known = self.reference()
        return known.month or 0 if known else 0


@dataclass(frozen=True, slots=True)
class Sense:
    """`past` and `future`: the value if the act lies before or after the publication; `fixed` where the words decide.

    `yearless` marks calendar dates that are missing only their year; not `exact` are those known no finer than `past`
    and `future` say, though their kind is finer; `coming` lie ahead where the tense does not tell ("this Saturday").
    `also`: further values, less likely ones.
    """

    kind: Grain
    basis: Basis
    past: PartialDate | None = None
    future: PartialDate | None = None
    fixed: Tense | None = None
    days: int | None = None
    yearless: bool = False
    exact: bool = True
    coming: bool = False
    also: tuple[PartialDate, ...] = ()

    def in_year(self, year: int) -> "Sense":
        """The same day or month of that year; unchanged where there is no such day."""
        known = self.past or self.future
        value = almanac.make(year, known.month, known.day) if known else None
        return replace(self, past=value, future=value, yearless=False) if value else self


def stated(kind: Grain, value: PartialDate | None) -> Sense | None:
    """A calendar date that needs nothing from outside; None where it does not exist."""
    return Sense(kind, Basis.STATED, value, value) if value else None


def relative(kind: Grain, value: PartialDate | None, fixed: Tense | None = None) -> Sense:
    """A date reckoned from the publication or from a date named before."""
    return Sense(kind, Basis.RELATIVE, value, value, fixed)


def on_day(day: date | None, fixed: Tense | None = None) -> Sense | None:
    """A day reckoned from the publication; None outside of the calendar."""
    return relative(Grain.DAY, PartialDate.of(day), fixed) if day else None


def either_day(past: date | None, future: date | None) -> Sense | None:
    """A day that the tense decides; None outside of the calendar."""
    if past is None or future is None:
        return None
    return Sense(Grain.DAY, Basis.RELATIVE, PartialDate.of(past), PartialDate.of(future))


def without_value(kind: Grain, days: int | None = None, fixed: Tense | None = None) -> Sense:
    """A duration or a vague reference."""
    return Sense(kind, Basis.RELATIVE, fixed=fixed, days=days)


def yearless_day(published: date, month: int, day: int) -> Sense | None:
    """A day of a month without a year: the latest one up to the publication, the earliest from it."""
    years = range(published.year - LEAP_REACH, published.year + LEAP_REACH + 1)
    days = [found for year in years if (found := almanac.make(year, month, day))]
    past = [found for found in days if found.first_day() <= published]
    future = [found for found in days if found.first_day() >= published]
    if not past or not future:
        return None
    return Sense(Grain.DAY, Basis.STATED, past[-1], future[0], yearless=True)


LEAP_REACH = 8
"""Years to look around for February 29: over a century that is no leap year, 8 lie between two."""


def yearless_month(published: date, month: int) -> Sense:
    """A month without a year; the month of publication is both the last and the next one."""
    past = almanac.make(published.year - (month > published.month), month)
    future = almanac.make(published.year + (month < published.month), month)
    return Sense(Grain.MONTH, Basis.STATED, past, future, yearless=True)


def week(published: date, weeks: int, fixed: Tense | None = None) -> Sense | None:
    """The week `weeks` after that of the publication, known as its month where Monday to Friday share one.

    This week is cut at the publication: what happened lies before it, what is to come after it.
    """
    day = almanac.shift_days(published, weeks * almanac.WEEK)
    days = almanac.working_week(day) if day else None
    if not days:
        return None
    past = almanac.span(days[0], min(days[1], max(published, days[0])) if weeks == 0 else days[1])
    future = almanac.span(max(days[0], min(published, days[1])) if weeks == 0 else days[0], days[1])
    two = () if days[0].month == days[1].month else tuple(PartialDate.of(day).to_month() for day in days)
    return Sense(Grain.WEEK, Basis.RELATIVE, no_finer_than_month(past), no_finer_than_month(future), fixed, also=two)


def no_finer_than_month(value: PartialDate | None) -> PartialDate | None:
    """The month of a day; months and years as they are."""
    return value.to_month() if value and value.day else value


def weekend(published: date, weeks: int) -> Sense | None:
    """The weekend `weeks` after this week's. On a working day, a past "this weekend" is the one before."""
    before = weeks - 1 if weeks == 0 and published.weekday() <= almanac.FRIDAY else weeks
    values = [_weekend_of(published, offset) for offset in (before, weeks)]
    return Sense(Grain.WEEK, Basis.RELATIVE, values[0], values[1])


def _weekend_of(published: date, weeks: int) -> PartialDate | None:
    days = almanac.working_week(published)
    saturday = almanac.shift_days(days[1], 1 + weeks * almanac.WEEK) if days else None
    sunday = almanac.shift_days(saturday, 1) if saturday else None
    return no_finer_than_month(almanac.span(saturday, sunday)) if saturday and sunday else None


PERIOD_REACH = 400
"""Characters back to the quarter that a report compares with: a few sentences of figures."""
_SAME = re.compile(
    r"\b(?:same|corresponding|comparable|year-earlier|year-ago)\s+(?P<unit>quarter|period|half|month)"
    r"\s+(?:of\s+|in\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
_PERIOD_BEHIND = re.compile(
    r"\s+(?:fiscal\s+)?(?:(?:first|second|third|fourth)[\s-]+(?:quarter|half)|quarter|period)\b", re.IGNORECASE
)
_PERIODS = frozenset({Grain.MONTH, Grain.YEAR, Grain.DECADE, Grain.SEASON})


def of_quarter(ground: DateContext) -> bool:
    """True where the period named last is a quarter; a day named since does not end it."""
    for mention in reversed(ground.mentions):
        if ground.position - mention.end > PERIOD_REACH or mention.kind in _PERIODS:
            return False
        if mention.kind is Grain.QUARTER:
            return True
    return False


def same_period(ground: DateContext, start: int, end: int, year: int) -> Sense | None:
    """The sense of a year at `start` that only tells which one of "the same quarter" or "the same month" is meant; None
    where the year stands for itself."""
    same = _SAME.search(ground.before(start))
    if same and same["unit"].lower() == "month" and ground.reference_month():
        return relative(Grain.MONTH, almanac.make(year, ground.reference_month()))
    if same or _PERIOD_BEHIND.match(ground.after(end)):
        return relative(Grain.QUARTER, almanac.make(year))
    return None
