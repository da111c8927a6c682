"""Runs the daemon's jobs so that no failure reaches the scheduler, and none goes unseen."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from db import troubles
from db.engine import session
from tracker.coverage import Trouble
from tracker.errors import StorageError, TrackerError

if TYPE_CHECKING:
    from sqlalchemy import Engine

SAY_EVERY_S = 60.0
"""A job that fails is said at most so often: some are looked at every few seconds."""
NEVER = float("-inf")
Job = Callable[[], Awaitable[None]]


class Guard:
    """A failure is logged and noted in the database; one that lasts is shown by `tracker doctor` and the report until
    the job succeeds again. While the daemon stops, nothing is a failure."""

    def __init__(self, engine: "Engine", log: Any, clock: Callable[[], datetime], stopping: Callable[[], bool]) -> None:
        self._engine, self._log, self._clock, self._stopping = engine, log, clock, stopping
        self._well: set[str] = set()
        """Jobs that succeeded last, as the database knows."""
        self._said: dict[str, float] = {}

    def around(self, name: str, job: Job) -> Job:
        """The job, of which no error reaches the caller."""

        async def run() -> None:
            try:
                await job()
            except asyncio.CancelledError:
                if not self._stopping():
                    raise
            except Exception as error:
                if not self._stopping():
                    await self._failed(name, error)
            else:
                await self._succeeded(name)

        return run

    async def _failed(self, name: str, error: Exception) -> None:
        self._well.discard(name)
        expected = isinstance(error, TrackerError)
        what = str(error) if expected else f"the program failed ({type(error).__name__}: {error}); please report this"
        trouble = await asyncio.to_thread(self._note, name, what)
        if time.monotonic() - self._said.get(name, NEVER) < SAY_EVERY_S:
            return
        self._said[name] = time.monotonic()
        lasting = {} if trouble is None or trouble.times < troubles.LASTING else _lasting(trouble)
        self._log.error("failed", job=name, what=what, exc_info=None if expected else error, **lasting)

    async def _succeeded(self, name: str) -> None:
        if name in self._well:
            return
        try:
            if await asyncio.to_thread(self._over, name):
                self._log.info("works again", job=name)
            self._well.add(name)
            self._said.pop(name, None)
        except StorageError:
            return  # the database is away: the next round says so

    def _note(self, name: str, what: str) -> Trouble | None:
        """None where the database itself is the trouble."""
        try:
            with session(self._engine) as opened:
                return troubles.note(opened, _key(name), what, self._clock())
        except StorageError:
            return None

    def _over(self, name: str) -> bool:
        with session(self._engine) as opened:
            return troubles.over(opened, _key(name))


def _key(name: str) -> str:
    """Under which name a job's trouble is known."""
    return f"job {name}"


def _lasting(trouble: Trouble) -> dict[str, object]:
    return {"times": trouble.times, "since": trouble.since.isoformat(timespec="seconds")}
