"""The looks by which work is shared out: what is due, and not in the queue yet, is put in. By the daemon at its
intervals, and by a worker as soon as its own work leads to more. The database says what is due, whoever looks."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from contextlib import asynccontextmanager
from functools import partial
from math import ceil
from typing import TYPE_CHECKING, Any

from db.articles import articles
from db.feeds import items
from db.readings import BATCH
from jobs.gather.jobs import LastPoll, gatherer
from jobs.opinions import due as opinions_due
from jobs.process.job import LOOK_S
from jobs.queue.queue import Queue, Wanted
from jobs.queue.tasks import FETCH, OPINIONS, POLL, READ
from jobs.reader import reader_version
from tracker.gather.canonical import bare_host

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from db.values import DueFeed
    from jobs.process.context import JobContext
    from jobs.process.guard import Guard

MOST_POLLS = 2000
"""In the queue at once: more than workers do between two looks, and few enough to be looked through."""
MOST_HOSTS = 500
ITEMS = 20
"""Of one host in one task: at five seconds between two requests it takes two minutes, which a kill at most repeats."""
MOST_READERS = 32
"""Tasks of reading in the queue: as many processes may read at once. One that finds nothing left ends at once."""


@asynccontextmanager
async def sharing(context: "JobContext") -> "AsyncIterator[Queue]":
    """The queue, for the looks of this context."""
    async with Queue(context.engine).opened() as queue:
        context.singleton(_Kept, _Kept).queue = queue
        yield queue


class _Kept:
    queue: Queue


def _queue(context: "JobContext") -> Queue:
    return context.singleton(_Kept, _Kept).queue


async def poll(context: "JobContext") -> None:
    """Puts in a task for each feed that is due. Before that what stalled is taken out."""
    queue = _queue(context)
    if stalled := await queue.sweep():
        context.log.warning("taken up", tasks=stalled, what="a worker is gone; what it had in hand is done by others")
    due = await asyncio.to_thread(gatherer(context).due, everything=False)
    if due:
        gap_s = context.settings.seconds_between_requests
        each = context.settings.requests_per_host + ceil(LOOK_S / gap_s) if gap_s else MOST_POLLS
        await queue.defer(POLL, polls(due, await queue.locks(POLL), each))
        context.singleton(LastPoll, LastPoll).at = context.clock()


def polls(due: "Sequence[DueFeed]", there: set[str], each: int) -> Wanted:
    """Of the feeds that are due, longest overdue first, those to put in: of one host no more than `each`, with those
    that are `there`. Others would only keep workers waiting for their turn, and are still due at the next look."""
    of_host: Counter[str] = Counter()
    wanted: dict[str, dict[str, Any]] = {}
    for feed in due[:MOST_POLLS]:
        lock, host = f"feed:{feed.id}", bare_host(feed.url)
        if of_host[host] < each or lock in there:
            of_host[host] += 1
            if lock not in there:
                wanted[lock] = {"feed": feed.id}
    return wanted


async def fetch(context: "JobContext") -> None:
    """Puts in a task for each host whose articles are to be fetched."""
    await gatherer(context).screen_again()
    due = await context.query(items.due_by_host, context.clock(), ITEMS, MOST_HOSTS)
    await _put_in(context, FETCH, {f"host:{host}": {"items": ids} for host, ids in due.items()})


async def read(context: "JobContext") -> None:
    """Puts in as many tasks as processes may read at once what waits."""
    version = reader_version(context.settings)
    waiting = await context.query(articles.count_waiting, version, MOST_READERS * BATCH)
    await _put_in(context, READ, {f"read:{number}": {} for number in range(ceil(waiting / BATCH))})


async def opinions(context: "JobContext") -> None:
    """Puts in as many tasks as articles may be asked about at once; one process asks about several."""
    if not opinions_due.may_ask(context.settings):
        return
    waiting = await asyncio.to_thread(opinions_due.to_ask, context.engine, context.settings, context.clock())
    await _put_in(context, OPINIONS, {f"opinions:{number}": {} for number in range(waiting)})


async def _put_in(context: "JobContext", task: str, wanted: Wanted) -> None:
    """Those of these tasks that are not in the queue yet."""
    if wanted:
        queue = _queue(context)
        there = await queue.locks(task)
        await queue.defer(task, {lock: arguments for lock, arguments in wanted.items() if lock not in there})


LOOKS = {"poll": poll, "fetch": fetch, "read": read, "opinions": opinions}
"""By the daemon's jobs whose place they take where workers share the work (setting `workers`)."""


SOON_S = 1.0
"""Many polls end in a second; one look serves all of them."""
WOKEN = frozenset({"fetch", "read", "opinions"})
"""What else is woken (the report, mails) is the daemon's, which looks every few seconds."""


class Waker:
    """Looks soon, once for however many wish it meanwhile."""

    def __init__(self, context: "JobContext", guard: "Guard") -> None:
        self._context, self._guard = context, guard
        self._soon: dict[str, asyncio.Task[None]] = {}

    def wake(self, name: str) -> None:
        """Puts in what is due of a job, within a second or two."""
        if name in WOKEN and name not in self._soon and not self._context.stopping:
            self._soon[name] = asyncio.create_task(self._look(name))

    async def _look(self, name: str) -> None:
        await asyncio.sleep(SOON_S)
        del self._soon[name]  # what comes from now on wants another look
        await self._guard.around(name, partial(self._looked, name))()

    async def _looked(self, name: str) -> bool:
        await LOOKS[name](self._context)
        return True
