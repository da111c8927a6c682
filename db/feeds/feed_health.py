"""What feeds brought: entries that rest on them, and items that led nowhere."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlmodel import Session, col, func, select

from db.insert import batches
from db.tables import EntryRow, EvidenceRow, FindingRow, ItemRow
from tracker.gather.searches import GOOGLE_ONLY
from tracker.model import EntryStatus

MOST_REASONS = 3
"""Reasons that are told of items without an article, the commonest first."""


@dataclass(frozen=True)
class Brought:
    """Items of one feed by their state, and why some have no article: (reason, how many)."""

    states: dict[str, int] = field(default_factory=dict)
    reasons: tuple[tuple[str, int], ...] = ()


def entries_found(session: Session) -> dict[int, int]:
    """How many entries, rejected ones left out, have evidence in an article that a feed brought, by the feed's id."""
    query = (
        select(ItemRow.feed_id, func.count(func.distinct(EvidenceRow.entry_id)))
        .join(FindingRow, col(FindingRow.id) == col(EvidenceRow.finding_id))
        .join(EntryRow, col(EntryRow.id) == col(EvidenceRow.entry_id))
        .join(ItemRow, col(ItemRow.article_id) == col(FindingRow.article_id))
        .where(EntryRow.status != EntryStatus.REJECTED)
        .group_by(col(ItemRow.feed_id))
        .select_from(EvidenceRow)
    )
    return dict(session.exec(query).all())


def brought(session: Session, feed_id: int) -> Brought:
    """What became of the items of one feed."""
    of_feed = ItemRow.feed_id == feed_id
    states = select(ItemRow.state, func.count()).where(of_feed).group_by(col(ItemRow.state))
    reasons = (
        select(ItemRow.error, func.count())
        .where(of_feed, ItemRow.error != "")
        .group_by(col(ItemRow.error))
        .order_by(func.count().desc(), col(ItemRow.error))
        .limit(MOST_REASONS)
    )
    return Brought(dict(session.exec(states).all()), tuple(session.exec(reasons).all()))


def dead_ends(session: Session, feed_ids: Sequence[int]) -> dict[int, int]:
    """Of how many items of these feeds the link led only to Google's own page, by the feed's id."""
    found: dict[int, int] = {}
    for batch in batches(feed_ids):
        query = select(ItemRow.feed_id, func.count()).where(
            col(ItemRow.feed_id).in_(batch), ItemRow.error == GOOGLE_ONLY
        )
        found |= dict(session.exec(query.group_by(col(ItemRow.feed_id))).all())
    return found
