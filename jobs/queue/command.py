"""`tracker worker`: one more process that polls, fetches and reads, beside the daemon that says what is due."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from jobs.console import State, state

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop

    from sqlalchemy import Engine

    from jobs.daemon.ending import Ending
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

    from jobs.daemon import log
    from jobs.daemon.ending import quiet_start
    from jobs.daemon.memory import one_pool
    from jobs.queue.schema import ready
    from jobs.store import open_store
    from tracker.errors import SettingsError

    quiet_start()
    one_pool()
    settings = state(ctx).settings
    if not settings.workers:
        raise SettingsError("`workers` is false, so the daemon does all itself; set workers = true on PostgreSQL")
    with open_store(settings) as engine:
        ready(engine, settings)
        ending = asyncio.run(work(engine, settings, log.start(settings.log_format), state(ctx), concurrency))
    ending.finish()


async def work(engine: "Engine", settings: "Settings", log: Any, given: State, concurrency: int) -> "Ending":
    """Works until a signal asks for the end."""
    import asyncio
    from contextlib import suppress
    from functools import partial

    from jobs.clock import now
    from jobs.daemon.command import usable
    from jobs.daemon.ending import Ending
    from jobs.daemon.guard import Guard
    from jobs.daemon.notify import Notifier
    from jobs.daemon.world import World
    from jobs.feeds.gathering import Gatherer
    from jobs.feeds.screening import first_screen
    from jobs.network import client
    from jobs.queue.log import Share
    from jobs.queue.looks import sharing
    from jobs.queue.tasks import NETWORK, READING
    from jobs.queue.waking import Waker

    notifier = Notifier()
    ending = Ending(log, lambda: usable(given, log), notifier)
    _prepare(asyncio.get_running_loop(), log)
    async with client(settings, engine) as fetcher:
        gatherer = Gatherer(engine, fetcher, now, partial(_warn, log), screening=first_screen(settings))
        world = World(engine, settings, gatherer, log, now)
        share = Share(log)
        guard = Guard(engine, log, now, lambda: world.stopping, share.took)
        async with sharing(world) as queue:
            world.wake = Waker(world, guard).wake
            ends = (queue.work(world, guard, NETWORK, concurrency), queue.work(world, guard, READING, 1))
            working = asyncio.gather(*ends, return_exceptions=True)
            notifier.ready("works")
            log.info("started", database=engine.url.render_as_string(), concurrency=concurrency)
            await ending.asked()
            world.stop()
            working.cancel()
            with suppress(asyncio.CancelledError):
                await working
            share.say()
    return ending


def _prepare(loop: "AbstractEventLoop", log: Any) -> None:
    """As many threads as the daemon has; what nobody waits for is logged."""
    from concurrent.futures import ThreadPoolExecutor

    from jobs.daemon.command import THREADS

    loop.set_default_executor(ThreadPoolExecutor(THREADS, "worker"))
    loop.set_exception_handler(lambda _loop, told: _left_behind(log, told))


def _warn(log: Any, line: str) -> None:
    log.warning("failed", what=line)


def _left_behind(log: Any, told: dict[str, Any]) -> None:
    """What nobody waits for any more: mostly a task whose end the queue could not note, since it was emptied."""
    error = told.get("exception")
    log.info("left behind", what=str(getattr(error, "__cause__", None) or error or told["message"]))
