"""Calendar dates: from a matched shape to its sense. A rule takes the match and the ground, gives a sense or None."""

import re
from dataclasses import replace
from datetime import date

from tracker.model import Basis
from tracker.partial_date import PartialDate
from tracker.read.dates import almanac, sense
from tracker.read.dates.mention import Grain, Tense
from tracker.read.dates.sense import DateContext, Sense
from tracker.read.dates.words import ORDINALS, holidays, month_number, plain, weekday_number

FUTURE_YEARS = 10
"""A two-digit year up to this far ahead is still of this century: '25 in a story of 2017."""
OLDEST_SHORT_YEAR = 30
"""5-15-89 may be a date; a pair of digits further back than this is more likely something else."""
ATTACKS = (9, 11)
_ATTACKS = re.compile(r",?\s+(?:terror|attack|hijack)")
NEAR_YEARS = 3
"""A weekday with a day of the month names one of the three nearest years that have the day."""
_YEARS = {"last": -1, "this": 0, "next": 1}
_BEFORE_DAY = re.compile(
    r"(?:\b(?:on|from|between|of|the|until|through|by|for|held|and|over|during)\s+|[(:,;\n]\s*|^)$", re.IGNORECASE
)
""" "11 and 12 March" after one of these is two days, not a count and a day."""
_GOODS = re.compile(r"\s+(?:delivery|futures|contracts?|crude|settlement)\b")
"""Behind a month: that of a delivery to come, in reports from commodity markets."""
_ON = re.compile(
    r"\b(?:on|by|until|since|through|from|before|after|starting|beginning|effective|dated|to|of)\s+$", re.IGNORECASE
)


def full_year(short: str, published: date) -> int:
    """The year of its last two digits, the latest that is not far ahead of the publication."""
    year = published.year - published.year % 100 + int(short)
    return year - 100 if year > published.year + FUTURE_YEARS else year


def _day(match: re.Match[str]) -> int:
    return int(re.sub(r"\D", "", match["day"]))


def month_day(match: re.Match[str], ground: DateContext) -> Sense | None:
    """ "Tuesday, March 7", "July 6, 2017": without a year, the weekday may tell it."""
    month, day = month_number(match["month"]), _day(match)
    if (month, day) == ATTACKS and _ATTACKS.match(ground.after(match.end())) and not match["year"]:
        return nine_eleven(match, ground)
    found = _day_of_month(match, ground, month, day)
    if match["lead"] and found and found.yearless:
        return replace(found, fixed=_LEAD.get(plain(match["lead"])))
    return found


_LEAD = {"last": Tense.PAST, "this past": Tense.PAST, "next": Tense.FUTURE, "this coming": Tense.FUTURE}


def _named_year(which: str, ground: DateContext) -> int:
    """ "last year" is reckoned from the publication, "that year" from the date named before."""
    if which in _YEARS:
        return ground.published.year + _YEARS[which]
    return ground.reference_year(0) or ground.published.year


def first_day(match: re.Match[str], ground: DateContext) -> Sense | None:
    """ "11" in "on 11 and 12 March", "14" in "14-16 March 2013": a day whose month follows the next day."""
    day = _day(match)
    if day >= int(match["last"]) or not _BEFORE_DAY.search(ground.before(match.start())):
        return None
    month = month_number(match["month"])
    if match["year"]:
        return sense.stated(Grain.DAY, almanac.make(int(match["year"]), month, day))
    return sense.yearless_day(ground.published, month, day)


def _day_of_month(match: re.Match[str], ground: DateContext, month: int, day: int) -> Sense | None:
    if match["year"] or match["which"]:
        year = int(match["year"]) if match["year"] else _named_year(plain(match["which"]), ground)
        return sense.stated(Grain.DAY, almanac.make(year, month, day))
    if match["weekday"]:
        fitting = _years_with(ground.published, month, day, weekday_number(match["weekday"]))
        if fitting:
            return sense.stated(Grain.DAY, fitting)
    return sense.yearless_day(ground.published, month, day)


def _years_with(published: date, month: int, day: int, weekday: int) -> PartialDate | None:
    years = range(published.year - sense.LEAP_REACH, published.year + sense.LEAP_REACH + 1)
    days = [found for year in years if (found := almanac.make(year, month, day))]
    nearest = sorted(days, key=lambda found: abs((found.first_day() - published).days))[:NEAR_YEARS]
    return next((found for found in nearest if found.first_day().weekday() == weekday), None)


