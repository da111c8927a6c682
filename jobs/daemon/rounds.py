"""What the daemon does, round after round: its jobs, how often each is looked at, and which wakes which."""

import asyncio
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from db import freshness
from db.engine import reading
from jobs.daemon.guard import Guard
from jobs.feeds.gathering import Gatherer
from jobs.mail.daemon import MailJob
from jobs.reading.page import prune
from jobs.tally import Tally

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from jobs.settings import Settings
    from tracker.read.reader import Reader

EVERY_S = 60
"""Seconds between two looks at what waits for another try; what is new wakes its job at once."""
LOOK_S = 10
"""Seconds between two looks at what others change beside the daemon, a short query each: whether a feed is due (one
that was just added is), and whether the report is stale: what a person decides is published within a minute, of which
most is left for building."""
COVERAGE = timedelta(hours=1)
"""The report is built again at least so often while feeds are polled: when they were heard last changes all the time,
and nobody waits for it."""

MAIL_WAITS = timedelta(minutes=15)
"""A mail leads to pages that the next build makes. Where that fails, or takes long, mails do not wait for ever."""


class Rounds:
    """The daemon's jobs. Each runs once at a time; a failure is noted (`guard`) and the next round tries again."""

    def __init__(
        self, engine: "Engine", settings: "Settings", gatherer: Gatherer, log: Any, clock: Callable[[], datetime]
    ) -> None:
        self._engine, self._settings, self._gatherer, self._log, self._clock = engine, settings, gatherer, log, clock
        self._reader: Reader | None = None
        self._published: int | None = None
        """The freshness that the report shows; at the start nobody knows."""
        self._published_at = datetime.min.replace(tzinfo=UTC)
        self._fresh_at = clock()
        """When the report was last seen to show everything."""
        self._published_day: date | None = None
        self._polled_at = datetime.min.replace(tzinfo=UTC)
        self._mail = MailJob(engine, settings, log)
        self.stopping = False

    def stop(self) -> None:
        """Lets the jobs that run come to a good end, and no other begin."""
        self.stopping = True
        self._mail.stop()

    def schedule(self) -> AsyncIOScheduler:
        """All jobs, each at once and then at its interval. A missed round is not made up for: the database says what
        is due."""
        defaults = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        self._scheduler = AsyncIOScheduler(timezone=UTC, job_defaults=defaults)
        guard = Guard(self._engine, self._log, self._clock, lambda: self.stopping)
        jobs = ((self.poll, LOOK_S), (self.fetch, EVERY_S), (self.read, EVERY_S), (self.report, LOOK_S))
        for job, seconds in (*jobs, (self.mail, EVERY_S)):
            name, first = job.__name__, self._clock()
            run = guard.around(name, job)
            self._scheduler.add_job(run, "interval", seconds=seconds, id=name, name=name, next_run_time=first)
        return self._scheduler

    def _wake(self, name: str) -> None:
        """Lets the next job on the way begin now instead of at its next round; one that runs already sees to it."""
        if not self.stopping:
            self._scheduler.modify_job(name, next_run_time=self._clock())

    async def poll(self) -> None:
        """Polls the feeds that are due."""
        tally = Tally()
        if wanted := self._gatherer.due(everything=False):
            await self._gatherer.poll(wanted, tally)
            self._polled_at = self._clock()
            self._said("polled", tally, "feeds", "failed_feeds", "retired_feeds", "new_items")
            self._wake("fetch")

    async def fetch(self) -> None:
        """Fetches the articles of the items that are due."""
        tally = Tally()
        await self._gatherer.fetch(tally)
        self._said("fetched", tally, "new_articles", "failed_pages", "put_aside")
        if tally.new_articles:
            self._wake("read")

    async def read(self) -> None:
        """Reads and records what is unread, in a thread: it needs the processor for long."""
        tally = Tally()
        await asyncio.to_thread(self._read, tally)
        await asyncio.to_thread(prune, self._engine, self._settings, self._clock())
        self._said("read", tally, "read", "changes", "opened", "changed", "unreadable")

    def _read(self, tally: Tally) -> None:
        """In its thread. The reader's libraries take seconds to load, so they are loaded here and not at the start."""
        from jobs.reading.unread import read_unread
        from tracker.read.reader import Reader

        self._reader = self._reader or Reader()
        failed = partial(self._log.error, "failed")
        read_unread(
            self._engine, self._reader, self._clock, tally, lambda line: failed(what=line), stop=lambda: self.stopping
        )

    async def report(self) -> None:
        """Builds the report where it is stale."""
        now = self._clock()
        number = await asyncio.to_thread(self._number)
        if number == self._published:
            self._fresh_at = now
        if self.stopping or not self._is_stale(number, now):
            return
        from jobs.publish.report import write

        result = await asyncio.to_thread(write, self._engine, self._settings, self._settings.report_dir, now)
        self._published, self._published_at, self._published_day = number, now, self._day(now)
        self._log.info("reported", entries=result.entries, places=result.places, written=result.pages_written)

    def _number(self) -> int:
        with reading(self._engine) as opened:
            return freshness.number(opened)

    def _is_stale(self, number: int, now: datetime) -> bool:
        """Whether something that it shows has changed since, a new day makes "soon" another, or feeds were heard."""
        heard = self._polled_at >= self._published_at and now - self._published_at >= COVERAGE
        return number != self._published or self._day(now) != self._published_day or heard

    def _day(self, now: datetime) -> date:
        return now.astimezone(ZoneInfo(self._settings.timezone)).date()

    async def mail(self) -> None:
        """Sends the digests whose hour has come, once the pages that they lead to are there."""
        if not self.stopping and (await self._are_pages_there() or self._clock() - self._fresh_at > MAIL_WAITS):
            await self._mail.run()

    async def _are_pages_there(self) -> bool:
        return self._published == await asyncio.to_thread(self._number)

    def _said(self, event: str, tally: Tally, *names: str) -> None:
        """Logs the counts that are not 0; a quiet round says nothing."""
        counts = {name: count for name, count in tally.as_dict().items() if name in names and count}
        if counts:
            self._log.info(event, **counts)
