"""What the jobs of a daemon or a worker work with."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from db.engine import reading

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from jobs.settings import Settings
    from jobs.tally import Tally
    from tracker.gather.http.client import Fetcher

T = TypeVar("T")


class JobContext:
    """One for the life of the process. `clock` gives the moment in UTC. `stopping` is true once the end was asked for:
    a job that runs comes to a good end, and no other begins."""

    def __init__(
        self, engine: "Engine", settings: "Settings", fetcher: "Fetcher", log: Any, clock: Callable[[], datetime]
    ) -> None:
        self.engine, self.settings, self.fetcher, self.log, self.clock = engine, settings, fetcher, log, clock
        self.stopping = False
        self.wake: Callable[[str], None] = lambda _name: None
        """Lets a job begin now instead of at its next round; the scheduler puts its own here."""
        self._singletons: dict[type, Any] = {}
        self._at_end: list[Callable[[], None]] = []

    def singleton(self, kind: type[T], make: Callable[[], T]) -> T:
        """What jobs remember from round to round: made when it is asked for first, one of a kind. What must outlive the
        process belongs into the database."""
        if kind not in self._singletons:
            self._singletons[kind] = make()
        found: T = self._singletons[kind]
        return found

    async def query(self, query: Callable[..., T], *values: object) -> T:
        """What a query gives of a session that only reads, in a thread."""
        return await asyncio.to_thread(self._query, query, *values)

    def _query(self, query: Callable[..., T], *values: object) -> T:
        with reading(self.engine) as opened:
            return query(opened, *values)

    def at_end(self, do: Callable[[], None]) -> None:
        """Called when the end is asked for, once."""
        self._at_end.append(do)

    def stop(self) -> None:
        """Asks for the end."""
        self.stopping = True
        for do in self._at_end:
            do()

    def warn(self, line: str) -> None:
        """Logs something that failed while the rest goes on."""
        self.log.warning("failed", what=line)

    def log_counts(self, event: str, tally: "Tally", *names: str) -> None:
        """Logs the counts that are not 0; a quiet round says nothing."""
        counts = {name: count for name, count in tally.as_dict().items() if name in names and count}
        if counts:
            self.log.info(event, **counts)
