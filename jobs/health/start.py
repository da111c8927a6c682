"""A daemon that cannot work with its database ends before it has any job: that is told from here."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from jobs.console import warn
from tracker.errors import StorageError, TrackerError

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from jobs.settings import Settings

KIND = "daemon-start"
REMEDY = "do what it says; systemd starts the daemon again by itself"


@contextmanager
def told(settings: "Settings") -> Iterator[None]:
    """What ends the daemon within the block is told as any other problem: when it has lasted for ten minutes, which is
    over several starts. It still ends the daemon."""
    try:
        yield
    except StorageError as error:
        tell(settings, error, datetime.now(UTC))
        raise


def tell(settings: "Settings", ended_by: StorageError, now: datetime) -> None:
    """One round of alerts of a daemon that has no database. Raises nothing: there is a worse error to be told."""
    from db.engine import open_database
    from jobs.health.alert import round_, round_without_database
    from jobs.health.memory import Memory
    from jobs.health.problem import Problem

    if not settings.alert_addresses:
        return
    own = Problem(KIND, f"the daemon ended: {ended_by}", REMEDY, grave=True)
    try:
        engine = open_database(settings.database)
        memory = Memory(settings.data_dir)
        if _can_be_asked(engine):
            round_(engine, settings, memory, now, warn, own)
        else:
            round_without_database(settings, memory, now, warn, own)
        engine.dispose()
    except TrackerError as error:
        warn(f"alert: {error}")


def _can_be_asked(engine: "Engine") -> bool:
    """False for a database of another version, which may lack what is asked. One that is away or damaged is told of by
    whoever asks it."""
    from db import versions
    from db.engine import schema_version

    try:
        return schema_version(engine) == versions.NEWEST
    except StorageError:
        return True
