"""The daemon's share in gathering: what is due is polled, what it brought is fetched."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from jobs.job import LOOK_S, MINUTE_S, Every, job
from jobs.tally import Tally

if TYPE_CHECKING:
    from jobs.daemon.world import World


class Heard:
    """When feeds were polled last, as the report may want to show it."""

    def __init__(self) -> None:
        self.at = datetime.min.replace(tzinfo=UTC)


@job(Every(LOOK_S), "tracker poll --no-read", shared="jobs.queue.looks:poll")
async def poll(world: "World") -> None:
    """Polls the feeds that are due."""
    tally = Tally()
    if wanted := world.gatherer.due(everything=False):
        await world.gatherer.poll(wanted, tally)
        world.kept(Heard, Heard).at = world.clock()
        world.said("polled", tally, "feeds", "failed_feeds", "retired_feeds", "new_items")
        world.wake("fetch")


@job(Every(MINUTE_S), "tracker poll", shared="jobs.queue.looks:fetch")
async def fetch(world: "World") -> None:
    """Fetches the articles of the items that are due."""
    tally = Tally()
    await world.gatherer.fetch(tally)
    world.said("fetched", tally, "new_articles", "failed_pages", "put_aside")
    if tally.new_articles:
        world.wake("read")


async def poll_one(world: "World", feed: int) -> None:
    """Polls one feed, if it is still due: a worker's share of `poll`."""
    tally = Tally()
    if wanted := await asyncio.to_thread(world.gatherer.due_of, feed):
        await world.gatherer.poll(wanted, tally)
        world.said("polled", tally, "failed_feeds", "retired_feeds", "new_items")
        if tally.new_items:
            world.wake("fetch")


async def fetch_some(world: "World", items: Sequence[int]) -> None:
    """Fetches the articles of those of these items that are still due: a worker's share of `fetch`."""
    tally = Tally()
    await world.gatherer.fetch_some(items, tally)
    world.said("fetched", tally, "new_articles", "failed_pages", "put_aside")
    world.wake("fetch")  # the host may have more
    if tally.new_articles:
        world.wake("read")
