"""How many connections the website takes, and how long each request and each answer may take. No server for asyncio
limits all of this by itself: see jobs/web/README.md."""

import asyncio
import resource
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from h11 import LocalProtocolError
from uvicorn.protocols.http.h11_impl import H11Protocol

from jobs.web.middleware.clients import Network, household, is_near, is_within

MOST = 200
"""Connections at once: a busy site behind a web server needs a dozen."""
HANDLES_EACH = 4
"""Of the process's file handles, one in so many may be a connection; feeds, the database and pages need the others."""
LOGGED_EVERY_S = 60.0
"""That all places are taken is logged at most so often."""
LINGER_S = 2.0
"""How long after the last answer what a client still sends is read and dropped."""
BUSY = (
    b"HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 65\r\n"
    b"Retry-After: 5\r\nConnection: close\r\n\r\nToo many connections are open. Please try again in a few moments."
)


@dataclass(frozen=True)
class ConnectionLimits:
    """`connections` at once, `per_client` of a foreign one; seconds that a request may take to arrive, and its answer
    to leave: a large file on a slow line takes minutes."""

    connections: int
    per_client: int = 20
    request_s: float = 30.0
    answer_s: float = 600.0


def process_limits() -> ConnectionLimits:
    """As many connections as the file handles of this process allow."""
    soft, _hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    return ConnectionLimits(min(MOST, max(soft // HANDLES_EACH, 1)) if soft > 0 else MOST)


class OpenConnections:
    """Those that have a place. Where all places are taken, the one that has waited longest without a whole request
    makes room."""

    def __init__(self, limits: ConnectionLimits, proxies: Iterable[Network], log: Any) -> None:
        self.limits = limits
        self._proxies, self._log = tuple(proxies), log
        self._clients: dict[LimitedConnection, str] = {}
        self._waiting: dict[LimitedConnection, None] = {}
        """In the order in which they began to wait."""
        self._logged_at = float("-inf")

    def __contains__(self, connection: "LimitedConnection") -> bool:
        return connection in self._clients

    def add(self, connection: "LimitedConnection", address: str) -> bool:
        """False where there is no place for it. A proxy brings many clients, and most stand on this machine or in a
        private network, from where nobody floods us: all of these may have all places."""
        client = household(address)
        limited = not is_near(address) and not is_within(address, self._proxies)
        if limited and list(self._clients.values()).count(client) >= self.limits.per_client:
            return False
        if len(self._clients) >= self.limits.connections and not self._make_room():
            return False
        self._clients[connection] = client
        self._waiting[connection] = None
        return True

    def remove(self, connection: "LimitedConnection") -> None:
        """Whether it had a place or not."""
        self._clients.pop(connection, None)
        self._waiting.pop(connection, None)

    def is_waiting(self, connection: "LimitedConnection") -> bool:
        """For a request, or for the rest of one."""
        return connection in self._waiting

    def set_waiting(self, connection: "LimitedConnection", waiting: bool) -> None:
        """False while a request is answered."""
        self._waiting.pop(connection, None)
        if waiting:
            self._waiting[connection] = None

    def _make_room(self) -> bool:
        if time.monotonic() - self._logged_at > LOGGED_EVERY_S:
            self._logged_at = time.monotonic()
            self._log.warning("web is full", what=f"{self.limits.connections} connections are open", job="web")
        longest = next(iter(self._waiting), None)
        if longest is None:
            return False
        self.remove(longest)
        longest.transport.abort()
        return True


class LimitedConnection(H11Protocol):
    """A connection that ends when its time is over, whatever is sent on it and however slowly."""

    def __init__(self, open_connections: OpenConnections, **uvicorn: Any) -> None:
        super().__init__(**uvicorn)
        self._open = open_connections
        self._deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in H11Protocol
        super().connection_made(cast("asyncio.Transport", LingeringTransport(transport, self.loop)))
        if self._open.add(self, self.client[0] if self.client else ""):
            self._set_deadline(self._open.limits.request_s)
        else:
            self.transport.write(BUSY)
            self.transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        if self._deadline:
            self._deadline.cancel()
        self._open.remove(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self in self._open and not self.transport.is_closing():
            super().data_received(data)
            self._note_request()

    def on_response_complete(self) -> None:
        if self in self._open:
            self._open.set_waiting(self, True)
            self._set_deadline(self._open.limits.request_s)
        super().on_response_complete()  # the next request may be there already
        self._note_request()

    def send_400_response(self, msg: str) -> None:
        """Of bytes that are no HTTP, be it in the middle of a request: nothing else is answered on this connection."""
        if self.cycle is not None:
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        try:
            super().send_400_response(msg)
        except LocalProtocolError:  # half of an answer is gone
            self.transport.close()

    def shutdown(self) -> None:
        """No other request; one that is answered may come to its end. h11 refuses what follows a failure."""
        if not self.transport.is_closing():
            super().shutdown()

    def _note_request(self) -> None:
        """The head of a request is there: from now on its answer has its time."""
        if self._open.is_waiting(self) and self.cycle is not None and not self.cycle.response_complete:
            self._open.set_waiting(self, False)
            self._set_deadline(self._open.limits.answer_s)

    def _set_deadline(self, seconds: float) -> None:
        """Until then what was begun is over, or the connection is."""
        if self._deadline:
            self._deadline.cancel()
        self._deadline = self.loop.call_later(seconds, self.transport.abort)


class LingeringTransport:
    """Closes in two steps (RFC 9112, 9.6): it says that nothing more will come, and hangs up when the client does, or a
    little later. To hang up on a client that still sends is a reset, which may reach it before it has read the answer.
    """

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport, self._loop = transport, loop
        self._closing = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def is_closing(self) -> bool:
        """True from the first step on."""
        return self._closing or self._transport.is_closing()

    def close(self) -> None:
        """Takes the first step."""
        if self.is_closing():
            return
        self._closing = True
        try:
            self._transport.write_eof()
        except OSError:  # the client was faster
            self._transport.abort()
        self._transport.resume_reading()
        self._loop.call_later(LINGER_S, self._transport.abort)
