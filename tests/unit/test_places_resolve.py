"""Which government the names of an article mean, and which ones a step of it could be of."""

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from support.articles.reader import COUNTRY, article, place_reader, seen
from tracker.model import Kind
from tracker.read.places.gazetteer import load
from tracker.read.places.resolve import ArticlePlaces

GOVERNMENTS: dict[str, list[tuple[str, str | None, str]]] = {
    "the council's own words": [
        ("The Dayton City Commission adopted the ordinance Tuesday.", "Dayton, OH", "state:oh/place:dayton"),
        ("Milwaukee police adopted a new pursuit policy Tuesday.", "Madison, WI", "state:wi/place:milwaukee"),
        ("The town of Amherst adopted the bylaw Tuesday.", "Springfield, MA", "state:ma/place:amherst"),
        ("The Anchorage Assembly adopted the ordinance Tuesday.", "Anchorage, AK", "state:ak/place:anchorage"),
        ("New York City Council members adopted the local law Tuesday.", "New York, NY", "state:ny/place:new_york"),
        ("Mayor Columbus Reed of Dayton signed the ordinance Tuesday.", "Dayton, OH", "state:oh/place:dayton"),
        ("Selectmen in Hanover, N.H., adopted the ordinance Tuesday.", "Lebanon, NH", "state:nh/place:hanover"),
        ("The District of Columbia Council adopted the act Tuesday.", "Washington, DC", "district:dc"),
    ],
    "no name: the home": [
        ("The council adopted the ordinance Tuesday.", "Dayton, OH", "state:oh/place:dayton"),
        ("The county board adopted the ordinance Tuesday.", "Madison, WI", "state:wi/county:dane"),
        ("The county sheriff ended the 287(g) agreement Tuesday.", "Madison, WI", "state:wi/county:dane"),
        ("The D.C. Council adopted the act Tuesday.", "Washington, DC", "district:dc"),
    ],
    "counties and their bodies": [
        ("The Dane County Board adopted the ordinance Tuesday.", "Madison, WI", "state:wi/county:dane"),
        ("Milwaukee County supervisors adopted the ordinance Tuesday.", "Milwaukee, WI", "state:wi/county:milwaukee"),
        ("The Jefferson Parish Council adopted the ordinance Tuesday.", "New Orleans, LA", "state:la/parish:jefferson"),
        ("St. Louis County Council members adopted the rule Tuesday.", "St. Louis, MO", "state:mo/county:st_louis"),
        ("The Pulaski County Quorum Court adopted the rule Tuesday.", "Little Rock, AR", "state:ar/county:pulaski"),
        ("The sheriff of Rock County ended the agreement Tuesday.", "Madison, WI", "state:wi/county:rock"),
        ("Harris County Commissioners Court adopted the order.", "Houston, TX", "state:tx/county:harris"),
        ("The Terrebonne council met Tuesday for the whole parish.", "Houma, LA", "state:la/parish:terrebonne"),
        ("Daviess Fiscal Court adopted the ordinance.", "Owensboro, KY", "state:ky/county:daviess"),
    ],
    "one name in many states": [
        ("The Oregon City Council adopted the ordinance Tuesday.", "Toledo, OH", "state:oh/place:oregon"),
        ("The Oregon City Commission adopted the ordinance Tuesday.", "Portland, OR", "state:or/place:oregon_city"),
        ("The Springfield City Council adopted the rule Tuesday.", "Springfield, MO", "state:mo/place:springfield"),
        ("The Springfield City Council adopted the ordinance Tuesday.", "Chicago, IL", "state:il/place:springfield"),
        ("The Springfield City Council adopted the ordinance Tuesday.", "Eugene, OR", "state:or/place:springfield"),
        ("The Springfield City Council adopted the ordinance Tuesday.", "Boston, MA", "state:ma/place:springfield"),
        ("The Springfield council adopted the ordinance.", "Nowhere Hollow, OH", "state:oh/place:springfield"),
        ("The Aurora City Council adopted the ordinance Tuesday.", "Denver, CO", "state:co/place:aurora"),
        ("The Columbus City Council adopted the ordinance Tuesday.", "Atlanta, GA", "state:ga/place:columbus"),
        ("The Orange County Board of Supervisors adopted the rule Tuesday.", "Anaheim, CA", "state:ca/county:orange"),
        ("Orange County supervisors adopted the ordinance Tuesday.", "Culpeper, VA", "state:va/county:orange"),
        ("The Washington City Council adopted the ordinance Tuesday.", "Peoria, IL", "state:il/place:washington"),
        ("The Kansas City Council adopted the rule Tuesday.", "Kansas City, MO", "state:mo/place:kansas_city"),
    ],
    "names within names": [
        ("The Cedar Rapids City Council adopted the rule Tuesday.", "Iowa City, IA", "state:ia/place:cedar_rapids"),
        ("Iowa City councilors adopted the ordinance Tuesday.", "Cedar Rapids, IA", "state:ia/place:iowa_city"),
        ("St. Louis aldermen adopted the ordinance Tuesday.", "St. Louis, MO", "state:mo/place:st_louis"),
    ],
    "the state is written": [
        ("The city council of Columbia, S.C., adopted the ordinance.", "Columbia, MO", "state:sc/place:columbia"),
        ("The Kansas City, Kansas, commission adopted the rule.", "Kansas City, MO", "state:ks/place:kansas_city"),
        ("PORTLAND, Maine (AP) — The City Council adopted the ordinance.", None, "state:me/place:portland"),
        ("MILWAUKEE (AP) — The Common Council adopted the ordinance Tuesday.", None, "state:wi/place:milwaukee"),
        ("Montgomery, Ala., police adopted a pursuit policy Tuesday.", None, "state:al/place:montgomery"),
    ],
    "city and county are one": [
        ("San Francisco supervisors adopted the ordinance Tuesday.", "Oakland, CA", "state:ca/place:san_francisco"),
        ("The Metro Council in Nashville adopted the ordinance Tuesday.", "Nashville, TN", "state:tn/place:nashville"),
        ("Louisville Metro Council adopted the ordinance Tuesday.", "Louisville, KY", "state:ky/place:louisville"),
    ],
}
CASES = [case for table in GOVERNMENTS.values() for case in table]


