"""Telling people of problems: by the daemon, by the command, and by a daemon that ends. What people know is kept."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Engine

from db import versions
from db.engine import open_database, reading, schema_version
from db.ops import incidents
from db.sessions import session
from db.values import Alert
from jobs.alerts.lifecycle import AlertLine, delivered, due_lines, updated
from jobs.alerts.messages import deliver, where, write
from jobs.checks.catalogue import problems
from jobs.checks.check import Problem
from jobs.checks.data import DATABASE
from jobs.settings import Settings
from jobs.terminal.console import warn as warn_on_terminal
from jobs.terminal.output import written
from tracker.errors import StorageError, TrackerError

FILE = "alerts.json"
_ALERTS = TypeAdapter(dict[str, Alert])


class AlertStore:
    """What people know of problems: in the database, so that a restart repeats nothing, and while that takes nothing in
    a file of the data folder, so that a daemon which is started again and again does not either. `known` is what the
    database does not know yet. Where not even the file can be written, it holds as long as the process. An `engine` of
    None is a database that is not to be asked."""

    def __init__(self, data_dir: Path) -> None:
        self._path = data_dir / FILE
        self.known: dict[str, Alert] = {}
        with suppress(OSError, ValidationError):
            self.known = _ALERTS.validate_json(self._path.read_bytes())

    def load(self, engine: Engine | None) -> dict[str, Alert]:
        """All that people know, by kind."""
        with suppress(StorageError):
            return _stored(engine) | self.known if engine else self.known
        return self.known

    def keep(self, engine: Engine | None, known: Mapping[str, Alert]) -> None:
        """These and no others. Where nothing changed, nothing is written: most rounds find all well."""
        self.known = dict(known)
        with suppress(StorageError):
            if engine:
                _store(engine, known)
                self.known = {}
        with suppress(OSError, StorageError):
            if not self.known:
                self._path.unlink(missing_ok=True)
                return
            with written(str(self._path)) as file:
                file.write(_ALERTS.dump_json(self.known))


def _store(engine: Engine, known: Mapping[str, Alert]) -> None:
    if _stored(engine) != known:
        with session(engine) as opened:
            incidents.keep_alerts(opened, known)


def _stored(engine: Engine) -> dict[str, Alert]:
    with reading(engine) as opened:
        return incidents.alerts(opened)


OWN = "failing-job-alert"
"""The kind of the problem that alerts do not go out: the doctor and the log tell it, a message cannot."""
ENDED = "daemon-start"
DO_WHAT_IT_SAYS = "do what it says; systemd starts the daemon again by itself"


class UndeliveredError(TrackerError):
    """Nobody could be told."""


def send_due(
    engine: Engine | None,
    settings: Settings,
    memory: AlertStore,
    now: datetime,
    warn: Callable[[str], None],
    ended: Problem | None = None,
) -> tuple[AlertLine, ...]:
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


def _send(settings: Settings, due: Sequence[AlertLine], now: datetime, warn: Callable[[str], None]) -> None:
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
        send_due(asked, settings, AlertStore(settings.data_dir), now, warn_on_terminal, ended)
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
