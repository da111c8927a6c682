"""Distances, seasons, quarters, decades and vague references: from a matched shape to its sense."""

import re
from dataclasses import replace
from datetime import date

from tracker.model import Basis
from tracker.partial_date import PartialDate
from tracker.read.dates import almanac, sense
from tracker.read.dates.mention import Grain, Tense
from tracker.read.dates.relative_words import DAYS_IN, MONTHS_IN, moved
from tracker.read.dates.sense import DateContext, Sense
from tracker.read.dates.words import month_number, number, plain, weekday_number

_SHIFT = {"last": -1, "previous": -1, "prior": -1, "this": 0, "current": 0, "the": 0, "next": 1}
SEASON_MONTHS = {"spring": (3, 5), "summer": (6, 8), "fall": (9, 11), "autumn": (9, 11), "winter": (12, 2)}
"""First and last month (meteorological seasons)."""
_BEFORE_SEASON = re.compile(
    r"\b(?:in|by|since|until|during|through|for|before|after|over|of|late|early|mid|from)[\s-]+(?:(?:the|late|early)\s+)*$",
    re.IGNORECASE,
)
A_FEW = 6
"""More than a few."""
_CLAUSE_END = re.compile(r"\s*(?:$|[.,;:)\"”’—–]|--|and\b|but\b)")


def ago(match: re.Match[str], ground: DateContext) -> Sense | None:
    """ "two years ago", "a week later", "30 days after adoption"."""
    unit, way = plain(match["unit"]).split(" ")[-1], plain(match["dir"])
    count = _count(match, unit)
    if count is None and match["n"] is None and not match["unit_s"]:
        return None
    if count is None:
        return _vague(unit, way, ground)
    if unit == "year" and _way_of(way) is Tense.PAST and not match["to"]:
        compared = _compared(match, ground, count)
        if compared:
            return compared
    if way == "until":
        return replace(sense.without_value(Grain.DURATION), also=_so_far(ground, unit, count))
    if way == "since":
        return replace(sense.without_value(Grain.DURATION), also=_so_far_back(ground, unit, count))
    if way == "ago":
        return _back(match, ground, unit, count)
    if way in {"from now", "hence"}:
        found = _fixed(moved(PartialDate.of(ground.published), unit, count), Tense.FUTURE)
        return replace(found, also=_so_far(ground, unit, count)) if found else None
    sign = -1 if way in {"earlier", "before", "prior"} else 1
    if way in {"before", "prior", "after", "from"} and not _CLAUSE_END.match(ground.text, match.end()):
        distance = sense.without_value(Grain.DURATION, days=sign * count * DAYS_IN[unit])
        if sign < 0:  # "it will be 120 days before the ban starts"
            return replace(distance, also=_so_far(ground, unit, count))
        return replace(distance, also=_so_far_back(ground, unit, count)) if unit != "day" else distance
    return _from_named(ground, unit, sign * count)


def _vague(unit: str, way: str, ground: DateContext) -> Sense:
    """ "a few weeks ago": no more than the year is known, and that only where it is not a new one."""
    found = sense.without_value(Grain.VAGUE, fixed=_way_of(way))
    first = ground.published.replace(month=1, day=1)
    known = way == "ago" and unit in {"day", "week"} and (ground.published - first).days > A_FEW * DAYS_IN[unit]
    year = almanac.make(first.year) if known else None
    return replace(found, also=(year,)) if year else found


def _so_far_back(ground: DateContext, unit: str, count: int) -> tuple[PartialDate, ...]:
    """Where "for five years" began; the day of what "two weeks after it …" followed, if that was today's news."""
    if unit == "week":
        day = almanac.shift_days(ground.published, -count * DAYS_IN[unit])
        return (PartialDate.of(day),) if day else ()
    found = moved(PartialDate.of(ground.published), unit, -count)
    return (found.past,) if found and found.past else ()


def _so_far(ground: DateContext, unit: str, count: int) -> tuple[PartialDate, ...]:
    """The month in which a stretch of time from the publication on ends."""
    if unit in MONTHS_IN:
        month = almanac.shift_months(ground.published, count * MONTHS_IN[unit])
    else:
        day = almanac.shift_days(ground.published, count * DAYS_IN[unit])
        month = PartialDate.of(day).to_month() if day else None
    return (month,) if month else ()


