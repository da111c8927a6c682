"""What speaks for each place of an article being the one that it is about: the signs, not their fitted weights."""

import pytest
from reading import COUNTRY, article
from tracker.read.focus import LATE_CHARACTERS, county_share

from tracker.read.places.gazetteer import load
from tracker.read.places.resolve import PlaceReader, Places

XENIA, DAYTON = "state:oh/place:xenia", "state:oh/place:dayton"
LONG = "Nobody in the room spoke for a while. " * (LATE_CHARACTERS // 30)


def read(text: str, title: str = "", home: str | None = "Dayton, OH") -> Places:
    return PlaceReader(load()).read(article(text, title, home=home))


def signs(text: str, place: str, title: str = "", home: str | None = "Dayton, OH") -> dict[str, float]:
    return read(text, title, home).options[COUNTRY + place][1]


SHARES = [
    ("The city council and the mayor met.", 0.0),
    ("The sheriff and the county board met.", 1.0),
    ("The sheriff met the mayor.", 0.5),
    ("It rained.", 0.5),
]


@pytest.mark.parametrize(("words", "share"), SHARES)
def test_the_words_of_an_article_are_a_citys_or_a_countys(words: str, share: float) -> None:
    assert county_share(words) == share


SIGNS = [
    ("The Xenia council met.", "", "city, named with a body"),
    ("The Xenia council met.", "", "city, in the lede with a body"),
    ("The Xenia council met.", "", "named first with a body"),
    ("It rained in Xenia.", "", "city, named"),
    ("It rained in Xenia.", "", "city, in the lede"),
    ("It rained in Xenia.", "", "named first"),
    ("It rained.", "Xenia council bans tents", "city, in the title with a body"),
    ("It rained.", "Rain falls in Xenia", "in the title alone, with no body"),
    ("A couple from Xenia spoke.", "", "only where somebody or something is from"),
    ("The shop, just outside Xenia, closed.", "", "only where somebody or something is from"),
    ("XENIA — It rained.", "", "dateline only"),
    ("It rained in Xenia, Ohio.", "", "with its state"),
    (f"{LONG}Rain fell in Xenia.", "", "city, first named late"),
    ("The Xenia school board met.", "", "named with a body of others"),
]


@pytest.mark.parametrize(("text", "title", "sign"), SIGNS)
def test_how_a_place_is_named_is_a_sign(text: str, title: str, sign: str) -> None:
    assert signs(text, XENIA, title).get(sign, 0.0) > 0


ABSENT = [
    ("A couple from Xenia spoke in Xenia.", "", "only where somebody or something is from"),
    ("A couple from Xenia spoke. The Xenia council met.", "", "only where somebody or something is from"),
    ("XENIA — The Xenia council met.", "", "dateline only"),
    ("It rained in Xenia.", "Rain falls in Xenia", "in the title alone, with no body"),
    (f"It rained in Xenia. {LONG} Rain fell in Xenia.", "", "city, first named late"),
    ("Kettering met Xenia.", "", "named first"),
    ("It rained in Xenia.", "", "county, named"),
]


@pytest.mark.parametrize(("text", "title", "sign"), ABSENT)
def test_a_sign_is_not_there_without_its_reason(text: str, title: str, sign: str) -> None:
    assert sign not in {name for name, value in signs(text, XENIA, title).items() if value}


def test_the_home_of_the_outlet_is_always_an_option() -> None:
    alone = signs("It rained.", DAYTON)
    assert alone["not named"] == alone["home"] == alone["home, no place in the lede"] == 1.0
    beside = signs("The Xenia council met.", DAYTON)
    assert beside["home, no government named"] == beside["home, no place in the lede"] == 0.0


def test_the_county_around_the_home_is_an_option() -> None:
    found = signs("The county board met.", "state:oh/county:montgomery")
    assert found["county around the home"] == 1.0
    assert found["county, share of county words"] == 1.0


def test_an_unknown_community_of_a_state_gives_no_option() -> None:
    assert read("It rained.", home="Nowhere Hollow, OH").options == {}
    assert read("It rained.", home="Nowhere Hollow, OH").focus(None) is None


def test_a_judge_of_a_place_makes_it_no_option() -> None:
    assert COUNTRY + XENIA not in read("A Xenia judge ruled.").options


MAIN = [
    ("The Xenia City Council banned tents. The Xenia council met twice. A couple from Kettering spoke.", XENIA),
    ("The city council met.", DAYTON),
]


@pytest.mark.parametrize(("text", "place"), MAIN)
def test_the_article_is_about_the_government_that_it_names_and_else_about_the_home(text: str, place: str) -> None:
    focus = read(text).focus(None)
    assert focus is not None
    assert focus.jurisdiction.id == COUNTRY + place


def test_among_counties_only_counties_are_looked_at() -> None:
    places = read("The Xenia City Council banned tents. Greene County commissioners met.")
    county, city = places.focus(True), places.focus(False)
    assert county is not None
    assert city is not None
    assert (county.jurisdiction.name, city.jurisdiction.name) == ("Greene County", "Xenia")
