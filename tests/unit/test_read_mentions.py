"""What an article mentions: every date, place, body and instrument that a step could take, with exact offsets."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.articles.reader import COUNTRY, article, seen
from support.articles.respaced import WAYS
from tracker.model import Kind
from tracker.partial_date import PartialDate
from tracker.read.mentions import MOST, Mentions, Span
from tracker.read.places.levels import GovernmentLevel, plain
from tracker.read.text.document import Document

TITLE = "Dayton bans tents"
TEXT = (
    "DAYTON, Ohio — The Dayton City Commission voted 5-2 Tuesday to adopt Ordinance No. 2023-44, which bans tents. "
    "It takes effect 30 days after adoption.\n\nCommissioners met in March. Oregon has such a ban, and so has "
    "nearby Xenia.\n\nSheriff Bob Streck of Montgomery County signed a 287(g) agreement on July 6, 2017. A school "
    "board has a dress code, and a company has none."
)


def found(text: str = TEXT, title: str = TITLE, home: str | None = "Dayton, OH") -> Mentions:
    return seen(article(text, title, home=home))[1]


def spans(mentions: Mentions) -> Iterator[Span]:
    for kind in (mentions.dates, mentions.places, mentions.bodies, mentions.instruments):
        yield from (mention.span for mention in kind)


def words(document: Document, span: Span) -> str:
    return (document.read.title if span.in_title else document.read.text)[span.start : span.end]


def dates(text: str) -> set[tuple[str, str]]:
    """(words, value) of every choice; a bare distance has the value ""."""
    document, mentions = seen(article(text))
    return {(words(document, choice.span), str(choice.value or "")) for choice in mentions.dates}


DATES = [
    ("It met Tuesday.", {("Tuesday", "2023-05-09"), ("Tuesday", "2023-05-16")}),
    ("It met in March.", {("March", "2023-03"), ("March", "2024-03")}),
    ("It met on July 6, 2017.", {("July 6, 2017", "2017-07-06")}),
    ("It met last month.", {("last month", "2023-04")}),
    ("It starts 30 days after adoption.", {("30 days after", "")}),
    ("It met yesterday.", {("yesterday", "2023-05-09")}),
    ("It met.", set()),
    ("It starts 30 days from Monday.", {("30 days from Monday", "2023-06-07"), ("30 days from Monday", "2023-06-14")}),
    ("It passed on Election Day.", {("Election Day", "2022-11-08"), ("Election Day", "2023-11-07")}),
    ("In 2021 voters approved it.", {("2021", "2021")}),
    ("it met thursday.", {("thursday", "2023-05-04"), ("thursday", "2023-05-11")}),
    ("It met on the 3rd.", {("the 3rd", "2023-05-03"), ("the 3rd", "2023-06-03")}),
    ("It sat on the 9th floor.", set()),
    ("It met Nov. 7 of 2016.", {("Nov. 7 of 2016", "2016-11-07")}),
]
FURTHER = [
    ("Police have worn cameras for about two years.", "2021"),
    ("The ban has held for six months.", "2022-11"),
    ("It is four months since the council met.", "2023-01"),
    ("A few weeks ago it met.", "2023"),
    ("Two weeks ago it met.", "2023-04-26"),
    ("Two years after it banned tents, it met.", "2021"),
    ("It starts in 30 days.", "2023-06"),
    ("It ran out at midnight.", "2023-05-10"),
    ("It will be 120 days before the ban takes effect.", "2023-09"),
    ("Shops have six months until it starts.", "2023-11"),
    ("It starts a year from now.", "2024-05"),
    ("It came up in 2019. On June 18 it was put off.", "2019-06-18"),
]


@pytest.mark.parametrize(("text", "wanted"), DATES)
def test_a_date_is_there_with_every_value_that_it_may_have(text: str, wanted: set[tuple[str, str]]) -> None:
    assert dates(text) == wanted


@pytest.mark.parametrize(("text", "value"), FURTHER)
def test_what_is_less_likely_stands_last_and_apart(text: str, value: str) -> None:
    mentions = found(text, "")
    assert value in {str(choice.value) for choice in mentions.dates[-mentions.further_dates :]}
    assert value not in {str(choice.value) for choice in mentions.likely().dates}


RIVALS = [
    ("Louisville banned no-knock warrants.", "Cincinnati, OH", "Louisville, KY"),
    ("Fairfax turned the noise down. Supervisors voted.", "Richmond, VA", "Fairfax County, VA"),
]


@pytest.mark.parametrize(("text", "home", "label"), RIVALS)
def test_what_a_name_may_mean_as_well_stands_last_and_apart(text: str, home: str, label: str) -> None:
    mentions = found(text, "", home)
    assert label in {place.label for place in mentions.jurisdictions}
    assert mentions.likely().jurisdictions == mentions.jurisdictions[: -mentions.further_places]


def test_a_distance_keeps_its_days() -> None:
    (choice,) = found("It takes effect 30 days after adoption.", "").dates
    assert (choice.value, choice.mention.days) == (None, 30)


def test_the_value_as_first_read_stands_before_the_other() -> None:
    past, ahead = found("The council met Tuesday.", "").dates
    assert (past.value, ahead.value) == (PartialDate(2023, 5, 9), PartialDate(2023, 5, 16))


def test_every_body_is_there_with_its_level_but_for_those_of_others() -> None:
    bodies = {(mention.words, mention.level) for mention in found().bodies}
    assert bodies >= {
        ("city commission", GovernmentLevel.CITY),
        ("commissioners", GovernmentLevel.COUNTY),
        ("sheriff", GovernmentLevel.COUNTY),
    }
    assert not any(level is GovernmentLevel.FOREIGN for _, level in bodies)
    assert not {"school board", "it", "they", "company"} & {name for name, _ in bodies}


def test_every_instrument_is_there_by_its_noun_or_its_number() -> None:
    named = [mention.words for mention in found().instruments]
    assert {"ordinance", "287(g)", "agreement", "ban"} <= set(named)
    assert [m.words for m in found("The chief signed SOP 130 and Proposition 4.", "").instruments][-2:] == [
        "sop 130",
        "proposition 4.",
    ]


def test_the_governments_are_those_named_the_home_and_its_county_but_no_state() -> None:
    mentions = found()
    assert [place.label for place in mentions.jurisdictions] == ["Dayton, OH", "Xenia, OH", "Montgomery County, OH"]
    assert not any(place.kind is Kind.STATE for place in mentions.jurisdictions)
    assert {place.label for place in found("It rained.", "").jurisdictions} == {"Dayton, OH", "Montgomery County, OH"}


def test_a_place_that_is_named_twice_is_one_government_with_two_mentions() -> None:
    mentions = found("The Xenia council met. Xenia voted.", "", None)
    (place,) = mentions.jurisdictions
    assert place.id == f"{COUNTRY}state:oh/place:xenia"
    assert len(mentions.named(place)) == 2


def test_without_a_home_the_dateline_brings_its_county() -> None:
    labels = [place.label for place in found("PORTLAND, Maine (AP) — The county board met.", "", None).jurisdictions]
    assert labels == ["Portland, ME", "Cumberland County, ME"]


def test_the_day_in_a_dateline_is_no_date_of_a_step() -> None:
    mentions = found("DAYTON, Thursday, February 6, 2020 — The council met Tuesday.\n\nIt met Feb. 6, 2020.", "")
    assert [choice.mention.text for choice in mentions.dates] == ["Tuesday", "Tuesday", "Feb. 6, 2020"]
    assert [place.placed.jurisdiction.label for place in mentions.places] == ["Dayton, OH"]


def test_a_home_abroad_is_said() -> None:
    assert found(home="Toronto, Ontario").home_unknown
    assert not found(home=None).home_unknown


def test_the_title_and_every_sentence_can_state_a_step() -> None:
    document, mentions = seen(article(TEXT, TITLE))
    assert mentions.units[0] is None
    assert all(unit and document.read.text[unit.start : unit.end] == unit.text for unit in mentions.units[1:])
    assert len(mentions.units) == 7


@pytest.mark.parametrize("name", WAYS)
def test_offsets_are_those_of_the_article_as_it_is_read(name: str) -> None:
    document, mentions = seen(article(WAYS[name](TEXT), TITLE))
    assert [words(document, choice.span) for choice in mentions.dates] == [c.mention.text for c in mentions.dates]
    assert all(m.placed.mention.name in words(document, m.span) for m in mentions.places)
    assert all(plain(words(document, m.span)) == m.words for m in (*mentions.bodies, *mentions.instruments))


@pytest.mark.parametrize("name", ["broken at 72 columns", "broken, with carriage returns", "odd spaces and marks"])
def test_an_article_has_the_same_mentions_however_it_is_spaced(name: str) -> None:
    assert seen(article(WAYS[name](TEXT), TITLE))[1] == found()


def test_what_stands_in_the_title_comes_first() -> None:
    assert [span.in_title for span in spans(found())].count(True) == 2
    assert found().places[0].span == Span(True, 0, 6)


def test_a_register_has_so_many_mentions_and_no_more() -> None:
    register = found(
        " ".join(f"The Dayton council adopted Ordinance {n} on May {n % 28 + 1}, 2001." for n in range(900))
    )
    assert len(register.dates) == len(register.bodies) == len(register.instruments) == MOST
    assert len(register.places) <= MOST


PIECES = (
    "Dayton|Dane County|council|Tuesday|July 1|30 days after|ordinance|287(g)|in 2019|Sheriff|St.|Ohio|Measure R|“|"
    ". |, |\n\n| "
)
NEWS = st.sampled_from(PIECES.split("|"))


@given(st.lists(NEWS, max_size=30).map(" ".join), st.lists(NEWS, max_size=6).map(" ".join))
def test_every_span_lies_in_its_text(text: str, title: str) -> None:
    document, mentions = seen(article(text, title))
    assert all(words(document, span).strip() for span in spans(mentions))
