"""Who acts, by one name: bodies as the report shows them."""

import pytest

from support.articles.reader import COUNTRY, article, place_reader
from tracker.read.bodies import body_name, usual_name
from tracker.read.places.gazetteer import load

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
    return body_name(words, where, place_reader().read(article(text, home=None)))


@pytest.mark.parametrize(("words", "place", "wanted"), BODIES)
def test_a_body_has_one_name_whatever_the_text_calls_it(words: str, place: str, wanted: str) -> None:
    assert named(words, place) == wanted


def test_the_name_that_the_article_gives_comes_first() -> None:
    assert named("the council", "state:wi/place:milwaukee", "The Milwaukee Common Council met.") == (
        "Milwaukee Common Council"
    )


def test_another_city_does_not_lend_the_name_of_its_body() -> None:
    assert named("the council", "state:oh/place:dayton", "Milwaukee's Common Council met.") == "Dayton City Council"


def test_the_usual_name_is_given_whatever_the_article_says_and_none_for_words_that_name_no_body() -> None:
    where = load().get(COUNTRY + "state:wi/place:milwaukee")
    assert where
    assert usual_name("the council", where) == "Milwaukee City Council"
    assert usual_name("the ordinance", where) is None
