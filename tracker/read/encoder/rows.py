"""Document → rows of tokens that the encoder takes: the title with as much of the text as fits, again and again.

A short article is one row. A long one is several that overlap, each with the title; a sentence is read in the row where
it stands furthest from the edges. To ask about one sentence it is marked, in a row with the beginning of the text and
what stands around it. The big look reads it in a short row (`window`): the head, the first two sentences and what
stands around the mark.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tracker.model import Kind
from tracker.read.dates import Tense
from tracker.read.mentions import DateChoice, Mentions, PlaceMention, Span
from tracker.read.places.levels import GovernmentLevel
from tracker.read.text.document import Document

LONGEST_ROW = 512
"""Tokens; the positions that the encoder knows."""
LONGEST_HEAD = 80
"""Tokens of the outlet's home and the title."""
LEAD = 96
"""Tokens of the text's beginning that go with a sentence from far behind: it names the place and the news."""
OVERLAP = 96
"""Tokens that two rows share, some three sentences."""
MOST_PARTS = 4
"""Parts of a sentence; one with more dates is a list."""
CLAUSE = re.compile(r"[,;:()–—]|\b(?:and|but|or)\b")
"""Where a clause may end."""
CLS, SEP = 101, 102
"""Of BERT's uncased vocabulary."""
WEEK, SEASON_DAYS, LONG_AGO = 8, 60, 400
"""Days from publication that part the news, what led to it, this year's matters and older ones."""

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class ArticleTokens:
    """Token ids with character offsets [start, end) of the head and of the text. `title_at`: where the title begins in
    the head's string."""

    head: Ints
    head_at: Ints
    title_at: int
    text: Ints
    text_at: Ints
    head_kinds: Ints
    text_kinds: Ints


@dataclass(frozen=True, slots=True)
class TokenRow:
    """One input of the encoder: `ids` with `kinds` (what sort of mention a token belongs to, see KINDS) and `marks` (1
    in the sentence that is asked about). `lead` and `body` are the ranges of text tokens in it."""

    ids: Ints
    kinds: Ints
    marks: Ints
    lead: range
    body: range

    @property
    def unmarked(self) -> tuple[int, int, int]:
        """Equal for rows that differ in their marks only."""
        return (self.lead.stop, self.body.start, self.body.stop)


KINDS = (
    "none",
    "date of the last days", "date of the last weeks", "date of this year past", "date of long ago", "date ahead",
    "date far ahead", "date either way, past likely", "date either way, ahead likely", "date either way",
    "time without a date", "home", "home's county", "place in the home's state", "county in the home's state",
    "place elsewhere", "county elsewhere", "place, no home", "county, no home", "state", "name of no government",
)  # fmt: skip
"""What a token can belong to; the encoder has a vector for each."""
_KIND = {name: number for number, name in enumerate(KINDS)}


def tokens(document: Document, mentions: Mentions, tokenizer: Any) -> ArticleTokens:
    """The article's tokens by a Tokenizer of `tokenizers`, each with the sort of mention that it belongs to."""
    home = f"{mentions.home.label if mentions.home else 'unknown'} . "
    title, text = document.read.title, document.read.text
    head = tokenizer.encode(home + title, add_special_tokens=False)
    body = tokenizer.encode(text, add_special_tokens=False)
    head_at, text_at = _offsets(head.offsets), _offsets(body.offsets)
    found = ArticleTokens(
        np.array(head.ids[:LONGEST_HEAD], np.int64), head_at[:LONGEST_HEAD], len(home),
        np.array(body.ids, np.int64), text_at,
        np.zeros(min(len(head.ids), LONGEST_HEAD), np.int64), np.zeros(len(body.ids), np.int64),
    )  # fmt: skip
    published = document.read.published
    for choice in reversed(mentions.dates):  # the value as first read is written last
        _mark(found, choice.span, _KIND[_date_kind(choice, published)])
    for place in mentions.places:
        _mark(found, place.span, _KIND[_place_kind(place, mentions)])
    return found