def _count(match: re.Match[str], unit: str) -> int | None:
    if match["n"] is None:
        return 1 if re.match(rf"{unit}-", match.group(), re.IGNORECASE) else None
    return 1 if plain(match["n"]) == "the" else number(match["n"])


def _compared(match: re.Match[str], ground: DateContext, count: int) -> Sense | None:
    """ "a year earlier" beside a quarter, "the year-ago period"."""
    year = ground.published.year - count
    same = sense.same_period(ground, match.start(), match.end(), year)
    if same or count > 1 or not sense.of_quarter(ground):
        return same
    return sense.relative(Grain.QUARTER, almanac.make(year))


def _way_of(way: str) -> Tense:
    return Tense.PAST if way in {"ago", "since", "earlier", "before", "prior"} else Tense.FUTURE


def _back(match: re.Match[str], ground: DateContext, unit: str, count: int) -> Sense | None:
    found = moved(PartialDate.of(ground.published), unit, -count)
    if match["to"] and unit in {"week", "year"}:
        day = almanac.weekday_before(ground.published, weekday_number(match["weekday"])) if match["weekday"] else None
        start = day or ground.published
        if match["held"]:
            return _held(match, start, count if unit == "year" else 0)
        if unit == "year":
            value = almanac.make(start.year - count, start.month, start.day)
            return sense.relative(Grain.DAY, value, Tense.PAST) if value else None
        return sense.on_day(almanac.shift_days(start, -count * DAYS_IN["week"]), Tense.PAST)
    exact = _so_far_back(ground, unit, count) if unit == "week" else ()
    month = almanac.shift_months(ground.published, -count * MONTHS_IN["year"]) if unit == "year" else None
    return replace(found, fixed=Tense.PAST, also=(*exact, *filter(None, (month,)))) if found else None


def _held(match: re.Match[str], now: date, years: int) -> Sense | None:
    """ "ten years ago this month": the month, or the week, so many years back."""
    shift = _SHIFT[plain(match["which"])]
    month = almanac.shift_months(now, shift) if match["held"].lower() == "month" else None
    if month and years:
        return sense.relative(Grain.MONTH, almanac.make(month.year - years, month.month), Tense.PAST)
    value = almanac.make(now.year - years) if years else None
    return sense.relative(Grain.WEEK, value, Tense.PAST)


def _from_named(ground: DateContext, unit: str, amount: int) -> Sense | None:
    """ "a year earlier", "two days later": from the last date named that is as fine as the unit."""
    precision = (
        ("day",) if unit in {"day", "week"} else ("day", "month") if unit == "month" else ("day", "month", "year")
    )
    known = ground.reference(precision) or PartialDate.of(ground.published)
    return moved(known, unit, amount)


def _fixed(found: Sense | None, direction: Tense) -> Sense | None:
    return replace(found, fixed=direction) if found else None


def offset(match: re.Match[str], ground: DateContext) -> Sense | None:
    """ "within six months", "in 90 days": a distance, known from the publication if the act is still to come."""
    unit = plain(match["unit"]).split(" ")[-1]
    count = None if plain(match["n"]) == "the" else number(match["n"])
    if count is None or not 0 < count < 1000 or re.search(r"\b(?:past|last|first)\b", match.group(), re.IGNORECASE):
        return sense.without_value(Grain.DURATION)
    distance = sense.without_value(Grain.DURATION, days=count * DAYS_IN[unit])
    if plain(match["within"]) in {"for", "over"}:
        return replace(distance, also=_months(_so_far_back(ground, unit, count)))
    coming = moved(PartialDate.of(ground.published), unit, count) if plain(match["within"]) == "in" else None
    if not coming or not coming.future:
        return distance
    return replace(distance, future=coming.future, also=_so_far(ground, unit, count), exact=False)


def _months(days: tuple[PartialDate, ...]) -> tuple[PartialDate, ...]:
    """The months of days; months and years as they are."""
    return tuple(day.to_month() if day.day else day for day in days)


def first_units(match: re.Match[str], ground: DateContext) -> Sense | None:
    """ "the first nine months of 2005": a stretch of time, whose year or month is no date of its own."""
    return sense.without_value(Grain.DURATION)


def end_of(match: re.Match[str], ground: DateContext) -> Sense | None:
    """ "the end of the year", "later in the month", "year-end"."""
    unit = plain(match["unit"] or match["unit2"] or "year")
    now = ground.published
    if plain(match["edge"] or "") == "first" and unit != "week":
        return _first_of(ground, unit)
    if unit == "week":
        return sense.week(now, 0)
    value = almanac.make(now.year, now.month if unit == "month" else None)
    return sense.relative(Grain.MONTH if unit == "month" else Grain.YEAR, value)


