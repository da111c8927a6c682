"""Place names in news text: which words are a place, and which government stands beside them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.read.places.finder import GovernmentLevel, MentionFinder, NameMention
from tracker.read.places.gazetteer import load
from tracker.read.places.place_names import states_named


@pytest.fixture(scope="module")
def finder() -> MentionFinder:
    return MentionFinder(load())


def the_one(finder: MentionFinder, text: str) -> NameMention:
    found = finder.find(text)
    assert len(found) == 1, found
    return found[0]


GOVERNMENTS = [
    ("The Norfolk City Council met.", GovernmentLevel.CITY, "council"),
    ("Ferguson police met.", GovernmentLevel.CITY, "police"),
    ("Cincinnati's council met.", GovernmentLevel.CITY, "council"),
    ("Cincinnati’s council met.", GovernmentLevel.CITY, "council"),
    ("The mayor of Dayton spoke.", GovernmentLevel.CITY, "mayor"),
    ("St. Paul police met.", GovernmentLevel.CITY, "police"),
    ("Ste. Genevieve aldermen met.", GovernmentLevel.CITY, "aldermen"),
    ("Dane County Sheriff Kay Barr spoke.", GovernmentLevel.COUNTY, "sheriff"),
    ("Prince George's County voted.", GovernmentLevel.COUNTY, ""),
    ("Cobb sheriff Lou Dell spoke.", GovernmentLevel.COUNTY, "sheriff"),
    ("Louisville Metro Council members voted.", GovernmentLevel.CITY, ""),
    ("Coeur d'Alene police met.", GovernmentLevel.CITY, "police"),
    ("Sullivan's Island police met.", GovernmentLevel.CITY, "police"),
]


@pytest.mark.parametrize(("text", "level", "body"), GOVERNMENTS)
def test_the_government_words_beside_a_name_tell_its_level(
    finder: MentionFinder, text: str, level: GovernmentLevel, body: str
) -> None:
    mention = the_one(finder, text)
    assert mention.level is level
    assert body in mention.body


NO_PLACES = [
    "Alex Ferguson spoke. Then Ferguson left.",
    "Mike Sharp and Keybo Taylor met; later Taylor left.",
    "The Milwaukee Journal Sentinel reported it.",
    "The Columbus Dispatch said so.",
    "They drove down Lincoln Avenue.",
    "Madison Square Garden was full.",
    "Georgia troopers arrested him.",
    "Union members spoke for Liberty and Independence.",
    "Reading is fun.",
    "Mayor Columbus Reed signed it.",
    "",
]


@pytest.mark.parametrize("text", NO_PLACES)
def test_people_papers_streets_and_states_are_no_places(finder: MentionFinder, text: str) -> None:
    assert finder.find(text) == []


def test_the_state_behind_a_name_is_its_state(finder: MentionFinder) -> None:
    assert the_one(finder, "Springfield, Ill., aldermen met.").state == "IL"
    assert the_one(finder, "Hanover (N.H.) voters met.").state == "NH"
    assert the_one(finder, "Reading is fun in Reading, Pa.").state == "PA"


@pytest.mark.parametrize("text", ["MILWAUKEE (AP) — Police met.", "PORTLAND, Maine — Police met.", "Akron — It met."])
def test_the_place_of_a_dateline_is_marked(finder: MentionFinder, text: str) -> None:
    assert the_one(finder, text).dateline


def test_a_surname_does_not_hide_the_town_of_the_outlet(finder: MentionFinder) -> None:
    dayton = load().parse_home("Dayton, OH")
    assert [m.name for m in finder.find("Dayton adopted the rule.", dayton)] == ["Dayton"]


STATES = [
    ("in Wisconsin and Ohio", ["WI", "OH"]),
    ("the Oregon City Council", []),
    ("Kansas City", []),
    ("in West Virginia", ["WV"]),
    ("Washington and New York", []),
    ("in Georgia, then in Georgia again", ["GA", "GA"]),
]


@pytest.mark.parametrize(("text", "wanted"), STATES)
def test_states_are_named_where_they_are_no_part_of_a_city(text: str, wanted: list[str]) -> None:
    assert list(states_named(text)) == wanted


WORDS = st.sampled_from(
    [
        "Dayton",
        "Dane County",
        "the",
        "council",
        "St.",
        "Wis.",
        ",",
        "'s",
        " ",
        " ",
        "\n",
        "City",
        "of",
        "Police",
        "(AP) —",
    ]
)


@given(st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=30).map("".join)))
def test_offsets_hold_the_name_and_mentions_do_not_overlap(text: str) -> None:
    found = MentionFinder(load()).find(text)
    assert all(m.name in text[m.start : m.end] for m in found)
    assert all(a.start < b.start for a, b in pairwise(found))
    assert all(m.candidates for m in found)


@pytest.mark.parametrize("text", ["In Independence it held.", "Independence police met.", "Independence's mayor left."])
def test_a_word_is_a_town_where_its_government_stands_beside_it(finder: MentionFinder, text: str) -> None:
    (mention,) = finder.find(text, load().parse_home("Kansas City, MO"))
    assert mention.candidates[0].label == "Independence, MO"
