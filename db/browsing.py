"""What people look for at the desk: entries and articles by words, a page at a time."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, or_, select
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, func

from db import articles
from db.entries import completed
from db.filters import EntryFilter, narrowed
from db.findings import findings_of
from db.tables import ArticleRow, EntryRow, EvidenceRow, FindingRow, PolicyRow
from db.values import StoredArticle, utc
from tracker.model import Entry, Finding


@dataclass(frozen=True, slots=True)
class ArticleLine:
    """An article in a list, with what the reader made of it. `read_at` None: it waits to be read."""

    key: int
    url: str
    title: str
    publisher: str
    published: date
    read_at: datetime | None
    is_change: bool | None
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Told:
    """What an article says in one place, and the id of the entry that holds it, if one does."""

    finding: Finding
    entry: str | None


LINE = tuple(col(getattr(ArticleRow, "id" if name == "key" else name)) for name in ArticleLine.__slots__)


def entries(session: Session, wanted: EntryFilter, words: str, limit: int, offset: int) -> list[Entry]:
    """The wanted entries that hold all the words, or whose own id or policy's is what was asked; the latest first."""
    query = narrowed(wanted)
    if words:
        query = query.join(PolicyRow, col(PolicyRow.id) == col(EntryRow.policy)).where(_holds_all(words))
    rows = session.execute(
        query.order_by(col(EntryRow.date).desc(), col(EntryRow.id).desc()).limit(limit).offset(offset)
    )
    return completed(session, rows.all())


def _holds_all(words: str) -> ColumnElement[bool]:
    told = (EntryRow.title, EntryRow.jurisdiction_name, EntryRow.body, EntryRow.subject, EntryRow.identifier)
    inside = [
        or_(*(_within(col(column), word) for column in (*told, PolicyRow.name))) for word in words.lower().split()
    ]
    named = or_(col(EntryRow.id) == words, col(EntryRow.policy) == words)
    return or_(named, and_(*inside))


def _within(column: Mapped[str], word: str) -> ColumnElement[bool]:
    return func.lower(column).contains(word, autoescape=True)


def article_lines(
    session: Session, words: str, limit: int, offset: int, *, changes_only: bool = False
) -> list[ArticleLine]:
    """The articles with all the words in headline, publisher or address; those that came last first."""
    query = select(*LINE).order_by(col(ArticleRow.id).desc()).limit(limit).offset(offset)
    for word in words.lower().split():
        told = (ArticleRow.title, ArticleRow.publisher, ArticleRow.url)
        query = query.where(or_(*(_within(col(column), word) for column in told)))
    if changes_only:
        query = query.where(col(ArticleRow.is_change).is_(True))
    return [_line(row) for row in session.execute(query)]


def article(session: Session, key: int) -> tuple[StoredArticle, ArticleLine, list[Told]] | None:
    """An article with its text, what the reader made of it, and what it says in its order."""
    found = articles.article(session, key)
    if found is None:
        return None
    line = _line(session.execute(select(*LINE).where(col(ArticleRow.id) == key)).one())
    held = select(col(EvidenceRow.finding_id), col(EvidenceRow.entry_id)).join(
        FindingRow, col(FindingRow.id) == col(EvidenceRow.finding_id)
    )
    holders = {row.finding_id: row.entry_id for row in session.execute(held.where(col(FindingRow.article_id) == key))}
    told = [Told(finding, holders.get(number)) for number, finding in findings_of(session, key).items()]
    return found, line, told


def _line(row: Row[Any]) -> ArticleLine:
    told = dict(zip(ArticleLine.__slots__, row, strict=True))
    return ArticleLine(**told | {"read_at": utc(told["read_at"])})
