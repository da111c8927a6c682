"""Builders for the tests of the reader: one reader a session, short articles, and what was read in short form."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

from tracker.model import Article, Finding, Reading
from tracker.read.encoder.small_look import Encoder
from tracker.read.explain import Explanation
from tracker.read.mentions import Mentions, mentions
from tracker.read.places.gazetteer import load
from tracker.read.places.resolve import PlaceReader
from tracker.read.reader import Reader
from tracker.read.scorer import Scores
from tracker.read.text.document import Document, document

WEDNESDAY = date(2023, 5, 10)
"""The day on which the short articles run, unless a case says otherwise."""
HOME = "Dayton, OH"
SETTING = "About forty people were at city hall, where the council has its meetings, to hear about the ordinance."
"""A sentence of local government without any act."""
COUNTRY = "ocd-division/country:us/"


Known = dict[Article, list[tuple[Mentions, Scores]]]
"""What was said of an article as it is read; mentions cannot be keys."""

_KNOWN: defaultdict[tuple[Path, str], Known] = defaultdict(dict)
"""By the folder of the model and what was asked."""


class Remembering(Encoder):
    """The encoder, asked once about the same article with the same mentions: many tests of a process read the same
    stories again. That it would say the same a second time is shown in `tests/reading/test_read_encoder.py`."""

    def score(self, document: Document, mentions: Mentions) -> Scores:
        return _once(_KNOWN[self._folder, "score"], document, mentions, super().score)

    def at_first_sight(self, document: Document, mentions: Mentions) -> Scores:
        return _once(_KNOWN[self._folder, "at first sight"], document, mentions, super().at_first_sight)


def _once(known: Known, document: Document, mentions: Mentions, ask: Callable[[Document, Mentions], Scores]) -> Scores:
    heard = known.setdefault(document.read, [])
    for asked, scores in heard:
        if asked == mentions:
            return scores
    heard.append((mentions, ask(document, mentions)))
    return heard[-1][1]


@cache
def reader() -> Reader:
    """The one reader, with the small look alone; it asks the encoder once about what it reads again."""
    return Reader(scorer=Remembering())


@cache
def place_reader() -> PlaceReader:
    """The one reader of places."""
    return PlaceReader(load())


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


def seen(each: Article) -> tuple[Document, Mentions]:
    """An article as it is read, with all its mentions: what a scorer is given."""
    whole = document(each)
    return whole, mentions(whole, place_reader())


def explain(text: str, title: str = "", published: date = WEDNESDAY, home: str | None = HOME) -> Explanation:
    """The reading of a short article with all that led to it."""
    return reader().explain(article(text, title, published, home))


def steps(reading: Reading) -> set[tuple[str, str, str]]:
    """(place, stage, date) of every finding; a date that only the publication gives is empty."""
    return {(place_of(f), str(f.stage), day_of(f)) for f in reading.findings}


def place_of(finding: Finding) -> str:
    """`state:wi/place:milwaukee`."""
    return (finding.jurisdiction or "").removeprefix(COUNTRY)


def day_of(finding: Finding) -> str:
    """The date in EDTF, empty where the month of publication stands in."""
    return "" if finding.basis == "reported" else str(finding.date)
