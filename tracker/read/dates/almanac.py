"""Calendar arithmetic: pure functions of days. Every function stays inside the years that a date can have."""

import calendar
from datetime import date, timedelta

from tracker.partial_date import EARLIEST_YEAR, PartialDate

WEEK = 7
FRIDAY = 4
"""`date.weekday()` of the last working day."""


def make(year: int, month: int | None = None, day: int | None = None) -> PartialDate | None:
    """The date, or None where there is no such date."""
    try:
        return PartialDate(year, month, day)
    except ValueError:
        return None


def shift_days(day: date, days: int) -> date | None:
    """`days` later (negative: earlier), or None outside of the calendar."""
    try:
        shifted = day + timedelta(days=days)
    except OverflowError:
        return None
    return shifted if shifted.year >= EARLIEST_YEAR else None


def shift_months(day: date, months: int) -> PartialDate | None:
    """The month that lies `months` later (negative: earlier)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return make(year, month + 1)


def weekday_before(day: date, weekday: int) -> date | None:
    """The latest such weekday on or before `day`; Monday is 0."""
    return shift_days(day, -((day.weekday() - weekday) % WEEK))


def weekday_after(day: date, weekday: int) -> date | None:
    """The earliest such weekday on or after `day`; Monday is 0."""
    return shift_days(day, (weekday - day.weekday()) % WEEK)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date | None:
    """The nth such weekday of the month, -1 for the last; None where the month has no such day."""
    first, length = calendar.monthrange(year, month)
    days = list(range(1 + (weekday - first) % WEEK, length + 1, WEEK))
    index = nth - 1 if nth > 0 else nth
    return date(year, month, days[index]) if -len(days) <= index < len(days) else None


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (the anonymous algorithm, Meeus, Astronomical Algorithms, chapter 8)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


def working_week(day: date) -> tuple[date, date] | None:
    """Monday to Friday of the week that holds `day` (ISO 8601: weeks start on Monday)."""
    monday = shift_days(day, -day.weekday())
    friday = shift_days(monday, FRIDAY) if monday else None
    return (monday, friday) if monday and friday else None


def span(first: date, last: date) -> PartialDate | None:
    """The finest date that holds both days: the day, the month, the year, or None over a turn of the year."""
    if first == last:
        return PartialDate.of(first)
    if first.year != last.year:
        return None
    return PartialDate(first.year, first.month if first.month == last.month else None)
