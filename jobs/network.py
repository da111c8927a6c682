"""The polite client as the settings want it."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from db.feeds import host_turns
from db.sessions import session
from jobs.settings import Settings
from tracker.errors import StorageError
from tracker.gather.http.client import Client, OwnAddress
from tracker.gather.http.manners import Turn

if TYPE_CHECKING:
    from sqlalchemy import Engine

ANSWER_BYTES = 1024 * 1024
"""Of a language model's answer, with all that it thought aloud: the longest of ours have 8 KB."""

TURN_THREADS = 4
"""Each asks the database over a connection of its own, a few milliseconds a time; more only wait for one another."""


def client(settings: Settings, engine: "Engine | None" = None) -> Client:
    """To be used as `async with client(settings, engine) as fetcher`. With the `engine` of a PostgreSQL database
    the limits per host hold for all processes that are given it. SQLite is one machine's, and is not to be written at
    every request: there they hold for this process."""
    at_once, gap_s = settings.requests_per_host, settings.seconds_between_requests
    others = SharedManners(engine, at_once, gap_s) if engine and engine.dialect.name == "postgresql" else None
    return Client(
        contact=settings.contact,
        allow_private=settings.allow_private_addresses,
        at_once=at_once,
        gap_s=gap_s,
        others=others,
        own=_own(settings),
    )


def _own(settings: Settings) -> OwnAddress | None:
    """The model's server, if one is named."""
    if not settings.second_opinion_url:
        return None
    at_once, seconds = settings.second_opinion_at_once, settings.second_opinion_seconds
    return OwnAddress(settings.second_opinion_address, at_once, seconds, ANSWER_BYTES)


class SharedManners:
    """`tracker.gather.http.manners.Agreement` with all processes that share a PostgreSQL
    database: workers, daemons, commands by hand. A lease that could not be given back expires."""

    def __init__(self, engine: "Engine", at_once: int, gap_s: float) -> None:
        self._engine, self._at_once, self._gap_s = engine, at_once, gap_s
        self._threads = ThreadPoolExecutor(TURN_THREADS, "turns")

    async def take(self, host: str) -> Turn:
        """Raises StorageError."""
        turn: Turn = await self._do(host_turns.take, host, self._at_once, self._gap_s)
        return turn

    async def give_back(self, turn: Turn) -> None:
        """What fails here is no failure of the request."""
        with suppress(StorageError):
            await self._do(host_turns.give_back, turn)

    async def close(self, host: str, seconds: float) -> None:
        """The same: this process keeps away in any case."""
        with suppress(StorageError):
            await self._do(host_turns.close, host, seconds)

    async def _do(self, act: Callable[..., Any], *values: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._done, act, values)

    def _done(self, act: Callable[..., Any], values: tuple[Any, ...]) -> Any:
        with session(self._engine) as opened:
            return act(opened, *values)
