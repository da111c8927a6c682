"""Who acts, by one name: bodies as the report shows them, and people by their office."""

import pytest
from reading import COUNTRY, article
from tracker.read.officials import officials

from tracker.read.bodies import body_name
from tracker.read.places.finder import Level
from tracker.read.places.gazetteer import load
from tracker.read.places.resolve import PlaceReader

BODIES = [
    ("the council", "state:oh/place:dayton", "Dayton City Council"),
    ("aldermen", "state:il/place:aurora", "Aurora City Council"),
    ("Police Chief Dana Cole", "state:oh/place:dayton", "Dayton Police Department"),
    ("officers", "state:oh/place:dayton", "Dayton Police Department"),
    ("the Milwaukee Police Department", "state:wi/place:milwaukee", "Milwaukee Police Department"),
    ("the Fire and Police Commission", "state:wi/place:milwaukee", "Milwaukee Fire and Police Commission"),
    ("the sheriff", "state:wi/county:dane", "Dane County Sheriff's Office"),
    ("Sheriff Kay Barr", "state:wi/county:dane", "Dane County Sheriff's Office"),
    ("deputies", "state:wi/county:dane", "Dane County Sheriff's Office"),
    ("county supervisors", "state:wi/county:dane", "Dane County Board of Supervisors"),
    ("the Board of Supervisors", "state:ca/county:orange", "Orange County Board of Supervisors"),
    ("the county executive", "state:wi/county:dane", "Dane County Executive"),
    ("the county board", "state:wi/county:dane", "Dane County Board"),
    ("county commissioners", "state:fl/county:orange", "Orange County Commission"),
    ("the commissioners court", "state:tx/county:harris", "Harris County Commissioners Court"),
    ("Mayor Jo Dunn", "state:oh/place:dayton", "Mayor of Dayton"),
    ("voters", "state:oh/place:dayton", "Dayton voters"),
    ("the planning commission", "state:oh/place:dayton", "Dayton Planning Commission"),
    ("the board of health", "state:oh/place:dayton", "Dayton Board of Health"),
    ("selectmen", "state:ma/place:amherst", "Amherst Select Board"),
    ("the city", "state:oh/place:dayton", "City of Dayton"),
    ("it", "state:oh/place:dayton", "City of Dayton"),
    ("", "state:wi/county:dane", "Dane County"),
]


def named(words: str, place: str, text: str = "") -> str:
    where = load().get(COUNTRY + place)
    assert where
    return body_name(words, where, PlaceReader(load()).read(article(text, home=None)))


@pytest.mark.parametrize(("words", "place", "wanted"), BODIES)
def test_a_body_has_one_name_whatever_the_text_calls_it(words: str, place: str, wanted: str) -> None:
    assert named(words, place) == wanted


def test_the_name_that_the_article_gives_comes_first() -> None:
    assert named("the council", "state:wi/place:milwaukee", "The Milwaukee Common Council met.") == (
        "Milwaukee Common Council"
    )


def test_another_city_does_not_lend_the_name_of_its_body() -> None:
    assert named("the council", "state:oh/place:dayton", "Milwaukee's Common Council met.") == "Dayton City Council"


PEOPLE = [
    ("Sheriff Chuck Jenkins said no.", "Jenkins", Level.COUNTY),
    ("County Executive Al Moe came.", "Moe", Level.COUNTY),
    ("Mayor Jo Dunn left.", "Dunn", Level.CITY),
    ("Police Chief Dana Cole signed it.", "Cole", Level.CITY),
    ("Dee Park, a councilwoman, spoke.", "Park", Level.CITY),
    ("Gov. Ann Lee said yes.", "Lee", Level.FOREIGN),
    ("Sam Poe, the attorney general, spoke.", "Poe", Level.FOREIGN),
    ("Judge Ty Orr ruled.", "Orr", Level.FOREIGN),
    ("Superintendent Bo Fay wrote.", "Fay", Level.FOREIGN),
    ("Mayor Jo Dunn left. Gov. Ed Dunn stayed.", "Dunn", Level.CITY),
]


@pytest.mark.parametrize(("text", "name", "level"), PEOPLE)
def test_a_surname_stands_for_the_office_that_was_told_before(text: str, name: str, level: Level) -> None:
    assert officials(text).level(name) is level


@pytest.mark.parametrize("phrase", ["Nobody", "", "the mayor", "everyone"])
def test_a_stranger_has_no_office(phrase: str) -> None:
    assert officials("Mayor Jo Dunn left.").level(phrase) is None


def test_the_possessive_is_the_same_person() -> None:
    assert officials("Mayor Jo Dunn left.").level("Dunn's") is Level.CITY
