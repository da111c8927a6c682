"""Who may come in, and for how long. No server for asyncio limits all of this by itself: see jobs/web/README.md."""

import asyncio
import resource
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from h11 import LocalProtocolError
from uvicorn.protocols.http.h11_impl import H11Protocol

from jobs.web.clients import Network, household, is_near, is_within
from jobs.web.lingering import Lingering

MOST = 200
"""Connections at once: a busy site behind a web server needs a dozen."""
SHARE = 4
"""Of the process's file handles, one in so many may be a connection; feeds, the database and pages need the others."""
SAY_EVERY_S = 60.0
"""A full house is said at most so often."""
BUSY = (
    b"HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 65\r\n"
    b"Retry-After: 5\r\nConnection: close\r\n\r\nToo many connections are open. Please try again in a few moments."
)


@dataclass(frozen=True)
class Limits:
    """`connections` at once, `per_address` of a foreign client; seconds that a request may take to arrive, and its
    answer to leave: a large file on a slow line takes minutes."""

    connections: int
    per_address: int = 20
    asking_s: float = 30.0
    answering_s: float = 600.0


def limits() -> Limits:
    """As many as the file handles of this process allow."""
    soft, _hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    return Limits(min(MOST, max(soft // SHARE, 1)) if soft > 0 else MOST)


class Door:
    """Counts who is in. Where all places are taken, whoever has waited longest without a whole request makes room."""

    def __init__(self, limits: Limits, proxies: Iterable[Network], log: Any) -> None:
        self.limits = limits
        self._proxies, self._log = tuple(proxies), log
        self._inside: dict[str, int] = {}
        self._waiting: dict[Connection, None] = {}
        """In the order in which they began to wait."""
        self._said = float("-inf")

    def enter(self, connection: "Connection", address: str) -> bool:
        """False where there is no place for it. A proxy brings many clients, and most stand on this machine or in a
        private network, from where nobody floods us: all of these may have all places."""
        home = household(address)
        free = is_near(address) or is_within(address, self._proxies)
        if not free and self._inside.get(home, 0) >= self.limits.per_address:
            return False
        if sum(self._inside.values()) >= self.limits.connections and not self._made_room():
            return False
        self._inside[home] = self._inside.get(home, 0) + 1
        self._waiting[connection] = None
        return True

    def leave(self, connection: "Connection", address: str) -> None:
        """It is closed."""
        home = household(address)
        self._inside[home] -= 1
        if not self._inside[home]:
            del self._inside[home]
        self._waiting.pop(connection, None)

    def waits(self, connection: "Connection") -> None:
        """For a request, or for the rest of one."""
        self._waiting[connection] = None

    def works(self, connection: "Connection") -> None:
        """A request is there and is answered."""
        self._waiting.pop(connection, None)

    def _made_room(self) -> bool:
        if time.monotonic() - self._said > SAY_EVERY_S:
            self._said = time.monotonic()
            self._log.warning("web is full", what=f"{self.limits.connections} connections are open", job="web")
        longest = next(iter(self._waiting), None)
        if longest is not None:
            longest.send_away()
        return longest is not None


class Connection(H11Protocol):
    """One connection, which ends when its time is over, whatever is sent on it and however slowly."""

    def __init__(self, door: Door, **given: Any) -> None:
        super().__init__(**given)
        self._door, self._address, self._inside = door, "", False
        self._limit: asyncio.TimerHandle | None = None
        self._answering = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in H11Protocol
        super().connection_made(cast("asyncio.Transport", Lingering(transport, self.loop)))
        self._address = self.client[0] if self.client else ""
        self._inside = self._door.enter(self, self._address)
        if self._inside:
            self._within(self._door.limits.asking_s)
        else:
            self.transport.write(BUSY)
            self.transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        if self._limit:
            self._limit.cancel()
        if self._inside:
            self._inside = False
            self._door.leave(self, self._address)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._inside and not self.transport.is_closing():
            super().data_received(data)
            self._look()

    def on_response_complete(self) -> None:
        self._answering = False
        if self._inside:
            self._door.waits(self)
            self._within(self._door.limits.asking_s)
        super().on_response_complete()  # the next request may be there already
        self._look()

    def send_400_response(self, msg: str) -> None:
        """Of bytes that are no HTTP, be it in the middle of a request: nothing else is answered on this connection."""
        if self.cycle is not None:
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        try:
            super().send_400_response(msg)
        except LocalProtocolError:  # half of an answer is gone
            self.transport.close()

    def end(self) -> None:
        """No other request; one that is answered may come to its end."""
        if self._answering:
            self.cycle.keep_alive = False
        else:
            self.transport.close()

    def send_away(self) -> None:
        """At once."""
        if self._inside:
            self._inside = False
            self._door.leave(self, self._address)
            self.transport.abort()

    def _look(self) -> None:
        if not self._answering and self._inside and self.cycle is not None and not self.cycle.response_complete:
            self._answering = True
            self._door.works(self)
            self._within(self._door.limits.answering_s)

    def _within(self, seconds: float) -> None:
        """Until then what was begun is over, or the connection is."""
        if self._limit:
            self._limit.cancel()
        self._limit = self.loop.call_later(seconds, self.transport.abort)
