"""The daemon's share in second opinions: articles that wait are asked about, in the daemon or in workers."""

import asyncio
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from db import opinion_days
from db import opinions as waiting
from db.engine import reading
from jobs.clock import local
from jobs.opinions.trusting import trust_of

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlmodel import Session

    from jobs.daemon.world import World
    from jobs.settings import Settings

MOST_TASKS = 8
"""Processes that ask at the same time; each asks about several articles at once."""


class Round:
    """The round that is under way in this process, broken off when the end is asked for: an answer may take minutes,
    and what was asked waits again."""

    def __init__(self, world: "World") -> None:
        self.under_way: set[asyncio.Task[None]] = set()
        world.at_end(self.stop)

    def stop(self) -> None:
        """Ends it."""
        for task in self.under_way:
            task.cancel()


async def opinions(world: "World") -> None:
    """Asks about what waits, where a model is named; a quiet minute costs a few short queries."""
    if world.stopping or not may_ask(world.settings):
        return
    if not await asyncio.to_thread(to_ask, world.engine, world.settings, world.clock()):
        return
    kept = world.kept(Round, lambda: Round(world))
    task = asyncio.create_task(_ask(world))
    kept.under_way.add(task)
    try:
        await task
    except asyncio.CancelledError:
        if not world.stopping:
            raise
    finally:
        kept.under_way.discard(task)


async def _ask(world: "World") -> None:
    """The reader's libraries take seconds to load, so they are loaded with the first article that is asked about."""
    from jobs.network import client
    from jobs.opinions.asking import Asking
    from jobs.opinions.check import ensure_checked
    from jobs.reading.open_reader import open_reader
    from tracker.read.reader import Reader

    def failed(line: str) -> None:
        world.log.error("failed", job="opinions", what=line)

    async def checked(*given: Any) -> None:
        world.log.info("checking", model=world.settings.second_opinion_model)
        if found := await ensure_checked(*given):
            world.log.info("checked", verdict=found.verdict)

    reader = world.kept(Reader, lambda: open_reader(world.settings))
    async with client(world.settings) as poster:
        asking = Asking(
            world.engine,
            world.settings,
            reader,
            poster,
            world.clock,
            failed,
            stop=lambda: world.stopping,
            check=checked,
        )
        tally = await asking.run()
    if counts := {name: count for name, count in tally.as_dict().items() if count}:
        world.log.info("asked", **counts)
    if tally.recorded:
        world.wake("report")


def may_ask(settings: "Settings") -> bool:
    """Whether a model is to be asked at all."""
    return bool(settings.second_opinion_address)


def to_ask(engine: "Engine", settings: "Settings", now: datetime) -> int:
    """How many processes there is work for. None while the server is left alone, or the model is not listened to."""
    with reading(engine) as opened:
        day = opinion_days.day_of(opened, day_of(now, settings))
        if (day.quiet_until and day.quiet_until > now) or is_worse(opened, settings):
            return 0
        at_once = min(settings.second_opinion_at_once, MOST_TASKS)
        due = waiting.count_due(opened, now, at_once) if day.asked < settings.second_opinion_per_day else 0
        return due or len(waiting.answered(opened, settings.second_opinion_model, 1))


def waits_for_opinions(engine: "Engine", settings: "Settings", now: datetime) -> Callable[[datetime], bool]:
    """Whether the mails of an hour wait for articles that came before it and are to be asked about: not longer than
    `second_opinion_mail_hours`, and not where nobody will ask today."""
    patience = timedelta(hours=settings.second_opinion_mail_hours)

    def waits(hour: datetime) -> bool:
        if not may_ask(settings) or not hour <= now < hour + patience:
            return False
        with reading(engine) as opened:
            if is_worse(opened, settings):
                return False
            is_spent = opinion_days.day_of(opened, day_of(now, settings)).asked >= settings.second_opinion_per_day
            return waiting.waits_since(opened, hour, only_asked=is_spent)

    return waits


def is_worse(session: "Session", settings: "Settings") -> bool:
    """Whether the model was checked and is not listened to, being no better than the encoder."""
    trust = trust_of(session, settings.second_opinion_model)
    return trust is not None and trust.weights is None


def day_of(now: datetime, settings: "Settings") -> date:
    """The day that counts, by the settings' zone."""
    return local(now, settings).date()
