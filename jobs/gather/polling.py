"""From the sources to stored items and records: the poll side of gathering."""

from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import datetime
from functools import partial
from random import Random
from typing import TYPE_CHECKING

from sqlalchemy import Engine

from db.values import DueFeed, PollResult
from jobs.gather.conversions import said
from jobs.gather.local_network import LocalNetwork
from jobs.gather.network_tasks import Blame, NetworkTasks
from jobs.gather.parsers import Parsers
from jobs.gather.poll_writer import EndedPoll, PollWriter
from jobs.gather.source_context import SourceContext, SourceOptions
from jobs.tally import Report, Tally
from jobs.terminal.console import steps
from tracker.errors import Unheard
from tracker.gather.feeds.poll import ChangedFeed, FeedFailed, FeedPolled, ask_feed
from tracker.gather.http.robots import Robots
from tracker.model import SourceKind

if TYPE_CHECKING:
    from rich.progress import Progress


class Polling:
    """Polls sources. One for a whole run."""

    def __init__(
        self,
        engine: Engine,
        network: LocalNetwork,
        at_once: NetworkTasks,
        clock: Callable[[], datetime],
        rng: Random,
        report: Report,
        options: SourceOptions,
    ) -> None:
        self._engine, self._network, self._at_once = engine, network, at_once
        self._clock, self._rng, self._report, self._options = clock, rng, report, options
        self._robots = Robots(network.fetcher)

    async def poll(self, wanted: Sequence[DueFeed], tally: Tally, bar: "Progress | None" = None) -> None:
        """Polls the feeds, all hosts at once, and stores their items. While this machine's network is down, only a few
        hosts are tried; as soon as one answers, all are polled."""
        self._robots.forget_unheard()
        left, down = list(wanted), bool(wanted) and await self._network.still_down()
        writer = PollWriter(self._engine, self._clock, self._rng, tally, self._report)
        with steps(bar, "feeds", len(wanted)) as shown, closing(Parsers()) as parsers:
            async with writer.at_work():
                poll = partial(self._poll, tally=tally, writer=writer, parsers=parsers)
                while left and not down:
                    left, down = await self._at_once.all(left, poll, shown, writer.flush)
        tally.waiting += len(left)

    async def _poll(self, feed: DueFeed, tally: Tally, writer: PollWriter, parsers: Parsers) -> Blame | None:
        how = await self._ask(feed, tally, parsers)
        if not isinstance(how, FeedFailed):
            tally.feeds += 1
            await writer.put(EndedPoll(feed, how))
            return None
        blame = partial(self._blame, feed, how, tally, writer)
        if isinstance(how.error, Unheard):
            return blame
        await blame()
        return None

    async def _ask(
        self, feed: DueFeed, tally: Tally, parsers: Parsers
    ) -> ChangedFeed | FeedPolled | PollResult | FeedFailed:
        fetcher = self._network.fetcher
        if feed.kind is SourceKind.FEED:
            return await ask_feed(fetcher, feed, self._clock(), self._rng, parsers.read)
        from jobs.gather.sources import poll_source  # libraries that a poll of feeds alone never needs

        context = SourceContext(self._engine, fetcher, self._at_once, self._clock, self._options, tally, self._robots)
        return await poll_source(context, feed, self._rng)

    async def _blame(self, feed: DueFeed, failed: FeedFailed, tally: Tally, writer: PollWriter) -> None:
        tally.feeds += 1
        tally.failed_feeds += 1
        tally.retired_feeds += failed.next_poll is None
        self._report(said(failed))
        await writer.put(EndedPoll(feed, failed))
