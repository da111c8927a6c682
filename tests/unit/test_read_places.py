"""Whose act it is: the government that acts, not the outlet's town and not the place that is named most."""

import pytest
from reading import COUNTRY, SETTING, explain

HOMES: dict[str, list[tuple[str, str | None, str]]] = {
    "the council's own words": [
        ("The Dayton City Commission adopted the ordinance Tuesday.", "Dayton, OH", "state:oh/place:dayton"),
        ("Milwaukee police adopted a new pursuit policy Tuesday.", "Madison, WI", "state:wi/place:milwaukee"),
        ("The Milwaukee Common Council adopted the ordinance Tuesday.", "Milwaukee, WI", "state:wi/place:milwaukee"),
        ("The town of Amherst adopted the bylaw Tuesday.", "Springfield, MA", "state:ma/place:amherst"),
        ("The Denver City Council adopted the ordinance Tuesday.", "Denver, CO", "state:co/place:denver"),
        ("The Anchorage Assembly adopted the ordinance Tuesday.", "Anchorage, AK", "state:ak/place:anchorage"),
        ("The Honolulu City Council adopted the ordinance Tuesday.", "Honolulu, HI", "state:hi/place:honolulu"),
        ("New York City Council members adopted the local law Tuesday.", "New York, NY", "state:ny/place:new_york"),
        ("Gas leaf blowers were banned by the Dayton City Commission.", "Dayton, OH", "state:oh/place:dayton"),
        ("Mayor Columbus Reed of Dayton signed the ordinance Tuesday.", "Dayton, OH", "state:oh/place:dayton"),
    ],
    "no name: the home": [
        ("The council adopted the ordinance Tuesday.", "Dayton, OH", "state:oh/place:dayton"),
        ("The county board adopted the ordinance Tuesday.", "Madison, WI", "state:wi/county:dane"),
        ("The county sheriff ended the 287(g) agreement Tuesday.", "Madison, WI", "state:wi/county:dane"),
        ("Police adopted a new pursuit policy Tuesday.", "Dayton, OH", "state:oh/place:dayton"),
    ],
    "counties and their bodies": [
        ("The Dane County Board adopted the ordinance Tuesday.", "Madison, WI", "state:wi/county:dane"),
        ("Dane County Sheriff Kay Barr ended the 287(g) agreement Tuesday.", "Madison, WI", "state:wi/county:dane"),
        ("Milwaukee County supervisors adopted the ordinance Tuesday.", "Milwaukee, WI", "state:wi/county:milwaukee"),
        ("The Jefferson Parish Council adopted the ordinance Tuesday.", "New Orleans, LA", "state:la/parish:jefferson"),
        (
            "St. Louis County Council members adopted the ordinance Tuesday.",
            "St. Louis, MO",
            "state:mo/county:st_louis",
        ),
        (
            "The Pulaski County Quorum Court adopted the ordinance Tuesday.",
            "Little Rock, AR",
            "state:ar/county:pulaski",
        ),
        ("The sheriff of Rock County ended the agreement Tuesday.", "Madison, WI", "state:wi/county:rock"),
    ],
    "one name in many states": [
        ("The Oregon City Council adopted the ordinance Tuesday.", "Toledo, OH", "state:oh/place:oregon"),
        ("The Oregon City Commission adopted the ordinance Tuesday.", "Portland, OR", "state:or/place:oregon_city"),
        (
            "The Springfield City Council adopted the ordinance Tuesday.",
            "Springfield, MO",
            "state:mo/place:springfield",
        ),
        ("The Springfield City Council adopted the ordinance Tuesday.", "Chicago, IL", "state:il/place:springfield"),
        ("The Springfield City Council adopted the ordinance Tuesday.", "Eugene, OR", "state:or/place:springfield"),
        ("The Springfield City Council adopted the ordinance Tuesday.", "Boston, MA", "state:ma/place:springfield"),
        ("Aurora aldermen adopted the ordinance Tuesday.", "Chicago, IL", "state:il/place:aurora"),
        ("The Aurora City Council adopted the ordinance Tuesday.", "Denver, CO", "state:co/place:aurora"),
        ("The Columbus City Council adopted the ordinance Tuesday.", "Atlanta, GA", "state:ga/place:columbus"),
        ("The Columbus City Council adopted the ordinance Tuesday.", "Cincinnati, OH", "state:oh/place:columbus"),
        ("The Orange County Board of Supervisors adopted the rule Tuesday.", "Anaheim, CA", "state:ca/county:orange"),
        ("The Orange County Commission adopted the ordinance Tuesday.", "Orlando, FL", "state:fl/county:orange"),
        ("Orange County supervisors adopted the ordinance Tuesday.", "Culpeper, VA", "state:va/county:orange"),
        ("Orange County legislators adopted the local law Tuesday.", "Middletown, NY", "state:ny/county:orange"),
        ("The Washington City Council adopted the ordinance Tuesday.", "Peoria, IL", "state:il/place:washington"),
        ("The Kansas City Council adopted the ordinance Tuesday.", "Kansas City, MO", "state:mo/place:kansas_city"),
    ],
    "names within names": [
        (
            "The Cedar Rapids City Council adopted the ordinance Tuesday.",
            "Iowa City, IA",
            "state:ia/place:cedar_rapids",
        ),
        ("Iowa City councilors adopted the ordinance Tuesday.", "Cedar Rapids, IA", "state:ia/place:iowa_city"),
        ("St. Louis aldermen adopted the ordinance Tuesday.", "St. Louis, MO", "state:mo/place:st_louis"),
        ("The St. Paul City Council adopted the ordinance Tuesday.", "Minneapolis, MN", "state:mn/place:st_paul"),
    ],
    "the state is written": [
        ("The city council of Columbia, S.C., adopted the ordinance.", "Columbia, MO", "state:sc/place:columbia"),
        ("The Kansas City, Kansas, commission adopted the rule.", "Kansas City, MO", "state:ks/place:kansas_city"),
        ("COLUMBIA, S.C. — City Council adopted the ordinance Tuesday.", None, "state:sc/place:columbia"),
        ("PORTLAND, Maine (AP) — The City Council adopted the ordinance.", None, "state:me/place:portland"),
        ("MILWAUKEE (AP) — The Common Council adopted the ordinance Tuesday.", None, "state:wi/place:milwaukee"),
        ("Montgomery, Ala., police adopted a pursuit policy Tuesday.", None, "state:al/place:montgomery"),
        ("Las Cruces, N.M., councilors adopted the ordinance Tuesday.", None, "state:nm/place:las_cruces"),
    ],
    "city and county are one": [
        ("San Francisco supervisors adopted the ordinance Tuesday.", "Oakland, CA", "state:ca/place:san_francisco"),
        ("The Metro Council in Nashville adopted the ordinance Tuesday.", "Nashville, TN", "state:tn/place:nashville"),
        ("Louisville Metro Council adopted the ordinance Tuesday.", "Louisville, KY", "state:ky/place:louisville"),
        ("Philadelphia City Council adopted the ordinance Tuesday.", "Camden, NJ", "state:pa/place:philadelphia"),
    ],
}
CASES = [case for table in HOMES.values() for case in table]