def _offsets(pairs: list[tuple[int, int]]) -> Ints:
    return np.array(pairs, np.int64).reshape(-1, 2)


def _mark(found: ArticleTokens, span: Span, kind: int) -> None:
    at = where(found, span)
    (found.head_kinds if span.in_title else found.text_kinds)[at.start : at.stop] = kind


def where(found: ArticleTokens, span: Span) -> range:
    """The tokens of a span, numbered in the head or in the text; empty where none is left of it."""
    at, shift = (found.head_at, found.title_at) if span.in_title else (found.text_at, 0)
    if not len(at):
        return range(0)
    first = int(np.searchsorted(at[:, 1], span.start + shift, side="right"))
    last = int(np.searchsorted(at[:, 0], span.end + shift, side="left"))
    return range(first, max(first, last))


def _date_kind(choice: DateChoice, published: date) -> str:
    mention = choice.mention
    if choice.value is None:
        return "time without a date"
    if mention.past != mention.future:
        return {Tense.PAST: "date either way, past likely", Tense.FUTURE: "date either way, ahead likely"}.get(
            mention.direction, "date either way"
        )
    age = days_after(choice, published)
    if age > 0:
        return "date ahead" if age < LONG_AGO else "date far ahead"
    limits = (
        (WEEK, "date of the last days"),
        (SEASON_DAYS, "date of the last weeks"),
        (LONG_AGO, "date of this year past"),
    )
    return next((name for days, name in limits if -age < days), "date of long ago")


def days_after(choice: DateChoice, published: date) -> int:
    """Days from publication to the nearest day that the value may mean, negative for the past; a bare distance is
    counted from publication."""
    if choice.value is None:
        return choice.mention.days or 0
    first, last = choice.value.first_day(), choice.value.last_day()
    return (first - published).days if first > published else min(0, (last - published).days)


def _place_kind(found: PlaceMention, mentions: Mentions) -> str:
    place, home = found.placed.jurisdiction, mentions.home
    if found.placed.mention.level is GovernmentLevel.FOREIGN:
        return "name of no government"
    if place.kind is Kind.STATE:
        return "state"
    if home and place.id == home.id:
        return "home"
    if mentions.home_county and place.id == mentions.home_county.id:
        return "home's county"
    sort = "county" if place.kind is Kind.COUNTY else "place"
    if home is None:
        return f"{sort}, no home"
    return f"{sort} in the home's state" if place.state == home.state else f"{sort} elsewhere"


def whole(found: ArticleTokens) -> list[TokenRow]:
    """The rows that together hold the article."""
    room = LONGEST_ROW - 2 - len(found.head)
    size = len(found.text)
    if size <= room:
        return [row_of(found, range(0), range(size))]
    step = room - OVERLAP
    starts = [*range(0, size - room, step), size - room]
    return [row_of(found, range(0), range(start, start + room)) for start in starts]


