"""`tracker run`: the daemon. Polls what is due, reads, records, rebuilds the report, sends the digest, serves pages."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from jobs.clock import now
from jobs.terminal.console import State, state

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Engine

    from db.locks import AdvisoryLock
    from jobs.process.job import Work
    from jobs.process.notify import Notifier
    from jobs.process.shutdown import Shutdown
    from jobs.settings import Settings


def command(
    ctx: typer.Context,
    jobs: Annotated[bool, typer.Option("--jobs", help="List the daemon's jobs and end.")] = False,
) -> None:
    """Run the daemon: poll what is due every minute, read, record, and keep the report up to date.

    Sends the digest at each subscriber's hour where a mail server is set, and serves the report and the pages behind
    the links of a mail at web_host and web_port.

    The log goes to standard error, one event a line. SIGTERM or Ctrl-C ends it within ten seconds; what was in hand is
    taken up by the next start. SIGHUP reads the settings again. Only one daemon runs on one data folder. On PostgreSQL
    a second one, on another machine, stands by, and takes over within half a minute when the first ends. To systemd it
    says when it is ready, and that it is alive (`tracker init --systemd` writes the unit).

    Example: tracker run
    """
    import asyncio

    from jobs.alerts.sending import alert_on_failure
    from jobs.process import log
    from jobs.process.lock import only_one
    from jobs.process.start import start
    from jobs.queue.schema import ready
    from jobs.store import make_data_dir, open_store

    if jobs:
        _list_jobs(state(ctx).settings)
        return
    start()
    settings = state(ctx).settings
    make_data_dir(settings)
    with only_one(settings.data_dir), alert_on_failure(settings), open_store(settings) as engine:
        ready(engine, settings)
        ending = asyncio.run(serve(engine, settings, log.start(settings.log_format), state(ctx)))
    ending.finish()


async def serve(engine: "Engine", settings: "Settings", log: Any, given: State) -> "Shutdown":
    """Runs until a signal asks for the end. Threads that record something are waited for by `asyncio.run`."""
    import asyncio
    from concurrent.futures import ThreadPoolExecutor

    from db.locks import DAEMON_LOCK, AdvisoryLock
    from jobs.daemon.standby import leads
    from jobs.process.notify import Notifier
    from jobs.process.shutdown import Shutdown
    from jobs.process.start import THREADS, can_reload

    notifier = Notifier()
    ending = Shutdown(log, lambda: can_reload(given, log), notifier)
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(THREADS, "daemon"))
    hold = AdvisoryLock(engine, DAEMON_LOCK)
    try:
        if await leads(hold, ending, log, notifier):
            await _lead(engine, settings, log, ending, notifier, hold)
    finally:
        hold.release()
    return ending


async def _lead(
    engine: "Engine", settings: "Settings", log: Any, ending: "Shutdown", notifier: "Notifier", hold: "AdvisoryLock"
) -> None:
    """The one daemon of this database, until its end is asked for."""
    import asyncio
    from contextlib import AsyncExitStack

    from jobs.daemon.scheduler import schedule
    from jobs.daemon.standby import watch
    from jobs.network import client
    from jobs.process.context import JobContext
    from jobs.process.guard import Guard
    from jobs.web.metrics import Meter
    from jobs.web.server import serving

    meter = Meter()
    async with AsyncExitStack() as stack:
        fetcher = await stack.enter_async_context(client(settings, engine))
        web = await stack.enter_async_context(serving(engine, settings, log, meter))
        context = JobContext(engine, settings, fetcher, log, now)
        instead: Mapping[str, Work] = {}
        if settings.workers:
            from jobs.queue.dispatch import LOOKS, sharing

            await stack.enter_async_context(sharing(context))
            instead = LOOKS
        scheduler = schedule(context, Guard(engine, log, now, lambda: context.stopping, meter.heard), instead)
        notifier.feed_watchdog(scheduler)
        scheduler.start()
        watching = asyncio.create_task(watch(hold, ending, log))
        notifier.ready(web.status)
        log.info("started", database=engine.url.render_as_string(), report=str(settings.report_dir))
        await ending.asked()
        watching.cancel()
        context.stop()
        scheduler.shutdown(wait=False)
        await asyncio.sleep(0)


def _list_jobs(settings: "Settings") -> None:
    from shlex import quote

    from jobs.daemon.scheduler import JOBS
    from jobs.publish.jobs import REPORT_DIR
    from jobs.terminal.table import Column, show

    columns = [Column(name) for name in ("job", "looked at", "by hand")]
    folder = quote(str(settings.report_dir))
    show(columns, [(job.name, str(job.when), job.command.replace(REPORT_DIR, folder)) for job in JOBS])
