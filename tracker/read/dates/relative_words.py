"""Weekdays, days, weeks, months and years reckoned from the publication: from a matched shape to its sense."""

import re
from dataclasses import replace
from datetime import date

from tracker.model import Basis
from tracker.partial_date import PartialDate
from tracker.read.dates import almanac, sense
from tracker.read.dates.mention import Grain, Tense
from tracker.read.dates.sense import DateContext, Sense
from tracker.read.dates.words import number, plain, weekday_number

_SHIFT = {"last": -1, "past": -1, "this past": -1, "previous": -1, "prior": -1, "preceding": -1}
_SHIFT |= {"this": 0, "current": 0}
_SHIFT |= {"next": 1, "coming": 1, "this coming": 1, "upcoming": 1, "following": 1}
_TOWARD = {-1: Tense.PAST, 0: None, 1: Tense.FUTURE}
_FROM_REFERENCE = {"following": 1, "next": 1, "previous": -1, "prior": -1, "preceding": -1}
_FROM_REFERENCE |= {"same": 0, "that": 0, "that same": 0}
"""With "the", these are reckoned from the date named before."""
_SPAN_OF_TIME = frozenset({"last", "past", "next", "coming"})
""" "the past year", "the next month" are stretches of time, not dates."""
_OF_A_YEAR = re.compile(r"\s+(?:(?:of|in)\s+)?(?:last\s+year|a\s+year|\d{4})\b")
""" "the same month last year": the year tells which month, see `comparisons`."""
_UNIT_KIND = {"day": Grain.DAY, "week": Grain.WEEK, "month": Grain.MONTH, "year": Grain.YEAR}
_UNIT_KIND |= {
    "quarter": Grain.QUARTER,
    "decade": Grain.DECADE,
    "century": Grain.VAGUE,
    "weekend": Grain.WEEK,
}
DAYS_IN = {"day": 1, "week": 7, "month": 30, "quarter": 91, "year": 365, "decade": 3652}
"""Distances in days, for the caller who adds them to an event."""
MONTHS_IN = {"month": 1, "quarter": 3, "year": 12, "decade": 120}
QUARTER_MONTHS = 3


def weekday(match: re.Match[str], ground: DateContext) -> Sense | None:
    """ "Tuesday", "Monday night": the publication day itself is both the last and the coming one."""
    day = weekday_number(match["weekday"])
    return sense.either_day(almanac.weekday_before(ground.published, day), almanac.weekday_after(ground.published, day))


def relative_weekday(match: re.Match[str], ground: DateContext) -> Sense | None:
    """ "last Tuesday", "next Friday", "this Thursday"."""
    which, day, now = plain(match["which"]), weekday_number(match["weekday"]), ground.published
    before = almanac.weekday_before(now, day)
    after = almanac.weekday_after(now, day)
    if which in {"last", "this past", "the previous"}:
        eve = almanac.shift_days(now, -1)
        return sense.on_day(almanac.weekday_before(eve, day) if eve else None, Tense.PAST)
    if which == "the following":
        known = ground.reference(("day",))
        start = almanac.shift_days(known.first_day() if known else now, 1)
        return sense.on_day(almanac.weekday_after(start, day) if start else None)
    if which == "next":
        return sense.on_day(_weekday_of_week(ground, day, 1), Tense.FUTURE)
    if which == "this coming":
        return sense.on_day(after, Tense.FUTURE)
    found = sense.either_day(before, after)
    return replace(found, coming=True) if found else None


def _weekday_of_week(ground: DateContext, day: int, weeks: int) -> date | None:
    return almanac.shift_days(ground.published, weeks * almanac.WEEK - ground.published.weekday() + day)


def weekday_week(match: re.Match[str], ground: DateContext) -> Sense | None:
    """ "Monday of last week", "Tuesday a week ago"."""
    day = weekday_number(match["weekday"])
    if match["back"]:
        last = almanac.weekday_before(ground.published, day)
        return sense.on_day(almanac.shift_days(last, -almanac.WEEK) if last else None, Tense.PAST)
    shift = _SHIFT[plain(match["which"])]
    return sense.on_day(_weekday_of_week(ground, day, shift), _TOWARD[shift])


def week_from(match: re.Match[str], ground: DateContext) -> Sense | None:
    """ "a week from Tuesday", "two weeks from today"."""
    weeks = number(match["n"]) or 1
    if match["today"]:
        base = almanac.shift_days(ground.published, int(plain(match["today"]) == "tomorrow"))
    else:
        base = almanac.weekday_after(ground.published, weekday_number(match["weekday"]))
    return sense.on_day(almanac.shift_days(base, weeks * almanac.WEEK) if base else None, Tense.FUTURE)


