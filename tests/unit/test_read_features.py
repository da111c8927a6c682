"""What is told of a mention beside its words: tables of one shape, finite numbers, and how it stands to a sentence."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.articles.reader import WEDNESDAY, article, seen
from tracker.read.encoder.features import (
    DATE_FEATURES,
    PLACE_FEATURES,
    WORD_FEATURES,
    Floats,
    date_features,
    mention_units,
    nearest,
    place_features,
    word_features,
)
from tracker.read.mentions import Mentions

TITLE = "Xenia bans tents Tuesday"
TEXT = (
    "The Xenia council met in May. It was hot in Dayton.\n\nNobody spoke for an hour on Monday.\n\nThe ordinance, "
    "which is to take effect July 1, was adopted by the council of Xenia, Ohio."
)


def found(text: str = TEXT, title: str = TITLE) -> Mentions:
    return seen(article(text, title))[1]


def tables(unit: int, mentions: Mentions) -> list[Floats]:
    stands = mention_units(mentions)
    words = [word_features(unit, each, stands) for each in (mentions.bodies, mentions.instruments)]
    return [date_features(unit, mentions, stands, WEDNESDAY), place_features(unit, mentions, stands), *words]


def sound(mentions: Mentions, unit: int) -> bool:
    """Every table has a row a mention, the columns that the network was trained with, and finite numbers."""
    counts = map(len, (mentions.dates, mentions.jurisdictions, mentions.bodies, mentions.instruments))
    columns = (DATE_FEATURES, PLACE_FEATURES, WORD_FEATURES, WORD_FEATURES)
    told = tables(unit, mentions)
    shapes = [table.shape for table in told] == list(zip(counts, columns, strict=True))
    return shapes and all(table.dtype == np.float32 and np.isfinite(table).all() for table in told)


@pytest.mark.parametrize("unit", range(5))
def test_the_tables_have_their_shapes_and_finite_numbers(unit: int) -> None:
    assert sound(found(), unit)


@pytest.mark.parametrize("text", ["", "It rained.", "2015", "Dayton"])
def test_an_article_with_few_mentions_has_tables_too(text: str) -> None:
    assert sound(found(text, ""), 0)


PIECES = (
    "Dayton ",
    "Dane County ",
    "council ",
    "Tuesday ",
    "30 days after ",
    "ordinance ",
    "in 2019 ",
    ". ",
    "\n\n",
    "9999 ",
)


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join), st.integers(0, 8))
def test_any_article_has_sound_tables(text: str, unit: int) -> None:
    assert sound(found(text, text[:40]), unit)


def test_what_stands_in_the_unit_differs_from_what_stands_far_from_it() -> None:
    mentions = found()
    stands = mention_units(mentions)
    here, far = (date_features(unit, mentions, stands, WEDNESDAY) for unit in (4, 1))
    july = [number for number, choice in enumerate(mentions.dates) if choice.mention.text == "July 1"]
    inside, away = 0, 1
    assert (here[july, inside] == 1).all()
    assert (far[july, inside] == 0).all()
    assert (here[july, away] < far[july, away]).all()


def test_a_mention_of_the_title_stands_in_unit_0() -> None:
    mentions = found()
    units = [mention_units(mentions).unit(choice.span) for choice in mentions.dates if choice.span.in_title]
    assert units == [0, 0]


def test_the_number_of_mentions_far_behind_changes_nothing_for_the_others() -> None:
    more = found(TEXT + "\n\nIt rained in Toledo on June 3.")
    assert np.array_equal(tables(1, more)[2], tables(1, found())[2])


def test_of_a_places_mentions_the_nearest_is_taken_and_of_two_the_one_before() -> None:
    mentions = found("Xenia met. It rained. Xenia met.", "")
    of = [mentions.places[number] for number in mentions.named(mentions.jurisdictions[0])]
    stands = mention_units(mentions)
    assert [nearest(unit, of, stands) for unit in (1, 2, 3)] == [0, 0, 1]
    assert nearest(1, [], stands) is None
