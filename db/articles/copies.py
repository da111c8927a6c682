"""Groups an article with its near-identical copies: wire stories count as one report."""

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, bindparam, exists, select
from sqlmodel import Session, col, update

from db.mapping import batches
from db.tables.sources import RecordRow
from db.tables.timeline import ArticleRow, FindingRow
from tracker.model import OcdId
from tracker.timeline.copies import COPY_DAYS, are_copies, may_be_copies, report_name, signature

HEAD = [col(getattr(ArticleRow, name)) for name in ("id", "published", "url", "text_hash", "report", "signature")]


# Put together once, as in findings.py.
_ARTICLE: Select[Any] = select(*HEAD, col(ArticleRow.text)).where(col(ArticleRow.id) == bindparam("article"))
_IS_RECORD: ColumnElement[bool] = exists().where(col(RecordRow.article_id) == col(ArticleRow.id))
_RECORD: Select[Any] = select(*HEAD).where(col(ArticleRow.id) == bindparam("article"), _IS_RECORD)
_NEIGHBOURS: Select[Any] = (
    select(*HEAD)
    .where(
        col(ArticleRow.id).in_(
            select(col(FindingRow.article_id)).where(
                col(FindingRow.jurisdiction).in_(bindparam("places", expanding=True))
            )
        ),
        col(ArticleRow.published).between(bindparam("first"), bindparam("last")),
        col(ArticleRow.id) != bindparam("article"),
        ~_IS_RECORD,
    )
    .order_by(col(ArticleRow.id))
)
_TEXT: Select[Any] = select(col(ArticleRow.text)).where(col(ArticleRow.id) == bindparam("article"))
_GROUP: Select[Any] = select(*HEAD).where(col(ArticleRow.report).in_(bindparam("reports", expanding=True)))


def group_copies(session: Session, article_id: int, places: Collection[OcdId]) -> set[int]:
    """Gives the article its report and joins the groups that it is a copy of. The actions of one matter have one text
    and are no copies: a record is a report of its own.

    Compared are the articles with findings on one of `places` that ran within COPY_DAYS. Returns the keys of the
    articles whose report changed. The outcome does not depend on the order in which articles come.
    """
    if record := session.connection().execute(_RECORD, {"article": article_id}).one_or_none():
        name = report_name([(record.published, record.url, record.text_hash)])
        session.exec(update(ArticleRow).where(col(ArticleRow.id) == article_id).values(report=name))
        return {article_id} if record.report != name else set()
    article = session.connection().execute(_ARTICLE, {"article": article_id}).one()
    sketch = article.signature or signature(article.text)
    reports = {row.report for row in _copies(session, article, sketch, places)} | {article.report} - {""}
    members = [article, *(_group(session, reports) if reports else [])]
    name = report_name((member.published, member.url, member.text_hash) for member in members)
    changed = {member.id for member in members if member.report != name}
    _note(session, article, sketch, name)
    for batch in batches(sorted(changed - {article.id})):
        session.exec(update(ArticleRow).where(col(ArticleRow.id).in_(batch)).values(report=name))
    return changed


def _note(session: Session, article: Row[Any], sketch: bytes, name: str) -> None:
    new = {"signature": sketch, "report": name}
    if (article.signature, article.report) != (sketch, name):
        session.exec(update(ArticleRow).where(col(ArticleRow.id) == article.id).values(new))


def _copies(session: Session, article: Row[Any], sketch: bytes, places: Collection[OcdId]) -> list[Row[Any]]:
    """The neighbours whose texts are copies of the article's; texts are loaded only where the signatures agree.

    A neighbour without a report waits to be read, and looks for its copies itself then."""
    near = timedelta(COPY_DAYS)
    values = {"first": article.published - near, "last": article.published + near, "article": article.id}
    neighbours = session.connection().execute(_NEIGHBOURS, values | {"places": sorted(places)}).all()
    grouped = [row for row in neighbours if row.report]
    alike = [row for row in grouped if may_be_copies(row.signature or _sign(session, row), sketch)]
    return [row for row in alike if are_copies(article.text, _text(session, row.id))]


def _sign(session: Session, article: Row[Any]) -> bytes:
    """Makes the signature of an article that lost it, as all did that another scheme had made."""
    sketch = signature(_text(session, article.id))
    same_text = (col(ArticleRow.id) == article.id, col(ArticleRow.text_hash) == article.text_hash)
    session.exec(update(ArticleRow).where(*same_text).values(signature=sketch))
    return sketch


def _text(session: Session, article_id: int) -> str:
    return str(session.connection().execute(_TEXT, {"article": article_id}).scalar_one())


def _group(session: Session, reports: Collection[str]) -> Sequence[Row[Any]]:
    return session.connection().execute(_GROUP, {"reports": sorted(reports)}).all()
