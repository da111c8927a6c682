"""One round of alerts: what is wrong, what of it people do not know yet, and telling them. By command and daemon.

Decided from the database, so that a restart repeats nothing; while that is away, from a file. A message that nobody
could be brought is tried again at the next round. A kill between sending and noting tells it twice, never not at all.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from db import alerts
from db.engine import reading, session
from db.values import Alert
from jobs.health import Problem, problems
from jobs.health.alerting import Line, lines, noticed, told
from jobs.health.delivery import deliver, where
from jobs.health.judge import DATABASE
from jobs.health.memory import Memory
from jobs.health.message import write
from tracker.errors import StorageError, TrackerError

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from jobs.settings import Settings

OWN = "failing-job-alert"
"""The kind of the problem that alerts do not go out: the doctor and the log tell it, a message cannot."""


class UndeliveredError(TrackerError):
    """Nobody could be told."""


def round_(
    engine: "Engine",
    settings: "Settings",
    memory: Memory,
    now: datetime,
    warn: Callable[[str], None],
    ended: Problem | None = None,
) -> tuple[Line, ...]:
    """What was told. `warn` is told of each address that could not be reached while another was; `ended` is what ends
    the daemon, told where no other problem with the database is. Raises UndeliveredError where none was reached; what
    was to be told is due still."""
    found = [problem for problem in problems(engine, settings, now) if problem.kind != OWN]
    if ended and not any(problem.kind == DATABASE for problem in found):
        found.append(ended)
    return _tell(settings, noticed(_known(engine, memory), found, now), now, warn, partial(_keep, engine, memory))


def round_without_database(
    settings: "Settings", memory: Memory, now: datetime, warn: Callable[[str], None], ended: Problem
) -> tuple[Line, ...]:
    """The same where the database is of another version: nothing of it is read or written, only `memory` is."""
    return _tell(settings, noticed(memory.known, [ended], now), now, warn, memory.keep)


def _tell(
    settings: "Settings",
    known: dict[str, Alert],
    now: datetime,
    warn: Callable[[str], None],
    keep: Callable[[Mapping[str, Alert]], None],
) -> tuple[Line, ...]:
    due = lines(known, now)
    try:
        if due and settings.alert_addresses:
            _send(settings, due, now, warn)
        known = told(known, due, now)
    finally:
        keep(known)
    return due


def _send(settings: "Settings", due: Sequence[Line], now: datetime, warn: Callable[[str], None]) -> None:
    reached, failed = deliver(settings, write(due, where(settings)), now)
    if not reached:
        raise UndeliveredError(f"nobody could be told of {len(due)} problems: {', '.join(failed)}")
    for line in failed:
        warn(f"alert to {line}")


def _known(engine: "Engine", memory: Memory) -> dict[str, Alert]:
    try:
        with reading(engine) as opened:
            return alerts.all_of_them(opened) | memory.known
    except StorageError:
        return memory.known


def _keep(engine: "Engine", memory: Memory, known: Mapping[str, Alert]) -> None:
    """Where nothing changed, nothing is written: most rounds find all well."""
    try:
        with reading(engine) as opened:
            stored = alerts.all_of_them(opened)
        if stored != known:
            with session(engine) as opened:
                alerts.keep(opened, known)
        memory.clear()
    except StorageError:
        memory.keep(known)