def _first_of(ground: DateContext, unit: str) -> Sense | None:
    now = ground.published
    if unit == "year":
        return sense.either_day(now.replace(month=1, day=1), date(now.year + 1, 1, 1))
    following = almanac.shift_months(now, 1)
    return sense.either_day(now.replace(day=1), following.first_day()) if following else None


def quarter(match: re.Match[str], ground: DateContext) -> Sense | None:
    """ "the third quarter", "Q3 2007": known no finer than its year."""
    return _part_of_year(match, ground)


def _part_of_year(match: re.Match[str], ground: DateContext) -> Sense | None:
    if match["year"]:
        stated = almanac.make(int(match["year"]))
        return Sense(Grain.QUARTER, Basis.STATED, stated, stated)
    shift = _SHIFT[plain(match["which"])] if match["which"] else 0
    return sense.relative(Grain.QUARTER, almanac.make(ground.published.year + shift) if match["which"] else None)


def decade(match: re.Match[str], ground: DateContext) -> Sense | None:
    """ "the 1980s", "the '90s": nothing that a PartialDate could write."""
    return sense.without_value(Grain.DECADE)


def season(match: re.Match[str], ground: DateContext) -> Sense | None:
    """ "this fall", "summer 2016", "last spring": the year only, and none where a winter may lie in two."""
    name, now = plain(match["season"]), ground.published
    if match["year"]:
        return sense.stated(Grain.SEASON, almanac.make(int(match["year"])))
    if match["relyear"]:
        return sense.relative(Grain.SEASON, almanac.make(now.year + _SHIFT[plain(match["relyear"])]))
    which = plain(match["which"] or "")
    if not which and not _season_by_itself(match, ground):
        return None
    past, future = (None, None) if name == "winter" else _seasons_around(now.year, now.month, name)
    if which in {"last", "this past", "past", "previous"}:
        last = _last_season(now.year, now.month, name)
        before = almanac.make(last.year - 1) if last and last.year == now.year else None
        return replace(sense.relative(Grain.SEASON, last, Tense.PAST), also=(before,) if before else ())
    if which == "this":
        value = None if name == "winter" else almanac.make(now.year)
        return replace(sense.relative(Grain.SEASON, value), also=(past,) if past and past != value else ())
    if which:
        return sense.relative(Grain.SEASON, future, Tense.FUTURE)
    return Sense(Grain.SEASON, Basis.RELATIVE, past, future)


def _seasons_around(year: int, month: int, name: str) -> tuple[PartialDate | None, PartialDate | None]:
    first, last = SEASON_MONTHS[name]
    return almanac.make(year - (month < first)), almanac.make(year + (month > last))


def _last_season(year: int, month: int, name: str) -> PartialDate | None:
    return None if name == "winter" else almanac.make(year if month > SEASON_MONTHS[name][1] else year - 1)


def _season_by_itself(match: re.Match[str], ground: DateContext) -> bool:
    name = match["season"][0].isupper()
    follow = re.match(r"\s+[A-Z]" if name else r"\s+(?:of\s+the|[a-z]+ing\b)", ground.after(match.end()))
    return bool(_BEFORE_SEASON.search(ground.before(match.start()))) and not follow


def week_of(match: re.Match[str], ground: DateContext) -> Sense | None:
    """ "the week of April 17"."""
    found = sense.yearless_day(ground.published, month_number(match["month"]), int(re.sub(r"\D", "", match["day"])))
    if not found or not found.past or not found.future:
        return None
    past, future = sense.week(found.past.first_day(), 0), sense.week(found.future.first_day(), 0)
    if not past or not future:
        return None
    return Sense(Grain.WEEK, Basis.STATED, past.future, future.future)


def weekend(match: re.Match[str], ground: DateContext) -> Sense | None:
    """ "over the weekend"."""
    return sense.weekend(ground.published, 0)


def vague(match: re.Match[str], ground: DateContext) -> Sense | None:
    """ "now", "recently", "soon"."""
    words = plain(match.group())
    past = words in {"recently", "lately", "the past"} or words.startswith("in recent")
    future = words == "soon" or "future" in words or "coming" in words
    return sense.without_value(Grain.VAGUE, fixed=Tense.PAST if past else Tense.FUTURE if future else None)
