"""The daemon at work, from its start until a signal asks for the end. All that it serves with is imported with this
module: a loop that imports hears no signal."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Any

from db.locks import DAEMON_LOCK, AdvisoryLock
from jobs.clock import now
from jobs.daemon.scheduler import schedule
from jobs.daemon.standby import leads, watch
from jobs.network import client
from jobs.process.context import JobContext
from jobs.process.guard import Guard
from jobs.process.notify import Notifier
from jobs.process.shutdown import Shutdown
from jobs.process.start import THREADS, can_reload
from jobs.terminal.console import State
from jobs.web.metrics import Meter
from jobs.web.server import serving

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Engine

    from jobs.process.job import Work
    from jobs.settings import Settings


async def serve(engine: "Engine", settings: "Settings", log: Any, given: State) -> Shutdown:
    """Runs until a signal asks for the end. Threads that record something are waited for by `asyncio.run`."""
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
    engine: "Engine", settings: "Settings", log: Any, ending: Shutdown, notifier: Notifier, hold: AdvisoryLock
) -> None:
    """The one daemon of this database, until its end is asked for."""
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