def days_from(match: re.Match[str], ground: DateContext) -> Sense | None:
    """ "30 days from Monday", "ten days after today": from the last or the coming one, as the tense tells."""
    unit, count = plain(match["unit"]).split(" ")[-1], number(match["n"])
    if count is None or unit not in {"day", "week"}:
        return None
    if match["today"]:
        base = almanac.shift_days(ground.published, {"yesterday": -1, "today": 0, "tomorrow": 1}[plain(match["today"])])
        bases = (base, base)
    else:
        day = weekday_number(match["weekday"])
        bases = almanac.weekday_before(ground.published, day), almanac.weekday_after(ground.published, day)
    days = [base and almanac.shift_days(base, count * DAYS_IN[unit]) for base in bases]
    return sense.either_day(days[0], days[1])


def day_word(match: re.Match[str], ground: DateContext) -> Sense | None:
    """ "today", "last night", "the day after tomorrow"; "overnight" is one of two days."""
    words = plain(match.group())
    if words.endswith("midnight"):
        return replace(sense.without_value(Grain.VAGUE), also=(PartialDate.of(ground.published),))
    if words.startswith("overnight"):
        eve = almanac.shift_days(ground.published, -1)
        value = sense.no_finer_than_month(almanac.span(eve, ground.published)) if eve else None
        return Sense(Grain.DAY, Basis.RELATIVE, value, value, exact=False)
    shifts = (("before yesterday", -2), ("after tomorrow", 2), ("yesterday", -1), ("last night", -1), ("tomorrow", 1))
    shift = next((days for word, days in shifts if word in words), 0)
    return sense.on_day(almanac.shift_days(ground.published, shift), _TOWARD[(shift > 0) - (shift < 0)])


def relative_unit(match: re.Match[str], ground: DateContext) -> Sense | None:
    """ "last week", "this year", "the following day", "that month"."""
    which, unit = plain(match["which"]), plain(match["unit"])
    if match["the"] or which in {"same", "that", "that same", "following", "previous", "preceding"}:
        if which in _SPAN_OF_TIME and not (which == "next" and unit == "day"):
            return (
                sense.without_value(Grain.DURATION)
                if unit != "weekend"
                else sense.weekend(ground.published, _SHIFT[which])
            )
        if which == "same" and _OF_A_YEAR.match(ground.after(match.end())):
            return None
        if which in _FROM_REFERENCE:
            return _from_reference(unit, _FROM_REFERENCE[which], ground)
    if unit == "day" or which not in _SHIFT:
        return None
    if unit == "year":
        year = ground.published.year + _SHIFT[which]
        same = sense.same_period(ground, match.start(), match.start(), year)
        if same:
            return same
    return _from_publication(unit, _SHIFT[which], ground)


def _from_publication(unit: str, shift: int, ground: DateContext) -> Sense | None:
    now, toward = ground.published, _TOWARD[shift]
    if unit == "week":
        return sense.week(now, shift, toward)
    if unit == "weekend":
        return sense.weekend(now, shift)
    if unit == "quarter":
        return _quarter_of(almanac.shift_months(now, shift * QUARTER_MONTHS), toward)
    if unit == "month":
        return sense.relative(Grain.MONTH, almanac.shift_months(now, shift), toward)
    if unit == "year":
        return sense.relative(Grain.YEAR, almanac.make(now.year + shift), toward)
    return sense.without_value(_UNIT_KIND[unit], fixed=toward)


def _quarter_of(held: PartialDate | None, toward: Tense | None) -> Sense:
    return sense.relative(Grain.QUARTER, almanac.make(held.year) if held else None, toward)


def _from_reference(unit: str, shift: int, ground: DateContext) -> Sense | None:
    """Reckoned from the last date named; without one, the kind is known and the value is not."""
    finest = {"day": ("day",), "month": ("day", "month"), "year": ("day", "month", "year")}
    known = ground.reference(finest.get(unit, ("day",)))
    if not known or unit not in finest:
        return sense.without_value(_UNIT_KIND[unit])
    return moved(known, unit, shift) or sense.without_value(_UNIT_KIND[unit])


def moved(known: PartialDate, unit: str, amount: int) -> Sense | None:
    """The date that lies `amount` units from `known`, at the granularity of the unit."""
    first = known.first_day()
    if unit in {"day", "week"}:
        day = almanac.shift_days(first, amount * DAYS_IN[unit])
        if unit == "week":
            return sense.week(day, 0) if day else None
        return sense.on_day(day)
    if unit in {"month", "quarter"}:
        month = almanac.shift_months(first, amount * MONTHS_IN[unit])
        return sense.relative(Grain.MONTH, month) if unit == "month" else _quarter_of(month, None)
    if unit == "year":
        return sense.relative(Grain.YEAR, almanac.make(known.year + amount))
    return sense.without_value(_UNIT_KIND[unit])
