"""Topics: those of the file, and one that a user adds and that the scorer was never taught."""

import re

import pytest

from tracker.read.lexicon import table
from tracker.read.topics import DIRECTION_PAIRS, OTHER, added, direction_pair, directions, label, search_words, topics

KEYS = {"strong", "terms", "search_words", "directions"}
HEADLINES = [
    ("Sheriff ends 287(g) agreement with ICE", "immigration"),
    ("Chief bars chokeholds in new use-of-force policy", "use-of-force"),
    ("Officers must wear body cameras at all times", "body-cameras"),
    ("Council limits license plate readers and drones", "surveillance"),
    ("Police will no longer chase stolen cars under new pursuit policy", "pursuits"),
    ("Council bans tents and camping in parks", "homelessness"),
    ("City bans plastic bags", "environment"),
    ("City raises sewer rate and trash fee", "taxes-and-fees"),
]


def untaught(*names: str) -> tuple[str, ...]:
    """The topics of a scorer that was not taught these."""
    return tuple(name for name in topics() if name not in names)


@pytest.mark.parametrize("topic", topics())
def test_a_table_has_a_name_that_fits_an_address_and_no_key_that_nobody_reads(topic: str) -> None:
    assert re.fullmatch("[a-z]+(-[a-z]+)*", topic)
    assert set(table("topics")[topic]) <= KEYS
    assert direction_pair(topic) in ("", *DIRECTION_PAIRS)


def test_other_stays() -> None:
    assert OTHER in topics()


def test_a_topic_that_the_file_does_not_have_is_told_by_its_name() -> None:
    assert (label("dog-parks"), search_words("dog-parks"), directions("dog-parks")) == ("Dog parks", ("dog parks",), ())


@pytest.mark.parametrize(("title", "topic"), HEADLINES)
def test_a_topic_that_was_not_taught_is_told_by_its_terms(title: str, topic: str) -> None:
    assert added(title, "", untaught(topic)) == topic
    assert added("", f"“{title}.”", untaught(topic)) == topic


@pytest.mark.parametrize(("title", "topic"), HEADLINES)
def test_a_topic_that_was_taught_is_left_to_the_scorer(title: str, topic: str) -> None:
    assert added(title, title, topics()) is None


def test_of_two_that_were_not_taught_the_one_with_more_terms_is_told() -> None:
    title = "Sheriff ends 287(g) agreement with ICE, city bans plastic bags and foam cups"
    assert added(title, "immigration detainers", untaught("immigration", "environment")) == "immigration"


@pytest.mark.parametrize("title", ["Lions win again", "", "unlicensed"])
def test_without_its_terms_it_is_not_told(title: str) -> None:
    assert added(title, "", ()) is None


def test_one_plain_term_is_not_enough() -> None:
    assert added("The footage was long", "", untaught("body-cameras")) is None


def test_a_term_is_strong_or_plain_not_both() -> None:
    both = {name: set(data.get("strong", ())) & set(data.get("terms", ())) for name, data in table("topics").items()}
    assert {name: terms for name, terms in both.items() if terms} == {}


@pytest.mark.parametrize("topic", [topic for topic in topics() if topic != OTHER])
def test_a_strong_term_alone_tells_its_topic(topic: str) -> None:
    strong = table("topics")[topic].get("strong", ())
    assert [term for term in strong if added(f"the {term} of", "", untaught(topic)) != topic] == []
