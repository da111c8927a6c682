"""Feeds: subscriptions, what is due, how well each is heard, and what came of what it brought."""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, func, select, update

from db import freshness
from db.feeds.matter_counts import count_matters
from db.mapping import batches, insert_missing, to_model
from db.tables.sources import RecordRow
from db.tables.timeline import EntryRow, EvidenceRow, FeedAddressRow, FeedRow, FindingRow, ItemRow
from db.values import DueFeed, Feed, FormerAddress, checked_address, storable
from tracker.coverage import Coverage, MatterCounts
from tracker.gather.feeds.searches import GOOGLE_ONLY
from tracker.model import EntryStatus, OcdId, SourceKind

ALREADY_SUBSCRIBED = "moved to an address that is subscribed already"


def add(
    session: Session,
    url: str,
    now: datetime,
    *,
    title: str = "",
    site: str = "",
    home: OcdId | None = None,
    kind: SourceKind = SourceKind.FEED,
    topics: Sequence[str] | None = None,
) -> tuple[Feed, bool]:
    """Subscribes to `url`, due at once; the second value says whether it is new.

    A known feed, be it by an address that it had before, keeps its history and takes the title, site, home and topics
    that are given; a retired one is polled again. Raises BadInput for an address over 2,000 bytes.
    """
    row = _row(session, url)
    is_new = row is None
    if row is None:
        opened: dict[str, Any] = {"url": checked_address(url), "kind": kind, "added_at": now, "next_poll": now}
        row = FeedRow(**opened)
    elif row.retired_at:
        row.sqlmodel_update({"retired_at": None, "next_poll": now, "errors": 0, "error": "", "error_kind": ""})
    given = {"title": storable(title), "site": storable(site), "home": home}
    row.sqlmodel_update({name: value for name, value in given.items() if value})
    if topics is not None:
        row.sqlmodel_update({"topics": tuple(topics)})
    session.add(row)
    session.flush()
    freshness.touch(session)
    return to_model(row, Feed), is_new


def remove(session: Session, url: str) -> bool:
    """Ends a subscription and forgets its items; its articles and what they prove stay. False: no such feed."""
    row = _row(session, url)
    if row is None:
        return False
    session.delete(row)
    session.flush()
    freshness.touch(session)
    return True


def by_url(session: Session, url: str) -> Feed | None:
    """The feed that has this address, or had it before it moved."""
    row = _row(session, url)
    return row and to_model(row, Feed)


def by_id(session: Session, feed_id: int) -> Feed | None:
    """The feed, unless it was removed meanwhile."""
    row = session.get(FeedRow, feed_id)
    return row and to_model(row, Feed)


def all_feeds(session: Session) -> tuple[Feed, ...]:
    """Every feed by address, the retired ones too; `Feed.state` is their state in a word."""
    return _feeds(session, select(FeedRow).order_by(col(FeedRow.url)))


def save_cursor(session: Session, source_id: int, cursor: str) -> None:
    """How far a source that is no feed has been read."""
    session.exec(update(FeedRow).where(col(FeedRow.id) == source_id).values(cursor=cursor))


def due(session: Session, now: datetime, only: int | None = None) -> tuple[DueFeed, ...]:
    """The feeds whose next poll is not after `now`, longest overdue first; `only` this one."""
    its_time = col(FeedRow.next_poll) <= now
    return _to_poll(session, its_time if only is None else its_time & (col(FeedRow.id) == only))


def polled(session: Session) -> tuple[DueFeed, ...]:
    """All feeds that are not retired, longest overdue first."""
    return _to_poll(session, col(FeedRow.next_poll).is_not(None))


def _to_poll(session: Session, which: ColumnElement[bool]) -> tuple[DueFeed, ...]:
    """Of very many feeds only what a poll must know."""
    columns = [col(getattr(FeedRow, field.name)) for field in fields(DueFeed) if field.name != "everything"]
    query = select(*columns).where(which).order_by(col(FeedRow.next_poll), col(FeedRow.id))
    return tuple(DueFeed(*row) for row in session.connection().execute(query))


def poll_states(session: Session) -> tuple[tuple[str, bool, str], ...]:
    """(address, whether it was ever heard, the kind of its error) of every feed that is polled: a look at very many."""
    query = select(FeedRow.url, col(FeedRow.heard_at).is_not(None), FeedRow.error_kind)
    return tuple(
        (url, heard, kind) for url, heard, kind in session.exec(query.where(col(FeedRow.retired_at).is_(None)))
    )


def retire(session: Session, feed_id: int, now: datetime, reason: str) -> None:
    """Stops polling for good (410 Gone); the feed stays visible with the reason."""
    row = session.get_one(FeedRow, feed_id)
    row.sqlmodel_update({"retired_at": now, "polled_at": now, "next_poll": None, "error": storable(reason)})
    freshness.touch(session)


