"""Document → Mentions: every date, place, body and instrument that a step could take. High recall, no choice."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import NamedTuple

from tracker.model import Jurisdiction, Kind
from tracker.partial_date import PartialDate
from tracker.read.dates import DateMention, find_dates
from tracker.read.lexicon import alternation, table
from tracker.read.places.levels import GovernmentLevel, body_level, body_pattern, plain
from tracker.read.places.resolve import ArticlePlaces, PlaceReader, ResolvedName
from tracker.read.text.document import Document
from tracker.read.text.sentences import Sentence, datelines, split_sentences

MOST = 400
"""Mentions of a kind; the labelled articles have 60 at most. What has more is a register."""
MOST_RIVALS = 3
"""Governments of an article that its names may mean as well."""
_NUMBERED = re.compile(
    r"\b287\s?\(?g\)?|\b(?:Proposition|Prop\.|Measure|Question|Chapter|Section|Article|SOP|AO)\s+[\w.\-]+"
)


class Span(NamedTuple):
    """Characters of the title or of the text as it is read."""

    in_title: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DateChoice:
    """One value of a time expression; an expression whose direction is open gives two of them. "30 days after adoption"
    has no value but the distance from another step's date, in `mention.days`."""

    span: Span
    mention: DateMention
    value: PartialDate | None


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place name as `resolve` understands it."""

    span: Span
    placed: ResolvedName


@dataclass(frozen=True, slots=True)
class WordMention:
    """A body ("the council") or an instrument ("ordinance") by the words that name it, in lower case."""

    span: Span
    words: str
    level: GovernmentLevel = GovernmentLevel.EITHER


@dataclass(frozen=True, slots=True)
class Mentions:
    """All mentions of an article, those of the title first.

    `units` are what can state a step: the title (None) and the sentences. `jurisdictions` are the governments that a
    step can be of: those named, the outlet's home and its county, the county around the dateline, and a few others that
    the names may mean. The last `further_dates` and `further_places` are unlikely: they stand there so that nothing is
    left out, and the encoder was not taught them.
    """

    units: tuple[Sentence | None, ...]
    dates: tuple[DateChoice, ...]
    places: tuple[PlaceMention, ...]
    bodies: tuple[WordMention, ...]
    instruments: tuple[WordMention, ...]
    jurisdictions: tuple[Jurisdiction, ...]
    home: Jurisdiction | None
    home_county: Jurisdiction | None
    home_unknown: bool
    resolved: ArticlePlaces
    further_dates: int = 0
    further_places: int = 0

    def likely(self) -> "Mentions":
        """The same without what is unlikely."""
        dates = self.dates[: len(self.dates) - self.further_dates]
        places = self.jurisdictions[: len(self.jurisdictions) - self.further_places]
        return replace(self, dates=dates, jurisdictions=places, further_dates=0, further_places=0)

    def named(self, place: Jurisdiction) -> list[int]:
        """The numbers of the mentions of a place."""
        return [number for number, found in enumerate(self.places) if found.placed.jurisdiction.id == place.id]


def unit_span(document: Document, mentions: Mentions, unit: int) -> Span:
    """Where a unit stands."""
    sentence = mentions.units[unit]
    if sentence is None:
        return Span(True, 0, len(document.read.title))
    return Span(False, sentence.start, sentence.end)


def mentions(document: Document, places: PlaceReader) -> Mentions:
    """Everything that a step of the article could take. Pure; time is linear in the text's length."""
    article = document.read
    resolved = places.read(article)
    named = [PlaceMention(Span(True, p.mention.start, p.mention.end), p) for p in resolved.title]
    named += [PlaceMention(Span(False, p.mention.start, p.mention.end), p) for p in resolved.text]
    named = named[:MOST]
    home = resolved.home if resolved.home and resolved.home.kind is not Kind.STATE else None
    around = places.around(resolved)
    found = list(_expressions(article.title, article.text, article.published))
    dates = list(_dates(found))[:MOST]
    further_dates = list(_further_dates(found))[: MOST - len(dates)]
    governments = _jurisdictions(named, home, around)
    further = {place.id: place for place in places.rivals(resolved) if place not in governments}
    further_places = list(further.values())[: MOST_RIVALS if governments else 0]
    return Mentions(
        units=(None, *split_sentences(article.text)),
        dates=(*dates, *further_dates),
        places=tuple(named),
        bodies=tuple(_bodies(article.title, article.text))[:MOST],
        instruments=tuple(_instruments(article.title, article.text))[:MOST],
        jurisdictions=(*governments, *further_places),
        home=home,
        home_county=around.get("home"),
        home_unknown=resolved.home_unknown,
        resolved=resolved,
        further_dates=len(further_dates),
        further_places=len(further_places),
    )


def _expressions(title: str, text: str, published: date) -> Iterator[tuple[Span, DateMention]]:
    """Every time expression. The day in a dateline is that of writing, and of no step."""
    written = datelines(text)
    for in_title, words in ((True, title), (False, text)):
        for found in find_dates(words, published):
            dateline = bisect_right(written, (found.start, len(text))) - 1
            if in_title or dateline < 0 or found.start >= written[dateline][1]:
                yield Span(in_title, found.start, found.end), found


def _dates(found: list[tuple[Span, DateMention]]) -> Iterator[DateChoice]:
    """Every value that an expression may have, the one as first read first."""
    for span, mention in found:
        distance = [None] if mention.days is not None else []
        yield from (DateChoice(span, mention, value) for value in [*_values(mention), *distance])


def _further_dates(found: list[tuple[Span, DateMention]]) -> Iterator[DateChoice]:
    """Values that are less likely, but for those that another expression has."""
    known = {value for _, mention in found for value in _values(mention)}
    for span, mention in found:
        further = [value for value in dict.fromkeys(mention.also) if value not in known]
        known |= set(further)
        yield from (DateChoice(span, mention, value) for value in further)


def _values(mention: DateMention) -> list[PartialDate]:
    return list(dict.fromkeys(filter(None, (mention.within, mention.past, mention.future))))


def _jurisdictions(
    named: list[PlaceMention], home: Jurisdiction | None, around: dict[str, Jurisdiction]
) -> list[Jurisdiction]:
    """Each once, those that are named first."""
    found = {m.placed.jurisdiction.id: m.placed.jurisdiction for m in named}
    for place in filter(None, (home, *around.values())):
        found.setdefault(place.id, place)
    return [place for place in found.values() if place.kind is not Kind.STATE]


def _bodies(title: str, text: str) -> Iterator[WordMention]:
    for in_title, words in ((True, title), (False, text)):
        for match in body_pattern().finditer(words):
            name = plain(match.group())
            level = body_level(name)
            if level is not GovernmentLevel.FOREIGN and name not in _NO_BODY:
                yield WordMention(Span(in_title, *match.span()), name, level)


_NO_BODY = frozenset({"it", "they", "he", "she", "residents", "community", "communities"})
"""In the list of bodies.toml for what stands behind a place's name; alone they name none."""


def _instruments(title: str, text: str) -> Iterator[WordMention]:
    for in_title, words in ((True, title), (False, text)):
        for match in _nouns().finditer(words):
            yield WordMention(Span(in_title, *match.span()), plain(match.group()))
        for match in _NUMBERED.finditer(words):
            yield WordMention(Span(in_title, *match.span()), plain(match.group()))


@cache
def _nouns() -> re.Pattern[str]:
    nouns = table("instruments")["nouns"]
    plurals = {noun + "s" for noun in nouns} | {noun[:-1] + "ies" for noun in nouns if noun.endswith("y")}
    return alternation({*nouns, *plurals})
