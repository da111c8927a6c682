"""Starts and ends the web server within the daemon's event loop. uvicorn's own `Server` is not used: it takes the
daemon's signals over, ends the program where a port is taken, and wakes ten times a second."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from anyio.to_thread import current_default_thread_limiter
from uvicorn import Config
from uvicorn.server import ServerState

from jobs.settings import Settings
from jobs.web import latency
from jobs.web.app import make_app
from jobs.web.clients import networks
from jobs.web.door import Connection, Door, Limits, limits
from jobs.web.listening import Listening
from jobs.web.metrics import Meter
from jobs.web.turns import AT_ONCE, Turns

if TYPE_CHECKING:
    from sqlalchemy import Engine

PATIENCE_S = 5.0
"""How long a request in hand may take when the daemon ends."""
GONE_S = 1.0
"""How long an answer may take to see that its client is gone. A thread that still works for it is waited for by
`asyncio.run`, and abandoned by the daemon's own limit."""
THREADS = AT_ONCE + 8
"""For what blocks: those whose turn it is to ask the database, and beside them files of the report."""

AS_WE_WANT_IT: dict[str, Any] = {
    "http": Connection,
    "ws": "none",
    "lifespan": "off",
    "interface": "asgi3",
    "log_config": None,
    "access_log": False,
    "date_header": False,
    "server_header": False,
    "proxy_headers": False,
}
"""uvicorn's part is to speak HTTP, and nothing else: left alone it believes this machine's X-Forwarded-For, too."""


@asynccontextmanager
async def serving(
    engine: "Engine", settings: Settings, log: Any, meter: Meter, given: Limits | None = None
) -> AsyncIterator[Listening]:
    """The web server runs meanwhile. A port that is taken is tried again; the daemon does its other work without it.
    `meter` hears of the jobs, and is shown at `/metrics`."""
    current_default_thread_limiter().total_tokens = THREADS
    logging.getLogger("uvicorn.error").addFilter(_is_ours)
    turns = Turns()
    config, state = Config(make_app(engine, settings, log, meter, turns), **AS_WE_WANT_IT), ServerState()
    door = Door(given or limits(), networks(settings.trusted_proxies), log)

    def connection() -> Connection:
        return Connection(door, config=config, server_state=state, app_state={})

    listening = Listening(connection, engine, settings, log)
    await listening.begin()
    watching = asyncio.create_task(latency.watch(turns, engine, log))
    try:
        yield listening
    finally:
        watching.cancel()
        listening.end()
        turns.end()
        await _end(state)


async def _end(state: ServerState) -> None:
    """Lets what is answered come to its end, for PATIENCE_S at most; then its client is gone, as any may be."""
    for connection in list(state.connections):
        connection.end()  # type: ignore[union-attr]  # all of them are ours
    if state.tasks:
        await asyncio.wait(state.tasks, timeout=PATIENCE_S)
    for connection in list(state.connections):
        connection.transport.abort()
    if state.tasks:
        await asyncio.wait(state.tasks, timeout=GONE_S)


def _is_ours(record: logging.LogRecord) -> bool:
    """False for what uvicorn says of bytes that are no HTTP: anybody can send those."""
    return record.levelno >= logging.ERROR
