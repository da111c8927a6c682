"""Items: what feeds brought, and what is still to be fetched of it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime

from sqlmodel import Session, col, select, update

from db.convert import to_model, values_of
from db.insert import batches, insert_missing
from db.tables import FeedRow, ItemKeyRow, ItemRow
from db.values import Item, NewItem
from tracker.gather.feeds import FeedItem
from tracker.gather.identity import KnownItem, identify, keys


def add_items(session: Session, feed_id: int, items: Sequence[FeedItem], now: datetime) -> int:
    """Stores those of the items of a document that the feed had not brought before, to be fetched at once; returns how
    many they are. Adding the same again changes nothing.

    Of two items with one identity the first counts; known items keep what is stored and learn their new keys.
    """
    known = known_items(session, feed_id, items)
    identified = list(zip(identify(items, known), items, strict=True))
    seen = {item.identity for item in known}
    fresh: dict[str, FeedItem] = {}
    for identity, item in identified:
        if identity not in seen:
            fresh.setdefault(identity, item)
    first_seen = {"feed_id": feed_id, "first_seen": now, "next_try": now}
    rows = [values_of(_new_item(identity, item), ItemRow) | first_seen for identity, item in fresh.items()]
    insert_missing(session, ItemRow, rows)
    known_keys = {key for old in known for key in old.keys}
    _add_keys(session, feed_id, [(i, key) for i, item in identified for key in keys(item) if key not in known_keys])
    return len(rows)


def known_items(session: Session, feed_id: int, items: Iterable[FeedItem]) -> tuple[KnownItem, ...]:
    """The items of the feed that share a key with one of `items`."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for batch in batches({key for item in items for key in keys(item) if key}):
        query = (
            select(ItemRow.identity, ItemKeyRow.key)
            .join(ItemKeyRow, col(ItemKeyRow.item_id) == col(ItemRow.id))
            .where(ItemKeyRow.feed_id == feed_id, col(ItemKeyRow.key).in_(batch))
        )
        for identity, key in session.exec(query):
            found[identity].add(key)
    return tuple(KnownItem(identity, frozenset(shared)) for identity, shared in found.items())


def _add_keys(session: Session, feed_id: int, pairs: Sequence[tuple[str, str]]) -> None:
    """Notes (identity, key); a key that stands for an item already goes on to do so."""
    ids: dict[str, int | None] = {}
    for batch in batches({identity for identity, key in pairs if key}):
        query = select(ItemRow.identity, ItemRow.id).where(ItemRow.feed_id == feed_id, col(ItemRow.identity).in_(batch))
        ids |= dict(session.exec(query).all())
    rows = [{"feed_id": feed_id, "key": key, "item_id": ids[identity]} for identity, key in pairs if key]
    insert_missing(session, ItemKeyRow, rows)


def _new_item(identity: str, item: FeedItem) -> NewItem:
    """A doubtful moment tells the item apart, but is not the day on which its article ran."""
    fields = {name: value for name, value in asdict(item).items() if name not in ("guid", "doubtful")}
    return NewItem(**fields | {"identity": identity, "published": None if item.doubtful else item.published})


def items_to_fetch(session: Session, now: datetime, limit: int) -> tuple[Item, ...]:
    """At most `limit` items whose article is to be fetched now, the longest waiting first."""
    query = (
        select(ItemRow, FeedRow.url, FeedRow.title, FeedRow.home)
        .join(FeedRow, col(FeedRow.id) == col(ItemRow.feed_id))
        .where(col(ItemRow.next_try) <= now)
        .order_by(col(ItemRow.next_try), col(ItemRow.id))
        .limit(limit)
    )
    return tuple(
        to_model(row, Item, feed_url=url, feed_title=title, home=home) for row, url, title, home in session.exec(query)
    )


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
