"""Whose act it is: the local government that the sentence names, or none of ours.

The sentences are ours; they ran in a paper of the place beside them.
"""

import pytest
from reading import COUNTRY, SETTING, explain

GOVERNMENTS = [
    ("The District of Columbia Council adopted the act Tuesday.", "Washington, DC", "district:dc"),
    ("The D.C. Council adopted the act Tuesday.", "Washington, DC", "district:dc"),
    ("Harris County Commissioners Court adopted the order Tuesday.", "Houston, TX", "state:tx/county:harris"),
    ("The Commissioners Court of Harris County adopted the order Tuesday.", "Houston, TX", "state:tx/county:harris"),
    ("Selectmen in Hanover, N.H., adopted the ordinance Tuesday.", "Lebanon, NH", "state:nh/place:hanover"),
    (
        "The Terrebonne council adopted the ordinance Tuesday for the whole parish.",
        "Houma, LA",
        "state:la/parish:terrebonne",
    ),
    (
        "DENTON TWP. — The board adopted the ordinance Tuesday.",
        "Cadillac, MI",
        "state:mi/county:roscommon/place:denton",
    ),
]
NOT_OURS = [
    ("The Ohio Department of Health issued the order Tuesday.", "Dayton, OH"),
    ("The Texas Commission on Environmental Quality adopted the rule Tuesday.", "Houston, TX"),
    ("The Michigan Department of Natural Resources banned baiting Tuesday.", "Cadillac, MI"),
    ("The state Public Utilities Commission approved the rate Tuesday.", "Dayton, OH"),
    ("The Federal Trade Commission banned the practice Tuesday.", "Dayton, OH"),
    ("The Environmental Protection Agency issued the rule Tuesday.", "Dayton, OH"),
]


def governments(text: str, home: str) -> set[str]:
    found = (item.candidate.government for item in explain(f"{text}\n\n{SETTING}", home=home).considered)
    return {government.jurisdiction.id.removeprefix(COUNTRY) for government in found if government}


@pytest.mark.parametrize(("text", "home", "place"), GOVERNMENTS)
def test_the_government_that_acts_is_found(text: str, home: str, place: str) -> None:
    assert governments(text, home) == {place}


@pytest.mark.parametrize(("text", "home"), NOT_OURS)
def test_what_a_state_or_the_country_does_is_nobodys_here(text: str, home: str) -> None:
    assert governments(text, home) == set()
