"""One round of alerts: what is wrong, what of it people do not know yet, and telling them. By command and daemon.

A message that nobody could be brought is tried again at the next round. A kill between sending and noting tells it
twice, never not at all.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

from sqlalchemy import Engine

from db import versions
from db.engine import open_database, schema_version
from jobs.alerts.delivery import deliver, where
from jobs.alerts.lifecycle import Line, delivered, due_lines, updated
from jobs.alerts.memory import Memory
from jobs.alerts.message import write
from jobs.checks.catalogue import problems
from jobs.checks.check import Problem
from jobs.checks.data import DATABASE
from jobs.settings import Settings
from jobs.terminal.console import warn as warn_on_terminal
from tracker.errors import StorageError, TrackerError

OWN = "failing-job-alert"
"""The kind of the problem that alerts do not go out: the doctor and the log tell it, a message cannot."""
ENDED = "daemon-start"
DO_WHAT_IT_SAYS = "do what it says; systemd starts the daemon again by itself"


class UndeliveredError(TrackerError):
    """Nobody could be told."""


def round_(
    engine: Engine | None,
    settings: Settings,
    memory: Memory,
    now: datetime,
    warn: Callable[[str], None],
    ended: Problem | None = None,
) -> tuple[Line, ...]:
    """What was told. `warn` is told of each address that could not be reached while another was; `ended` is what ends
    the daemon, told where no other problem with the database is. Without an `engine` nothing is asked of the database.
    Raises UndeliveredError where none was reached; what was to be told is due still."""
    found = [problem for problem in problems(engine, settings, now) if problem.kind != OWN] if engine else []
    if ended and not any(problem.kind == DATABASE for problem in found):
        found.append(ended)
    known = updated(memory.load(engine), found, now)
    due = due_lines(known, now)
    try:
        if due and settings.alert_addresses:
            _send(settings, due, now, warn)
        known = delivered(known, due, now)
    finally:
        memory.keep(engine, known)
    return due


def _send(settings: Settings, due: Sequence[Line], now: datetime, warn: Callable[[str], None]) -> None:
    reached, failed = deliver(settings, write(due, where(settings)), now)
    if not reached:
        raise UndeliveredError(f"nobody could be told of {len(due)} problems: {', '.join(failed)}")
    for line in failed:
        warn(f"alert to {line}")


@contextmanager
def alert_on_failure(settings: Settings) -> Iterator[None]:
    """A daemon that cannot work with its database ends before it has any job. What ends it within the block is told as
    any other problem: when it has lasted for ten minutes, which is over several starts. It still ends the daemon."""
    try:
        yield
    except StorageError as error:
        alert_failure(settings, error, datetime.now(UTC))
        raise


def alert_failure(settings: Settings, ended_by: StorageError, now: datetime) -> None:
    """One round of a daemon that has no database. Raises nothing: there is a worse error to be told."""
    if not settings.alert_addresses:
        return
    ended = Problem(ENDED, f"the daemon ended: {ended_by}", DO_WHAT_IT_SAYS, grave=True)
    try:
        engine = open_database(settings.database)
        asked = engine if _can_be_asked(engine) else None
        round_(asked, settings, Memory(settings.data_dir), now, warn_on_terminal, ended)
        engine.dispose()
    except TrackerError as error:
        warn_on_terminal(f"alert: {error}")


def _can_be_asked(engine: Engine) -> bool:
    """False for a database of another version, which may lack what is asked. One that is away or damaged is told of by
    whoever asks it."""
    try:
        return schema_version(engine) == versions.NEWEST
    except StorageError:
        return True