def marked(found: ArticleTokens, span: Span) -> TokenRow:
    """The row in which the sentence at `span` is marked and stands in its surroundings."""
    room = LONGEST_ROW - 2 - len(found.head)
    size = len(found.text)
    at = where(found, span)
    if size <= room:
        row = row_of(found, range(0), range(size))
    elif span.in_title or at.stop <= room:
        row = row_of(found, range(0), range(room))
    else:
        rest = room - LEAD
        middle = (at.start + at.stop) // 2
        start = max(LEAD, min(middle - rest // 2, size - rest))
        row = row_of(found, range(LEAD), range(start, start + rest))
    return _with_mark(row, span, found)


def _with_mark(row: TokenRow, span: Span, found: ArticleTokens) -> TokenRow:
    marks = np.zeros_like(row.ids)
    inside = inside_of(row, span, found)
    marks[inside.start : inside.stop] = 1
    return TokenRow(row.ids, row.kinds, marks, row.lead, row.body)


def parts(whole: Span, document: Document, mentions: Mentions) -> list[Span]:
    """A sentence with several dates, divided between them: "approved last month / and to take effect Thursday" tells
    two steps. It is cut where a clause may end, at the first sign or "and" behind a date, else behind the date itself.
    None where there are fewer dates."""
    text = document.read.title if whole.in_title else document.read.text
    dates = sorted({(m.span.start, m.span.end) for m in mentions.dates if _inside(m.span, whole)})
    cuts = [
        found.start() if (found := CLAUSE.search(text, end, start)) else end
        for (_, end), (start, _) in pairwise(dates)
        if end <= start
    ]
    return [Span(whole.in_title, *pair) for pair in pairwise([whole.start, *cuts, whole.end]) if cuts][:MOST_PARTS]


def _inside(span: Span, whole: Span) -> bool:
    return span.in_title == whole.in_title and whole.start <= span.start and span.end <= whole.end


def row_of(found: ArticleTokens, lead: range, body: range) -> TokenRow:
    """The row of the head and two ranges of the text's tokens, unmarked."""

    def joined(head: Ints, text: Ints, first: int, last: int) -> Ints:
        parts = ([first], head, text[lead.start : lead.stop], text[body.start : body.stop], [last])
        return np.concatenate([np.asarray(part, np.int64) for part in parts])

    ids = joined(found.head, found.text, CLS, SEP)
    return TokenRow(ids, joined(found.head_kinds, found.text_kinds, 0, 0), np.zeros_like(ids), lead, body)


def inside_of(row: TokenRow, span: Span, found: ArticleTokens) -> range:
    """Which tokens of a row a span is; empty where the row does not hold it."""
    at = where(found, span)
    head = 1 + len(found.head)
    if span.in_title:
        return range(1 + at.start, 1 + at.stop)
    if at.stop <= row.lead.stop and len(row.lead):
        return range(head + at.start, head + at.stop)
    first, last = max(at.start, row.body.start), min(at.stop, row.body.stop)
    if first >= last:
        return range(0)
    shift = head + len(row.lead) - row.body.start
    return range(first + shift, last + shift)


def held(row: TokenRow, spans: Sequence[Span], found: ArticleTokens) -> list[tuple[int, range]]:
    """The numbers of those spans of which a row holds something, each with its tokens there."""
    inside = ((number, inside_of(row, span, found)) for number, span in enumerate(spans))
    return [(number, at) for number, at in inside if len(at)]


LONGEST_LEAD, MOST_OF_ROOM = 64, 0.45
"""Tokens of the text's first two sentences that go with a mark from far behind, and their share of a short row: they
name the place and the news."""


def window(found: ArticleTokens, mentions: Mentions, span: Span, longest: int) -> TokenRow:
    """The row of at most `longest` tokens in which the sentence, or part of one, at `span` is marked."""
    room = longest - 2 - len(found.head)
    lead, body = _ranges(found, mentions, span, room)
    return _with_mark(row_of(found, lead, body), span, found)


def _ranges(found: ArticleTokens, mentions: Mentions, span: Span, room: int) -> tuple[range, range]:
    """The tokens of the beginning and of the surroundings; the first is empty where the second begins the text."""
    size = len(found.text)
    if size <= room or span.in_title:
        return range(0), range(min(size, room))
    at, sentences = where(found, span), [unit for unit in mentions.units[1:3] if unit is not None]
    told = int(np.searchsorted(found.text_at[:, 0], sentences[-1].end)) if sentences else 0
    lead = min(LONGEST_LEAD, told, int(room * MOST_OF_ROOM))
    start = min((at.start + at.stop) // 2 - (room - lead) // 2, size - (room - lead))
    if start <= lead:
        return range(0), range(room)
    return range(lead), range(start, start + room - lead)
