"""`tracker run`: the daemon. Polls what is due, reads, records, rebuilds the report, sends the digest, serves pages."""

import asyncio
import signal
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import typer

from jobs.console import state
from jobs.tally import Tally
from tracker.errors import TrackerError

if TYPE_CHECKING:
    from apscheduler.schedulers.asyncio import AsyncIOScheduler
    from rich.progress import Progress
    from sqlalchemy import Engine

    from jobs.gathering import Gatherer
    from jobs.settings import Settings
    from tracker.read.reader import Reader

ENDING = (signal.SIGTERM, signal.SIGINT)
EVERY_S = 60
"""Seconds between two looks at what is due; feeds are due every 15 minutes at most."""


def command(ctx: typer.Context) -> None:
    """Run the daemon: poll what is due every minute, read, record, and keep the report up to date.

    Sends the digest at each subscriber's hour where a mail server is set, and serves the report and the pages behind
    the links of a mail at web_host and web_port.

    The log goes to standard error, one event a line. SIGTERM or Ctrl-C ends it when the article in hand is recorded.
    Only one daemon runs on one data folder.

    Example: tracker run
    """
    from jobs import log
    from jobs.lock import only_one
    from jobs.model import check_model
    from jobs.store import make_data_dir, open_store

    for number in ENDING:
        signal.signal(number, lambda *_: sys.exit(0))  # until the loop runs there is nothing to finish
    settings = state(ctx).settings
    check_model(settings)
    make_data_dir(settings)
    with only_one(settings.data_dir), open_store(settings) as engine:
        asyncio.run(serve(engine, settings, log.start()))


async def serve(engine: "Engine", settings: "Settings", log: Any) -> None:
    """Runs until SIGTERM or SIGINT. Threads that record something are waited for by `asyncio.run`."""
    from jobs.gathering import Gatherer
    from jobs.network import client
    from jobs.web.server import serving

    stop = _stop_event()
    async with client(settings) as fetcher, serving(engine, settings, log):
        gatherer = Gatherer(engine, fetcher, _now, lambda line: log.warning("failed", what=line))
        daemon = Daemon(engine, settings, gatherer, log)
        scheduler = daemon.schedule()
        scheduler.start()
        log.info("started", database=engine.url.render_as_string(), report=str(settings.report_dir))
        await stop.wait()
        log.info("stopping")
        daemon.stop()
        scheduler.shutdown(wait=False)
        await asyncio.sleep(0)
    log.info("stopped")


class Daemon:
    """The daemon's jobs. Each runs once at a time; a failure is logged and the next minute tries again."""

    def __init__(self, engine: "Engine", settings: "Settings", gatherer: "Gatherer", log: Any) -> None:
        from jobs.mail_daemon import MailJob

        self._engine, self._settings, self._gatherer, self._log = engine, settings, gatherer, log
        self._reader: Reader | None = None
        self._bar = _no_bar()
        self._stale = True
        """Whether entries or feeds changed since the report was written; at the start nobody knows."""
        self._report_day: date | None = None
        self._mail = MailJob(engine, settings, log)
        self.stopping = False

    def stop(self) -> None:
        """Lets the jobs that run come to a good end, and no other begin."""
        self.stopping = True
        self._mail.stop()

    def schedule(self) -> "AsyncIOScheduler":
        """All jobs, each at once and then every minute; a missed minute is not made up for."""
        from apscheduler.schedulers.asyncio import AsyncIOScheduler

        defaults = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        self._scheduler = AsyncIOScheduler(timezone=UTC, job_defaults=defaults)
        for job in (self.poll, self.fetch, self.read, self.report, self.mail):
            run, name = self._guarded(job), job.__name__
            self._scheduler.add_job(run, "interval", seconds=EVERY_S, id=name, name=name, next_run_time=_now())
        return self._scheduler

    def _wake(self, name: str) -> None:
        """Lets the next job on the way begin now instead of at its next minute; one that runs already sees to it."""
        if not self.stopping:
            self._scheduler.modify_job(name, next_run_time=_now())

    async def poll(self) -> None:
        """Polls the feeds that are due."""
        tally = Tally()
        if wanted := self._gatherer.due(everything=False):
            await self._gatherer.poll(wanted, self._bar, tally)
            self._stale = True
            self._said("polled", tally, "feeds", "failed_feeds", "retired_feeds", "new_items")
            self._wake("fetch")

    async def fetch(self) -> None:
        """Fetches the articles of the items that are due."""
        tally = Tally()
        await self._gatherer.fetch(self._bar, tally)
        self._said("fetched", tally, "new_articles", "failed_pages")
        if tally.new_articles:
            self._wake("read")

    async def read(self) -> None:
        """Reads and records what is unread, in a thread: it needs the processor for long."""
        tally = Tally()
        await asyncio.to_thread(self._read, tally)
        self._stale = self._stale or bool(tally.opened or tally.changed)
        self._said("read", tally, "read", "changes", "opened", "changed", "unreadable")
        if self._stale:
            self._wake("report")

    def _read(self, tally: Tally) -> None:
        """In its thread. The reader's libraries take seconds to load, so they are loaded here and not at the start."""
        from jobs.model import open_reader
        from jobs.reading import read_unread

        self._reader = self._reader or open_reader(self._settings)
        failed = partial(self._log.error, "failed")
        read_unread(
            self._engine,
            self._reader,
            _now,
            self._bar,
            tally,
            lambda line: failed(what=line),
            lambda: self.stopping,
        )

    async def report(self) -> None:
        """Rebuilds the report where something changed, or a new day makes "soon" another."""
        from jobs.report import write

        now = _now()
        today = now.astimezone(ZoneInfo(self._settings.timezone)).date()
        if self.stopping or not (self._stale or today != self._report_day):
            return
        self._stale = False
        try:
            result = await asyncio.to_thread(write, self._engine, self._settings, self._settings.report_dir, now)
        except BaseException:
            self._stale = True
            raise
        self._report_day = today
        self._log.info("reported", entries=result.entries, places=result.places, written=result.pages_written)

    async def mail(self) -> None:
        """Sends the digests whose hour has come."""
        if not self.stopping:
            await self._mail.run()

    def _guarded(self, job: Callable[[], Awaitable[None]]) -> Callable[[], Awaitable[None]]:
        """A job of which no error reaches the scheduler."""
        name = job.__name__

        async def run() -> None:
            try:
                await job()
            except asyncio.CancelledError:
                if not self.stopping:
                    raise
            except TrackerError as error:
                self._log.error("failed", job=name, what=str(error))
            except Exception:
                self._log.exception("failed", job=name, what="please report this")

        return run

    def _said(self, event: str, tally: Tally, *names: str) -> None:
        """Logs the counts that are not 0; a quiet minute says nothing."""
        counts = {name: count for name, count in tally.as_dict().items() if name in names and count}
        if counts:
            self._log.info(event, **counts)


def _now() -> datetime:
    return datetime.now(UTC)


def _no_bar() -> "Progress":
    from rich.progress import Progress

    return Progress(disable=True)


def _stop_event() -> asyncio.Event:
    """Set by the first SIGTERM or SIGINT; a second one ends the program at once, as without a handler."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()

    def end() -> None:
        stop.set()
        for number in ENDING:
            loop.remove_signal_handler(number)

    for number in ENDING:
        loop.add_signal_handler(number, end)
    return stop
