"""Items: what feeds brought, what is still to be fetched of it, and what was put aside by headline and summary.

An item that is put aside is kept with both, counted, and looked at again by the next version of the screen:
`item.screened_by` names the version that put it aside, and is empty for all others.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, tuple_
from sqlmodel import Session, col, func, select, update

from db.mapping import BATCH, batches, insert_missing, to_model
from db.tables.timeline import FeedRow, ItemKeyRow, ItemRow
from db.values import PUT_ASIDE, Item, storable, utc
from tracker.gather.feeds.identity import Keys, KnownItem, NewFeedItem, NewItems
from tracker.gather.feeds.parser import FeedItem


def add(session: Session, told: Iterable[tuple[int, NewItems]], now: datetime) -> None:
    """Stores what documents told of new (`tracker.gather.feeds.identity.new_items`), by the ids of their feeds, to be
    fetched at once. What is there already stays as it is: adding the same again changes nothing.

    Plain statements for all of them together: a poll brings tens of thousands of items.
    """
    told = list(told)
    seen = {"first_seen": now, "next_try": now}
    rows = [_row(new) | seen | {"feed_id": feed_id} for feed_id, one in told for new in one.items]
    insert_missing(session, ItemRow, rows)
    keys = [(feed_id, identity, key) for feed_id, one in told for identity, key in one.keys]
    rows = [{"feed_id": feed_id, "key": key, "of": feed_id, "called": called} for feed_id, called, key in keys]
    insert_missing(session, ItemKeyRow, rows, item_id=_ITEM)


_ITEM = (
    select(ItemRow.id)
    .where(ItemRow.feed_id == bindparam("of"), ItemRow.identity == bindparam("called"))
    .scalar_subquery()
)
"""A key names its item by the number that the database has just given it."""
_KEPT = tuple(field.name for field in fields(FeedItem) if field.name not in ("guid", "doubtful"))
"""The fields of an item that have a column of their name."""


def _row(new: NewFeedItem) -> dict[str, Any]:
    """A doubtful moment tells the item apart, but is not the day on which its article ran."""
    values = {name: storable(value) if isinstance(value := getattr(new.item, name), str) else value for name in _KEPT}
    published = None if new.item.doubtful else new.item.published
    return values | {"identity": new.identity, "published": utc(published)}


def known(session: Session, documents: Mapping[int, Iterable[Keys]]) -> dict[int, tuple[KnownItem, ...]]:
    """The items of each feed, by its id, that share a key with one of its document; feeds without any are left out."""
    found: defaultdict[int, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    with_any = _with_items(session, documents)
    pairs = {(feed, key) for feed in with_any for keys in documents[feed] for key in keys if key}
    for batch in batches(sorted(pairs)):
        query = (
            select(ItemKeyRow.feed_id, ItemRow.identity, ItemKeyRow.key)
            .join(ItemRow, col(ItemKeyRow.item_id) == col(ItemRow.id))
            .where(tuple_(col(ItemKeyRow.feed_id), col(ItemKeyRow.key)).in_(batch))
        )
        for feed, identity, key in session.exec(query):
            found[feed][identity].add(key)
    return {
        feed: tuple(KnownItem(identity, frozenset(keys)) for identity, keys in items.items())
        for feed, items in found.items()
    }


def _with_items(session: Session, feeds: Iterable[int]) -> list[int]:
    """Those of the feeds that brought something before: of a new one there is nothing to look up."""
    has_items = select(ItemRow.id).where(ItemRow.feed_id == FeedRow.id).exists()
    return [
        feed
        for batch in batches(sorted(feeds))
        for feed in session.exec(select(FeedRow.id).where(col(FeedRow.id).in_(batch), has_items))
        if feed is not None
    ]


def items_to_fetch(
    session: Session, now: datetime, limit: int, only: Collection[int] | None = None
) -> tuple[Item, ...]:
    """At most `limit` items whose article is to be fetched now, the longest waiting first; `only` of these."""
    query = (
        select(ItemRow, FeedRow.url, FeedRow.title, FeedRow.home)
        .join(FeedRow, col(FeedRow.id) == col(ItemRow.feed_id))
        .where(col(ItemRow.next_try) <= now)
        .order_by(col(ItemRow.next_try), col(ItemRow.id))
        .limit(limit)
    )
    query = query if only is None else query.where(col(ItemRow.id).in_(only))
    return tuple(
        to_model(row, Item, feed_url=url, feed_title=title, home=home) for row, url, title, home in session.exec(query)
    )


def at_address(session: Session, urls: Collection[str]) -> tuple[Item, ...]:
    """The items that link to one of these addresses, the one that came first in front."""
    query = select(ItemRow).where(col(ItemRow.url).in_(urls)).order_by(col(ItemRow.id))
    return tuple(to_model(row, Item) for row in session.exec(query))


def due_by_host(session: Session, now: datetime, each: int, most: int) -> dict[str, list[int]]:
    """The ids of items that are due, by the host of their articles (without `www.`): at most `each` of one, the longest
    waiting first, and of `most` hosts. On PostgreSQL, where work is shared out by host."""
    origin = func.split_part(func.split_part(col(ItemRow.url), "//", 2), "/", 1)
    host = func.regexp_replace(func.lower(origin), r"^www\.", "")
    rank = func.row_number().over(partition_by=host, order_by=(col(ItemRow.next_try), col(ItemRow.id)))
    ranked = select(ItemRow.id, host.label("host"), rank.label("rank")).where(col(ItemRow.next_try) <= now).subquery()
    found: dict[str, list[int]] = {}
    query = select(ranked.c.host, func.array_agg(ranked.c.id)).where(ranked.c.rank <= each)
    for name, ids in session.execute(query.group_by(ranked.c.host).order_by(func.min(ranked.c.id)).limit(most)):
        found[name] = sorted(ids)
    return found


def link_item(session: Session, item_id: int, article_id: int) -> None:
    """The item's article is stored: nothing is left to fetch."""
    _update(session, item_id, state="article", article_id=article_id, next_try=None, error="")


