"""Articles: stored once whatever number of feeds bring them, and what the reader made of them."""

from collections.abc import Collection
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select, update

from db import freshness
from db.mapping import BATCH, insert_missing, to_model
from db.tables.timeline import ArticleAddressRow, ArticleRow
from db.values import MAX_KEY_BYTES, StoredArticle, checked_address, storable, utc
from tracker.coverage import Trouble
from tracker.gather.canonical import canonical_address, siblings
from tracker.model import Article, OcdId, PublishedBasis, Reading

UNREAD = ""
"""The reader version of an article that no reader has read."""
BY_TABLE = "table"
"""The reader version of a record: a table of actions read it, and no reader reads it again."""
_FAILED = " failed"


def article_id(session: Session, url: str) -> int | None:
    """The id of the article at this canonical address, or at another form of it (`canonical.siblings`), or that a link
    to it led to."""
    forms = siblings(url)
    found = dict(session.exec(select(ArticleRow.url, ArticleRow.id).where(col(ArticleRow.url).in_(forms))).all())
    if key := next((found[form] for form in forms if form in found), None):
        return key
    row = session.get(ArticleAddressRow, storable(url))
    return row.article_id if row else None


def known_article(session: Session, url: str) -> int | None:
    """The id of the article that a person names by an address: in its canonical form, else as it is written."""
    return article_id(session, canonical_address(url)) or article_id(session, url)


def add_address(session: Session, article_id: int, url: str, now: datetime) -> None:
    """A link to this address led to an article whose own address is another one."""
    if len(url.encode()) <= MAX_KEY_BYTES:
        insert_missing(session, ArticleAddressRow, [{"url": storable(url), "article_id": article_id, "seen_at": now}])


def linked_article(session: Session, url: str, title: str) -> int | None:
    """The id of the article that an item links to, as far as is known without asking for its page. An address that led
    to an article may show another one today, so there the headline counts too."""
    key = article_id(session, url)
    row = session.get(ArticleRow, key) if key else None
    return key if row and (row.url in siblings(url) or row.title.casefold() == title.casefold()) else None


def article(session: Session, article_id: int) -> StoredArticle | None:
    """The stored article."""
    row = session.get(ArticleRow, article_id)
    return _article(row) if row else None


def store_article(
    session: Session, article: Article, now: datetime, *, feed_id: int | None = None, replace_text: bool = False
) -> tuple[int, bool]:
    """Stores an article by its canonical address; returns its key and whether there is something new to read.

    An address that is known, be it on another host or scheme, keeps what is stored. With `replace_text` another text
    or title takes its place and waits to be read again (an archive that was corrected). Raises BadInput for an address
    over 2,000 bytes.
    """
    values = _values(article) | {"feed_id": feed_id, "stored_at": now}
    key = article_id(session, values["url"])
    known = None if key is None else session.get_one(ArticleRow, key)
    if known is None:
        insert_missing(session, ArticleRow, [values])
        return _key(session, values["url"]), True
    learn_home(session, known.id or 0, article.source_home)
    if not replace_text or (known.text_hash, known.title) == (values["text_hash"], values["title"]):
        return known.id or 0, False
    changed = {name: value for name, value in values.items() if name not in ("url", "feed_id")}
    known.sqlmodel_update({**changed, "reader_version": UNREAD, "report": "", "signature": None})
    session.flush()
    freshness.touch_article(session, known.id or 0)
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
        "published_at": utc(moment),
        "published_basis": article.published_basis,
        "publisher": storable(article.publisher),
        "byline": storable(article.byline),
        "source_home": article.source_home,
    }


def learn_day(session: Session, key: int, published: date, at: datetime | None, basis: PublishedBasis) -> None:
    """Gives an article of which only was known when it was first seen its day; it waits to be read again then."""
    if basis is not PublishedBasis.SEEN:
        told = {"published": published, "published_at": at, "published_basis": basis}
        anew = {"reader_version": UNREAD, "report": "", "signature": None}
        of = (col(ArticleRow.id) == key, col(ArticleRow.published_basis) == PublishedBasis.SEEN)
        if session.exec(update(ArticleRow).where(*of).values(**told, **anew)).rowcount:
            freshness.touch_article(session, key)


def learn_home(session: Session, key: int, home: OcdId | None) -> None:
    """Gives an article that came from nobody's outlet (a news search, a feed without a home) the home of its outlet; it
    waits to be read again then."""
    if home:
        anew = {"reader_version": UNREAD, "report": "", "signature": None}
        of = (col(ArticleRow.id) == key, col(ArticleRow.source_home).is_(None))
        if session.exec(update(ArticleRow).where(*of).values(source_home=home, **anew)).rowcount:
            freshness.touch_article(session, key)


