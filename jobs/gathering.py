"""From the feeds to stored articles: glue between the network (tracker.gather) and the database (db)."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from random import Random
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine

from db import articles, feeds, items
from db.engine import reading, session
from db.values import Feed, Item, PollOutcome
from jobs.console import Steps, steps
from jobs.tally import Report, Tally
from tracker.errors import BadInput, GatherError, HttpStatusError
from tracker.gather.article import Source, fetch_article, from_summary
from tracker.gather.canonical import canonical_address
from tracker.gather.feeds import FeedItem
from tracker.gather.http import Fetcher
from tracker.gather.identity import KnownItem
from tracker.gather.poll import FeedFailed, FeedPolled, FeedState, poll_feed
from tracker.gather.robots import Robots
from tracker.gather.schedule import FailureKind, article_retry, kind_of
from tracker.model import Article

if TYPE_CHECKING:
    from rich.progress import Progress

ALL = 1_000_000
"""More feeds than there are."""
AT_ONCE = 500
"""Far more than there are connections, so that hosts that make us wait do not keep the others waiting."""
BATCH = 1000
"""Items in memory at once, their feed texts included: a few megabytes."""


class Gatherer:
    """Polls feeds and fetches articles. One for a whole run, since robots.txt and the manners are kept in it.

    `clock` gives the time that is stored; `report` takes one line for each failure. Every outcome is stored in one
    transaction of its own, so that a run can be killed at any moment and the next one goes on from there. `at_once`
    feeds or articles are in hand at the same time; with 1, everything happens in the same order in every run.
    """

    def __init__(
        self, engine: Engine, fetcher: Fetcher, clock: Callable[[], datetime], report: Report, at_once: int = AT_ONCE
    ) -> None:
        self._engine, self._fetcher, self._clock, self._report = engine, fetcher, clock, report
        self._in_hand = asyncio.Semaphore(at_once)
        self._rng = Random()  # noqa: S311 - jitter, not a secret
        self._robots = Robots(fetcher)
        self._storing = asyncio.Lock()

    def due(self, *, everything: bool) -> tuple[Feed, ...]:
        """The feeds whose time has come, or all that are not retired."""
        with reading(self._engine) as opened:
            if everything:
                return tuple(feed for feed in feeds.all_feeds(opened) if not feed.retired_at)
            return feeds.due(opened, self._clock(), ALL)

    async def poll(self, wanted: Sequence[Feed], tally: Tally, bar: "Progress | None" = None) -> None:
        """Polls the feeds, all hosts at once, and stores their items."""
        with steps(bar, "feeds", len(wanted)) as shown:
            await self._all((self._poll(feed, tally) for feed in wanted), shown)

    async def fetch(self, tally: Tally, bar: "Progress | None" = None) -> None:
        """Fetches the article of every item whose time has come."""
        with steps(bar, "articles") as shown:
            while batch := self._to_fetch():
                groups = _by_address(batch)
                shown.expect_more(len(groups))
                await self._all((self._fetch(group, tally) for group in groups), shown)

    async def _all(self, works: Iterable[Awaitable[None]], shown: Steps) -> None:
        """Does all of them. An error that concerns no feed or page (the disk is full) ends the others too."""

        async def one(work: Awaitable[None]) -> None:
            async with self._in_hand:
                await work
            shown.done()

        try:
            async with asyncio.TaskGroup() as group:
                for work in works:
                    group.create_task(one(work))
        except ExceptionGroup as failed:
            raise failed.exceptions[0] from failed

    async def _poll(self, feed: Feed, tally: Tally) -> None:
        tally.feeds += 1
        outcome = await poll_feed(self._fetcher, _state(feed), self._clock(), self._rng, self._known(feed.id))
        if isinstance(outcome, FeedFailed):
            tally.failed_feeds += 1
            tally.retired_feeds += outcome.next_poll is None
            self._report(_said(feed, outcome))
            await self._store(self._save_failure, feed, outcome)
        else:
            new = await self._store(self._save_success, feed, outcome)
            tally.new_items += new

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
                feeds.save_poll(opened, feed.id, _failure(failed, failed.next_poll, now))
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
            feeds.save_poll(opened, feed.id, _success(feed, polled, now, new))
        return new

    def _to_fetch(self) -> tuple[Item, ...]:
        with reading(self._engine) as opened:
            return items.items_to_fetch(opened, self._clock(), BATCH)

    async def _fetch(self, group: Sequence[Item], tally: Tally) -> None:
        """One article, which all items of the group link to. Whatever goes wrong with it, the others go on."""
        first = group[0]
        if await self._store(self._link_known, group):
            return
        try:
            found = await fetch_article(self._fetcher, self._robots, _feed_item(first), _source(first), self._clock())
        except Exception as error:
            self._report(f"{first.url}: cannot be read as a page ({type(error).__name__}: {error}); please report this")
            found = GatherError(first.url, f"the program failed: {type(error).__name__}")
        if isinstance(found, Article):
            new = await self._store(self._save_article, group, found)
        else:
            tally.failed_pages += 1
            new = await self._store(self._save_error, group, found)
        tally.new_articles += new

    def _link_known(self, group: Sequence[Item]) -> int:
        """Links the items to an article that is stored already; 0 where there is none."""
        with session(self._engine) as opened:
            key = articles.article_id(opened, canonical_address(group[0].url)) or 0
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
        if again is None and (article := from_summary(_feed_item(first), _source(first), now)):
            return self._save_article(group, article)
        return self._give_up(group, str(error), again)

    def _give_up(self, group: Sequence[Item], reason: str, again: datetime | None = None) -> int:
        with session(self._engine) as opened:
            for item in group:
                items.fail_item(opened, item.id, reason, again)
        return 0


def _by_address(batch: Sequence[Item]) -> list[list[Item]]:
    """Items of one address together, those first whose feed has a home: it tells where an article belongs."""
    groups: defaultdict[str, list[Item]] = defaultdict(list)
    for item in batch:
        groups[canonical_address(item.url) or f"item {item.id}"].append(item)
    return [sorted(group, key=lambda item: item.home is None) for group in groups.values()]


def _state(feed: Feed) -> FeedState:
    return FeedState(
        feed.url, feed.etag, feed.modified, feed.body_hash, float(feed.interval_s), feed.errors, feed.unchanged
    )


def _feed_item(item: Item) -> FeedItem:
    return FeedItem(item.identity, item.url, item.title, item.summary, item.content, item.published)


def _source(item: Item) -> Source:
    return Source(item.feed_title, item.home)


def _failure(failed: FeedFailed, next_poll: datetime, now: datetime) -> PollOutcome:
    return PollOutcome(
        at=now,
        next_poll=next_poll,
        interval_s=round(failed.interval_s),
        error=str(failed.error),
        error_kind=failed.kind.value,
    )


def _success(feed: Feed, polled: FeedPolled, now: datetime, new: int) -> PollOutcome:
    """A title or site that is known stays: a person may have given it."""
    read = polled.feed
    return PollOutcome(
        at=now,
        next_poll=polled.next_poll,
        interval_s=round(polled.interval_s),
        changed=new > 0,
        title=read.title if read and not feed.title else None,
        site=read.site if read and not feed.site else None,
        etag=polled.etag,
        modified=polled.modified,
        body_hash=polled.body_hash,
    )


def _said(feed: Feed, failed: FeedFailed) -> str:
    """One line: which feed, what happened, what will happen."""
    if failed.kind is FailureKind.GONE or failed.next_poll is None:
        then = "it is retired; `tracker feeds add` takes it up again"
    elif failed.kind is FailureKind.HARD:
        then = f"tried again {failed.next_poll:%b %d %H:%M} UTC; `tracker feeds remove` ends it"
    else:
        then = f"tried again {failed.next_poll:%b %d %H:%M} UTC"
    return f"feed {feed.url}: {failed.error}; {then}"
