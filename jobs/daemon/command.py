"""`tracker run`: the daemon. Polls what is due, reads, records, rebuilds the report, sends the digest, serves pages."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jobs.console import State, state

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from jobs.daemon.ending import Ending
    from jobs.settings import Settings


THREADS = 64
"""Each of the 40 connections may wait for a name to be resolved, which takes a thread; the jobs must still find one."""


def command(
    ctx: typer.Context,
    jobs: Annotated[bool, typer.Option("--jobs", help="List the daemon's jobs and end.")] = False,
) -> None:
    """Run the daemon: poll what is due every minute, read, record, and keep the report up to date.

    Sends the digest at each subscriber's hour where a mail server is set, and serves the report and the pages behind
    the links of a mail at web_host and web_port.

    The log goes to standard error, one event a line. SIGTERM or Ctrl-C ends it within ten seconds; what was in hand is
    taken up by the next start. SIGHUP reads the settings again. Only one daemon runs on one data folder. To systemd it
    says when it is ready, and that it is alive (`tracker init --systemd` writes the unit).

    Example: tracker run
    """
    import asyncio

    from jobs.daemon import log
    from jobs.daemon.ending import quiet_start
    from jobs.daemon.lock import only_one
    from jobs.store import make_data_dir, open_store

    if jobs:
        _list_jobs()
        return
    quiet_start()
    settings = state(ctx).settings
    make_data_dir(settings)
    with only_one(settings.data_dir), open_store(settings) as engine:
        ending = asyncio.run(serve(engine, settings, log.start(settings.log_format), state(ctx)))
    ending.finish()


async def serve(engine: "Engine", settings: "Settings", log: Any, given: State) -> "Ending":
    """Runs until a signal asks for the end. Threads that record something are waited for by `asyncio.run`."""
    import asyncio
    from concurrent.futures import ThreadPoolExecutor

    from jobs.daemon.ending import Ending
    from jobs.daemon.guard import Guard
    from jobs.daemon.notify import Notifier
    from jobs.daemon.rounds import schedule
    from jobs.daemon.world import World
    from jobs.feeds.gathering import Gatherer
    from jobs.feeds.screening import first_screen
    from jobs.network import client
    from jobs.web.metrics import Meter
    from jobs.web.server import serving

    def warn(line: str) -> None:
        log.warning("failed", what=line)

    notifier, meter = Notifier(), Meter()
    ending = Ending(log, lambda: _usable(given, log), notifier)
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(THREADS, "daemon"))
    async with client(settings, engine) as fetcher, serving(engine, settings, log, meter):
        gatherer = Gatherer(engine, fetcher, now, warn, screening=first_screen(settings))
        world = World(engine, settings, gatherer, log, now)
        scheduler = schedule(world, Guard(engine, log, now, lambda: world.stopping, meter.heard))
        notifier.feed_watchdog(scheduler)
        scheduler.start()
        notifier.ready(f"serves http://{settings.web_host}:{settings.web_port}/")
        log.info("started", database=engine.url.render_as_string(), report=str(settings.report_dir))
        await ending.asked()
        world.stop()
        scheduler.shutdown(wait=False)
        await asyncio.sleep(0)
    return ending


def _list_jobs() -> None:
    from jobs.daemon.catalogue import JOBS
    from jobs.table import Column, show

    columns = [Column(name) for name in ("job", "looked at", "by hand")]
    show(columns, [(job.name, str(job.when), job.command) for job in JOBS])


def _usable(given: State, log: Any) -> bool:
    """Whether the settings as they are now can be used; what is wrong with them is logged."""
    from jobs.settings import load
    from tracker.errors import TrackerError

    try:
        load(given.config)
    except TrackerError as error:
        log.error("settings not taken over", what=f"{error}; the old ones stay in use")
        return False
    return True


def now() -> datetime:
    """The moment, in UTC."""
    return datetime.now(UTC)
