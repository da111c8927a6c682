"""Whose act it is where the sentence names many places, only points back, or leaves the kind of a body open.

The sentences are ours; they ran on Wednesday, May 10, 2023, in a paper of the place beside them.
"""

import pytest
from reading import COUNTRY, SETTING, article, explain
from tracker.read.governments import of_a_state

from tracker.read.places.gazetteer import load
from tracker.read.places.resolve import PlaceReader

DAYTON = "Dayton, OH"
ADOPTED = "adopted the ordinance Tuesday."


def decided(text: str, home: str | None = DAYTON) -> set[tuple[str, str]]:
    """(place, date) of every adoption that a local government is found for."""
    found = (item.candidate for item in explain(f"{text}\n\n{SETTING}", home=home).considered)
    return {
        (c.government.jurisdiction.id.removeprefix(COUNTRY), str(c.date or ""))
        for c in found
        if c.government and str(c.stage) == "adopted"
    }


def places(text: str, home: str | None = DAYTON) -> set[str]:
    return {place for place, _ in decided(text, home)}


TOGETHER = [
    (f"Naperville, Joliet and Elgin {ADOPTED}", {"naperville", "joliet", "elgin"}),
    ("Six other cities, including Joliet and Elgin, adopted the ordinance in 2019.", {"joliet", "elgin"}),
    ("Naperville adopted the ordinance Tuesday; neighbors in Joliet want one.", {"naperville"}),
    ("Owners from Joliet and Elgin came, and Naperville adopted the ordinance Tuesday.", {"naperville"}),
]


@pytest.mark.parametrize(("text", "names"), TOGETHER)
def test_places_named_in_one_breath_act_together(text: str, names: set[str]) -> None:
    assert places(text, "Chicago, IL") == {f"state:il/place:{name}" for name in names}


OWN_DATES = [
    (
        "Dayton banned foam cups in 2016, Xenia in 2017 and Kettering in 2018.",
        {("dayton", "2016"), ("xenia", "2017"), ("kettering", "2018")},
    ),
    ("Dayton banned foam cups in 2016 and Xenia in 2018.", {("dayton", "2016"), ("xenia", "2018")}),
    ("Kettering in 2017 and Xenia in 2018 banned foam cups.", {("kettering", "2017"), ("xenia", "2018")}),
    ("Dayton banned foam cups in 2016 and shops in Xenia lost trade.", {("dayton", "2016")}),
]


@pytest.mark.parametrize(("text", "wanted"), OWN_DATES)
def test_each_place_of_a_list_keeps_its_own_date(text: str, wanted: set[tuple[str, str]]) -> None:
    assert decided(text) == {(f"state:oh/place:{name}", day) for name, day in wanted}


def test_a_court_stops_the_rule_of_one_government_not_of_all_that_stand_beside_it() -> None:
    text = f"A judge blocked the ordinance of Kettering on Tuesday.\n\n{SETTING}"
    found = [item.candidate for item in explain(text).considered if str(item.candidate.stage) == "blocked"]
    assert {c.government.jurisdiction.name for c in found if c.government} == {"Kettering"}


def test_the_district_of_columbia_is_a_government_though_it_bears_a_states_name() -> None:
    assert places(f"The District of Columbia {ADOPTED}", "Washington, DC") == {"district:dc"}


POINTING_BACK = [
    (f"In nearby Xenia the council {ADOPTED}", "place:xenia"),
    (f"In Xenia, the county board {ADOPTED}", "county:montgomery"),
    (f"Xenia is a college town. Its council {ADOPTED}", "place:xenia"),
    (f"Xenia has many bars. It {ADOPTED}", "place:xenia"),
    (f"Xenia, whose council {ADOPTED[:-1]}, is a college town.", "place:xenia"),
    ("Shops in Xenia, where voters passed a ban Tuesday, must comply.", "place:xenia"),
]


@pytest.mark.parametrize(("text", "place"), POINTING_BACK)
def test_a_body_that_points_back_is_of_the_place_before_it(text: str, place: str) -> None:
    assert places(text) == {f"state:oh/{place}"}


KINDS = [
    (f"The Xenia City Commission met late.\n\nCommissioners {ADOPTED}", DAYTON, "state:oh/place:xenia"),
    (f"The Greene County Commission met late.\n\nCommissioners {ADOPTED}", DAYTON, "state:oh/county:greene"),
    (f"The Delaware County Council met late.\n\nThe council {ADOPTED}", "Muncie, IN", "state:in/county:delaware"),
]


@pytest.mark.parametrize(("text", "home", "place"), KINDS)
def test_the_article_tells_of_which_kind_its_commissioners_are(text: str, home: str, place: str) -> None:
    assert places(text, home) == {place}


COURTS = [
    (f"The Pulaski County Quorum Court met. The court {ADOPTED}", "Little Rock, AR", {"state:ar/county:pulaski"}),
    (f"Daviess Fiscal Court met. The court {ADOPTED}", "Owensboro, KY", {"state:ky/county:daviess"}),
    (f"The appeals court met. The court {ADOPTED}", DAYTON, set()),
]


@pytest.mark.parametrize(("text", "home", "wanted"), COURTS)
def test_a_court_that_governs_a_county_adopts_rules_and_no_other_does(text: str, home: str, wanted: set[str]) -> None:
    assert places(text, home) == wanted


@pytest.mark.parametrize("rule", ["Ohio's tax credit program", "the Texas law", "Ohio law", "Wisconsin"])
def test_a_rule_that_a_state_owns_is_the_states(rule: str) -> None:
    assert of_a_state(rule)


@pytest.mark.parametrize("rule", ["Iowa Park's curfew", "the Kansas City curfew", "the curfew", "Washington's rule"])
def test_a_rule_of_a_town_with_a_states_name_is_not(rule: str) -> None:
    assert not of_a_state(rule)


@pytest.mark.parametrize("home", ["Nowhere Hollow, OH", "Nowhere Hollow, Ohio"])
def test_of_an_unknown_community_the_state_is_known(home: str) -> None:
    assert PlaceReader(load()).home(article("", home=home)) == (load().state("OH"), False)
    assert places(f"The Springfield council {ADOPTED}", home) == {"state:oh/place:springfield"}


@pytest.mark.parametrize(("home", "unknown"), [(None, False), ("Toronto, Ontario", True), ("Nowhere", True)])
def test_without_a_state_the_home_is_none(home: str | None, unknown: bool) -> None:
    assert PlaceReader(load()).home(article("", home=home)) == (None, unknown)


TITLES = [
    ("Anderson council bans fireworks", "The Anderson County council met.", "state:sc/county:anderson"),
    ("Anderson council bans fireworks", "The Anderson council met in Anderson County.", "state:sc/place:anderson"),
]


@pytest.mark.parametrize(("title", "text", "place"), TITLES)
def test_a_name_of_the_title_is_the_countys_where_the_text_knows_no_other(title: str, text: str, place: str) -> None:
    (placed,) = PlaceReader(load()).read(article(text, title, home="Greenville, SC")).title
    assert placed.jurisdiction.id.endswith(place)
