"""The one writer of a poll: stores how polls ended, in batches, each in one transaction."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from random import Random

from sqlalchemy import Engine
from sqlmodel import Session

from db.feeds import feeds, items, polls
from db.sessions import session
from db.values import DueFeed, PollResult
from jobs.gather.conversions import failure, success
from jobs.tally import Report, Tally
from tracker.errors import BadInput, GatherError, StorageError
from tracker.gather.feeds.poll import ChangedFeed, FeedFailed, FeedPolled, failed, feed_polled

BATCH = 200
"""Polls in one transaction: enough that what a transaction costs does not show, and few enough that a run that is
killed asks few servers again."""
WAIT_S = 0.5
"""How long the first of a batch waits for others."""
WAITING = 2 * BATCH
"""Polls that wait for the writer; those who bring more wait themselves, so that documents do not pile up."""

How = ChangedFeed | FeedPolled | PollResult | FeedFailed


@dataclass(frozen=True, slots=True)
class EndedPoll:
    """How the poll of a feed ended."""

    feed: DueFeed
    how: How


class PollWriter:
    """Takes what polls give and stores it: items and validators in one transaction, since a validator without its
    items would lose them. A run that is killed loses its last batch, and the next one polls those feeds again.

    What of a document is new is decided here, where one look-up serves the whole batch. `tally` counts what is stored.
    """

    def __init__(
        self, engine: Engine, clock: Callable[[], datetime], rng: Random, tally: Tally, report: Report
    ) -> None:
        self._engine, self._clock, self._rng, self._tally, self._report = engine, clock, rng, tally, report
        self._queue: asyncio.Queue[EndedPoll | asyncio.Future[None]] = asyncio.Queue(WAITING)

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Stores what is put in meanwhile, all of it by the end. Raises StorageError, which ends the poll."""
        try:
            async with asyncio.TaskGroup() as group:
                writing = group.create_task(self._write())
                yield
                await self.flush()
                writing.cancel()
        except ExceptionGroup as several:
            raise several.exceptions[0] from several

    async def put(self, ended: EndedPoll) -> None:
        """One more; waits where the writer is far behind."""
        await self._queue.put(ended)

    async def flush(self) -> None:
        """Waits until everything that was put in is stored."""
        stored = asyncio.get_running_loop().create_future()
        await self._queue.put(stored)
        await stored

    async def _write(self) -> None:
        while True:
            batch, waiting = await self._batch()
            if batch:
                await asyncio.to_thread(self._store, batch)
            if waiting:
                waiting.set_result(None)

    async def _batch(self) -> tuple[list[EndedPoll], asyncio.Future[None] | None]:
        """What came within WAIT_S of the first, and who waits until it is stored."""
        batch: list[EndedPoll] = []
        with suppress(TimeoutError):
            async with asyncio.timeout(None) as limit:
                while len(batch) < BATCH:
                    one = await self._queue.get()
                    if isinstance(one, asyncio.Future):
                        return batch, one
                    if not batch:
                        limit.reschedule(asyncio.get_running_loop().time() + WAIT_S)
                    batch.append(one)
        return batch, None

    def _store(self, batch: Sequence[EndedPoll]) -> None:
        """One feed that cannot be stored must not cost the others: then each is stored by itself."""
        try:
            self._tally.new_items += store(self._engine, batch, self._clock(), self._rng)
        except StorageError:
            raise
        except Exception as error:
            if len(batch) == 1:
                self._give_up(batch[0], error)
            for one in batch if len(batch) > 1 else ():
                self._store([one])

    def _give_up(self, ended: EndedPoll, error: Exception) -> None:
        """A bug of ours is said, and counts against the feed, or it would be met at every poll."""
        self._report(f"source {ended.feed.url}: cannot be stored ({type(error).__name__}: {error}); please report this")
        self._tally.failed_feeds += 1
        what = GatherError(ended.feed.url, f"the program failed: {type(error).__name__}")
        now = self._clock()
        store(self._engine, [EndedPoll(ended.feed, failed(ended.feed, what, now, self._rng))], now, self._rng)


def store(engine: Engine, batch: Iterable[EndedPoll], now: datetime, rng: Random) -> int:
    """Stores a batch of different feeds, items and validators together: a validator without its items would lose them.
    How many items are new; of a document that is decided here, where one look-up serves the whole batch."""
    with session(engine) as opened:
        ended = {one.feed.id: one.how for one in batch}
        held = polls.lock_feeds(opened, ended)
        done = _decided(opened, {feed: ended[feed] for feed in held}, now, rng)
        polled = {feed: how for feed, how in done.items() if isinstance(how, FeedPolled)}
        failed = {feed: how for feed, how in done.items() if isinstance(how, FeedFailed)}
        items.add(opened, ((feed, how.new) for feed, how in polled.items()), now)
        outcomes = {feed: success(how, now) for feed, how in polled.items()}
        outcomes |= {feed: how for feed, how in done.items() if isinstance(how, PollResult)}
        outcomes |= {feed: failure(how, how.next_poll, now) for feed, how in failed.items() if how.next_poll}
        polls.save_results(opened, outcomes, held)
        _move(opened, polled, now)
        for feed, how in failed.items():
            if how.next_poll is None:
                feeds.retire(opened, feed, now, str(how.error))
    return sum(len(how.new.items) for how in polled.values())


def _decided(
    opened: Session, ended: Mapping[int, How], now: datetime, rng: Random
) -> dict[int, FeedPolled | PollResult | FeedFailed]:
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