def move(session: Session, feed_id: int, url: str, now: datetime) -> bool:
    """Takes over a permanent redirect; the address until now is remembered. Where the new address is subscribed
    already, or was that of another feed, this feed is retired instead."""
    other = _row(session, checked_address(url))
    if other is not None and other.id != feed_id:
        retire(session, feed_id, now, ALREADY_SUBSCRIBED)
        return False
    row = session.get_one(FeedRow, feed_id)
    if back := session.get(FeedAddressRow, url):  # it moved there and back: no former address of its own
        session.delete(back)
        session.flush()
    insert_missing(session, FeedAddressRow, [{"url": row.url, "feed_id": feed_id, "until": now}])
    row.sqlmodel_update({"url": url})
    session.flush()
    freshness.touch(session)
    return True


def former_addresses(session: Session, feed_id: int) -> tuple[FormerAddress, ...]:
    """The addresses that a feed had before, the latest first."""
    query = select(FeedAddressRow).where(FeedAddressRow.feed_id == feed_id).order_by(col(FeedAddressRow.until).desc())
    return tuple(FormerAddress(url=row.url, until=row.until) for row in session.exec(query))


def coverage(session: Session) -> tuple[Coverage, ...]:
    """How well each source is heard, by address; as it may be published (`db.people.withholding`)."""
    from db.feeds.items import count_put_aside  # parsers of feeds come with it, and with the next half of the timeline
    from db.withholdings import withheld

    aside, matters, hidden = count_put_aside(session), count_matters(session), withheld(session)
    found = (
        Coverage(
            feed=feed.url,
            kind=feed.kind,
            title=feed.title,
            home=feed.home,
            state=feed.state,
            last_heard=feed.heard_at,
            error=feed.error,
            since=feed.added_at,
            put_aside=aside.get(feed.id, 0),
            matters=matters.get(feed.id, MatterCounts()) if feed.kind is SourceKind.LEGISTAR else None,
        )
        for feed in all_feeds(session)
    )
    return tuple(map(hidden.coverage, found)) if hidden else tuple(found)


def _row(session: Session, url: str) -> FeedRow | None:
    """By the address of today, else by a former one."""
    if row := session.exec(select(FeedRow).where(FeedRow.url == url)).one_or_none():
        return row
    former = session.get(FeedAddressRow, url)
    return session.get(FeedRow, former.feed_id) if former else None


def _feeds(session: Session, query: Select[Any]) -> tuple[Feed, ...]:
    return tuple(to_model(row, Feed) for row in session.scalars(query))


def homes(session: Session, most: int) -> tuple[OcdId, ...]:
    """The places that feeds have for their homes, each once, by id; so many at most."""
    query = select(FeedRow.home).where(col(FeedRow.home).is_not(None)).distinct().order_by(col(FeedRow.home))
    return tuple(home for home in session.exec(query.limit(most)) if home)


MOST_REASONS = 3
"""Reasons that are told of items without an article, the commonest first."""


@dataclass(frozen=True)
class ItemCounts:
    """Items of one feed by their state, and why some have no article: (reason, how many)."""

    states: dict[str, int] = field(default_factory=dict)
    reasons: tuple[tuple[str, int], ...] = ()


def entry_counts(session: Session) -> dict[int, int]:
    """How many entries, rejected ones left out, have evidence in an article or a record that a source brought, by the
    source's id."""
    return _entries_by(session, ItemRow, col(ItemRow.feed_id)) | _entries_by(
        session, RecordRow, col(RecordRow.source_id)
    )


def _entries_by(session: Session, bringing: type[ItemRow] | type[RecordRow], source: Mapped[Any]) -> dict[int, int]:
    query = (
        select(source, func.count(func.distinct(EvidenceRow.entry_id)))
        .join(FindingRow, col(FindingRow.id) == col(EvidenceRow.finding_id))
        .join(EntryRow, col(EntryRow.id) == col(EvidenceRow.entry_id))
        .join(bringing, col(bringing.article_id) == col(FindingRow.article_id))
        .where(EntryRow.status != EntryStatus.REJECTED, source.is_not(None))
        .group_by(source)
        .select_from(EvidenceRow)
    )
    return dict(session.exec(query).all())


def count_items(session: Session) -> dict[int, int]:
    """How many items each feed (by id) brought."""
    return dict(session.exec(select(ItemRow.feed_id, func.count()).group_by(col(ItemRow.feed_id))).all())


def items_of(session: Session, feed_id: int) -> ItemCounts:
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
    return ItemCounts(dict(session.exec(states).all()), tuple(session.exec(reasons).all()))


def count_dead_ends(session: Session, feed_ids: Sequence[int]) -> dict[int, int]:
    """Of how many items of these feeds the link led only to Google's own page, by the feed's id."""
    found: dict[int, int] = {}
    for batch in batches(feed_ids):
        query = select(ItemRow.feed_id, func.count()).where(
            col(ItemRow.feed_id).in_(batch), ItemRow.error == GOOGLE_ONLY
        )
        found |= dict(session.exec(query.group_by(col(ItemRow.feed_id))).all())
    return found
