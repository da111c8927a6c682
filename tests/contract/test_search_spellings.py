"""One name in several spellings is found by any of them, alike on both engines."""

import pytest
from sqlalchemy import Engine

from db.engine import reading
from db.search import query
from db.search.query import SearchRequest
from support.databases.recording import NOW, arrive
from support.mail.news import MADISON
from support.timeline.cases import MILWAUKEE, evidence
from tracker.model import Publish
from tracker.publish.search_query import parse

SAID = {
    "agreement": ("The sheriff ended the 287(g) agreement with ICE.", MILWAUKEE),
    "written as one": ("A 287g deal was signed on Tuesday.", MADISON),
    "name": ("The St. Paul council sent a letter to Ft. Worth and Mt. Vernon.", MILWAUKEE),
    "cameras": ("Officers must wear body-worn cameras at protests.", MADISON),
    "bodycam": ("Bodycam video is kept for a year.", MILWAUKEE),
}
FOUND = {
    "287g": {"agreement", "written as one"},
    "287(g)": {"agreement", "written as one"},
    '"287 g"': {"agreement", "written as one"},
    "287g agreement": {"agreement"},
    "Saint Paul": {"name"},
    "st. paul": {"name"},
    '"saint paul council"': {"name"},
    '"paul saint"': set(),
    "Fort Worth": {"name"},
    "ft worth": {"name"},
    "Mount Vernon": {"name"},
    "bodycam": {"cameras", "bodycam"},
    "bodycams": {"cameras", "bodycam"},
    "body cameras": {"cameras", "bodycam"},
    '"body camera"': {"cameras", "bodycam"},
    '"body camera video"': {"bodycam"},
    "body-worn cameras protests": {"cameras"},
    "-bodycam -287g": {"name"},
}


@pytest.fixture
def filled(engine: Engine) -> Engine:
    arrive(
        engine,
        *(
            evidence(
                outlet=f"O{at}", quote=quote, place=place, on=f"2017-0{at + 1}-01", identifier=f"sop {at}", subject=name
            )
            for at, (name, (quote, place)) in enumerate(SAID.items())
        ),
    )
    return engine


def test_any_spelling_finds_them_all(filled: Engine) -> None:
    for typed, expected in FOUND.items():
        with reading(filled) as opened:
            found = query.search(opened, SearchRequest(parse(typed)), Publish.ALL, NOW.date())
        quotes = {item.finding.quote for entry in found.entries for item in entry.evidence}
        assert {name for name, (quote, _) in SAID.items() if quote in quotes} == expected, typed
        assert found.total == len(expected), typed
