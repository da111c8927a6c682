"""The entries that may be news to somebody: a superset that is cheap to find. The ledger decides."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, or_, union
from sqlmodel import Session, col, select

from db.mapping import BATCH
from db.tables.timeline import ArticleRow, EntryRow, EvidenceRow, FindingRow, RevisionRow
from db.timeline.entries import select_entries, with_evidence
from db.timeline.filters import not_over
from db.withholdings import withheld
from tracker.model import Entry, Value
from tracker.partial_date import PartialDate
from tracker.publish.mail.sections import OLD_DAYS, SOON_DAYS

OPEN_DAYS = 366
"""Between two visits of a document lies a month, or an outage; what lay open for longer is no news of this week."""
SLACK_DAYS = 2
"""Readers live in days other than ours, and clocks are set back."""


class NewsWindow(Value):
    """`since`: entries opened or revised from then on; `today`: besides, those reported of late and those that start
    soon, seen from this day, whenever they were opened."""

    since: datetime
    today: date


def candidates(session: Session, window: NewsWindow) -> Iterator[Entry]:
    """The entries of the window, complete, rejected ones too, by id, without what is withheld."""
    hidden = withheld(session)
    query = select_entries().where(col(EntryRow.id).in_(candidate_ids(window))).order_by(col(EntryRow.id))
    for batch in session.execute(query.execution_options(yield_per=BATCH)).partitions():
        yield from map(hidden.entry, with_evidence(session, batch))


def news_ids(today: date) -> Select[Any]:
    """The ids of those that a mail of today may tell as news: reported of late, or to start soon."""
    return select(union(_reported(today), _starting(today)).subquery().c[0])


def last_change(session: Session) -> datetime | None:
    """When an entry was last opened or revised."""
    return session.exec(select(func.max(RevisionRow.at))).one()


def candidate_ids(window: NewsWindow) -> Select[Any]:
    """Their ids, each part by an index."""
    revised = select(col(RevisionRow.entry_id)).where(col(RevisionRow.at) >= window.since)
    return select(union(revised, _reported(window.today), _starting(window.today)).subquery().c[0])


def _reported(today: date) -> Any:
    return (
        select(col(EvidenceRow.entry_id))
        .join(FindingRow, col(FindingRow.id) == col(EvidenceRow.finding_id))
        .join(ArticleRow, col(ArticleRow.id) == col(FindingRow.article_id))
        .where(col(ArticleRow.published) >= today - timedelta(days=OLD_DAYS + SLACK_DAYS))
    )


def _starting(today: date) -> Any:
    first, last = today - timedelta(days=SLACK_DAYS), today + timedelta(days=SOON_DAYS + SLACK_DAYS)
    coarse = {
        part for day in (first, today, last) for part in (PartialDate(day.year), PartialDate(day.year, day.month))
    }
    days = (col(EntryRow.date) >= PartialDate.of(first)) & (col(EntryRow.date) <= PartialDate.of(last))
    begun, end = PartialDate.of(first - timedelta(days=OPEN_DAYS)), PartialDate.of(last)
    still = not_over(first) & (col(EntryRow.date) >= begun) & (col(EntryRow.date) <= end)
    return select(col(EntryRow.id)).where(or_(days, still, col(EntryRow.date).in_(sorted(coarse))))
