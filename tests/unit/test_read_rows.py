"""Rows of tokens: an article is covered whole, and a sentence that is asked about stands in its surroundings."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.articles.reader import article, seen
from tracker.read.encoder.rows import (
    CLS,
    KINDS,
    LEAD,
    LONGEST_HEAD,
    LONGEST_ROW,
    OVERLAP,
    SEP,
    ArticleTokens,
    TokenRow,
    inside_of,
    marked,
    parts,
    tokens,
    where,
    whole,
)
from tracker.read.encoder.small_look import tokenizer
from tracker.read.mentions import Mentions, Span
from tracker.read.text.document import Document

SENTENCE = "The council of the city talked about stop number {} for an hour on Monday night. "
SHORT = "The Dayton City Commission voted 5-2 Tuesday to ban tents in city parks. The ban takes effect July 1."
TITLE = "Commission bans tents in Dayton"


def cut(text: str, title: str = TITLE, home: str | None = "Dayton, OH") -> tuple[Document, Mentions, ArticleTokens]:
    document, mentions = seen(article(text, title, home=home))
    return document, mentions, tokens(document, mentions, tokenizer())


def long(sentences: int) -> str:
    return "".join(map(SENTENCE.format, range(sentences))).strip()


def shown(row: TokenRow, at: range) -> str:
    """Word pieces of a row as text."""
    return str(tokenizer().decode(row.ids[at.start : at.stop].tolist()))


def head(found: ArticleTokens) -> int:
    return 1 + len(found.head)


@pytest.mark.parametrize("sentences", [0, 1, 20, 60, 400])
def test_no_row_is_longer_than_the_encoder_takes(sentences: int) -> None:
    _, mentions, found = cut(long(sentences))
    asked = [Span(False, unit.start, unit.end) for unit in mentions.units if unit]
    rows = whole(found) + [marked(found, span) for span in asked]
    assert max(len(row.ids) for row in rows) <= LONGEST_ROW
    assert all((row.ids[0], row.ids[-1]) == (CLS, SEP) for row in rows)
    assert all(len(row.ids) == len(row.kinds) == len(row.marks) for row in rows)


@pytest.mark.parametrize("sentences", [0, 1, 20, 60, 400])
def test_the_rows_cover_an_article_whole_and_overlap(sentences: int) -> None:
    found = cut(long(sentences))[2]
    rows = whole(found)
    assert rows[0].body.start == 0
    assert rows[-1].body.stop == len(found.text)
    assert all(row.body.stop - after.body.start >= OVERLAP for row, after in pairwise(rows))
    for row in rows:
        assert row.ids[head(found) : -1].tolist() == found.text[row.body.start : row.body.stop].tolist()
        assert row.ids[1 : head(found)].tolist() == found.head.tolist()


def test_a_short_article_is_one_row_that_is_no_longer_than_it_needs_to_be() -> None:
    found = cut(SHORT)[2]
    (row,) = whole(found)
    assert len(row.ids) == 2 + len(found.head) + len(found.text)
    assert not row.marks.any()


def test_a_row_begins_with_the_home_and_the_title() -> None:
    found = cut(SHORT)[2]
    (row,) = whole(found)
    assert shown(row, range(1, head(found))) == "dayton, oh. commission bans tents in dayton"
    (row,) = whole(cut(SHORT, home=None)[2])
    assert shown(row, range(1, 3)) == "unknown."


@pytest.mark.parametrize("sentences", [1, 30, 400])
def test_the_sentence_that_is_asked_about_is_marked_and_nothing_else(sentences: int) -> None:
    document, mentions, found = cut(long(sentences))
    for unit in filter(None, mentions.units):
        row = marked(found, Span(False, unit.start, unit.end))
        at = np.flatnonzero(row.marks)
        assert np.array_equal(at, np.arange(at[0], at[-1] + 1))
        plain = tokenizer().encode(document.read.text[unit.start : unit.end], add_special_tokens=False)
        assert row.ids[at].tolist() == plain.ids


def test_a_sentence_from_far_behind_stands_with_the_lead_and_with_what_is_around_it() -> None:
    _, mentions, found = cut(long(400))
    unit = mentions.units[-40]
    assert unit
    row = marked(found, Span(False, unit.start, unit.end))
    assert row.ids[head(found) : head(found) + LEAD].tolist() == found.text[:LEAD].tolist()
    assert (row.lead, len(row.ids)) == (range(LEAD), LONGEST_ROW)
    at = where(found, Span(False, unit.start, unit.end))
    assert min(at.start - row.body.start, row.body.stop - at.stop) > OVERLAP


@pytest.mark.parametrize("sentences", [1, 400])
def test_the_title_is_marked_in_the_row_of_the_texts_beginning(sentences: int) -> None:
    found = cut(long(sentences))[2]
    row = marked(found, Span(True, 0, len(TITLE)))
    assert row.body.start == 0
    at = np.flatnonzero(row.marks)
    assert shown(row, range(at[0], at[-1] + 1)) == TITLE.lower()


def test_rows_that_differ_in_their_marks_only_are_known_as_such() -> None:
    _, mentions, found = cut(SHORT)
    one, other = (marked(found, Span(False, unit.start, unit.end)) for unit in mentions.units[1:] if unit)
    assert one.unmarked == other.unmarked == whole(found)[0].unmarked
    assert not np.array_equal(one.marks, other.marks)


def test_what_a_row_does_not_hold_is_nowhere_in_it() -> None:
    _, mentions, found = cut(long(400))
    first, *_, last = (unit for unit in mentions.units if unit)
    row, *_ = whole(found)
    assert len(inside_of(row, Span(False, first.start, first.end), found))
    assert not len(inside_of(row, Span(False, last.start, last.end), found))


def test_a_title_without_end_is_cut_and_what_is_cut_is_nowhere() -> None:
    title = "1, " * 160 + "tents"
    found = cut(SHORT, title)[2]
    assert len(found.head) == LONGEST_HEAD
    assert not len(where(found, Span(True, len(title) - 5, len(title))))


def kinds(text: str, home: str | None = "Dayton, OH", title: str = "") -> set[tuple[str, str]]:
    """(word piece, kind) of every token that belongs to a mention."""
    found = cut(text, title, home)[2]
    pairs = zip(found.text.tolist(), found.text_kinds.tolist(), strict=True)
    return {(str(tokenizer().decode([token])), KINDS[kind]) for token, kind in pairs if kind}


KIND_CASES = [
    ("It met yesterday.", ("yesterday", "date of the last days")),
    ("It met on April 3, 2023.", ("april", "date of the last weeks")),
    ("It met in March 2019.", ("march", "date of long ago")),
    ("It starts on July 1, 2023.", ("july", "date ahead")),
    ("It starts in March 2025.", ("march", "date far ahead")),
    ("It met Tuesday.", ("tuesday", "date either way, past likely")),
    ("It meets Tuesday.", ("tuesday", "date either way, ahead likely")),
    ("It starts 30 days after adoption.", ("30", "time without a date")),
    ("It is in Dayton.", ("dayton", "home")),
    ("It is in Montgomery County.", ("montgomery", "home's county")),
    ("It is in Toledo.", ("toledo", "place in the home's state")),
    ("It is in Hamilton County.", ("hamilton", "county in the home's state")),
    ("It is in Milwaukee.", ("milwaukee", "place elsewhere")),
    ("It is in Dane County.", ("dane", "county elsewhere")),
]


@pytest.mark.parametrize(("text", "wanted"), KIND_CASES)
def test_a_token_bears_the_kind_of_its_mention(text: str, wanted: tuple[str, str]) -> None:
    assert wanted in kinds(text)


def test_without_a_home_a_place_is_only_a_place() -> None:
    assert ("milwaukee", "place, no home") in kinds("It is in Milwaukee.", None)
    assert ("dane", "county, no home") in kinds("It is in Dane County.", None)


def test_the_title_bears_kinds_too() -> None:
    found = cut("It rained.", "Rain in Dayton on Tuesday")[2]
    assert {KINDS[kind] for kind in found.head_kinds if kind} == {"home", "date either way"}


PARTS = [
    "It was adopted in March 2019|, and on July 1 it starts.",
    "It was adopted last month by the chief |and is to start Thursday.",
    "On Monday the council changed it|, as the law of May 2017 asks.",
    "It was adopted on Monday| to start on Friday.",
]
WHOLE = ["The council adopted the ban in March 2019.", "The council adopted the ban, and the mayor signed it."]


def divided(text: str) -> list[str]:
    document, mentions, _ = cut(text)
    return [text[part.start : part.end] for part in parts(Span(False, 0, len(text)), document, mentions)]


@pytest.mark.parametrize("told", PARTS)
def test_a_sentence_is_divided_between_its_dates_where_a_clause_may_end(told: str) -> None:
    assert divided(told.replace("|", "")) == told.split("|")


@pytest.mark.parametrize("told", WHOLE)
def test_a_sentence_with_one_date_or_none_is_not_divided(told: str) -> None:
    assert divided(told) == []


@given(
    st.lists(st.sampled_from(["Dayton ", "Tuesday ", "it\u00ad ", "“ ", "🎪", "(AP) — ", "\n\n", ". "]), max_size=400)
)
def test_any_text_is_covered(pieces: list[str]) -> None:
    found = cut("".join(pieces))[2]
    rows = whole(found)
    assert {token for row in rows for token in row.body} == set(range(len(found.text)))
