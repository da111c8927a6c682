"""Runs the daemon's jobs so that no failure reaches the scheduler, and none goes unseen."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from db.ops import incidents, vitals
from db.sessions import session
from tracker.coverage import Trouble
from tracker.errors import StorageError, TrackerError

if TYPE_CHECKING:
    from sqlalchemy import Engine

SAY_EVERY_S = 60.0
"""A job that fails is said at most so often: some are looked at every few seconds."""
NOTE_EVERY_S = 300.0
"""A job that works is noted at most so often: a write every few seconds would wear out a small server's disk, and who
asks wants to know whether it hangs, which takes longer. What is done once a night is noted at once."""
NEVER = float("-inf")
Job = Callable[[], Awaitable[bool]]
"""Gives whether it was the job's time; False for a look at the clock."""
OnRun = Callable[[str, float, bool], None]
"""Told of every run: the job's name, the seconds it took, whether it came to a good end."""


class Guard:
    """A failure is logged and noted in the database; one that lasts is shown by `tracker doctor` and the report until
    the job succeeds again. While the daemon stops, nothing is a failure. `on_run` is told of every run."""

    def __init__(
        self,
        engine: "Engine",
        log: Any,
        clock: Callable[[], datetime],
        stopping: Callable[[], bool],
        on_run: OnRun = lambda _name, _seconds, _well: None,
    ) -> None:
        self._engine, self._log, self._clock, self._stopping, self._on_run = engine, log, clock, stopping, on_run
        self._noted: dict[str, float] = {}
        """Jobs that succeeded last, and when the database was told, as the monotonic clock counts."""
        self._said: dict[str, float] = {}

    def around(self, name: str, job: Job, *, note_every_s: float = NOTE_EVERY_S) -> Callable[[], Awaitable[None]]:
        """The job, of which no error reaches the caller."""

        async def run() -> None:
            began = time.monotonic()
            try:
                was_its_time = await job()
            except asyncio.CancelledError:
                if not self._stopping():
                    raise
            except Exception as error:
                if not self._stopping():
                    self._on_run(name, time.monotonic() - began, False)
                    await self._failed(name, error)
            else:
                if was_its_time:
                    seconds = time.monotonic() - began
                    self._on_run(name, seconds, True)
                    await self._succeeded(name, seconds, note_every_s)

        return run

    async def _failed(self, name: str, error: Exception) -> None:
        self._noted.pop(name, None)
        expected = isinstance(error, TrackerError)
        what = str(error) if expected else f"the program failed ({type(error).__name__}: {error}); please report this"
        trouble = await asyncio.to_thread(self._note, name, what)
        if time.monotonic() - self._said.get(name, NEVER) < SAY_EVERY_S:
            return
        self._said[name] = time.monotonic()
        lasting = {} if trouble is None or trouble.times < incidents.LASTING else _lasting(trouble)
        self._log.error("failed", job=name, what=what, exc_info=None if expected else error, **lasting)

    async def _succeeded(self, name: str, seconds: float, note_every_s: float) -> None:
        if time.monotonic() - self._noted.get(name, NEVER) < note_every_s:
            return
        try:
            if await asyncio.to_thread(self._done, name, seconds):
                self._log.info("works again", job=name)
            self._noted[name] = time.monotonic()
            self._said.pop(name, None)
        except StorageError:
            return  # the database is away: the next round says so

    def _note(self, name: str, what: str) -> Trouble | None:
        """None where the database itself is the trouble."""
        try:
            with session(self._engine) as opened:
                return incidents.note(opened, _key(name), what, self._clock())
        except StorageError:
            return None

    def _done(self, name: str, seconds: float) -> bool:
        """Whether that was the end of a trouble."""
        with session(self._engine) as opened:
            vitals.note_job_run(opened, name, seconds, self._clock())
            return incidents.end(opened, _key(name))


def _key(name: str) -> str:
    """Under which name a job's trouble is known."""
    return f"job {name}"


def _lasting(trouble: Trouble) -> dict[str, object]:
    return {"times": trouble.times, "since": trouble.since.isoformat(timespec="seconds")}
