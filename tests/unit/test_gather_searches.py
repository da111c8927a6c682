"""News searches as feeds: what is asked, and of which engine a feed is."""

from urllib.parse import parse_qs, urlsplit

import pytest

from tracker.gather.feeds import searches
from tracker.gather.feeds.searches import (
    engine_of,
    engines,
    general_words,
    headline,
    is_listing,
    name_of,
    outlet,
    search_address,
)
from tracker.read.lexicon import table
from tracker.read.places.gazetteer import load
from tracker.read.topics import search_words

GOOGLE, BING = engines()
WITH_WORDS = [topic for topic, row in table("topics").items() if "search_words" in row]


def question(address: str) -> str:
    return parse_qs(urlsplit(address).query)["q"][0]


def test_google_is_asked_for_the_place_one_of_the_words_and_the_last_two_weeks() -> None:
    asked = question(search_address(GOOGLE, ["Dane County"], ["immigration", "287(g)", "use of force"]))
    assert asked == '"Dane County" (immigration OR "287(g)" OR "use of force") when:14d'


def test_bing_hears_ten_words_and_is_asked_no_more() -> None:
    address = search_address(BING, ["Dane County", "Wisconsin"], ["one"] * 5 + ["two words"] * 5)
    assert question(address) == '"Dane County" "Wisconsin" (one OR one OR one OR one OR one OR "two words")'
    assert parse_qs(urlsplit(address).query)["format"] == ["rss"]


def test_one_word_needs_no_brackets_and_none_leaves_the_place() -> None:
    assert question(search_address(BING, ["Milwaukee"], ["curfew"])) == '"Milwaukee" curfew'
    assert question(search_address(BING, ["Milwaukee"], [])) == '"Milwaukee"'


def test_a_topic_that_has_words_has_enough() -> None:
    assert [topic for topic in WITH_WORDS if len(search_words(topic)) < 4] == []
    assert len(general_words()) >= 4


def test_names_are_of_places_that_there_are() -> None:
    places = searches._data()["names"]
    assert [place for place in places if load().get(place) is None or name_of(place) != places[place]] == []
    assert name_of("ocd-division/country:us/state:wi") == ""


@pytest.mark.parametrize("engine", engines())
def test_the_words_of_every_topic_make_an_address_that_is_known_as_a_search(engine) -> None:  # type: ignore[no-untyped-def]
    for topic in WITH_WORDS:
        address = search_address(engine, ["Milwaukee"], search_words(topic))
        assert engine_of(address) is engine
        assert question(address).count(" OR ") >= 2, "fewer words than that find nothing"
        assert len(address) < 2000


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://news.google.com/rss/search?q=x&hl=en-US", "google"),
        ("http://news.google.com/rss/search?q=x", "google"),
        ("https://bing.com/news/search?q=x&format=RSS", "bing"),
        ("https://news.google.com/rss?hl=en-US", None),
        ("https://www.bing.com/search?q=x&format=rss", None),
        ("https://a.example/news/search?q=x", None),
        ("", None),
        ("http://[", None),
    ],
)
def test_a_search_is_told_from_an_outlet_by_its_address(url: str, key: str | None) -> None:
    found = engine_of(url)
    assert (found and found.key) == key


def test_only_google_writes_the_outlet_behind_the_headline() -> None:
    link = "https://news.google.com/rss/articles/CBMi"
    assert headline("A vote - at last - The Post", "The Post", link) == "A vote - at last"
    assert headline("A vote - The Post", "", link) == "A vote - The Post"
    assert headline("A vote - The Post", "The Post", "https://a.example/x") == "A vote - The Post"
    assert is_listing(link)
    assert not is_listing("https://a.example/x")


def test_a_copy_on_msn_is_of_its_outlet() -> None:
    assert [outlet(name) for name in ("Ledger on MSN", "Ledger on MSN.com", "On MSN today")] == [
        "Ledger", "Ledger", "On MSN today",
    ]  # fmt: skip
