"""A page of several briefs: each is read by itself, and the page stays one article with exact quotes."""

from support.articles.reader import article, explain, seen
from tracker.read.briefs import briefs

DAYTON = (
    "DAYTON, Ohio — The Dayton City Commission voted 5-2 Tuesday to ban tents in city parks. The ban takes effect "
    "June 1. About forty people were at city hall to hear about the ordinance, and most of them asked to wait."
)
XENIA = (
    "XENIA — Residents told the council about the noise near the ball fields on July 20, when a fair was held there. "
    "Members thanked them for coming and said that it was good to hear from the people who live in the neighborhood."
)
HEADING = "Xenia looks at noise"
TEXT = f"{DAYTON}\n\n{HEADING}\n\n{XENIA}"
TITLE = "Dayton bans tents in parks; Xenia hears of noise"


def parts(text: str, title: str = TITLE) -> list[tuple[str, str]]:
    return [(each.read.title, each.read.text) for each in briefs(*seen(article(text, title)))]


def test_each_brief_has_its_heading_and_the_headline_goes_with_the_one_that_it_names() -> None:
    assert parts(TEXT) == [(TITLE, DAYTON), ("", f"{HEADING}\n\n{XENIA}")]
    other = "Noise vexes residents near ball fields"
    assert [title for title, _ in parts(TEXT, other)] == ["", other]


def test_what_is_no_page_of_briefs_is_read_as_a_whole() -> None:
    assert not parts(DAYTON)
    assert not parts(f"{DAYTON}\n\n{DAYTON}")  # one place
    assert not parts(f"{DAYTON}\n\nXENIA — The council met.")  # a list of headlines
    assert not parts(TEXT.replace("XENIA —", "XENIA:"))  # what a heading says
    assert not parts(TEXT.replace("XENIA", "NOISE"))  # no place
    assert not parts("\n\n".join([DAYTON, XENIA] * 20))  # a register, which would be read for minutes


def test_a_brief_takes_no_date_of_another_and_its_quotes_stand_in_the_page() -> None:
    told = explain(f"Posted: May 9, 2023\n\n{TEXT}", TITLE)
    assert {(str(f.stage), f.jurisdiction_name, str(f.date)) for f in told.reading.findings} == {
        ("adopted", "Dayton", "2023-05-09"),
        ("effective", "Dayton", "2023-06-01"),
    }
    given = told.document.given.text
    assert all(given[f.start : f.end] == f.quote for f in told.reading.findings)
    assert [f.primary for f in told.reading.findings] == [True, False]
    assert "a page of 2 briefs" in told.reading.reason
    assert sum(line.startswith("another brief of the page: ") for line in told.lines()) == 1