def bare_day(match: re.Match[str], ground: DateContext) -> Sense | None:
    """ "on the 13th", "by the 28th", "the 15th of that month": of the month named before, or the nearest to come."""
    day, now = int(match["day"]), ground.published
    known = ground.reference(("day", "month"))
    named = almanac.make(known.year, known.month, day) if known else None
    if match["that"]:
        return sense.relative(Grain.DAY, named) if named else None
    here, months = almanac.make(now.year, now.month, day), [almanac.shift_months(now, shift) for shift in (-1, 1)]
    around = [here, *(almanac.make(month.year, month.month, day) for month in months if month)]
    past = [value for value in around if value and value.first_day() <= now]
    future = [value for value in around if value and value.first_day() >= now]
    if not past or not future:
        return None
    last, first = max(past, key=PartialDate.first_day), min(future, key=PartialDate.first_day)
    if named and named not in (last, first):
        return Sense(Grain.DAY, Basis.RELATIVE, named, named, also=(last, first))
    return Sense(Grain.DAY, Basis.RELATIVE, last, first)


def day_month(match: re.Match[str], ground: DateContext) -> Sense | None:
    """ "the 1st of July", "1 July 2017", "first of July"."""
    return _day_of_month(match, ground, month_number(match["month"]), 1 if match["first"] else _day(match))


def iso(match: re.Match[str], ground: DateContext) -> Sense | None:
    """ "2017-07-04", "2017/07/04"."""
    return sense.stated(Grain.DAY, almanac.make(int(match["year"]), int(match["monthnum"]), int(match["day"])))


def numeric(match: re.Match[str], ground: DateContext) -> Sense | None:
    """ "7/4/2017", "5.15.19": the month first, as in the United States, unless it cannot be one."""
    month, day, short = int(match["a"]), int(match["b"]), len(match["year"]) == 2
    year = full_year(match["year"], ground.published) if short else int(match["year"])
    if short and match["sep"] != "/" and year < ground.published.year - OLDEST_SHORT_YEAR:
        return None
    return sense.stated(Grain.DAY, almanac.make(year, month, day) or almanac.make(year, day, month))


def slash(match: re.Match[str], ground: DateContext) -> Sense | None:
    """ "on 7/4": a date only after a word that dates follow."""
    if not _ON.search(ground.before(match.start())):
        return None
    return sense.yearless_day(ground.published, int(match["a"]), int(match["b"]))


def nine_eleven(match: re.Match[str], ground: DateContext) -> Sense | None:
    """The name of a day."""
    return sense.stated(Grain.DAY, PartialDate(2001, 9, 11))


def month_year(match: re.Match[str], ground: DateContext) -> Sense | None:
    """ "June 2017", "Sept. of 2010", "June '98"."""
    year = int(match["year"]) if match["year"] else full_year(match["short"], ground.published)
    return sense.stated(Grain.MONTH, almanac.make(year, month_number(match["month"])))


def month(match: re.Match[str], ground: DateContext) -> Sense | None:
    """ "in October"."""
    found = sense.yearless_month(ground.published, month_number(match["month"]))
    goods = _GOODS.match(ground.after(match.end()))
    return replace(found, fixed=Tense.FUTURE) if goods else found


def month_relative_year(match: re.Match[str], ground: DateContext) -> Sense | None:
    """ "June of last year", "in March the following year"."""
    which = plain(match["which"]).removeprefix("the ")
    if which in {"last", "this", "next"}:
        year: int | None = ground.published.year + {"last": -1, "this": 0, "next": 1}[which]
    else:
        year = ground.reference_year({"following": 1, "previous": -1}.get(which, 0))
    number = month_number(match["month"])
    return sense.relative(Grain.MONTH, almanac.make(year, number)) if year else month(match, ground)


def relative_month(match: re.Match[str], ground: DateContext) -> Sense | None:
    """ "last November", "next March": never the month of publication; in March, "last February" is a year ago, since
    that of this year is "last month" or "in February"."""
    number, now, which = month_number(match["month"]), ground.published, plain(match["which"])
    if which in {"last", "this past", "the previous"}:
        year = now.year - (number >= now.month - (which == "last"))
        return sense.relative(Grain.MONTH, almanac.make(year, number), Tense.PAST)
    if which == "that":
        known = ground.reference_year(0)
        return sense.relative(Grain.MONTH, almanac.make(known, number)) if known else None
    if which == "the following":
        base = ground.reference_year(0) or now.year
        return sense.relative(
            Grain.MONTH, almanac.make(base + 1 if ground.reference_month() >= number else base, number)
        )
    if which == "this":
        return sense.relative(Grain.MONTH, almanac.make(now.year, number))
    return sense.relative(Grain.MONTH, almanac.make(now.year + (number <= now.month), number), Tense.FUTURE)


