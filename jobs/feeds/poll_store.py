"""Stores how polls ended: one batch, one transaction."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from random import Random

from sqlalchemy import Engine
from sqlmodel import Session

from db.engine import session
from db.feeds import feeds, items, polls
from db.values import DueFeed
from jobs.feeds.gathering_values import failure, success
from tracker.errors import BadInput
from tracker.gather.feeds.poll import ChangedFeed, FeedFailed, FeedPolled, feed_polled

How = ChangedFeed | FeedPolled | FeedFailed


@dataclass(frozen=True, slots=True)
class Ended:
    """How the poll of a feed ended."""

    feed: DueFeed
    how: How


def store(engine: Engine, batch: Iterable[Ended], now: datetime, rng: Random) -> int:
    """Stores a batch of different feeds, items and validators together: a validator without its items would lose them.
    How many items are new; of a document that is decided here, where one look-up serves the whole batch."""
    with session(engine) as opened:
        ended = {one.feed.id: one.how for one in batch}
        held = polls.hold(opened, ended)
        done = _decided(opened, {feed: ended[feed] for feed in held}, now, rng)
        polled = {feed: how for feed, how in done.items() if isinstance(how, FeedPolled)}
        failed = {feed: how for feed, how in done.items() if isinstance(how, FeedFailed)}
        items.add(opened, ((feed, how.new) for feed, how in polled.items()), now)
        outcomes = {feed: success(how, now) for feed, how in polled.items()}
        outcomes |= {feed: failure(how, how.next_poll, now) for feed, how in failed.items() if how.next_poll}
        polls.save(opened, outcomes, held)
        _move(opened, polled, now)
        for feed, how in failed.items():
            if how.next_poll is None:
                feeds.retire(opened, feed, now, str(how.error))
    return sum(len(how.new.items) for how in polled.values())


def _decided(
    opened: Session, ended: Mapping[int, How], now: datetime, rng: Random
) -> dict[int, FeedPolled | FeedFailed]:
    """The same with every document sorted out."""
    documents = {feed: how.document.keys for feed, how in ended.items() if isinstance(how, ChangedFeed)}
    known = items.known(opened, documents)
    return {
        feed: feed_polled(how, known.get(feed, ()), now, rng) if isinstance(how, ChangedFeed) else how
        for feed, how in ended.items()
    }


def _move(opened: Session, polled: Mapping[int, FeedPolled], now: datetime) -> None:
    for feed, how in polled.items():
        if how.moved_to:
            with suppress(BadInput):
                feeds.move(opened, feed, how.moved_to, now)