def text_hash(text: str) -> str:
    """SHA-256 of the text in UTF-8, in hexadecimal: a quote's offsets hold as long as it does."""
    return sha256(text.encode()).hexdigest()


def _key(session: Session, url: str) -> int:
    return session.exec(select(ArticleRow.id).where(ArticleRow.url == url)).one() or 0


def failed_version(version: str) -> str:
    """The reader version of an article that this version could not read."""
    return version if failed(version) else f"{version}{_FAILED}"


def failed(version: str) -> bool:
    """Whether that is the reader version of an article that could not be read."""
    return version.endswith(_FAILED)


def unread(session: Session, limit: int, but: Collection[int] = ()) -> tuple[StoredArticle, ...]:
    """At most `limit` articles that no reader has read, in the order in which they came, `but` for these keys."""
    return read_by(session, UNREAD, limit=limit, but=but)


def waiting(session: Session, version: str, limit: int, but: Collection[int] = ()) -> tuple[StoredArticle, ...]:
    """At most `limit` articles that wait for this version of the reader: unread ones, then those that another version
    could not read; `but` for these keys."""
    found = unread(session, limit, but)
    for other in _failed_versions(session):
        if len(found) < limit and other != failed_version(version):
            found += read_by(session, other, limit=limit - len(found), but=but)
    return found


def count_waiting(session: Session, version: str, most: int) -> int:
    """How many articles wait for this version of the reader, counted up to `most`."""
    versions = [UNREAD, *(other for other in _failed_versions(session) if other != failed_version(version))]
    some = select(ArticleRow.id).where(col(ArticleRow.reader_version).in_(versions)).limit(most).subquery()
    return session.exec(select(func.count()).select_from(some)).one()


def unreadable(session: Session) -> tuple[Trouble, ...]:
    """The articles that the reader last could not read, by address, with the reason."""
    names = [col(getattr(ArticleRow, name)) for name in ("url", "reason", "read_at")]
    queries = (select(*names).where(*_read_by(version, date.min)) for version in _failed_versions(session))
    rows = (row for query in queries for row in session.exec(query.order_by(col(ArticleRow.id))))
    return tuple(Trouble(name=url, what=f"the article cannot be read: {why}", since=at) for url, why, at in rows)


def _failed_versions(session: Session) -> list[str]:
    return [version for version in reader_versions(session) if failed(version)]


def reader_versions(session: Session) -> tuple[str, ...]:
    """The reader versions by which articles were read, each found by one step into the index; records left out."""
    found: list[str] = []
    while version := session.exec(
        select(func.min(ArticleRow.reader_version)).where(col(ArticleRow.reader_version) > (found or [UNREAD])[-1])
    ).one():
        found.append(version)
    return tuple(version for version in found if version != BY_TABLE)


def read_by(
    session: Session,
    version: str,
    *,
    since: date = date.min,
    after: int = 0,
    limit: int = BATCH,
    but: Collection[int] = (),
) -> tuple[StoredArticle, ...]:
    """At most `limit` articles that this reader version read last, published since a day, with ids above `after`, `but`
    for these keys."""
    query = select(ArticleRow).where(*_read_by(version, since), col(ArticleRow.id) > after)
    query = query.where(col(ArticleRow.id).not_in(but)) if but else query
    return tuple(_article(row) for row in session.exec(query.order_by(col(ArticleRow.id)).limit(limit)))


def count_read_by(session: Session, version: str, *, since: date = date.min) -> int:
    """How many articles there are of these."""
    return session.exec(select(func.count()).select_from(ArticleRow).where(*_read_by(version, since))).one()


def _read_by(version: str, since: date) -> list[ColumnElement[bool]]:
    asked = [col(ArticleRow.reader_version) == version]
    return [*asked, col(ArticleRow.published) >= since] if since > date.min else asked


def with_opinion(session: Session, article_ids: Collection[int]) -> set[int]:
    """Those of the articles in whose reading a language model was heard."""
    told = col(ArticleRow.id).in_(article_ids), col(ArticleRow.reader_version).contains("+")
    return {key for key in session.exec(select(ArticleRow.id).where(*told)) if key}


def mark_read(session: Session, article_id: int, reading: Reading, version: str, now: datetime) -> None:
    """Notes what the reader of this version made of the article (its findings are recorded apart)."""
    values = {"read_at": now, "reader_version": version, **reading.model_dump(include={"is_change", "score", "reason"})}
    session.exec(update(ArticleRow).where(col(ArticleRow.id) == article_id).values(**values))


def _article(row: ArticleRow) -> StoredArticle:
    return to_model(row, StoredArticle, id=str(row.id), key=row.id)
