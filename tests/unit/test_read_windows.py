"""Rows of the big look: short, with the beginning of the text, and the asked sentence marked in its surroundings."""

import pytest

from support.articles.reader import article, seen
from tracker.read.encoder.rows import LONGEST_LEAD, ArticleTokens, TokenRow, tokens, window
from tracker.read.encoder.small_look import tokenizer
from tracker.read.mentions import Mentions, Span, unit_span

SENTENCE = "The council of the city talked about stop number {} for an hour on Monday night. "
TITLE = "Commission bans tents in Dayton"
LONGEST = 160


def cut(sentences: int) -> tuple[list[Span], Mentions, ArticleTokens]:
    document, mentions = seen(article("".join(map(SENTENCE.format, range(sentences))), TITLE))
    spans = [unit_span(document, mentions, unit) for unit in range(len(mentions.units))]
    return spans, mentions, tokens(document, mentions, tokenizer())


def words(row: TokenRow, marked: bool = False) -> str:
    ids = row.ids[row.marks == 1] if marked else row.ids
    return str(tokenizer().decode(ids.tolist()))


@pytest.mark.parametrize("sentences", [0, 1, 5, 60, 400])
def test_no_row_is_too_long_and_the_asked_sentence_is_marked_whole(sentences: int) -> None:
    spans, mentions, found = cut(sentences)
    for span in spans[:1] + spans[1:][-40:]:
        row = window(found, mentions, span, LONGEST)
        assert len(row.ids) == len(row.kinds) == len(row.marks) <= LONGEST
        asked = TITLE.lower() if span.in_title else "the council of the city talked about stop number"
        assert words(row, marked=True).startswith(asked)


def test_a_short_article_is_whole() -> None:
    spans, mentions, found = cut(4)
    row = window(found, mentions, spans[2], LONGEST)
    assert all(f"number {number} for" in words(row) for number in range(4))


def test_a_sentence_from_far_behind_stands_between_the_beginning_and_its_neighbours() -> None:
    spans, mentions, found = cut(60)
    row = window(found, mentions, spans[40], LONGEST)
    assert [f"number {number} for" in words(row) for number in (0, 1, 20, 37, 39, 42, 59)] == [
        True, True, False, True, True, True, False,
    ]  # fmt: skip
    assert 0 < len(row.lead) <= LONGEST_LEAD


def test_the_last_sentence_stands_at_the_end_of_a_full_row() -> None:
    spans, mentions, found = cut(60)
    row = window(found, mentions, spans[-1], LONGEST)
    assert len(row.ids) == LONGEST
    assert words(row).endswith("number 59 for an hour on monday night.")
