"""From a text to its date mentions: scan, give each stretch its sense, choose its direction.

In wire copy and mail lines are broken at a fixed width: their ends are spaces here.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime

from tracker.model import Basis
from tracker.partial_date import PartialDate
from tracker.read.dates import almanac, calendar_words, distance_words, relative_words
from tracker.read.dates.grammar import COMPILED, MORE_DAYS, stretches
from tracker.read.dates.guards import GUARDS
from tracker.read.dates.mention import DateMention, Grain
from tracker.read.dates.sense import DateContext, Sense
from tracker.read.dates.tense import choose

_LINE_END = re.compile(r"(?<!\n)\n(?=[^\s\n])")
_MID_SENTENCE = re.compile(r"(?<!\n)\n(?=[a-z])")
FEWEST_LINES = 3
"""Fewer line ends say nothing about the layout."""
MID_SENTENCE_SHARE = 0.3
"""In broken lines more than half go on in lower case; in paragraphs hardly any."""


def unbroken(text: str) -> str:
    """The text with the line ends inside its paragraphs as spaces, where its lines are broken; of the same length."""
    ends = sum(1 for _ in _LINE_END.finditer(text))
    if ends < FEWEST_LINES or sum(1 for _ in _MID_SENTENCE.finditer(text)) < ends * MID_SENTENCE_SHARE:
        return text
    return _LINE_END.sub(" ", text)


RULES: dict[str, Callable[[re.Match[str], DateContext], Sense | None]] = {
    "nine_eleven": calendar_words.nine_eleven,
    "compact": calendar_words.iso,
    "iso": calendar_words.iso,
    "numeric": calendar_words.numeric,
    "slash": calendar_words.slash,
    "fiscal": calendar_words.fiscal,
    "year_span": calendar_words.year,
    "month_day": calendar_words.month_day,
    "first_day": calendar_words.first_day,
    "day_month": calendar_words.day_month,
    "month_relative_year": calendar_words.month_relative_year,
    "month_year": calendar_words.month_year,
    "relative_month": calendar_words.relative_month,
    "month": calendar_words.month,
    "nth_weekday": calendar_words.nth_weekday,
    "holiday": calendar_words.holiday,
    "year": calendar_words.year,
    "short_year": calendar_words.short_year,
    "weekday": relative_words.weekday,
    "relative_weekday": relative_words.relative_weekday,
    "weekday_week": relative_words.weekday_week,
    "week_from": relative_words.week_from,
    "days_from": relative_words.days_from,
    "bare_day": calendar_words.bare_day,
    "day_word": relative_words.day_word,
    "relative_unit": relative_words.relative_unit,
    "ago": distance_words.ago,
    "first_units": distance_words.first_units,
    "offset": distance_words.offset,
    "end_of": distance_words.end_of,
    "quarter": distance_words.quarter,
    "half": distance_words.quarter,
    "decade": distance_words.decade,
    "season_year": distance_words.season,
    "week_of": distance_words.week_of,
    "weekend": distance_words.weekend,
    "vague": distance_words.vague,
}
DATED = frozenset({Grain.DAY, Grain.MONTH, Grain.YEAR, Grain.SEASON})
"""The kinds whose value a PartialDate can write; a season gives its year."""
PRINTED = range(1400, 9900)
"""Years in which something can have been printed; what is reckoned from them stays inside the calendar."""
_JOIN = re.compile(r"\s*(?:[-–—]|,?\s*\b(?:to|through|and|until|or|till)\b)\s*(?:the\s+)?$")
_MODIFIER = re.compile(r"(?<![a-z])(?:earlier|later|early|late|mid)[\s-]$", re.IGNORECASE)
MODIFIER_REACH = 8
"""Characters: "earlier " is the longest modifier."""


def find_dates(text: str, published: date) -> tuple[DateMention, ...]:
    """All time expressions of the text, in text order, none overlapping; `published` is the day that the text ran.

    Days, weeks, months, seasons, quarters, years, decades, durations and vague references in the sense of TIMEX3
    (ISO-TimeML 2012); times of day are not given, but "Monday night" is that Monday. Never raises on any text; a
    publication outside of `PRINTED` has no mentions.
    """
    day = published.date() if isinstance(published, datetime) else published
    if day.year not in PRINTED:
        return ()
    ground = DateContext(unbroken(text), day)
    end = 0
    for found in stretches(ground.text):
        if found.start() >= end:
            end = _read(found, ground)
    return tuple(m if text is ground.text else replace(m, text=text[m.start : m.end]) for m in ground.mentions)


def _read(found: re.Match[str], ground: DateContext) -> int:
    """Adds the mentions of one stretch of text; gives the position from which to go on."""
    name, start = found.lastgroup or "", found.start()
    ground.position = start
    match, meant = _understand(name, ground)
    if not meant and name == "month_day":
        match, meant = _understand("month", ground)
        name = "month"
    if not match or not meant:
        return start + 1
    _add(ground, start, match.end(), _joined(meant, ground))
    end = match.end()
    if name == "year_span" and len(match["last"]) == 4:
        return _second_year(match, ground)
    return _more_days(ground, end) if name == "month_day" else end


def _understand(name: str, ground: DateContext) -> tuple[re.Match[str] | None, Sense | None]:
    """The parts and the sense of the shape at the present position; no sense where it is no date after all."""
    match = COMPILED[name].match(ground.text, ground.position)
    guard = GUARDS.get(name)
    if not match or (guard and not guard(match, ground)):
        return match, None
    return match, RULES[name](match, ground)


def _second_year(match: re.Match[str], ground: DateContext) -> int:
    """ "2013-2014" is two mentions."""
    first = ground.mentions[-1]
    middle = first.start + 4
    ground.mentions[-1] = replace(first, end=middle, text=ground.text[first.start : middle])
    value = PartialDate(int(match["last"]))
    _add(ground, match.start("last"), match.end("last"), Sense(Grain.YEAR, Basis.STATED, value, value))
    return match.end()


def _more_days(ground: DateContext, end: int) -> int:
    """ "July 15-19", "Nov. 3, 4 and 5": each further day is a mention of its own."""
    while more := MORE_DAYS.match(ground.text, end):
        last = ground.mentions[-1]
        number = int(re.sub(r"\D", "", more["day"]))
        if not last.past or not last.past.month or not last.past.day or number <= last.past.day:
            return end
        if more["year"]:
            _set_year(ground, int(more["year"]))
            last = ground.mentions[-1]
        meant = _sibling(last, number)
        if meant is None:
            return end
        end = more.end()
        _add(ground, more.start("more"), end, meant)
    return end


def _sibling(mention: DateMention, day: int) -> Sense | None:
    """Another day of the same month, read in the same direction."""
    values = [known and almanac.make(known.year, known.month, day) for known in (mention.past, mention.future)]
    if None in values:
        return None
    return Sense(Grain.DAY, mention.basis, values[0], values[1], mention.direction)


def _set_year(ground: DateContext, year: int) -> None:
    """Gives the last mention the year that a later one of the same range states."""
    last = ground.mentions[-1]
    value = almanac.make(year, last.within.month, last.within.day) if last.within else None
    if value:
        direction, _ = choose(ground, last.start, last.end, Sense(last.kind, last.basis, value, value))
        ground.mentions[-1] = replace(last, direction=direction, date=value, within=value, past=value, future=value)


def _joined(meant: Sense, ground: DateContext) -> Sense:
    """Two dates of a range share a year that is said only once: "April 3 to May 5, 2012", "Oct. 3, 2012, to Dec. 5"."""
    if not ground.mentions:
        return meant
    last = ground.mentions[-1]
    if last.basis is not Basis.STATED or not last.within or not last.within.month:
        return meant
    if not _JOIN.fullmatch(ground.text, last.end, ground.position):
        return meant
    value = meant.past
    if meant.yearless and last.past == last.future:
        later = value is not None and (value.month or 0) < last.within.month
        return meant.in_year(last.within.year + later)
    if not meant.yearless and value and value.month and meant.basis is Basis.STATED and last.past != last.future:
        _set_year(ground, value.year - (last.within.month > value.month))
    return meant


def _of_named_year(meant: Sense, ground: DateContext) -> Iterator[PartialDate]:
    """A day or month without a year, in the year that was named before it: "In 2019 it came up. On June 18 …"."""
    known, year = meant.past or meant.future, ground.reference_year(0)
    if meant.yearless and known and year and year not in {ground.published.year, known.year}:
        value = almanac.make(year, known.month, known.day)
        if value and value not in (meant.past, meant.future):
            yield value


def _add(ground: DateContext, start: int, end: int, meant: Sense) -> None:
    lead = _MODIFIER.search(ground.text, max(0, start - MODIFIER_REACH), start)
    floor = ground.mentions[-1].end if ground.mentions else 0
    begin = lead.start() if lead and lead.start() >= floor else start
    direction, within = choose(ground, start, end, meant)
    ground.mentions.append(
        DateMention(
            start=begin,
            end=end,
            text=ground.text[begin:end],
            kind=meant.kind,
            basis=meant.basis,
            direction=direction,
            date=within if meant.exact and meant.kind in DATED else None,
            within=within,
            past=meant.past,
            future=meant.future,
            days=meant.days,
            also=(*meant.also, *_of_named_year(meant, ground)),
        )
    )
