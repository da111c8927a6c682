"""The daemon's share in reading: what is unread is read and recorded, pages that prove nothing go."""

import asyncio
from typing import TYPE_CHECKING

from db.engine import session
from db.mail import subscribers
from jobs.job import MINUTE_S, NIGHTLY, Every, job
from jobs.reading import page
from jobs.tally import Tally

if TYPE_CHECKING:
    from jobs.daemon.world import World


@job(Every(MINUTE_S), "tracker poll", shared="jobs.queue.looks:read")
async def read(world: "World") -> None:
    """Reads and records what is unread, in a thread: it needs the processor for long."""
    tally = Tally()
    await asyncio.to_thread(_read, world, tally)
    world.said("read", tally, "read", "changes", "opened", "changed", "unreadable")
    if tally.opened or tally.changed:
        world.wake("report")
    if tally.read and world.settings.second_opinion_address:
        world.wake("opinions")


def _read(world: "World", tally: Tally) -> None:
    """In its thread. The reader's libraries take seconds to load and a hundred megabytes, so they are loaded when the
    first article waits and not at the start."""
    from jobs.feeds.waiting import to_read
    from jobs.reading.open_reader import open_reader, reader_version

    if world.stopping or not to_read(world.engine, reader_version(world.settings)):
        return
    from jobs.opinions.hearing import Hearing
    from jobs.reading.unread import read_unread
    from tracker.read.reader import Reader

    def failed(line: str) -> None:
        world.log.error("failed", what=line)

    reader = world.kept(Reader, lambda: open_reader(world.settings))
    hearing = Hearing.of(world.engine, world.settings, reader)
    read_unread(world.engine, reader, world.clock, tally, failed, stop=lambda: world.stopping, hearing=hearing)


@job(NIGHTLY, "tracker poll")
async def prune(world: "World") -> None:
    """Deletes kept pages that prove nothing and are old (setting `keep_pages_days`), and requests for the mails that
    nobody confirmed."""
    await asyncio.to_thread(page.prune, world.engine, world.settings, world.clock())
    await asyncio.to_thread(_forget_unanswered, world)


def _forget_unanswered(world: "World") -> None:
    with session(world.engine) as opened:
        subscribers.forget_unanswered(opened, world.clock() - subscribers.UNANSWERED)
