"""What one expression can mean, before the text around it has been asked."""

from dataclasses import dataclass, replace
from datetime import date

from tracker.model import Basis
from tracker.partial_date import PartialDate
from tracker.read.dates import almanac
from tracker.read.dates.mention import DateKind, Direction


@dataclass(frozen=True, slots=True)
class Sense:
    """`past` and `future`: the value if the act lies before or after the publication; `fixed` where the words decide.

    `yearless` marks calendar dates that are missing only their year; not `exact` are those known no finer than `past`
    and `future` say, though their kind is finer; `coming` lie ahead where the tense does not tell ("this Saturday").
    `also`: further values, less likely ones.
    """

    kind: DateKind
    basis: Basis
    past: PartialDate | None = None
    future: PartialDate | None = None
    fixed: Direction | None = None
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


def stated(kind: DateKind, value: PartialDate | None) -> Sense | None:
    """A calendar date that needs nothing from outside; None where it does not exist."""
    return Sense(kind, Basis.STATED, value, value) if value else None


def relative(kind: DateKind, value: PartialDate | None, fixed: Direction | None = None) -> Sense:
    """A date reckoned from the publication or from a date named before."""
    return Sense(kind, Basis.RELATIVE, value, value, fixed)


def on_day(day: date | None, fixed: Direction | None = None) -> Sense | None:
    """A day reckoned from the publication; None outside of the calendar."""
    return relative(DateKind.DAY, PartialDate.of(day), fixed) if day else None


def either_day(past: date | None, future: date | None) -> Sense | None:
    """A day that the tense decides; None outside of the calendar."""
    if past is None or future is None:
        return None
    return Sense(DateKind.DAY, Basis.RELATIVE, PartialDate.of(past), PartialDate.of(future))


def without_value(kind: DateKind, days: int | None = None, fixed: Direction | None = None) -> Sense:
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
    return Sense(DateKind.DAY, Basis.STATED, past[-1], future[0], yearless=True)


LEAP_REACH = 8
"""Years to look around for February 29: over a century that is no leap year, 8 lie between two."""


def yearless_month(published: date, month: int) -> Sense:
    """A month without a year; the month of publication is both the last and the next one."""
    past = almanac.make(published.year - (month > published.month), month)
    future = almanac.make(published.year + (month < published.month), month)
    return Sense(DateKind.MONTH, Basis.STATED, past, future, yearless=True)


def week(published: date, weeks: int, fixed: Direction | None = None) -> Sense | None:
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
    return Sense(DateKind.WEEK, Basis.RELATIVE, no_finer_than_month(past), no_finer_than_month(future), fixed, also=two)


def no_finer_than_month(value: PartialDate | None) -> PartialDate | None:
    """The month of a day; months and years as they are."""
    return value.to_month() if value and value.day else value


def weekend(published: date, weeks: int) -> Sense | None:
    """The weekend `weeks` after this week's. On a working day, a past "this weekend" is the one before."""
    before = weeks - 1 if weeks == 0 and published.weekday() <= almanac.FRIDAY else weeks
    values = [_weekend_of(published, offset) for offset in (before, weeks)]
    return Sense(DateKind.WEEK, Basis.RELATIVE, values[0], values[1])


def _weekend_of(published: date, weeks: int) -> PartialDate | None:
    days = almanac.working_week(published)
    saturday = almanac.shift_days(days[1], 1 + weeks * almanac.WEEK) if days else None
    sunday = almanac.shift_days(saturday, 1) if saturday else None
    return no_finer_than_month(almanac.span(saturday, sunday)) if saturday and sunday else None
