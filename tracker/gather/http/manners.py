"""Manners towards one host: how many requests at once, how far apart, and silence when it asks for silence. And how
many requests to all hosts together.

Times are seconds of the event loop's own monotonic clock, which says nothing of the time of day.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Protocol

LONGEST_SILENCE_S = 24 * 3600.0
"""A server may ask us to wait a day (DESIGN section 6); a mistyped year must not silence it for ever."""


class ClosedError(Exception):
    """The host asked not to be asked for so many `seconds` more."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Turn:
    """What an agreement says: go, and give `key` back afterwards; or ask again after `wait_s`; or keep away, the host
    asked for silence for `closed_s`."""

    key: str = ""
    wait_s: float = 0.0
    closed_s: float = 0.0


class Agreement(Protocol):
    """With others who ask the same hosts: processes beside this one, on whatever machines."""

    async def take(self, host: str) -> Turn:
        """Whether it is our turn."""
        ...

    async def give_back(self, turn: Turn) -> None:
        """The request is over."""
        ...

    async def close(self, host: str, seconds: float) -> None:
        """The host asked for so many seconds of silence."""
        ...


class NoAgreement:
    """Nobody else asks: every turn is ours."""

    async def take(self, host: str) -> Turn:
        """Go."""
        return Turn()

    async def give_back(self, turn: Turn) -> None:
        """Nothing was taken."""

    async def close(self, host: str, seconds: float) -> None:
        """Nobody is to be told."""


@dataclass(slots=True)
class _Host:
    slots: asyncio.Semaphore
    next_start: float = 0.0
    closed_until: float = 0.0


@dataclass(slots=True)
class Manners:
    """`at_once` requests to one host, `gap_s` seconds between their starts; `connections` to all hosts together."""

    at_once: int
    gap_s: float
    connections: int
    others: Agreement = field(default_factory=NoAgreement)
    _hosts: dict[str, _Host] = field(default_factory=dict)
    _all: asyncio.Semaphore = field(init=False)

    def __post_init__(self) -> None:
        self._all = asyncio.Semaphore(self.connections)

    def _host(self, name: str) -> _Host:
        if name not in self._hosts:
            self._hosts[name] = _Host(asyncio.Semaphore(self.at_once))
        return self._hosts[name]

    @asynccontextmanager
    async def turn(self, name: str) -> AsyncIterator[None]:
        """Waits for our turn at the host and holds it for the time of one request. Raises ClosedError."""
        host, loop = self._host(name), asyncio.get_running_loop()
        async with host.slots:
            while True:
                if (quiet := host.closed_until - loop.time()) > 0:
                    raise ClosedError(quiet)
                if host.next_start > loop.time():
                    await asyncio.sleep(host.next_start - loop.time())
                async with self._all:
                    if max(host.next_start, host.closed_until) > loop.time():
                        continue  # another began there, or was sent away, while we waited for a connection
                    turn = await self.others.take(name)
                    host.next_start = max(host.next_start, loop.time() + (turn.wait_s or self.gap_s))
                    host.closed_until = max(host.closed_until, loop.time() + turn.closed_s)
                    if turn.wait_s or turn.closed_s:
                        continue
                    try:
                        yield
                    finally:
                        await self.others.give_back(turn)
                    return

    async def close(self, name: str, seconds: float) -> None:
        """Keeps away from the host for so long."""
        seconds = min(seconds, LONGEST_SILENCE_S)
        self._host(name).closed_until = asyncio.get_running_loop().time() + seconds
        await self.others.close(name, seconds)


def retry_after(value: str, date: str) -> float | None:
    """Seconds asked for by a Retry-After header (RFC 9110 10.2.3), at most a day; None if it cannot be read.

    The HTTP-date form counts from the answer's own Date header: both come from the server's clock, ours is not read.
    """
    value = value.strip()
    if value.isascii() and value.isdigit():
        return min(float(value[:12]), LONGEST_SILENCE_S)
    try:
        seconds = (parsedate_to_datetime(value) - parsedate_to_datetime(date)).total_seconds()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return min(max(seconds, 0.0), LONGEST_SILENCE_S)
