"""The daemon's share in gathering: what is due is polled, what it brought is fetched."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from jobs.tally import Tally

if TYPE_CHECKING:
    from jobs.daemon.world import World


class Heard:
    """When feeds were polled last, as the report may want to show it."""

    def __init__(self) -> None:
        self.at = datetime.min.replace(tzinfo=UTC)


async def poll(world: "World") -> None:
    """Polls the feeds that are due."""
    tally = Tally()
    if wanted := world.gatherer.due(everything=False):
        await world.gatherer.poll(wanted, tally)
        world.kept(Heard, Heard).at = world.clock()
        world.said("polled", tally, "feeds", "failed_feeds", "retired_feeds", "new_items")
        world.wake("fetch")


async def fetch(world: "World") -> None:
    """Fetches the articles of the items that are due."""
    tally = Tally()
    await world.gatherer.fetch(tally)
    world.said("fetched", tally, "new_articles", "failed_pages", "put_aside")
    if tally.new_articles:
        world.wake("read")
