"""From the feeds to stored articles: glue between the network (tracker.gather) and the database (db)."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from random import Random
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Engine

from db import articles, feeds, items
from db.engine import reading, session
from db.values import Feed, Item
from jobs.console import Steps, steps
from jobs.gathering_values import by_address, failure, feed_item, first_seen, said, source_of, state_of, success
from jobs.own_network import OwnNetwork
from jobs.tally import Report, Tally
from tracker.errors import BadInput, GatherError, HttpStatusError, Unheard
from tracker.gather.article import day_in, fetch_article, from_feed
from tracker.gather.canonical import canonical_address
from tracker.gather.feeds import FeedItem
from tracker.gather.http import Fetcher
from tracker.gather.identity import KnownItem
from tracker.gather.outage import Held
from tracker.gather.poll import FeedFailed, FeedPolled, poll_feed
from tracker.gather.robots import Robots
from tracker.gather.schedule import article_retry, kind_of
from tracker.model import Article

if TYPE_CHECKING:
    from rich.progress import Progress

ALL = 1_000_000
"""More feeds than there are."""
AT_ONCE = 500
"""Far more than there are connections, so that hosts that make us wait do not keep the others waiting."""
BATCH = 1000
"""Items in memory at once, their feed texts included: a few megabytes."""
Blame = Callable[[], Awaitable[None]]
"""Stores a failure as that of its feed or page."""
W = TypeVar("W")


class Gatherer:
    """Polls feeds and fetches articles. One for a whole run, since robots.txt and the manners are kept in it.

    `clock` gives the time that is stored; `report` takes one line for each failure. Every outcome is stored in one
    transaction of its own, so that a run can be killed at any moment and the next one goes on from there; a failure
    that may be this machine's own waits until that is known, and if it is, nothing is stored: feed and item stay due.
    `at_once` feeds or articles are in hand at the same time; with 1, everything happens in the same order in every run.
    """

    def __init__(
        self, engine: Engine, fetcher: Fetcher, clock: Callable[[], datetime], report: Report, at_once: int = AT_ONCE
    ) -> None:
        self._engine, self._clock, self._report = engine, clock, report
        self._in_hand = asyncio.Semaphore(at_once)
        self._rng = Random()  # noqa: S311 - jitter, not a secret
        self._network = OwnNetwork(engine, fetcher, clock, self._rng, report)
        self._fetcher = self._network.fetcher
        self._robots = Robots(self._fetcher)
        self._storing = asyncio.Lock()

    def due(self, *, everything: bool) -> tuple[Feed, ...]:
        """The feeds whose time has come, or all that are not retired."""
        with reading(self._engine) as opened:
            if everything:
                return tuple(feed for feed in feeds.all_feeds(opened) if not feed.retired_at)
            return feeds.due(opened, self._clock(), ALL)

    async def poll(self, wanted: Sequence[Feed], tally: Tally, bar: "Progress | None" = None) -> None:
        """Polls the feeds, all hosts at once, and stores their items. While this machine's network is down, only a few
        hosts are tried; as soon as one answers, all are polled."""
        left, down = list(wanted), bool(wanted) and await self._network.still_down()
        with steps(bar, "feeds", len(wanted)) as shown:
            while left and not down:
                left, down = await self._all(left, partial(self._poll, tally=tally), shown)
        tally.waiting += len(left)

    async def fetch(self, tally: Tally, bar: "Progress | None" = None) -> None:
        """Fetches the article of every item whose time has come."""
        self._robots.forget_unheard()
        down = await self._network.still_down()
        with steps(bar, "articles") as shown:
            while not down and (batch := self._to_fetch()):
                groups = by_address(batch)
                shown.expect_more(len(groups))
                left, down = await self._all(groups, partial(self._fetch, tally=tally), shown)
                tally.waiting += len(left) if down else 0

    async def _all(
        self, works: Iterable[W], do: Callable[[W], Awaitable[Blame | None]], shown: Steps
    ) -> tuple[list[W], bool]:
        """Does all of them. `do` gives what would store a failure that may be ours; (what is left to do, whether our
        network is down). An error that concerns no feed or page (the disk is full) ends the others too."""
        signs = self._network.signs
        held, left = Held[tuple[W, Blame]](signs), list[W]()

        async def one(work: W) -> None:
            async with self._in_hand:
                if signs.hopeless:
                    left.append(work)
                    return
                if blame := await do(work):
                    held.put((work, blame))
                await _carry_out(held.settled())
            shown.done()

        try:
            async with asyncio.TaskGroup() as group:
                for work in works:
                    group.create_task(one(work))
        except ExceptionGroup as failed:
            raise failed.exceptions[0] from failed
        if (held or left) and await self._network.down():
            return [*left, *(work for work, _ in held.rest())], True
        await _carry_out(held.rest())
        return left, False

    async def _poll(self, feed: Feed, tally: Tally) -> Blame | None:
        outcome = await poll_feed(self._fetcher, state_of(feed), self._clock(), self._rng, self._known(feed.id))
        if isinstance(outcome, FeedPolled):
            tally.feeds += 1
            new = await self._store(self._save_success, feed, outcome)
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
        await self._store(self._save_failure, feed, failed)

    def _known(self, feed_id: int) -> Callable[[Sequence[FeedItem]], Iterable[KnownItem]]:
        def known(found: Sequence[FeedItem]) -> Iterable[KnownItem]:
            with reading(self._engine) as opened:
                return items.known_items(opened, feed_id, found)

        return known

    async def _store(self, save: Callable[..., int], *values: Any) -> int:
        """In a thread, since the database may make us wait; one after another, since SQLite has one writer."""
        async with self._storing:
            return await asyncio.to_thread(save, *values)

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

    def _to_fetch(self) -> tuple[Item, ...]:
        with reading(self._engine) as opened:
            return items.items_to_fetch(opened, self._clock(), BATCH)

    async def _fetch(self, group: Sequence[Item], tally: Tally) -> Blame | None:
        """One article, which all items of the group link to. Whatever goes wrong with it, the others go on."""
        first = group[0]
        if await self._store(self._link_known, group):
            return None
        try:
            item, source = feed_item(group), source_of(first)
            found = await fetch_article(self._fetcher, self._robots, item, source, first_seen(group))
        except Exception as error:
            self._report(f"{first.url}: cannot be read as a page ({type(error).__name__}: {error}); please report this")
            found = GatherError(first.url, f"the program failed: {type(error).__name__}")
        if isinstance(found, Article):
            new = await self._store(self._save_article, group, found)
            tally.new_articles += new
            return None
        blame = partial(self._blame_page, group, found, tally)
        if isinstance(found, Unheard):
            return blame
        await blame()
        return None

    async def _blame_page(self, group: Sequence[Item], error: GatherError, tally: Tally) -> None:
        tally.failed_pages += 1
        new = await self._store(self._save_error, group, error)
        tally.new_articles += new

    def _link_known(self, group: Sequence[Item]) -> int:
        """Links the items to an article that is stored already; 0 where there is none. If nobody knew the day of that
        article and one of these feeds does, it gets its day."""
        with session(self._engine) as opened:
            key = articles.article_id(opened, canonical_address(group[0].url)) or 0
            if key:
                ran = day_in(feed_item(group), source_of(group[0]), first_seen(group))
                articles.learn_day(opened, key, *ran)
            for item in group if key else ():
                items.link_item(opened, item.id, key)
        return key

    def _save_article(self, group: Sequence[Item], article: Article) -> int:
        """1 where the article is new."""
        try:
            with session(self._engine) as opened:
                key, new = articles.store_article(opened, article, self._clock(), feed_id=group[0].feed_id)
                for item in group:
                    items.link_item(opened, item.id, key)
        except BadInput as error:
            return self._give_up(group, str(error))
        return int(new)

    def _save_error(self, group: Sequence[Item], error: GatherError) -> int:
        """Tries again later; at the end what the feed itself says stands for the article, if it says anything."""
        now, first = self._clock(), group[0]
        wait = error.retry_after if isinstance(error, HttpStatusError) else None
        again = article_retry(kind_of(error), first.tries + 1, now, self._rng, wait)
        if again is None and (article := from_feed(feed_item(group), source_of(first), first_seen(group))):
            return self._save_article(group, article)
        return self._give_up(group, str(error), again)

    def _give_up(self, group: Sequence[Item], reason: str, again: datetime | None = None) -> int:
        with session(self._engine) as opened:
            for item in group:
                items.fail_item(opened, item.id, reason, again)
        return 0


async def _carry_out(settled: Iterable[tuple[Any, Blame]]) -> None:
    for _, blame in settled:
        await blame()