def read(text: str, title: str = "", home: str | None = "Dayton, OH") -> ArticlePlaces:
    return place_reader().read(article(text, title, home=home))


@pytest.mark.parametrize(("text", "home", "place"), CASES)
def test_the_government_that_acts_is_among_those_that_a_step_can_be_of(text: str, home: str | None, place: str) -> None:
    assert COUNTRY + place in {found.id for found in seen(article(text, home=home))[1].jurisdictions}


@pytest.mark.parametrize(
    ("text", "home", "place"), [case for case in CASES if case not in GOVERNMENTS["no name: the home"]]
)
def test_its_name_means_it_and_nothing_else(text: str, home: str | None, place: str) -> None:
    named = [placed for placed in read(text, home=home).text if placed.jurisdiction.kind is not Kind.STATE]
    assert COUNTRY + place in {placed.jurisdiction.id for placed in named}


TITLES = [
    ("Anderson council bans fireworks", "The Anderson County council met.", "state:sc/county:anderson"),
    ("Anderson council bans fireworks", "The Anderson council met in Anderson County.", "state:sc/place:anderson"),
]


@pytest.mark.parametrize(("title", "text", "place"), TITLES)
def test_a_name_of_the_title_is_the_countys_where_the_text_knows_no_other(title: str, text: str, place: str) -> None:
    (placed,) = read(text, title, "Greenville, SC").title
    assert placed.jurisdiction.id.endswith(place)


def test_where_it_cannot_be_told_the_other_places_are_kept() -> None:
    (placed,) = read("The Springfield City Council voted 5-2 Tuesday to ban tents in city parks.", home=None).text
    assert placed.others
    assert all("springfield" in place.id for place in placed.others)


@pytest.mark.parametrize("home", ["Nowhere Hollow, OH", "Nowhere Hollow, Ohio"])
def test_of_an_unknown_community_the_state_is_known(home: str) -> None:
    assert place_reader().home(article("", home=home)) == (load().state("OH"), False)


@pytest.mark.parametrize(("home", "unknown"), [(None, False), ("Toronto, Ontario", True), ("Nowhere", True)])
def test_without_a_state_the_home_is_none(home: str | None, unknown: bool) -> None:
    assert place_reader().home(article("", home=home)) == (None, unknown)


def test_an_unknown_community_of_a_state_is_no_government_and_has_no_county() -> None:
    mentions = seen(article("It rained.", home="Nowhere Hollow, OH"))[1]
    assert (mentions.jurisdictions, mentions.home, mentions.home_county) == ((), None, None)


AROUND = [
    ("The county board met.", "Dayton, OH", {"home": "Montgomery County, OH"}),
    ("PORTLAND, Maine (AP) — It met.", None, {"dateline": "Cumberland County, ME"}),
    ("PORTLAND, Maine — It met.", "Dayton, OH", {"home": "Montgomery County, OH", "dateline": "Cumberland County, ME"}),
    ("It met.", "San Francisco, CA", {}),
]


@pytest.mark.parametrize(("text", "home", "wanted"), AROUND)
def test_the_county_around_the_home_and_around_the_dateline(
    text: str, home: str | None, wanted: dict[str, str]
) -> None:
    around = place_reader().around(read(text, home=home))
    assert {what: county.label for what, county in around.items()} == wanted


HOMES = ("Milwaukee, WI", "Dayton, OH", "Portland, OR", "Portland, ME", "Springfield, IL", "Springfield, MO")
NAMES = (
    "The council of Springfield voted Tuesday. People of Portland, Union and Washington spoke. Jackson did the same. "
)


def test_threads_that_read_at_once_find_what_one_would() -> None:
    """A daemon reads what is new while it asks a model about other articles, with one reader."""
    alone = {home: read(NAMES * 3, home=home) for home in HOMES}
    homes, usual = HOMES * 30, sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(3) as threads:
            found = list(threads.map(lambda home: read(NAMES * 3, home=home), homes))
    finally:
        sys.setswitchinterval(usual)
    assert [home for home, told in zip(homes, found, strict=True) if told != alone[home]] == []
