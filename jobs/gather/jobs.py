"""The daemon's share in gathering: what is due is polled, what it brought is fetched."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from jobs.process.job import LOOK_S, MINUTE_S, Every, job
from jobs.tally import Tally

if TYPE_CHECKING:
    from jobs.gather.gathering import Gatherer
    from jobs.process.context import JobContext


class LastPoll:
    """When feeds were polled last, as the report may want to show it."""

    def __init__(self) -> None:
        self.at = datetime.min.replace(tzinfo=UTC)


def gatherer(context: "JobContext") -> "Gatherer":
    """The one of this process."""
    from jobs.gather.conversions import first_screen
    from jobs.gather.gathering import Gatherer
    from jobs.gather.source_context import SourceOptions
    from jobs.reader import reader_of

    def made() -> Gatherer:
        screening = first_screen(context.settings)
        options = SourceOptions.of(context.settings, lambda: reader_of(context))
        return Gatherer(
            context.engine, context.fetcher, context.clock, context.warn, screening=screening, options=options
        )

    return context.singleton(Gatherer, made)


@job(Every(LOOK_S), "tracker poll --no-read")
async def poll(context: "JobContext") -> None:
    """Polls the feeds that are due."""
    tally = Tally()
    if wanted := gatherer(context).due(everything=False):
        await gatherer(context).poll(wanted, tally)
        context.singleton(LastPoll, LastPoll).at = context.clock()
        context.log_counts("polled", tally, "feeds", "failed_feeds", "retired_feeds", "new_items")
        context.wake("fetch")


@job(Every(MINUTE_S), "tracker poll")
async def fetch(context: "JobContext") -> None:
    """Fetches the articles of the items that are due."""
    tally = Tally()
    await gatherer(context).fetch(tally)
    context.log_counts("fetched", tally, "new_articles", "failed_pages", "put_aside")
    if tally.new_articles:
        context.wake("read")


async def poll_one(context: "JobContext", feed: int) -> None:
    """Polls one feed, if it is still due: a worker's share of `poll`."""
    tally = Tally()
    if wanted := await asyncio.to_thread(gatherer(context).due_of, feed):
        await gatherer(context).poll(wanted, tally)
        context.log_counts("polled", tally, "failed_feeds", "retired_feeds", "new_items")
        if tally.new_items:
            context.wake("fetch")


async def fetch_some(context: "JobContext", items: Sequence[int]) -> None:
    """Fetches the articles of those of these items that are still due: a worker's share of `fetch`."""
    tally = Tally()
    await gatherer(context).fetch_some(items, tally)
    context.log_counts("fetched", tally, "new_articles", "failed_pages", "put_aside")
    context.wake("fetch")  # the host may have more
    if tally.new_articles:
        context.wake("read")
