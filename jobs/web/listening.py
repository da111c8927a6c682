"""Listens at web_host and web_port. Where that cannot be it is said, noted as a trouble and tried again until it works:
the port may be held for moments, or an address may come with a network that is not up yet."""

import asyncio
from typing import TYPE_CHECKING, Any

from db import troubles
from db.engine import session
from jobs.clock import now
from jobs.web import kept
from tracker.coverage import WEBSITE
from tracker.errors import StorageError

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from jobs.settings import Settings

AGAIN_S = 5.0
"""Between two tries: one costs nothing, and readers wait."""
BACKLOG = 32
"""Connections that wait to be taken in. asyncio takes so many at once, before anybody can count them."""


class Listening:
    """Hands connections to `protocol`, from `begin` or as soon as it can be, until `end`. `says` in a few words how it
    stands."""

    def __init__(self, protocol: Any, engine: "Engine", settings: "Settings", log: Any) -> None:
        self._protocol, self._engine, self._log = protocol, engine, log
        self._host, self._port = settings.web_host, settings.web_port
        self._servers: list[asyncio.Server] = []
        self._rest: asyncio.Task[None] | None = None
        self.says = ""
        self.keeps = False
        """Whether the process replaces itself at the end: who comes meanwhile then waits (`jobs.web.kept`)."""

    async def begin(self) -> None:
        """Tries once; what is left to do then goes on beside all the rest."""
        problem = await self._problem()
        self._rest = asyncio.create_task(self._go_on(problem))

    def end(self) -> None:
        if self._rest:
            self._rest.cancel()
        if self.keeps and self._servers:
            kept.keep(self._host, self._port, (one for server in self._servers for one in server.sockets))
        for server in self._servers:
            server.close()

    async def _go_on(self, problem: str) -> None:
        said, is_noted = "", False
        while problem:
            if problem != said:
                self._log.error("not serving", what=f"{problem}; tried again every {AGAIN_S:.0f} seconds")
                said, is_noted = problem, False
            is_noted = is_noted or await asyncio.to_thread(self._noted, problem)
            await asyncio.sleep(AGAIN_S)
            problem = await self._problem()
        while not await asyncio.to_thread(self._noted, ""):
            await asyncio.sleep(AGAIN_S)

    async def _problem(self) -> str:
        """Why nobody can be let in; empty where everybody can."""
        loop, host, port = asyncio.get_running_loop(), self._host, self._port
        try:
            for one in kept.take(host, port):
                self._servers.append(await loop.create_server(self._protocol, sock=one, backlog=BACKLOG))
            if not self._servers:
                self._servers.append(await loop.create_server(self._protocol, host, port, backlog=BACKLOG))
        except OSError as error:
            problem = f"{host}:{port}: {error.strerror or error}"
            self.says = f"does not serve {problem}"
            return problem
        url = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
        self.says = f"serves {url}"
        self._log.info("serving", url=url)
        return ""

    def _noted(self, problem: str) -> bool:
        """Whether the database knows now; not where it is away."""
        try:
            with session(self._engine) as opened:
                if problem:
                    troubles.note(opened, WEBSITE, problem, now())
                else:
                    troubles.over(opened, WEBSITE)
        except StorageError:
            return False
        return True
