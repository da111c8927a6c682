"""Builders for the tests of the reader: one reader a session, short articles, and what was read in short form."""

from datetime import date
from functools import cache

from tracker.model import Article, Finding, Reading, Stage
from tracker.read.explain import Explanation
from tracker.read.reader import Reader

WEDNESDAY = date(2023, 5, 10)
"""The day on which the short articles run, unless a case says otherwise."""
HOME = "Dayton, OH"
SETTING = "About forty people were at city hall, where the council has its meetings, to hear about the ordinance."
"""A sentence of local government without any act: alone, "The ban takes effect July 1" names no government."""
COUNTRY = "ocd-division/country:us/"


@cache
def reader() -> Reader:
    """The one reader: the model takes a second to load."""
    return Reader()


def article(
    text: str, title: str = "", published: date = WEDNESDAY, home: str | None = HOME, publisher: str = ""
) -> Article:
    """An article that needs no more than its text."""
    return Article(
        id="case",
        url="https://news.example/case",
        title=title,
        text=text,
        published=published,
        publisher=publisher,
        source_home=home,
    )


def explain(text: str, title: str = "", published: date = WEDNESDAY, home: str | None = HOME) -> Explanation:
    """The reading of a short article with all that led to it."""
    return reader().explain(article(text, title, published, home))


def told(text: str, published: date = WEDNESDAY, home: str | None = HOME) -> set[tuple[str, str]]:
    """(stage, date) of every act that the reader sees in a sentence, whether or not it would make news of it."""
    found = explain(f"{text}\n\n{SETTING}", published=published, home=home).considered
    return {(str(item.candidate.stage), str(item.candidate.date or "")) for item in found}


def stages(text: str, published: date = WEDNESDAY) -> set[str]:
    """The stages that the reader sees in a text."""
    return {stage for stage, _ in told(text, published)}


def steps(reading: Reading) -> set[tuple[str, str, str]]:
    """(place, stage, date) of every finding; a date that only the publication gives is empty."""
    return {(place_of(f), str(f.stage), day_of(f)) for f in reading.findings}


def place_of(finding: Finding) -> str:
    """`state:wi/place:milwaukee`."""
    return (finding.jurisdiction or "").removeprefix(COUNTRY)


def day_of(finding: Finding) -> str:
    """The date in EDTF, empty where the month of publication stands in."""
    return "" if finding.basis == "reported" else str(finding.date)


def primary(reading: Reading) -> Finding:
    """The news of the article."""
    return next(f for f in reading.findings if f.primary)


DONE = {str(stage) for stage in Stage if stage is not Stage.PROPOSED}
"""Stages that say that something has happened."""
