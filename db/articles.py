"""Articles: stored once whatever number of feeds bring them, and what the reader made of them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

from sqlmodel import Session, col, func, select, update

from db.convert import to_model
from db.insert import BATCH, insert_missing
from db.tables import ArticleRow
from db.values import checked_address, storable
from tracker.model import Article, Reading

UNREAD = ""
"""The reader version of an article that no reader has read."""


def article_id(session: Session, url: str) -> int | None:
    """The id of the article at this canonical address."""
    return session.exec(select(ArticleRow.id).where(ArticleRow.url == url)).one_or_none()


def article(session: Session, article_id: int) -> Article | None:
    """The stored article; its `id` is the key as text."""
    row = session.get(ArticleRow, article_id)
    return _article(row) if row else None


def store_article(
    session: Session, article: Article, now: datetime, *, feed_id: int | None = None, replace_text: bool = False
) -> tuple[int, bool]:
    """Stores an article by its canonical address; returns its key and whether there is something new to read.

    An address that is known keeps what is stored. With `replace_text` another text or title takes its place and waits
    to be read again (an archive that was corrected). Raises BadInput for an address over 2,000 bytes.
    """
    values = _values(article) | {"feed_id": feed_id, "stored_at": now}
    known = session.exec(select(ArticleRow).where(ArticleRow.url == values["url"])).one_or_none()
    if known is None:
        insert_missing(session, ArticleRow, [values])
        return _key(session, values["url"]), True
    if not replace_text or (known.text_hash, known.title) == (values["text_hash"], values["title"]):
        return known.id or 0, False
    changed = {name: value for name, value in values.items() if name not in ("url", "feed_id")}
    known.sqlmodel_update({**changed, "reader_version": UNREAD, "report": "", "signature": None})
    session.flush()
    return known.id or 0, True


def _values(article: Article) -> dict[str, Any]:
    moment = article.published_at
    text = storable(article.text)
    return {
        "url": checked_address(storable(article.url)),
        "title": storable(article.title),
        "text": text,
        "text_hash": text_hash(text),
        "published": article.published,
        "published_at": moment if moment is None or moment.tzinfo else moment.replace(tzinfo=UTC),
        "publisher": storable(article.publisher),
        "source_home": article.source_home,
    }


def text_hash(text: str) -> str:
    """SHA-256 of the text in UTF-8, in hexadecimal: a quote's offsets hold as long as it does."""
    return sha256(text.encode()).hexdigest()


def _key(session: Session, url: str) -> int:
    return session.exec(select(ArticleRow.id).where(ArticleRow.url == url)).one() or 0


def unread(session: Session, limit: int) -> tuple[Article, ...]:
    """At most `limit` articles that no reader has read, in the order in which they came."""
    return _by_version(session, UNREAD, limit)


def read_by_others(
    session: Session, version: str, *, since: date = date.min, limit: int = BATCH
) -> Iterator[tuple[Article, ...]]:
    """The articles published since a day that another reader version read last, in batches of `limit`.

    Those that are marked as read by `version` meanwhile do not come again: kill it and run it again."""
    for other in _versions(session):
        after = 0
        while other != version and (batch := _by_version(session, other, limit, after, since)):
            yield batch
            after = int(batch[-1].id)


def _versions(session: Session) -> Iterator[str]:
    """The reader versions that occur, each found by one step into the index."""
    found: str | None = UNREAD
    while found := session.exec(
        select(func.min(ArticleRow.reader_version)).where(col(ArticleRow.reader_version) > found)
    ).one():
        yield found


def _by_version(
    session: Session, version: str, limit: int, after: int = 0, since: date = date.min
) -> tuple[Article, ...]:
    query = (
        select(ArticleRow)
        .where(ArticleRow.reader_version == version, col(ArticleRow.id) > after)
        .order_by(col(ArticleRow.id))
        .limit(limit)
    )
    if since > date.min:
        query = query.where(col(ArticleRow.published) >= since)
    return tuple(_article(row) for row in session.exec(query))


def mark_read(session: Session, article_id: int, reading: Reading, version: str, now: datetime) -> None:
    """Notes what the reader of this version made of the article (its findings are recorded apart)."""
    values = {"read_at": now, "reader_version": version, **reading.model_dump(include={"is_change", "score", "reason"})}
    session.exec(update(ArticleRow).where(col(ArticleRow.id) == article_id).values(**values))


def _article(row: ArticleRow) -> Article:
    return to_model(row, Article, id=str(row.id))
