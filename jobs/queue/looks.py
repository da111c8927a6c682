"""The looks by which work is shared out: what is due, and not in the queue yet, is put in. By the daemon at its
intervals, and by a worker as soon as its own work leads to more. The database says what is due, whoever looks."""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import asynccontextmanager
from math import ceil
from typing import TYPE_CHECKING, Any

from db.articles import articles
from db.engine import reading
from db.feeds import items
from jobs.feeds.jobs import Heard
from jobs.job import LOOK_S
from jobs.opinions import rounds
from jobs.queue.queue import Queue, Wanted
from jobs.queue.tasks import FETCH, OPINIONS, POLL, READ
from jobs.reading.open_reader import reader_version
from jobs.reading.unread import BATCH
from tracker.gather.canonical import bare_host

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from db.values import DueFeed
    from jobs.daemon.world import World

MOST_POLLS = 2000
"""In the queue at once: more than workers do between two looks, and few enough to be looked through."""
MOST_HOSTS = 500
ITEMS = 20
"""Of one host in one task: at five seconds between two requests it takes two minutes, which a kill at most repeats."""
MOST_READERS = 32
"""Tasks of reading in the queue: as many processes may read at once. One that finds nothing left ends at once."""


@asynccontextmanager
async def sharing(world: "World") -> "AsyncIterator[Queue]":
    """The queue, for the looks of this world."""
    async with Queue(world.engine).opened() as queue:
        world.kept(_Kept, _Kept).queue = queue
        yield queue


class _Kept:
    queue: Queue


def _queue(world: "World") -> Queue:
    return world.kept(_Kept, _Kept).queue


async def poll(world: "World") -> None:
    """Puts in a task for each feed that is due. Before that what stalled is taken out."""
    queue = _queue(world)
    if stalled := await queue.sweep():
        world.log.warning("taken up", tasks=stalled, what="a worker is gone; what it had in hand is done by others")
    due = await asyncio.to_thread(world.gatherer.due, everything=False)
    if due:
        gap_s = world.settings.seconds_between_requests
        each = world.settings.requests_per_host + ceil(LOOK_S / gap_s) if gap_s else MOST_POLLS
        await queue.defer(POLL, polls(due, await queue.locks(POLL), each))
        world.kept(Heard, Heard).at = world.clock()


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


async def fetch(world: "World") -> None:
    """Puts in a task for each host whose articles are to be fetched."""
    await world.gatherer.screen_again()
    queue = _queue(world)
    there = await queue.locks(FETCH)
    due = await asyncio.to_thread(_in_session, world, items.due_by_host, world.clock(), ITEMS, MOST_HOSTS)
    wanted = {f"host:{host}": {"items": ids} for host, ids in due.items()}
    await queue.defer(FETCH, _but(wanted, there))


async def read(world: "World") -> None:
    """Puts in as many tasks as processes may read at once what waits."""
    version = reader_version(world.settings)
    waiting = await asyncio.to_thread(_in_session, world, articles.count_waiting, version, MOST_READERS * BATCH)
    wanted: Wanted = {f"read:{number}": {} for number in range(ceil(waiting / BATCH))}
    queue = _queue(world)
    if wanted:
        await queue.defer(READ, _but(wanted, await queue.locks(READ)))


async def opinions(world: "World") -> None:
    """Puts in as many tasks as articles may be asked about at once; one process asks about several."""
    if not rounds.may_ask(world.settings):
        return
    waiting = await asyncio.to_thread(rounds.to_ask, world.engine, world.settings, world.clock())
    wanted: Wanted = {f"opinions:{number}": {} for number in range(waiting)}
    queue = _queue(world)
    if wanted:
        await queue.defer(OPINIONS, _but(wanted, await queue.locks(OPINIONS)))


def _but(wanted: Wanted, there: set[str]) -> Wanted:
    return {lock: arguments for lock, arguments in wanted.items() if lock not in there}


def _in_session(world: "World", query: Callable[..., Any], *values: Any) -> Any:
    with reading(world.engine) as opened:
        return query(opened, *values)
