"""Pages as they were fetched, compressed, so that a quote can be proven later: bytes, hash, address, kind and when."""

import zlib
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, delete, func, select

from db.mapping import BATCH, insert_missing
from db.tables.timeline import ArticleRow, FindingRow, PageRow
from db.values import FetchedPage, storable

MOST_PRUNED = 500
"""Pages deleted in one transaction."""


def keep(session: Session, article_id: int, page: FetchedPage) -> None:
    """Keeps the page of an article; one that is kept already stays."""
    row = {"article_id": article_id, "url": storable(page.url), "content_type": storable(page.content_type)}
    body = {"size": len(page.body), "sha256": sha256(page.body).hexdigest(), "packed": zlib.compress(page.body)}
    insert_missing(session, PageRow, [row | body | {"fetched_at": page.fetched_at}])


def page(session: Session, article_id: int) -> FetchedPage | None:
    """The page of an article; None where its text came from a feed or a file, or the page was deleted. Raises
    `zlib.error` where it is damaged."""
    row = session.get(PageRow, article_id)
    if row is None:
        return None
    body = zlib.decompress(row.packed)
    return FetchedPage(
        url=row.url, content_type=row.content_type, fetched_at=row.fetched_at, sha256=row.sha256, body=body
    )


def prune(session: Session, before: datetime) -> int:
    """Deletes pages that were fetched before a moment and of which nothing was found, MOST_PRUNED at a
    time. What is evidence stays for ever, and so does what waits to be read. Returns how many."""
    found = session.exec(
        select(PageRow.article_id)
        .join(ArticleRow, col(ArticleRow.id) == col(PageRow.article_id))
        .where(col(PageRow.fetched_at) < before, col(ArticleRow.reader_version) != "", ~_proves())
        .limit(MOST_PRUNED)
    ).all()
    if found:
        session.exec(delete(PageRow).where(col(PageRow.article_id).in_(found)))
    return len(found)


def _proves() -> ColumnElement[bool]:
    return select(FindingRow.id).where(FindingRow.article_id == PageRow.article_id).exists()


def count(session: Session) -> int:
    """How many pages are kept."""
    return session.exec(select(func.count()).select_from(PageRow)).one()


def check(session: Session) -> Iterator[tuple[int, list[str]]]:
    """All pages in batches: (how many, the addresses of articles whose page is not what was fetched)."""
    after = 0
    query = select(PageRow, ArticleRow.url).join(ArticleRow, col(ArticleRow.id) == col(PageRow.article_id))
    while rows := session.exec(
        query.where(col(PageRow.article_id) > after).order_by(col(PageRow.article_id)).limit(BATCH)
    ).all():
        after = rows[-1][0].article_id
        yield len(rows), [url for row, url in rows if not _is_whole(row)]
        session.expunge_all()


def _is_whole(row: PageRow) -> bool:
    try:
        return sha256(zlib.decompress(row.packed)).hexdigest() == row.sha256
    except zlib.error:
        return False
