"""The one writer of a poll: stores how polls ended, in batches, each in one transaction."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from random import Random

from sqlalchemy import Engine

from jobs.feeds.poll_store import Ended, store
from jobs.tally import Report, Tally
from tracker.errors import GatherError, StorageError
from tracker.gather.feeds.poll import failed

BATCH = 200
"""Polls in one transaction: enough that what a transaction costs does not show, and few enough that a run that is
killed asks few servers again."""
WAIT_S = 0.5
"""How long the first of a batch waits for others."""
WAITING = 2 * BATCH
"""Polls that wait for the writer; those who bring more wait themselves, so that documents do not pile up."""


class PollWriter:
    """Takes what polls give and stores it: items and validators in one transaction, since a validator without its
    items would lose them. A run that is killed loses its last batch, and the next one polls those feeds again.

    What of a document is new is decided here, where one look-up serves the whole batch. `tally` counts what is stored.
    """

    def __init__(
        self, engine: Engine, clock: Callable[[], datetime], rng: Random, tally: Tally, report: Report
    ) -> None:
        self._engine, self._clock, self._rng, self._tally, self._report = engine, clock, rng, tally, report
        self._queue: asyncio.Queue[Ended | asyncio.Future[None]] = asyncio.Queue(WAITING)

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

    async def put(self, ended: Ended) -> None:
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

    async def _batch(self) -> tuple[list[Ended], asyncio.Future[None] | None]:
        """What came within WAIT_S of the first, and who waits until it is stored."""
        batch: list[Ended] = []
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

    def _store(self, batch: Sequence[Ended]) -> None:
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

    def _give_up(self, ended: Ended, error: Exception) -> None:
        """A bug of ours is said, and counts against the feed, or it would be met at every poll."""
        self._report(f"feed {ended.feed.url}: cannot be stored ({type(error).__name__}: {error}); please report this")
        self._tally.failed_feeds += 1
        what = GatherError(ended.feed.url, f"the program failed: {type(error).__name__}")
        now = self._clock()
        store(self._engine, [Ended(ended.feed, failed(ended.feed, what, now, self._rng))], now, self._rng)
