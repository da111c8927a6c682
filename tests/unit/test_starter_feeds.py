"""The catalogue of feeds that a new tracker can start with."""

import csv
from importlib.resources import files
from urllib.parse import urlsplit

import pytest

from tracker.gather.feeds.starter_feeds import starter_feeds
from tracker.read.places.gazetteer import load

ROWS = list(csv.DictReader(files("tracker.gather").joinpath("data", "starter_feeds.csv").open(encoding="utf-8")))
KINDS = {"newspaper", "nonprofit", "broadcast", "public-radio", "government", "blog", "legistar"}


def test_every_home_is_in_the_gazetteer() -> None:
    assert [feed.url for feed in starter_feeds() if load().get(feed.home) is None] == []


def test_the_name_of_a_place_and_its_id_say_the_same() -> None:
    assert [row["url"] for row in ROWS if load().parse_home(row["place"]).id != row["home"]] == []


def test_no_address_stands_twice_and_each_can_be_polled() -> None:
    addresses = [feed.url for feed in starter_feeds()]
    assert len(set(addresses)) == len(addresses) >= 500
    assert {urlsplit(address).scheme for address in addresses} <= {"http", "https"}


def test_kinds_are_those_that_the_help_names() -> None:
    assert {feed.kind for feed in starter_feeds()} == KINDS


@pytest.mark.parametrize("postal", ["WI", "wi"])
def test_a_state_is_chosen_by_its_postal_code(postal: str) -> None:
    feeds = starter_feeds(state=postal)
    assert len(feeds) > 5
    assert all("/state:wi" in feed.home for feed in feeds)


def test_the_capital_is_no_state_but_is_chosen_like_one() -> None:
    assert {feed.home for feed in starter_feeds(state="DC")} == {"ocd-division/country:us/district:dc"}


def test_kind_and_state_narrow_together() -> None:
    both = starter_feeds(state="WI", kind="public-radio")
    assert set(both) == set(starter_feeds(state="WI")) & set(starter_feeds(kind="public-radio"))


def test_a_state_without_feeds_gives_none() -> None:
    assert starter_feeds(state="ZZ") == ()