def fiscal(match: re.Match[str], ground: DateContext) -> Sense | None:
    """ "fiscal 2018", "FY19": the year that it is called after, the first of two."""
    year = match["year"]
    short = len(year) == 2
    if short and not match.group().upper().startswith("FY") and "year" not in match.group():
        return None
    return sense.stated(Grain.YEAR, almanac.make(full_year(year, ground.published) if short else int(year)))


def year(match: re.Match[str], ground: DateContext) -> Sense | None:
    """ "in 2014"; "the same quarter of 2014" is no year."""
    number = int(match["year"])
    same = sense.same_period(ground, match.start(), match.start(), number)
    return same or sense.stated(Grain.YEAR, almanac.make(number))


def short_year(match: re.Match[str], ground: DateContext) -> Sense | None:
    """ "in '98": only after a word that years follow."""
    if not re.search(r"\b(?:in|since|of|from|until|by|spring|summer|fall|winter)\s+$", ground.before(match.start())):
        return None
    return sense.stated(Grain.YEAR, almanac.make(full_year(match["short"], ground.published)))


def nth_weekday(match: re.Match[str], ground: DateContext) -> Sense | None:
    """ "the first Monday of January": "of each month" recurs and has no value."""
    nth, weekday, now = ORDINALS[plain(match["nth"])], weekday_number(match["weekday"]), ground.published
    if not match["month"]:
        return _nth_of_relative(match, nth, weekday, now)
    number = month_number(match["month"])
    if match["year"]:
        day = almanac.nth_weekday(int(match["year"]), number, weekday, nth)
        return sense.stated(Grain.DAY, PartialDate.of(day)) if day else None
    return _named_day([almanac.nth_weekday(now.year + shift, number, weekday, nth) for shift in (-1, 0, 1)], now)


def _nth_of_relative(match: re.Match[str], nth: int, weekday: int, now: date) -> Sense | None:
    shift = {"last": -1, "this": 0, "next": 1}.get(plain(match["which"]))
    held = almanac.shift_months(now, shift) if shift is not None and match["unit"] == "month" else None
    if not held or not held.month:
        return sense.without_value(Grain.VAGUE)
    return sense.on_day(almanac.nth_weekday(held.year, held.month, weekday, nth))


def _named_day(days: list[date | None], now: date) -> Sense | None:
    past = [day for day in days if day and day <= now]
    future = [day for day in days if day and day >= now]
    if not past or not future:
        return None
    return Sense(Grain.DAY, Basis.STATED, PartialDate.of(past[-1]), PartialDate.of(future[0]), yearless=False)


def _led_holiday(lead: str, days: list[date | None], now: date) -> Sense | None:
    """ "last Thanksgiving", "next Christmas": never the publication day itself; "this" is of this year."""
    if lead == "this":
        return sense.on_day(days[1])
    known = [day for day in days if day and day != now]
    if lead in {"last", "this past"}:
        return sense.on_day(max((day for day in known if day < now), default=None), Tense.PAST)
    return sense.on_day(min((day for day in known if day > now), default=None), Tense.FUTURE)


def holiday(match: re.Match[str], ground: DateContext) -> Sense | None:
    """ "Labor Day", "Thanksgiving 2016", "Christmas last year"."""
    named = holidays()[plain(match["holiday"])]
    now = ground.published
    if match["lead"]:
        return _led_holiday(plain(match["lead"]), [named.in_year(now.year + shift) for shift in (-1, 0, 1)], now)
    if match["year"] or match["which"]:
        shift = {"last": -1, "this": 0, "next": 1}.get(match["which"] or "", 0)
        day = named.in_year(int(match["year"]) if match["year"] else now.year + shift)
        return sense.stated(Grain.DAY, PartialDate.of(day)) if day else None
    return _named_day([named.in_year(now.year + shift) for shift in (-1, 0, 1) if now.year + shift > 0], now)