def fail_item(session: Session, item_id: int, error: str, next_try: datetime | None) -> None:
    """Fetching failed; it is tried again at `next_try`, or never (None)."""
    _update(session, item_id, state="failed", tries=ItemRow.tries + 1, next_try=next_try, error=error)


def _update(session: Session, item_id: int, **values: object) -> None:
    session.exec(update(ItemRow).where(col(ItemRow.id) == item_id).values(**values))


def put_aside(session: Session, item_ids: Sequence[int], version: str) -> None:
    """Their pages are not to be fetched, as this version of the screen sees it."""
    for batch in batches(item_ids):
        values = {"state": PUT_ASIDE, "next_try": None, "error": "", "screened_by": version}
        session.exec(update(ItemRow).where(col(ItemRow.id).in_(batch)).values(**values))


def to_screen_again(session: Session, version: str, limit: int = BATCH) -> tuple[Item, ...]:
    """At most `limit` items that another version put aside."""
    other = next((name for name in _versions(session) if name != version), None)
    query = select(ItemRow).where(ItemRow.screened_by == other).limit(limit)
    return tuple(to_model(row, Item) for row in session.exec(query)) if other else ()


def take_up(session: Session, item_ids: Sequence[int], now: datetime) -> None:
    """Items that pass now are fetched as new ones are."""
    for batch in batches(item_ids):
        values = {"state": "new", "next_try": now, "screened_by": None}
        session.exec(update(ItemRow).where(col(ItemRow.id).in_(batch)).values(**values))


def count_put_aside(session: Session) -> dict[int, int]:
    """How many items of each feed (by id) are put aside."""
    query = select(ItemRow.feed_id, func.count()).where(col(ItemRow.screened_by).is_not(None))
    return dict(session.exec(query.group_by(col(ItemRow.feed_id))).all())


def _versions(session: Session) -> list[str]:
    """The versions that put items aside, each found by one step into the index."""
    found: list[str] = []
    while version := session.exec(
        select(func.min(ItemRow.screened_by)).where(col(ItemRow.screened_by) > (found or [""])[-1])
    ).one():
        found.append(version)
    return found
