"""Opens the database that the settings name, ready for use."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from jobs.terminal.console import say, state
from tracker.errors import StorageError, TrackerError

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlmodel import Session

    from jobs.settings import Settings

NO_COPY = "make one by other means, then run `tracker migrate --no-backup`"
EXPECTED = (TrackerError, OSError, ImportError, typer.TyperException, typer.Exit, typer.Abort)
"""What has its own line, or is no error."""
PRIVATE = 0o700
"""The rights of a data folder that we make: subscribers, users and secrets are in it."""


@contextmanager
def open_store(settings: "Settings", *, copied: bool = True) -> Iterator["Engine"]:
    """The database, created and brought to this program's version where it is not yet; an older one is `copied` before.
    Raises StorageError, also in the place of an error that looks like a bug where the database turns out to be
    damaged."""
    from db.engine import migrate, open_database
    from db.search.stale import ensure_index

    make_data_dir(settings)
    with _among_users(settings.data_dir):
        engine = open_database(settings.database)
        try:
            migrate(engine, partial(_copy, engine, settings) if copied else None)
            ensure_index(engine)
            yield engine
        except EXPECTED:
            raise
        except Exception as error:
            if damaged := _damage(engine):
                raise StorageError(damaged) from error
            raise
        finally:
            engine.dispose()


@contextmanager
def open_session(settings: "Settings") -> Iterator["Session"]:
    """A session that only reads, of the database that `open_store` opens. Raises what that raises."""
    from db.engine import reading

    with open_store(settings) as engine, reading(engine) as session:
        yield session


@contextmanager
def stored(ctx: typer.Context) -> Iterator["Engine"]:
    """The database of the settings, as `open_store` opens it."""
    with open_store(state(ctx).settings) as engine:
        yield engine


@contextmanager
def read_store(ctx: typer.Context) -> Iterator["Session"]:
    """A session of that database that only reads."""
    with open_session(state(ctx).settings) as session:
        yield session


@contextmanager
def write_store(ctx: typer.Context) -> Iterator["Session"]:
    """A session of that database: one transaction."""
    from db.sessions import session

    with stored(ctx) as engine, session(engine) as opened:
        yield opened


def _copy(engine: "Engine", settings: "Settings", version: str) -> None:
    """The way back of an upgrade: a copy for the older program. Raises StorageError where none can be made."""
    from datetime import UTC, datetime

    from db.engine import schema_version
    from jobs.backups import make, path_before_upgrade

    path = path_before_upgrade(settings, engine, version, datetime.now(UTC))
    try:
        make(engine, settings, path)
    except StorageError as error:
        raise StorageError(f"{error}; an older database is not upgraded without a copy: {NO_COPY}") from error
    if schema_version(engine) != version:  # another command upgraded it meanwhile, and made a copy before
        path.unlink(missing_ok=True)
        return
    say(f"The database is of an earlier version: copied to {path} before it is upgraded.")


def _damage(engine: "Engine") -> str:
    """Whatever reads a damaged database may fail in any way."""
    from db.backup.integrity import damage

    return damage(engine)


@contextmanager
def alone(data_dir: Path) -> Iterator[None]:
    """While no command has the database open, and none opens it. Raises StorageError where one is at work."""
    with _locked(data_dir, fcntl.LOCK_EX) as held:
        if not held:
            raise StorageError(f"{data_dir}: a command is at work on it; run this again when it is done")
        yield


@contextmanager
def _among_users(data_dir: Path) -> Iterator[None]:
    with _locked(data_dir, fcntl.LOCK_SH) as held:
        if not held:
            raise StorageError(f"{data_dir}: `tracker restore` is at work on it; run this again when it is done")
        yield


@contextmanager
def _locked(data_dir: Path, kind: int) -> Iterator[bool]:
    """A lock on the folder itself, so that no file of it can belong to the wrong user; whether it was free. The system
    lets go of it however the process ends."""
    handle = os.open(data_dir, os.O_RDONLY)
    try:
        yield _takes(handle, kind)
    finally:
        os.close(handle)


def _takes(handle: int, kind: int) -> bool:
    try:
        fcntl.flock(handle, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def make_data_dir(settings: "Settings") -> None:
    """Creates the data folder where it is missing, for its owner alone. Raises StorageError."""
    try:
        settings.data_dir.mkdir(PRIVATE, parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(
            f"{settings.data_dir}: the data folder cannot be made ({error.strerror}); "
            "make it yourself, or name another with TRACKER_DATA_DIR"
        ) from None
