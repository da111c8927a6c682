"""What people look for at the desk: articles by words, a page at a time; one article with what it says."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, or_, select
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, func

from db.articles import articles
from db.tables.opinions import OpinionRow
from db.tables.timeline import ArticleRow, EvidenceRow, FindingRow
from db.timeline.findings import findings_of
from db.values import StoredArticle, utc
from tracker.model import Finding, Witness


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
class HeldFinding:
    """A finding of an article, and the id of the entry that holds it, if one does."""

    finding: Finding
    entry: str | None


LINE = tuple(col(getattr(ArticleRow, "id" if name == "key" else name)) for name in ArticleLine.__slots__)


_DIFFER = col(OpinionRow.differ).is_(True)


def _within(column: Mapped[str], word: str) -> ColumnElement[bool]:
    return func.lower(column).contains(word, autoescape=True)


def article_lines(
    session: Session, words: str, limit: int, offset: int, *, changes_only: bool = False, differ_only: bool = False
) -> list[ArticleLine]:
    """The articles with all the words in headline, publisher or address, by the day on which they ran, the last first;
    of one day those that came last. `differ_only`: those that two witnesses read differently."""
    order = col(ArticleRow.published).desc(), col(ArticleRow.id).desc()
    query = select(*LINE).order_by(*order).limit(limit).offset(offset)
    for word in words.lower().split():
        told = (ArticleRow.title, ArticleRow.publisher, ArticleRow.url)
        query = query.where(or_(*(_within(col(column), word) for column in told)))
    if changes_only:
        query = query.where(col(ArticleRow.is_change).is_(True))
    if differ_only:
        query = query.join(OpinionRow, col(OpinionRow.article_id) == col(ArticleRow.id)).where(_DIFFER)
    return [_line(row) for row in session.execute(query)]


def some_differ(session: Session) -> bool:
    """Whether two witnesses read any article differently."""
    return session.scalars(select(col(OpinionRow.article_id)).where(_DIFFER).limit(1)).first() is not None


def article(session: Session, key: int) -> tuple[StoredArticle, ArticleLine, list[HeldFinding]] | None:
    """An article with its text, what the reader made of it, and what it says in its order."""
    found = articles.article(session, key)
    if found is None:
        return None
    line = _line(session.execute(select(*LINE).where(col(ArticleRow.id) == key)).one())
    held = select(col(EvidenceRow.finding_id), col(EvidenceRow.entry_id)).join(
        FindingRow, col(FindingRow.id) == col(EvidenceRow.finding_id)
    )
    holders = {row.finding_id: row.entry_id for row in session.execute(held.where(col(FindingRow.article_id) == key))}
    told = [HeldFinding(finding, holders.get(number)) for number, finding in findings_of(session, key).items()]
    return found, line, [one for one in told if one.entry or one.finding.witness is not Witness.RECORD]


def _line(row: Row[Any]) -> ArticleLine:
    told = dict(zip(ArticleLine.__slots__, row, strict=True))
    return ArticleLine(**told | {"read_at": utc(told["read_at"])})
