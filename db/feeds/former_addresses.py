"""Addresses that feeds and articles had before, or are known by as well: with them they are found, never doubled."""

from datetime import datetime

from sqlmodel import Session, col, select

from db.mapping import insert_missing
from db.tables import ArticleAddressRow, FeedAddressRow
from db.values import MAX_KEY_BYTES, FormerAddress, storable


def feed_was(session: Session, feed_id: int, url: str, until: datetime) -> None:
    """A feed had this address until now."""
    insert_missing(session, FeedAddressRow, [{"url": url, "feed_id": feed_id, "until": until}])


def feed_is(session: Session, url: str) -> None:
    """An address that is one of today is none of before: a feed that moved there and back has it again."""
    if row := session.get(FeedAddressRow, url):
        session.delete(row)
        session.flush()


def feed_that_was(session: Session, url: str) -> int | None:
    """The id of the feed that had this address."""
    row = session.get(FeedAddressRow, url)
    return row.feed_id if row else None


def of_feed(session: Session, feed_id: int) -> tuple[FormerAddress, ...]:
    """The former addresses of a feed, the latest first."""
    query = select(FeedAddressRow).where(FeedAddressRow.feed_id == feed_id).order_by(col(FeedAddressRow.until).desc())
    return tuple(FormerAddress(url=row.url, until=row.until) for row in session.exec(query))


def article_also(session: Session, article_id: int, url: str, now: datetime) -> None:
    """A link to this address led to an article whose own address is another one."""
    if len(url.encode()) <= MAX_KEY_BYTES:
        insert_missing(session, ArticleAddressRow, [{"url": storable(url), "article_id": article_id, "seen_at": now}])


def article_by(session: Session, url: str) -> int | None:
    """The id of the article that a link to this address led to."""
    row = session.get(ArticleAddressRow, storable(url))
    return row.article_id if row else None
