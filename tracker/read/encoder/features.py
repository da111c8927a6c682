"""What can be told of a mention beside its words: how it stands to the sentence that is asked about, and its value."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from math import log10

import numpy as np
from numpy.typing import NDArray

from tracker.model import Basis, Kind
from tracker.read.dates import Grain, Tense
from tracker.read.encoder.rows import LONG_AGO, SEASON_DAYS, WEEK, days_after
from tracker.read.mentions import DateChoice, Mentions, PlaceMention, Span, WordMention
from tracker.read.places.levels import GovernmentLevel

Floats = NDArray[np.float32]

FAR = 6
"""Sentences; further away is further away."""
LEDE_CHARACTERS = 300
"""About the first two sentences."""
MIDDLING, SPREAD = 4.0, 2.0
"""The power of ten of people that says nothing of a place, and how much of a difference counts."""
DATE_FEATURES, PLACE_FEATURES, WORD_FEATURES = 28, 23, 13
"""Columns of the three tables."""


@dataclass(frozen=True, slots=True)
class MentionUnits:
    """The unit (0: the title, from 1 on: the sentences) of every mention: where the sentences begin; and `named`: the
    numbers of each jurisdiction's mentions."""

    starts: list[int]
    named: list[list[int]]

    def unit(self, span: Span) -> int:
        return 0 if span.in_title else bisect_right(self.starts, span.start)


def mention_units(mentions: Mentions) -> MentionUnits:
    """That of an article, once for all its units."""
    starts = [unit.start for unit in mentions.units if unit is not None]
    return MentionUnits(starts, [mentions.named(place) for place in mentions.jurisdictions])


def _towards(unit: int, span: Span, stands: MentionUnits) -> list[float]:
    """In the unit itself; how far away; before it, behind it; in the title; among the first lines."""
    away = stands.unit(span) - unit
    near = min(FAR, abs(away)) / FAR
    lede = not span.in_title and span.start < LEDE_CHARACTERS
    return [away == 0, near, away < 0, away > 0, away == -1, away == 1, span.in_title, lede]


def date_features(unit: int, mentions: Mentions, stands: MentionUnits, published: date) -> Floats:
    """One row of DATE_FEATURES a date choice."""
    units = [stands.unit(choice.span) for choice in mentions.dates]
    beside = {each: units.count(each) for each in set(units)}
    first: set[Span] = set()
    rows = []
    for choice, own in zip(mentions.dates, units, strict=True):
        rows.append(
            [*_towards(unit, choice.span, stands), 1 / beside[own], *_date(choice, choice.span not in first, published)]
        )
        first.add(choice.span)
    return np.array(rows, np.float32).reshape(-1, DATE_FEATURES)


def _date(choice: DateChoice, as_read: bool, published: date) -> list[float]:
    mention, value, age = choice.mention, choice.value, days_after(choice, published)
    return [
        as_read, mention.past != mention.future, mention.direction is Tense.PAST,
        mention.direction is Tense.FUTURE, age > 0, -WEEK < age <= 0, -SEASON_DAYS < age <= -WEEK,
        -LONG_AGO < age <= -SEASON_DAYS, age <= -LONG_AGO, age > LONG_AGO / 2, age == 0,
        value is not None and value.day is not None, value is not None and value.month is None,
        mention.kind is Grain.DAY, mention.kind in (Grain.DURATION, Grain.VAGUE), mention.date is None,
        mention.basis is Basis.RELATIVE, value is not None and str(value.year) in mention.text, value is None,
    ]  # fmt: skip


def place_features(unit: int, mentions: Mentions, stands: MentionUnits) -> Floats:
    """One row of PLACE_FEATURES a jurisdiction."""
    last = max((away for m in mentions.places if (away := stands.unit(m.span) - unit) <= 0), default=-FAR)
    rows = [_place(number, unit, mentions, stands, last) for number in range(len(mentions.jurisdictions))]
    return np.array(rows, np.float32).reshape(-1, PLACE_FEATURES)


def _place(number: int, unit: int, mentions: Mentions, stands: MentionUnits, last: int) -> list[float]:
    """`number`: the jurisdiction's; `last`: how far back the last place is that was named up to the unit."""
    place = mentions.jurisdictions[number]
    of = [mentions.places[each] for each in stands.named[number]]
    away = [stands.unit(m.span) - unit for m in of]
    near = min((abs(each) for each in away), default=FAR)
    before = max((each for each in away if each <= 0), default=-FAR)
    levels = [m.placed.mention.level for m in of]
    typed = [m for m, level in zip(of, levels, strict=True) if level in (GovernmentLevel.CITY, GovernmentLevel.COUNTY)]
    here = [m for m, each in zip(of, away, strict=True) if each == 0]
    home, county = mentions.home, mentions.home_county
    return [
        bool(of), len(of) / max(1, len(mentions.places)), min(3, len(of)) / 3, any(m.span.in_title for m in of),
        any(not m.span.in_title and m.span.start < LEDE_CHARACTERS for m in of), min(FAR, near) / FAR, near == 0,
        near == 1, max(-FAR, before) / FAR, before == last,
        bool(typed), any(m in typed for m in here), bool(of) and all(at is GovernmentLevel.FOREIGN for at in levels),
        any(m.placed.mention.dateline for m in of), any(m.placed.mention.state is not None for m in of),
        bool(of and of[0].placed.others), home is not None and place.id == home.id,
        county is not None and place.id == county.id,
        home is not None and place.state == home.state, home is None, place.kind is Kind.COUNTY,
        place.kind is Kind.TOWNSHIP, (log10(place.population + 100) - MIDDLING) / SPREAD,
    ]  # fmt: skip


def word_features(unit: int, found: tuple[WordMention, ...], stands: MentionUnits) -> Floats:
    """One row of WORD_FEATURES a body or an instrument."""
    rows = [[*_towards(unit, m.span, stands), *_word(m)] for m in found]
    return np.array(rows, np.float32).reshape(-1, WORD_FEATURES)


def _word(found: WordMention) -> list[float]:
    levels = (GovernmentLevel.CITY, GovernmentLevel.COUNTY, GovernmentLevel.EITHER)
    return [*(found.level is level for level in levels), " " in found.words, any(map(str.isdigit, found.words))]


def nearest_of_each(unit: int, mentions: Mentions, stands: MentionUnits) -> Iterator[tuple[int, int, list[int]]]:
    """(number of the jurisdiction, its mention nearest to a unit, all its mentions) of those that are named."""
    for number, of in enumerate(stands.named):
        closest = nearest(unit, [mentions.places[each] for each in of], stands)
        if closest is not None:
            yield number, of[closest], of


def nearest(unit: int, of: list[PlaceMention], stands: MentionUnits) -> int | None:
    """Which of a place's mentions stands nearest to a unit, those before it first."""
    if not of:
        return None
    return min(range(len(of)), key=lambda number: _distance(stands.unit(of[number].span) - unit))


def _distance(away: int) -> float:
    return -away if away <= 0 else away + 0.5
