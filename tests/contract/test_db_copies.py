"""Copies of articles whose signatures are not made yet, on both engines."""

import pytest
from sqlalchemy import Engine, text
from sqlmodel import col, select

from db.articles.articles import store_article
from db.engine import reading
from db.sessions import session
from db.tables.timeline import ArticleRow
from db.timeline.recorder import record
from support.databases.recording import NOW, live
from support.timeline.cases import evidence
from tracker.model import Article
from tracker.timeline.copies import signature

WIRE = " ".join(f"The council heard speaker number {n} before it voted on the matter." for n in range(30))
CUT = "GAZETTE CITY - " + WIRE[: len(WIRE) // 2]


def run(engine: Engine, outlet: str, words: str) -> None:
    """The outlet runs a report of one and the same act in these words."""
    item = evidence(outlet=outlet)
    article = Article(id="", url=item.url, text=words, published=item.published, publisher=outlet)
    with session(engine) as opened:
        record(opened, store_article(opened, article, NOW)[0], [item.finding], NOW)


def signatures(engine: Engine) -> dict[str, bytes | None]:
    """Of each text that is stored."""
    with reading(engine) as opened:
        return dict(opened.exec(select(col(ArticleRow.text), col(ArticleRow.signature))).all())


@pytest.fixture
def unsigned(engine: Engine) -> Engine:
    """A database with the wire story and a report of one's own, none of them signed."""
    run(engine, "Post", WIRE)
    run(engine, "Own", "A reporter of our own was there and saw it all, from the first speaker to the vote.")
    with engine.begin() as connection:
        connection.execute(text("UPDATE article SET signature = NULL"))
    return engine


def test_a_copy_of_what_has_no_signature_is_found(unsigned: Engine) -> None:
    run(unsigned, "Gazette", CUT)
    (entry,) = live(unsigned)
    reports = {item.publisher: item.report for item in entry.evidence}
    assert reports["Gazette"] == reports["Post"] != reports["Own"]


def test_signatures_are_made_when_they_are_needed(unsigned: Engine) -> None:
    run(unsigned, "Gazette", CUT)
    assert {signed == signature(words) for words, signed in signatures(unsigned).items()} == {True}
