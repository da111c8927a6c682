"""Starts and ends the web server within the daemon's event loop. Where it cannot listen at web_host and web_port, that
is logged, noted as a trouble and tried again until it works: the port may be held for moments, or an address may come
with a network that is not up yet. uvicorn's own `Server` is not used: it takes the daemon's signals over, ends the
program where a port is taken, and wakes ten times a second."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Any

from anyio import to_thread
from anyio.to_thread import current_default_thread_limiter
from uvicorn import Config
from uvicorn.server import ServerState

from db.ops import incidents
from db.sessions import session
from jobs.clock import now
from jobs.settings import Settings
from jobs.web.app import make_app
from jobs.web.metrics import Meter
from jobs.web.middleware.clients import networks
from jobs.web.middleware.connection_limits import ConnectionLimits, LimitedConnection, OpenConnections, process_limits
from jobs.web.middleware.turns import AT_ONCE, Late, Turns
from tracker.coverage import SLOW_WEBSITE, WEBSITE
from tracker.errors import StorageError

if TYPE_CHECKING:
    from sqlalchemy import Engine


PATIENCE_S = 5.0
"""How long a request in hand may take when the daemon ends."""
GONE_S = 1.0
"""How long an answer may take to see that its client is gone. A thread that still works for it is waited for by
`asyncio.run`, and abandoned by the daemon's own limit."""
RETRY_S = 5.0
"""Between two tries to listen: one costs nothing, and readers wait."""
BACKLOG = 32
"""Connections that wait to be taken in. asyncio takes so many at once, before anybody can count them."""
THREADS = AT_ONCE + 8
"""For what blocks: those whose turn it is to ask the database, and beside them files of the report."""
LOOK_S = 60.0
"""Between two looks: three slow ones in a row are told (`db.ops.incidents.LASTING`), so one of three minutes."""
SLOW_S = 5.0
"""Until it is one's turn. On a quiet machine it takes thousandths; people leave a page that takes so long."""
LONGEST_S = 120.0
"""Then it is slow enough to be said."""
OURSELVES = "ourselves"
"""As a client of our own."""

UVICORN_OPTIONS: dict[str, Any] = {
    "http": LimitedConnection,
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


class Listener:
    """Hands connections to `protocol`, from `start` or as soon as it can listen, until `stop`."""

    def __init__(self, protocol: Any, engine: "Engine", settings: Settings, log: Any) -> None:
        self._protocol, self._engine, self._log = protocol, engine, log
        self._host, self._port = settings.web_host, settings.web_port
        self._server: asyncio.Server | None = None
        self._retries: asyncio.Task[None] | None = None
        self.status = ""
        """Whether it serves, and where, in a few words."""

    async def start(self) -> None:
        """Tries once; what is left to do then goes on beside all the rest."""
        problem = await self._listen()
        self._retries = asyncio.create_task(self._retry(problem))

    def stop(self) -> None:
        if self._retries:
            self._retries.cancel()
        if self._server:
            self._server.close()

    async def _listen(self) -> str:
        """Why it cannot; empty where it does."""
        loop, host, port = asyncio.get_running_loop(), self._host, self._port
        try:
            self._server = await loop.create_server(self._protocol, host, port, backlog=BACKLOG)
        except OSError as error:
            problem = f"{host}:{port}: {error.strerror or error}"
            self.status = f"does not serve {problem}"
            return problem
        url = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
        self.status = f"serves {url}"
        self._log.info("serving", url=url)
        return ""

    async def _retry(self, problem: str) -> None:
        """Until it listens, and the database knows."""
        logged: str = ""
        stored: str | None = None
        while stored != "":
            if problem and problem != logged:
                self._log.error("not serving", what=f"{problem}; tried again every {RETRY_S:.0f} seconds")
                logged = problem
            if problem != stored and await asyncio.to_thread(_note, self._engine, WEBSITE, problem):
                stored = problem
            await asyncio.sleep(RETRY_S)
            problem = problem and await self._listen()


@asynccontextmanager
async def serving(
    engine: "Engine", settings: Settings, log: Any, meter: Meter, limits: ConnectionLimits | None = None
) -> AsyncIterator[Listener]:
    """The web server runs meanwhile. A port that is taken is tried again; the daemon does its other work without it.
    `meter` hears of the jobs, and is shown at `/metrics`."""
    current_default_thread_limiter().total_tokens = THREADS
    logging.getLogger("uvicorn.error").addFilter(_is_ours)
    turns = Turns()
    config, state = Config(make_app(engine, settings, log, meter, turns), **UVICORN_OPTIONS), ServerState()
    connections = OpenConnections(limits or process_limits(), networks(settings.trusted_proxies), log)

    def connection() -> LimitedConnection:
        return LimitedConnection(connections, config=config, server_state=state, app_state={})

    listener = Listener(connection, engine, settings, log)
    await listener.start()
    watching = asyncio.create_task(watch_turns(turns, engine, log))
    try:
        yield listener
    finally:
        watching.cancel()
        listener.stop()
        turns.end()
        await _end(state)


async def _end(state: ServerState) -> None:
    """Lets what is answered come to its end, for PATIENCE_S at most; then its client is gone, as any may be."""
    for connection in list(state.connections):
        connection.shutdown()
    if state.tasks:
        await asyncio.wait(state.tasks, timeout=PATIENCE_S)
    for connection in list(state.connections):
        connection.transport.abort()
    if state.tasks:
        await asyncio.wait(state.tasks, timeout=GONE_S)


def _is_ours(record: logging.LogRecord) -> bool:
    """False for what uvicorn says of bytes that are no HTTP: anybody can send those."""
    return record.levelno >= logging.ERROR


async def watch_turns(turns: Turns, engine: "Engine", log: Any) -> None:
    """Asks as a client would how long somebody who comes now waits; where it is long for minutes, it is a trouble that
    people are told of. Until it is cancelled."""
    is_noted = True  # perhaps, by the process before
    while True:
        await asyncio.sleep(LOOK_S)
        seconds = await _waited(turns)
        problem = f"a page waited {seconds:.0f} seconds for its turn" if seconds > SLOW_S else ""
        if problem:
            log.warning("website is slow", what=problem, job="web")
        if problem or is_noted:
            is_noted = not await asyncio.to_thread(_note, engine, SLOW_WEBSITE, problem) or bool(problem)


async def _waited(turns: Turns) -> float:
    began = time.monotonic()
    with suppress(Late, TimeoutError):
        async with asyncio.timeout(LONGEST_S):
            begun = await turns.take(OURSELVES)
            try:
                await to_thread.run_sync(time.monotonic)
            finally:
                turns.give(OURSELVES, begun)
    return time.monotonic() - began


def _note(engine: "Engine", kind: str, problem: str) -> bool:
    """Notes a trouble, or, without a problem, its end; False where the database is away."""
    try:
        with session(engine) as opened:
            if problem:
                incidents.note(opened, kind, problem, now())
            else:
                incidents.end(opened, kind)
    except StorageError:
        return False
    return True
