"""The encoder: the same article has the same scores whatever is read beside it, and a long one costs its length.

What the scores are is no matter here: no test of this file depends on how well the model reads.
"""

import time
from functools import cache

import numpy as np
import pytest

from support.articles.reader import article, seen
from tracker.read.encoder.rows import LONGEST_ROW, MOST_PARTS, tokens, whole
from tracker.read.encoder.small_look import (
    GRAPHS,
    MOST_ASKED,
    UNLIKELY,
    UNLIKELY_CHANGE,
    Encoder,
    model_folder,
    tokenizer,
)
from tracker.read.mentions import Mentions
from tracker.read.scorer import DIRECTIONS, EFFECTS, STAGES, Scores
from tracker.read.text.document import Document
from tracker.read.topics import topics

TITLE = "Dayton council bans tents"
TEXT = (
    "The Dayton council voted 5-2 Tuesday to adopt an ordinance that bans tents in city parks. It takes effect July 1. "
    "Xenia repealed its ban in March 2019."
)
FILLER = "Forty people spoke for two hours in the hall, and most of them had come from the east side of the town. "
LONG, LONGER = 24, 192
"""Sentences of filler: two rows, and some twelve."""
LONGER_TIMES = 24
"""Eight times the text may take three times eight the time: no more than chance, where the square would be 64."""

Seen = tuple[Document, Mentions]


@cache
def encoder(needed: float = -np.inf) -> Encoder:
    """The encoder without its early no, or with one that needs so much."""
    found = Encoder()
    found.needed = needed
    return found


def told(text: str = TEXT, title: str = TITLE) -> Seen:
    return seen(article(text, title))


def score(each: Seen, by: Encoder | None = None) -> Scores:
    return (by or encoder()).score(*each)


def same(one: Scores, other: Scores) -> bool:
    """To the last digit."""
    names = ("stage", "news", "date", "place", "body", "instrument", "effect", "direction")
    steps = [step.unit for step in one.steps] == [step.unit for step in other.steps] and all(
        np.array_equal(getattr(a, name), getattr(b, name))
        for a, b in zip(one.steps, other.steps, strict=True)
        for name in names
    )
    first = all(np.array_equal(getattr(one, name), getattr(other, name)) for name in ("topic", "stage", "news"))
    return one.change == other.change and first and steps


def test_the_scores_have_the_shapes_that_the_protocol_tells() -> None:
    each = told()
    found, mentions = score(each), each[1]
    assert found.topic.shape == (len(encoder().topics),)
    assert found.stage.shape == found.news.shape == (len(mentions.units), len(STAGES))
    for step in found.steps:
        assert 0 <= step.unit < len(mentions.units)
        assert step.stage.shape == step.news.shape == (len(STAGES),)
        for of, table in ((mentions.dates, step.date), (mentions.bodies, step.body)):
            assert table.shape == (len(of) + 1, len(STAGES))
        assert step.instrument.shape == (len(mentions.instruments) + 1, len(STAGES))
        assert step.place.shape == (len(mentions.jurisdictions), len(STAGES))
        assert step.effect.shape == (len(STAGES), len(EFFECTS))
        assert step.direction.shape == (len(STAGES), len(DIRECTIONS))


def test_what_is_chosen_among_is_a_distribution() -> None:
    found = score(told())
    assert found.topic.sum() == pytest.approx(1, abs=1e-4)
    for step in found.steps:
        for table in (step.date, step.place, step.body, step.instrument):
            assert np.exp(table).sum(0) == pytest.approx(np.ones(len(STAGES)), abs=1e-4)
        for table in (step.effect, step.direction):
            assert table.sum(1) == pytest.approx(np.ones(len(STAGES)), abs=1e-4)


def test_the_same_article_has_the_same_scores() -> None:
    assert same(score(told()), score(told()))
    another = Encoder()
    another.needed = -np.inf
    assert same(score(told()), score(told(), another))


def test_what_is_read_beside_an_article_changes_nothing() -> None:
    each, long, other = told(), told(FILLER * LONG + TEXT), told("The Xenia council met.", "")
    alone = [score(one) for one in (each, long, other)]
    for order in ((0, 1, 2), (2, 1, 0), (1, 0, 2)):
        together = [score((each, long, other)[number]) for number in order]
        assert all(same(alone[number], found) for number, found in zip(order, together, strict=True))


def test_at_first_sight_is_the_same_without_its_steps() -> None:
    each = told()
    first, found = encoder().at_first_sight(*each), score(each)
    assert first.steps == ()
    assert first.change == found.change
    assert np.array_equal(first.stage, found.stage)


def test_what_the_lower_layers_think_no_change_is_asked_no_further() -> None:
    found = score(told(), encoder(np.inf))
    assert found.steps == ()
    assert found.change <= UNLIKELY_CHANGE
    assert (found.stage == UNLIKELY).all()


@pytest.mark.parametrize(
    ("text", "title"),
    [("", ""), ("", TITLE), (TEXT, ""), ("It rained.", ""), ("Dayton", "Tuesday"), ("🎪", "🎪"), ("a" * 400, "")],
)
def test_an_article_that_lacks_something_has_scores_too(text: str, title: str) -> None:
    found = score(told(text, title))
    assert np.isfinite(found.change)
    assert np.isfinite(found.stage).all()


def test_every_sentence_of_a_long_article_is_looked_at() -> None:
    each = told(FILLER * LONG + TEXT)
    assert len(whole(tokens(*each, tokenizer()))) > 1, "more than one row"
    first = encoder().at_first_sight(*each)
    assert len(first.stage) == len(each[1].units)
    assert not (first.stage == first.stage[-1]).all(1)[1:-1].any(), "no sentence is told as another one is"


def test_an_article_is_asked_about_so_many_sentences_and_no_more() -> None:
    wholes = [step.unit for step in score(told(f"{TEXT} " * 12)).steps if not step.part]
    assert len(wholes) <= MOST_ASKED
    assert wholes == sorted(set(wholes))


def test_a_sentence_with_several_dates_is_asked_about_behind_the_first_too() -> None:
    one, two = "The Dayton council adopted the ban on tents in March 2019", ", and it takes effect July 1"
    parts = [step.unit for step in score(told(f"{one}{two}.", "")).steps if step.part]
    assert parts == [1]
    assert [step for step in score(told(f"{one}.", "")).steps if step.part] == []
    dates = ", and on ".join(f"July {day}" for day in range(1, 20))
    assert len([step for step in score(told(f"{one}{two}, and on {dates}.", "")).steps if step.part]) == MOST_PARTS - 1


def seconds(sentences: int) -> float:
    """Processor time at first sight, the best of two."""
    each = told(FILLER * sentences)
    times = []
    for _ in range(2):
        start = time.process_time()
        encoder().at_first_sight(*each)
        times.append(time.process_time() - start)
    return min(times)


def test_the_time_grows_with_the_length_and_no_faster() -> None:
    encoder().at_first_sight(*told())
    assert seconds(LONGER) < LONGER_TIMES * seconds(LONG)


def test_the_topics_are_among_those_of_the_file() -> None:
    assert set(encoder().topics) <= set(topics())


def test_a_text_of_any_length_is_cut_into_word_pieces_whole() -> None:
    ids = tokenizer().encode(FILLER * LONG, add_special_tokens=False).ids
    assert len(ids) > LONGEST_ROW
    assert tokenizer().decode(ids).startswith("forty people spoke")


def test_all_graphs_are_there_and_are_loaded_before_they_are_needed() -> None:
    assert all((model_folder() / f"{graph}.onnx").is_file() for graph in GRAPHS)
    Encoder().warm()
