"""From the feeds to stored articles: glue between the network (tracker.gather) and the database (db)."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from random import Random
from typing import TYPE_CHECKING

from sqlalchemy import Engine

from db.engine import reading
from db.feeds import feeds
from db.values import DueFeed
from jobs.gather.conversions import Screening
from jobs.gather.fetching import Fetching
from jobs.gather.local_network import LocalNetwork
from jobs.gather.network_tasks import AT_ONCE, NetworkTasks
from jobs.gather.polling import Polling
from jobs.gather.source_context import SourceOptions
from jobs.tally import Report, Tally
from tracker.gather.http.client import Fetcher

if TYPE_CHECKING:
    from rich.progress import Progress


class Gatherer:
    """Polls feeds and fetches articles. One for a whole run, since robots.txt and the manners are kept in it.

    `clock` gives the time that is stored; `report` takes one line for each failure. An outcome is stored in the
    transaction that marks it as done, so that a run can be killed at any moment and the next one goes on from there; a
    failure that may be this machine's own waits until that is known, and if it is, nothing is stored: feed and item
    stay due.
    `options` are what records need. `screening` puts items aside before their pages are asked for; without one, every
    page is fetched.
    `at_once` feeds or articles are in hand at the same time; with 1, everything happens in the same order in every run.
    """

    def __init__(
        self,
        engine: Engine,
        fetcher: Fetcher,
        clock: Callable[[], datetime],
        report: Report,
        at_once: int = AT_ONCE,
        screening: Screening | None = None,
        options: SourceOptions = SourceOptions(),  # noqa: B008 - it never changes
    ) -> None:
        self._engine, self._clock = engine, clock
        rng = Random()  # noqa: S311 - jitter, not a secret
        network = LocalNetwork(engine, fetcher, clock, rng, report)
        works = NetworkTasks(network, at_once)
        self._polling = Polling(engine, network, works, clock, rng, report, options)
        self._fetching = Fetching(engine, network, works, clock, rng, report, screening)

    def due(self, *, everything: bool) -> tuple[DueFeed, ...]:
        """The feeds whose time has come, or all that are not retired."""
        with reading(self._engine) as opened:
            if everything:
                return tuple(replace(feed, everything=True) for feed in feeds.polled(opened))
            return feeds.due(opened, self._clock())

    def due_of(self, feed: int) -> tuple[DueFeed, ...]:
        """This one, if its time has come."""
        with reading(self._engine) as opened:
            return feeds.due(opened, self._clock(), only=feed)

    async def poll(self, wanted: Sequence[DueFeed], tally: Tally, bar: "Progress | None" = None) -> None:
        """Polls the feeds, all hosts at once, and stores their items."""
        await self._polling.poll(wanted, tally, bar)

    async def fetch(self, tally: Tally, bar: "Progress | None" = None) -> None:
        """Fetches the article of every item whose time has come."""
        await self._fetching.fetch(tally, bar)

    async def fetch_some(self, wanted: Sequence[int], tally: Tally) -> None:
        """The same for those of these items whose time has come."""
        await self._fetching.fetch_some(wanted, tally)

    async def screen_again(self) -> None:
        """What another version of the screen put aside is to be fetched where this one lets it pass."""
        await self._fetching.screen_again()
