"""Kept pages: byte for byte what was fetched, proven by its hash, and deleted only where they prove nothing."""

import zlib
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from sqlalchemy import Engine
from sqlmodel import select, update

from db.articles import articles, fetched_pages
from db.engine import reading
from db.ops.audit import MismatchKind, check_pages
from db.sessions import session
from db.tables.timeline import ArticleRow, PageRow
from db.timeline import findings
from db.values import FetchedPage
from tracker.model import Article, Finding

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
OLD = NOW - timedelta(days=100)
BODY = b"<html>\x00\xff caf\xe9 " + b"<p>The council voted.</p>" * 400
SAID = Finding(
    jurisdiction=None, jurisdiction_name="", stage="adopted", basis="reported", quote="It", start=0, end=2, score=1
)


def kept(engine: Engine, name: str = "a", body: bytes = BODY, at: datetime = NOW) -> int:
    url = f"https://news.example/{name}"
    with session(engine) as opened:
        article = Article(id="", url=url, text="It voted.", published=at.date())
        key = articles.store_article(opened, article, at)[0]
        fetched_pages.keep(opened, key, FetchedPage(url=url, content_type="text/html", fetched_at=at, body=body))
    return key


def page(engine: Engine, key: int) -> FetchedPage | None:
    with reading(engine) as opened:
        return fetched_pages.page(opened, key)


def mark_read(engine: Engine) -> None:
    with session(engine) as opened:
        opened.exec(update(ArticleRow).values(reader_version="1"))


@pytest.mark.parametrize("body", [BODY, b"", bytes(range(256)) * 1000])
def test_a_page_comes_back_byte_for_byte_with_its_hash(engine: Engine, body: bytes) -> None:
    found = page(engine, kept(engine, body=body))
    assert found == FetchedPage(
        url="https://news.example/a",
        content_type="text/html",
        fetched_at=NOW,
        sha256=sha256(body).hexdigest(),
        body=body,
    )


def test_it_is_stored_smaller(engine: Engine) -> None:
    kept(engine)
    with reading(engine) as opened:
        row = opened.exec(select(PageRow)).one()
        assert (row.size, len(row.packed) < len(BODY) / 10) == (len(BODY), True)


def test_the_first_page_of_an_article_stays(engine: Engine) -> None:
    key = kept(engine)
    assert kept(engine, body=b"another") == key
    found = page(engine, key)
    assert found
    assert found.body == BODY


def test_an_article_without_a_page_has_none(engine: Engine) -> None:
    assert page(engine, 7) is None


def test_only_old_pages_that_prove_nothing_are_deleted(engine: Engine) -> None:
    proof, nothing, new = kept(engine, "proof", at=OLD), kept(engine, "nothing", at=OLD), kept(engine, "new")
    with session(engine) as opened:
        findings.replace_findings(opened, proof, [SAID])
    mark_read(engine)
    unread = kept(engine, "unread", at=OLD)
    with session(engine) as opened:
        assert fetched_pages.prune(opened, NOW - timedelta(days=90)) == 1
        assert fetched_pages.prune(opened, NOW - timedelta(days=90)) == 0
    assert [page(engine, key) is not None for key in (proof, nothing, new, unread)] == [True, False, True, True]
    with reading(engine) as opened:
        assert len(opened.exec(select(ArticleRow)).all()) == 4, "the article itself stays"


@pytest.mark.parametrize("damage", [b"", b"no zlib", zlib.compress(b"another page")])
def test_verify_finds_a_page_that_is_another(engine: Engine, damage: bytes) -> None:
    bad = kept(engine, "bad")
    kept(engine, "good")
    with session(engine) as opened:
        opened.exec(update(PageRow).where(PageRow.article_id == bad).values(packed=damage))
    with reading(engine) as opened:
        ((count, problems),) = check_pages(opened)
    assert count == 2
    assert [(each.fault, each.where) for each in problems] == [(MismatchKind.PAGE, "https://news.example/bad")]
