"""Passages of stored articles: which of their sentences tell steps that a council's record has
(`tracker.timeline.merging.passages`). They are looked for when an article is read and when a record comes, so that it
does not matter which of the two was first."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy import exists, or_, select
from sqlmodel import Session, col

from db.articles import articles
from db.locks import hold_timeline
from db.tables.sources import RecordRow
from db.tables.timeline import ArticleRow, FindingRow
from db.timeline.findings import OF_FILES, evidence_of_files, findings_of
from db.values import StoredArticle
from tracker.model import Finding, OcdId, Witness
from tracker.timeline.merging.passages import LATE_DAYS, WORTH, passages

LATE = timedelta(LATE_DAYS)
Said = dict[int, Sequence[Finding]]
"""What articles say, by their keys."""


def with_passages(session: Session, read: Iterable[tuple[StoredArticle, float, Sequence[Finding]]]) -> Said:
    """What articles say that were read, each with its chance of being a change and its findings, and what of it only a
    record tells. To be called before anything else is written: where there are councils it waits for the timeline."""
    told = list(read)
    said: Said = {article.key: findings for article, _, findings in told}
    worth = [article for article, score, findings in told if score >= WORTH and _places(article, findings)]
    if worth and session.scalars(select(col(RecordRow.article_id)).where(OF_FILES).limit(1)).first():
        hold_timeline(session)
        for place in sorted(set().union(*(_places(article, said[article.key]) for article in worth))):
            near = [article for article in worth if place in _places(article, said[article.key])]
            days = [article.published for article in near]
            records = evidence_of_files(session, place, min(days) - LATE, max(days))
            for article in near if records else ():
                said[article.key] = _with(said[article.key], passages(article, place, records), place)
    return said


def beside_records(session: Session, recorded: Mapping[int, Sequence[Finding]]) -> Said:
    """What articles say anew beside records that were just recorded: those whose passages have changed."""
    days: dict[OcdId, list[date]] = {}
    for told in (finding for findings in recorded.values() for finding in findings):
        if told.jurisdiction and told.date:
            days.setdefault(told.jurisdiction, []).append(told.date.first_day())
    changed: Said = {}
    for place, own in sorted(days.items()):
        near = _articles_near(session, place, min(own), max(own) + LATE)
        ran = [published for _, published in near]
        records = evidence_of_files(session, place, min(ran) - LATE, max(ran)) if near else []
        for article in filter(None, (articles.article(session, key) for key, _ in near)):
            known = changed.get(article.key) or list(findings_of(session, article.key).values())
            anew = _with(known, passages(article, place, records), place)
            if anew != known:
                changed[article.key] = anew
    return changed


def _places(article: StoredArticle, findings: Iterable[Finding]) -> set[OcdId]:
    """What an article is of: its outlet's home, and the places of what was read in it."""
    return {place for place in (article.source_home, *(told.jurisdiction for told in findings)) if place}


def _with(findings: Sequence[Finding], found: Iterable[Finding], place: OcdId) -> list[Finding]:
    """The findings with these passages in place of those that they have of the place, in one order."""
    kept = [told for told in findings if told.witness is not Witness.RECORD]
    others = [told for told in findings if told.witness is Witness.RECORD and told.jurisdiction != place]
    return kept + sorted([*others, *found], key=lambda told: (str(told.jurisdiction), told.start, told.stage.value))


def _articles_near(session: Session, place: OcdId, first: date, last: date) -> list[tuple[int, date]]:
    """The news articles of a place and these days that were read and may report a change, each with its day."""
    read_there = exists().where(col(FindingRow.article_id) == col(ArticleRow.id), col(FindingRow.jurisdiction) == place)
    query = select(col(ArticleRow.id), col(ArticleRow.published)).where(
        col(ArticleRow.published).between(first, last),
        col(ArticleRow.score) >= WORTH,
        or_(col(ArticleRow.source_home) == place, read_there),
        ~exists().where(col(RecordRow.article_id) == col(ArticleRow.id)),
    )
    return [(key or 0, published) for key, published in session.execute(query.order_by(col(ArticleRow.id)))]
