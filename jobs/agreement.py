"""Manners agreed upon with all processes that share a PostgreSQL database: workers, daemons, commands by hand."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from db.engine import session
from db.feeds import host_turns
from tracker.errors import StorageError
from tracker.gather.http.manners import Turn

if TYPE_CHECKING:
    from sqlalchemy import Engine

THREADS = 4
"""Each asks the database over a connection of its own, a few milliseconds a time; more only wait for one another."""


class Shared:
    """`tracker.gather.http.manners.Agreement` by way of the database. A lease that could not be given back expires."""

    def __init__(self, engine: "Engine", at_once: int, gap_s: float) -> None:
        self._engine, self._at_once, self._gap_s = engine, at_once, gap_s
        self._threads = ThreadPoolExecutor(THREADS, "turns")

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
