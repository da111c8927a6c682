"""Names that a paper shortens, joins or cuts from a longer one, and a person who bears the name of a town."""

import pytest

from tracker.read.places.finder import MentionFinder, NameMention
from tracker.read.places.gazetteer import load
from tracker.read.places.levels import GovernmentLevel

PREFIX = "ocd-division/country:us/"


@pytest.fixture(scope="module")
def finder() -> MentionFinder:
    return MentionFinder(load())


def found(finder: MentionFinder, text: str, home: str | None) -> list[NameMention]:
    return finder.find(text, load().parse_home(home) if home else None)


def ids(mention: NameMention) -> set[str]:
    return {place.id.removeprefix(PREFIX) for place in mention.candidates}


COUNTIES = [
    ("Daviess Fiscal Court met late.", None, "Daviess", "state:ky/county:daviess"),
    ("Wake County had been in it; Wake left in May.", None, "Wake", "state:nc/county:wake"),
    ("Howard adopted the rule.", "Baltimore, MD", "Howard", "state:md/county:howard"),
    ("The Terrebonne council met in the parish hall.", "Houma, LA", "Terrebonne", "state:la/parish:terrebonne"),
    ("Frederick and Howard counties joined.", "Frederick, MD", "Frederick", "state:md/county:frederick"),
    ("Polk, Dallas and Story counties joined.", "Des Moines, IA", "Polk", "state:ia/county:polk"),
    ("Hall, Lea and Kitsap counties joined.", None, "Kitsap", "state:wa/county:kitsap"),
    ("Of ten counties, Belknap, Grafton and Rockingham joined.", "Concord, NH", "Grafton", "state:nh/county:grafton"),
    ("Kitsap voters said no.", "Seattle, WA", "Kitsap", "state:wa/county:kitsap"),
    ("The Milwaukee sheriff spoke.", "Milwaukee, WI", "Milwaukee", "state:wi/county:milwaukee"),
]


@pytest.mark.parametrize(("text", "home", "name", "county"), COUNTIES)
def test_a_county_is_known_by_its_short_name(
    finder: MentionFinder, text: str, home: str | None, name: str, county: str
) -> None:
    mention = [m for m in found(finder, text, home) if m.name == name][-1]
    assert mention.level is GovernmentLevel.COUNTY
    assert county in ids(mention)


NO_COUNTIES = [
    ("Daviess spoke at length.", None),
    ("Daviess Circuit Court ruled for him.", None),
    ("Wake left it in May.", None),
    ("Ken Howard spoke first. Howard left early.", "Baltimore, MD"),
    ("Iowa voters said no.", "Des Moines, IA"),
    ("Mayor Hancock vetoed it. Hancock was alone.", "Denver, CO"),
    ("They voted in Independence Hall; the Chamber of Commerce did not.", "Los Angeles, CA"),
]


@pytest.mark.parametrize(("text", "home"), NO_COUNTIES)
def test_a_name_alone_is_no_county(finder: MentionFinder, text: str, home: str | None) -> None:
    assert found(finder, text, home) == []


@pytest.mark.parametrize("name", ["Foxboro", "Foxborough"])
def test_newspapers_spell_a_borough_short(finder: MentionFinder, name: str) -> None:
    (mention,) = found(finder, f"Selectmen in {name} met late.", "Boston, MA")
    assert ids(mention) == {"state:ma/place:foxborough"}


def test_a_town_that_is_spelled_short_itself_is_meant_first(finder: MentionFinder) -> None:
    (mention,) = found(finder, "Police in Hillsboro met late.", None)
    assert "state:or/place:hillsboro" in ids(mention)


def test_ellicott_city_is_not_ellicott(finder: MentionFinder) -> None:
    assert found(finder, "Shops in Ellicott City opened.", "Baltimore, MD") == []


def test_the_clerk_of_ellicott_is(finder: MentionFinder) -> None:
    (mention,) = found(finder, "The Ellicott city clerk spoke.", "Buffalo, NY")
    assert mention.name == "Ellicott"


SPEAKERS = [
    ("Piqua said the rule is fair.", []),
    ("Trotwood thanked the crowd.", []),
    ("Piqua adopted the rule.", ["Piqua"]),
    ("The Trotwood council said so.", ["Trotwood"]),
    ("Cincinnati said the rule is fair.", ["Cincinnati"]),
]


@pytest.mark.parametrize(("text", "names"), SPEAKERS)
def test_a_small_town_that_says_something_is_a_person(finder: MentionFinder, text: str, names: list[str]) -> None:
    assert [m.name for m in found(finder, text, "Dayton, OH")] == names


LEVELS = [
    ("The Indianapolis City-County Council met.", "Indianapolis, IN", GovernmentLevel.COUNTY),
    ("Cobb commissioners met.", "Atlanta, GA", GovernmentLevel.COUNTY),
    ("The Kettering health board met.", "Dayton, OH", GovernmentLevel.CITY),
    ("Every Dayton officer has one.", "Dayton, OH", GovernmentLevel.BARE),
]


@pytest.mark.parametrize(("text", "home", "level"), LEVELS)
def test_the_words_beside_a_name_tell_whose_they_are(
    finder: MentionFinder, text: str, home: str, level: GovernmentLevel
) -> None:
    (mention,) = found(finder, text, home)
    assert mention.level is level


def test_the_commissioners_of_a_town_without_a_county_of_its_name_are_the_towns(finder: MentionFinder) -> None:
    (mention,) = found(finder, "The Rehoboth Beach commissioners met.", "Lewes, DE")
    assert ids(mention) == {"state:de/place:rehoboth_beach"}
