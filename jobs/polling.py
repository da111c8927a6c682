"""From the feeds to stored items: the poll side of gathering."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from random import Random
from typing import TYPE_CHECKING

from sqlalchemy import Engine

from db import feeds, items
from db.engine import reading, session
from db.values import Feed
from jobs.at_once import AtOnce, Blame
from jobs.console import steps
from jobs.gathering_values import failure, said, state_of, success
from jobs.own_network import OwnNetwork
from jobs.tally import Report, Tally
from tracker.errors import BadInput, Unheard
from tracker.gather.feeds import FeedItem
from tracker.gather.identity import KnownItem
from tracker.gather.poll import FeedFailed, FeedPolled, poll_feed

if TYPE_CHECKING:
    from rich.progress import Progress


class Polling:
    """Polls feeds. Every outcome is stored in one transaction of its own."""

    def __init__(
        self,
        engine: Engine,
        network: OwnNetwork,
        at_once: AtOnce,
        clock: Callable[[], datetime],
        rng: Random,
        report: Report,
    ) -> None:
        self._engine, self._network, self._at_once = engine, network, at_once
        self._clock, self._rng, self._report = clock, rng, report

    async def poll(self, wanted: Sequence[Feed], tally: Tally, bar: "Progress | None" = None) -> None:
        """Polls the feeds, all hosts at once, and stores their items. While this machine's network is down, only a few
        hosts are tried; as soon as one answers, all are polled."""
        left, down = list(wanted), bool(wanted) and await self._network.still_down()
        with steps(bar, "feeds", len(wanted)) as shown:
            while left and not down:
                left, down = await self._at_once.all(left, partial(self._poll, tally=tally), shown)
        tally.waiting += len(left)

    async def _poll(self, feed: Feed, tally: Tally) -> Blame | None:
        outcome = await poll_feed(self._network.fetcher, state_of(feed), self._clock(), self._rng, self._known(feed.id))
        if isinstance(outcome, FeedPolled):
            tally.feeds += 1
            new = await self._at_once.store(self._save_success, feed, outcome)
            tally.new_items += new
            return None
        blame = partial(self._blame_feed, feed, outcome, tally)
        if isinstance(outcome.error, Unheard):
            return blame
        await blame()
        return None

    async def _blame_feed(self, feed: Feed, failed: FeedFailed, tally: Tally) -> None:
        tally.feeds += 1
        tally.failed_feeds += 1
        tally.retired_feeds += failed.next_poll is None
        self._report(said(feed, failed))
        await self._at_once.store(self._save_failure, feed, failed)

    def _known(self, feed_id: int) -> Callable[[Sequence[FeedItem]], Iterable[KnownItem]]:
        def known(found: Sequence[FeedItem]) -> Iterable[KnownItem]:
            with reading(self._engine) as opened:
                return items.known_items(opened, feed_id, found)

        return known

    def _save_failure(self, feed: Feed, failed: FeedFailed) -> int:
        now = self._clock()
        with session(self._engine) as opened:
            if failed.next_poll is None:
                feeds.retire(opened, feed.id, now, str(failed.error))
            else:
                feeds.save_poll(opened, feed.id, failure(failed, failed.next_poll, now))
        return 0

    def _save_success(self, feed: Feed, polled: FeedPolled) -> int:
        """Items and validators in one transaction: a validator without its items would lose them."""
        now = self._clock()
        with session(self._engine) as opened:
            if feeds.by_id(opened, feed.id) is None:
                return 0  # removed while it was polled
            new = items.add_items(opened, feed.id, polled.feed.items, now) if polled.feed else 0
            if polled.moved_to:
                with suppress(BadInput):
                    feeds.move(opened, feed.id, polled.moved_to, now)
            feeds.save_poll(opened, feed.id, success(feed, polled, now, new))
        return new
