"""An article of which only is known when it was first seen: no date is reckoned from that day."""

import pytest
from reading import reader

from tracker.model import Article, Basis, PublishedBasis, Reading

TEXT = """The Milwaukee Common Council on Tuesday adopted an ordinance that bans chokeholds by city police.

The ordinance takes effect Sept. 1, 2017, the council said. Mayor Tom Barrett signed the measure Wednesday.

A companion ordinance on body cameras will take effect August 15.

The council also adopted a resolution last month that requires officers to file reports.

The rule on curfews was adopted on March 3, 2016, and the fee ordinance takes effect 30 days after passage.

About forty people were at city hall, where the council has its meetings, to hear about the ordinance."""


def read(
    basis: PublishedBasis, text: str = TEXT, title: str = "Milwaukee council bans chokeholds by police"
) -> Reading:
    article = Article(
        id="1",
        url="https://bugle.example/1",
        title=title,
        text=text,
        published="2017-07-05",
        published_basis=basis,
        source_home="Milwaukee, WI",
    )
    return reader().read(article)


def dates(reading: Reading) -> set[tuple[str, str, Basis]]:
    return {(str(found.stage), str(found.date or ""), found.basis) for found in reading.findings}


@pytest.mark.parametrize("basis", [PublishedBasis.STATED, PublishedBasis.PAGE])
def test_from_a_day_that_is_known_dates_are_reckoned(basis: PublishedBasis) -> None:
    found = dates(read(basis))
    assert ("adopted", "2017-07-04", Basis.RELATIVE) in found
    assert ("effective", "2017-08-15", Basis.STATED) in found


def test_from_a_day_that_is_not_known_only_dates_with_their_year_stand() -> None:
    reading = read(PublishedBasis.SEEN)
    assert reading.is_change
    assert {(stage, date) for stage, date, basis in dates(reading) if basis is not Basis.REPORTED} == {
        ("effective", "2017-09-01"),
        ("adopted", "2016-03-03"),
    }
    assert all(found.date is None for found in reading.findings if found.basis is Basis.REPORTED), "no month stands in"
    undated = [(found.stage, found.jurisdiction) for found in reading.findings if found.date is None]
    assert len(undated) == len(set(undated)), "what only its days told apart is one"
    assert reading.findings[0].primary
    assert "on Tuesday adopted" in reading.findings[0].quote


TOLD = ("on Tuesday", "last month", "on July 3", "earlier this year", "30 days after a vote on Monday", "two years ago")
TOLD += ("immediately upon passage Tuesday", "in September", "on Sept. 5", "Friday")
RULE = "The Milwaukee Common Council has an ordinance that bans chokeholds by city police."
HALL = TEXT.rpartition("\n\n")[2]


@pytest.mark.parametrize("told", TOLD)
def test_no_expression_without_a_year_gives_a_date(told: str) -> None:
    for stage in (f"The council adopted the ordinance {told}.", f"The ordinance took effect {told}."):
        reading = read(PublishedBasis.SEEN, f"{RULE} {stage}\n\n{HALL}")
        assert {date for _, date, _ in dates(reading)} == {""}, told
        assert reading.findings[0].primary


@pytest.mark.parametrize("told", ["Thursday", "on August 15", "30 days after passage", "immediately"])
def test_a_start_that_lay_ahead_is_no_start_that_has_happened(told: str) -> None:
    text = f"{RULE} The ordinance takes effect {told}.\n\n{HALL}"
    assert {stage for stage, _, _ in dates(read(PublishedBasis.STATED, text, ""))} == {"effective"}
    reading = read(PublishedBasis.SEEN, text, "")
    assert (reading.is_change, reading.findings) == (False, ())
    assert "nothing tells on which day the article ran" in reading.reason
    with_year = read(PublishedBasis.SEEN, text.replace(told, "on Aug. 15, 2017"), "")
    assert dates(with_year) == {("effective", "2017-08-15", Basis.STATED)}
