"""`tracker sources backfill`: what a source published before it was subscribed to."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import TYPE_CHECKING

from sqlalchemy import Engine

from db.values import DueFeed, Feed
from jobs.gather.local_network import LocalNetwork
from jobs.gather.network_tasks import NetworkTasks
from jobs.gather.source_context import SourceContext, SourceOptions
from jobs.gather.sources import BACKFILLS
from jobs.network import client
from jobs.reader import open_reader
from jobs.settings import Settings
from jobs.tally import Report, Tally
from jobs.terminal.console import Steps, steps
from tracker.errors import GatherError, HttpStatusError
from tracker.gather.http.robots import Robots
from tracker.gather.schedule import FailureKind, kind_of
from tracker.gather.sources.legistar_poll import Batch
from tracker.publish.counts import count

if TYPE_CHECKING:
    from rich.progress import Progress

TRIES = 5
"""Failures in a row after which it ends: a server that is mended overnight is asked again by the next call."""
PAUSES = 12
"""The first wait after a failure, in pauses between two requests: a minute at five seconds; longer each time."""


@dataclass
class BackfillCounts:
    """What one did: `pages` of matters, `matters` on them, `histories` that were asked for."""

    pages: int = 0
    matters: int = 0
    histories: int = 0
    tally: Tally = field(default_factory=Tally)

    def add(self, some: Sequence[Batch]) -> None:
        """What was stored of them. A batch with a history is a part of a page."""
        self.histories += sum(len(batch.histories) for batch in some)
        self.matters += sum(len(batch.matters) for batch in some)
        self.pages += sum(batch.cursor.reached is not None and not batch.histories for batch in some)

    def in_words(self) -> str:
        """One line for people."""
        asked = f"{count(self.histories, 'history', 'histories')} asked for"
        return f"{count(self.matters, 'matter')} on {count(self.pages, 'page')}, {asked}; {self.tally.entry_words}"


def backfill(
    engine: Engine,
    settings: Settings,
    source: Feed,
    since: datetime,
    counts: BackfillCounts,
    clock: Callable[[], datetime],
    report: Report,
    bar: "Progress | None" = None,
) -> None:
    """Brings in what a source has published since a moment; what is done is in `counts`, also where it is ended. Raises
    GatherError once it has failed too often in a row."""
    asyncio.run(_fill(engine, settings, source, since, counts, clock, report, bar))


async def _fill(
    engine: Engine,
    settings: Settings,
    source: Feed,
    since: datetime,
    counts: BackfillCounts,
    clock: Callable[[], datetime],
    report: Report,
    bar: "Progress | None",
) -> None:
    due = DueFeed(url=source.url, id=source.id, kind=source.kind)
    reader = open_reader(settings)
    options = SourceOptions.of(settings, lambda: reader)
    async with client(settings, engine) as fetcher:
        network = LocalNetwork(engine, fetcher, clock, Random(), report)  # noqa: S311 - a lot, not a secret
        tasks = NetworkTasks(network)
        context = SourceContext(engine, network.fetcher, tasks, clock, options, counts.tally, Robots(network.fetcher))
        with ExitStack() as shown:
            progress = BackfillBars(counts, *(shown.enter_context(steps(bar, name, None)) for name in BARS))
            await _patiently(context, due, since, progress, settings.seconds_between_requests, report)


BARS = ("pages", "histories", "entries")
"""What is counted on the bar."""


@dataclass
class BackfillBars:
    """The counts with their bars."""

    counts: BackfillCounts
    pages: Steps
    histories: Steps
    entries: Steps

    def stored(self, some: Sequence[Batch]) -> None:
        """Counts what was just stored."""
        before = (self.counts.pages, self.counts.histories)
        self.counts.add(some)
        self.pages.done(self.counts.pages - before[0])
        self.histories.done(self.counts.histories - before[1])
        self.entries.reach(self.counts.tally.opened)


async def _patiently(
    context: SourceContext, source: DueFeed, since: datetime, shown: BackfillBars, pause_s: float, report: Report
) -> None:
    """Goes on where it was after a failure that passes."""
    tries = 0
    while True:
        before = shown.counts.matters
        try:
            await BACKFILLS[source.kind](context, source, since, shown.stored)
            return
        except GatherError as error:
            tries = 1 if shown.counts.matters > before else tries + 1
            if kind_of(error) not in (FailureKind.PASSING, FailureKind.SOFT) or tries >= TRIES:
                raise
            asked = error.retry_after if isinstance(error, HttpStatusError) else None
            wait = max(asked or 0.0, PAUSES * pause_s * tries)
            report(f"{source.url}: {error}; it goes on in {wait:.0f} seconds")
            await asyncio.sleep(wait)