def governments(text: str, home: str | None) -> set[str]:
    """The places of every act of a text, empty where no act is a local government's."""
    found = (item.candidate.government for item in explain(f"{text}\n\n{SETTING}", home=home).considered)
    return {government.jurisdiction.id.removeprefix(COUNTRY) for government in found if government}


@pytest.mark.parametrize(("text", "home", "place"), CASES)
def test_the_government_that_acts_is_found(text: str, home: str | None, place: str) -> None:
    assert governments(text, home) == {place}


NOT_OURS = [
    "The state Legislature adopted the rule Tuesday.",
    "Gov. Ann Lee signed the law Tuesday.",
    "The Ohio Senate passed the bill Tuesday.",
    "State lawmakers repealed the law Tuesday.",
    "Attorney General Sam Poe issued the rule Tuesday.",
    "Rep. Jo Park introduced a bill Tuesday that would ban drones.",
    "Congress passed the law Tuesday.",
    "President Ford signed the order Tuesday.",
    "The Justice Department ended the agreement Tuesday.",
    "ICE ended the agreement Tuesday.",
    "The U.S. Supreme Court approved the rule Tuesday.",
    "The Dayton school board adopted the policy Tuesday.",
    "The Board of Education banned phones Tuesday.",
    "The Dayton Public Schools adopted a dress code Tuesday.",
    "The University of Dayton adopted a policy on drones Tuesday.",
    "Airbnb banned parties Tuesday.",
    "The company adopted a new return policy Tuesday.",
    "Walmart ended sales of ammunition Tuesday.",
    "The hospital banned visitors Tuesday.",
    "The homeowners association banned trucks Tuesday.",
    "The diocese adopted the policy Tuesday.",
    "The NCAA banned the drug Tuesday.",
    "The tribal council legalized marijuana Tuesday.",
]


@pytest.mark.parametrize("text", NOT_OURS)
def test_states_schools_and_companies_are_no_local_government(text: str) -> None:
    assert governments(text, "Dayton, OH") == set()


def test_a_home_abroad_makes_no_change() -> None:
    reading = explain("The city council adopted the ordinance Tuesday.", home="Toronto, Ontario").reading
    assert not reading.is_change
    assert "Toronto" in reading.reason


def test_where_it_cannot_be_told_the_other_places_are_kept() -> None:
    text = "The Springfield City Council voted 5-2 Tuesday to adopt an ordinance that bans tents in city parks."
    reading = explain(text, "Springfield council bans tents in parks", home=None).reading
    (finding,) = reading.findings
    assert len({finding.jurisdiction, *finding.candidates}) > 1
    assert all("springfield" in place for place in finding.candidates)
