"""Items: what feeds brought, and what is still to be fetched of it."""

from collections.abc import Collection, Iterable
from dataclasses import asdict
from datetime import datetime

from sqlmodel import Session, col, select, update

from db.insert import batches, insert_missing
from db.tables import FeedRow, ItemRow, to_model, values_of
from db.values import Item, NewItem, short_identity
from tracker.gather.feeds import FeedItem


def new_item(identity: str, item: FeedItem) -> NewItem:
    """An item of a parsed feed under the identity that was found for it."""
    fields = {name: value for name, value in asdict(item).items() if name != "guid"}
    return NewItem(identity=identity, **fields)


def known_identities(session: Session, feed_id: int, identities: Collection[str]) -> set[str]:
    """Those of `identities` that the feed brought before."""
    stored = {short_identity(identity): identity for identity in identities}
    known: set[str] = set()
    for batch in batches(stored):
        query = select(ItemRow.identity).where(ItemRow.feed_id == feed_id, col(ItemRow.identity).in_(batch))
        known.update(stored[identity] for identity in session.exec(query))
    return known


def add_items(session: Session, feed_id: int, items: Iterable[NewItem], now: datetime) -> int:
    """Stores the items that the feed had not brought before, to be fetched at once; returns how many they are.

    Adding the same items again changes nothing. Of two with one identity the first counts.
    """
    offered = {item.identity: item for item in reversed(list(items))}
    known = known_identities(session, feed_id, offered)
    rows = [
        values_of(item, ItemRow) | {"feed_id": feed_id, "first_seen": now, "next_try": now}
        for identity, item in reversed(offered.items())
        if identity not in known
    ]
    insert_missing(session, ItemRow, rows)
    return len(rows)


def items_to_fetch(session: Session, now: datetime, limit: int) -> tuple[Item, ...]:
    """At most `limit` items whose article is to be fetched now, the longest waiting first."""
    query = (
        select(ItemRow, FeedRow.title, FeedRow.home)
        .join(FeedRow, col(FeedRow.id) == col(ItemRow.feed_id))
        .where(col(ItemRow.next_try) <= now)
        .order_by(col(ItemRow.next_try), col(ItemRow.id))
        .limit(limit)
    )
    return tuple(to_model(row, Item, feed_title=title, home=home) for row, title, home in session.exec(query))


def link_item(session: Session, item_id: int, article_id: int) -> None:
    """The item's article is stored: nothing is left to fetch."""
    _update(session, item_id, state="article", article_id=article_id, next_try=None, error="")


def skip_item(session: Session, item_id: int, reason: str) -> None:
    """The item is not to be fetched, for a reason in words."""
    _update(session, item_id, state="skipped", next_try=None, error=reason)


def fail_item(session: Session, item_id: int, error: str, next_try: datetime | None) -> None:
    """Fetching failed; it is tried again at `next_try`, or never (None)."""
    _update(session, item_id, state="failed", tries=ItemRow.tries + 1, next_try=next_try, error=error)


def _update(session: Session, item_id: int, **values: object) -> None:
    session.exec(update(ItemRow).where(col(ItemRow.id) == item_id).values(**values))
