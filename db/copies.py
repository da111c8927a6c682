"""Groups an article with its near-identical copies: wire stories count as one report."""

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Row, select
from sqlmodel import Session, col, update

from db.tables import ArticleRow, FindingRow
from tracker.model import OcdId
from tracker.timeline.copies import COPY_DAYS, are_copies, may_be_copies, report_name, signature

HEAD = [col(getattr(ArticleRow, name)) for name in ("id", "published", "url", "text_hash", "report", "signature")]


def group_copies(session: Session, article_id: int, places: Collection[OcdId]) -> set[int]:
    """Gives the article its report and joins the groups that it is a copy of.

    Compared are the articles with findings on one of `places` that ran within COPY_DAYS. Returns the keys of the
    articles whose report changed. The outcome does not depend on the order in which articles come.
    """
    article = session.execute(select(*HEAD, col(ArticleRow.text)).where(col(ArticleRow.id) == article_id)).one()
    sketch = article.signature or signature(article.text)
    members = [article, *_groups(session, _copies(session, article, sketch, places))]
    if article.report:
        members += _group(session, [article.report])
    name = report_name((member.published, member.url, member.text_hash) for member in members)
    changed = {member.id for member in members if member.report != name}
    if article.signature is None:
        session.exec(update(ArticleRow).where(col(ArticleRow.id) == article_id).values(signature=sketch))
    if changed:
        session.exec(update(ArticleRow).where(col(ArticleRow.id).in_(changed)).values(report=name))
    return changed


def _copies(session: Session, article: Row[Any], sketch: bytes, places: Collection[OcdId]) -> list[Row[Any]]:
    """The neighbours whose texts are copies of the article's; texts are loaded only where the signatures agree."""
    near = timedelta(COPY_DAYS)
    neighbours = (
        select(*HEAD)
        .where(
            col(ArticleRow.id).in_(
                select(col(FindingRow.article_id)).where(col(FindingRow.jurisdiction).in_(sorted(places)))
            ),
            col(ArticleRow.published).between(article.published - near, article.published + near),
            col(ArticleRow.id) != article.id,
        )
        .order_by(col(ArticleRow.id))
    )
    alike = [row for row in session.execute(neighbours) if row.signature and may_be_copies(row.signature, sketch)]
    return [row for row in alike if are_copies(article.text, _text(session, row.id))]


def _text(session: Session, article_id: int) -> str:
    return str(session.scalars(select(col(ArticleRow.text)).where(col(ArticleRow.id) == article_id)).one())


def _groups(session: Session, copies: Sequence[Row[Any]]) -> Sequence[Row[Any]]:
    return _group(session, {row.report for row in copies}) if copies else []


def _group(session: Session, reports: Collection[str]) -> Sequence[Row[Any]]:
    return session.execute(select(*HEAD).where(col(ArticleRow.report).in_(sorted(reports)))).all()
