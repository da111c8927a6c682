"""`tracker worker`: one more process that polls, fetches and reads, beside the daemon that says what is due."""

import time
from collections import Counter
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jobs.terminal.console import State, state

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop

    from sqlalchemy import Engine

    from jobs.process.shutdown import Shutdown
    from jobs.settings import Settings

CONCURRENCY = 20
"""Polls and fetches of one worker at once: most of them wait for a server."""


def command(
    ctx: typer.Context,
    concurrency: Annotated[
        int, typer.Option(min=1, max=200, help="How many feeds and hosts it has in hand at once.")
    ] = CONCURRENCY,
) -> None:
    """Poll, fetch and read for a daemon that leaves this to workers (setting workers, PostgreSQL only).

    Start as many as you like, on any machines that reach the database: one for each core, since reading needs the
    processor. The daemon, `tracker run`, must run somewhere: it says what is due, and does the
    rest itself.

    SIGTERM or Ctrl-C ends it within ten seconds. What a worker had in hand when it ended, however it ended, others do.

    Example: tracker worker --concurrency 40
    """
    import asyncio

    from jobs.process import log
    from jobs.process.start import start
    from jobs.queue.schema import ready
    from jobs.store import open_store
    from tracker.errors import SettingsError

    start()
    settings = state(ctx).settings
    if not settings.workers:
        raise SettingsError("`workers` is false, so the daemon does all itself; set workers = true on PostgreSQL")
    with open_store(settings) as engine:
        ready(engine, settings)
        ending = asyncio.run(work(engine, settings, log.start(settings.log_format), state(ctx), concurrency))
    ending.finish()


async def work(engine: "Engine", settings: "Settings", log: Any, given: State, concurrency: int) -> "Shutdown":
    """Works until a signal asks for the end."""
    import asyncio
    from contextlib import suppress

    from jobs.clock import now
    from jobs.network import client
    from jobs.process.context import JobContext
    from jobs.process.guard import Guard
    from jobs.process.notify import Notifier
    from jobs.process.shutdown import Shutdown
    from jobs.process.start import can_reload
    from jobs.queue.dispatch import Waker, sharing
    from jobs.queue.tasks import NETWORK, READING

    notifier = Notifier()
    ending = Shutdown(log, lambda: can_reload(given, log), notifier)
    _prepare(asyncio.get_running_loop(), log)
    async with client(settings, engine) as fetcher:
        context = JobContext(engine, settings, fetcher, log, now)
        share = WorkLog(log)
        guard = Guard(engine, log, now, lambda: context.stopping, share.took)
        async with sharing(context) as queue:
            context.wake = Waker(context, guard).wake
            ends = (queue.work(context, guard, NETWORK, concurrency), queue.work(context, guard, READING, 1))
            working = asyncio.gather(*ends, return_exceptions=True)
            notifier.ready("works")
            log.info("started", database=engine.url.render_as_string(), concurrency=concurrency)
            await ending.asked()
            context.stop()
            working.cancel()
            with suppress(asyncio.CancelledError):
                await working
            share.say()
    return ending


def _prepare(loop: "AbstractEventLoop", log: Any) -> None:
    """As many threads as the daemon has; what nobody waits for is logged."""
    from concurrent.futures import ThreadPoolExecutor

    from jobs.process.start import THREADS

    loop.set_default_executor(ThreadPoolExecutor(THREADS, "worker"))
    loop.set_exception_handler(lambda _loop, told: _left_behind(log, told))


def _left_behind(log: Any, told: dict[str, Any]) -> None:
    """What nobody waits for any more: mostly a task whose end the queue could not note, since it was emptied."""
    error = told.get("exception")
    log.info("left behind", what=str(getattr(error, "__cause__", None) or error or told["message"]))


SAY_EVERY_S = 60.0
"""Polls of one worker are hundreds a minute; whoever looks at the log wants to see that it works, and how much."""


class WorkLog:
    """Counts the tasks of a worker: `poll=212 fetch=31 read=4 failed=1 seconds=48`."""

    def __init__(self, log: Any) -> None:
        self._log, self._counts, self._seconds, self._since = log, Counter[str](), 0.0, time.monotonic()

    def took(self, name: str, seconds: float, well: bool) -> None:
        """One task came to an end."""
        self._counts[name] += 1
        self._counts["failed"] += not well
        self._seconds += seconds
        if time.monotonic() - self._since >= SAY_EVERY_S:
            self.say()

    def say(self) -> None:
        """Says what was done since the last line; nothing where that is nothing."""
        if self._counts:
            self._log.info(
                "worked", **{name: count for name, count in self._counts.items() if count}, seconds=round(self._seconds)
            )
        self._counts, self._seconds, self._since = Counter(), 0.0, time.monotonic()
