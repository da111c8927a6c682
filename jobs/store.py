"""Opens the database that the settings name, ready for use."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from jobs.settings import Settings
from tracker.errors import StorageError, TrackerError

if TYPE_CHECKING:
    from sqlalchemy import Engine

EXPECTED = (TrackerError, OSError, ImportError, typer.TyperException, typer.Exit, typer.Abort)
"""What has its own line, or is no error."""


@contextmanager
def open_store(settings: Settings) -> Iterator["Engine"]:
    """The database, created and brought to this program's version where it is not yet. Raises StorageError, also in
    the place of an error that looks like a bug where the database turns out to be damaged."""
    from db.engine import migrate, open_database

    make_data_dir(settings)
    engine = open_database(settings.database)
    try:
        migrate(engine)
        yield engine
    except EXPECTED:
        raise
    except Exception as error:
        if damaged := _damage(engine):
            raise StorageError(damaged) from error
        raise
    finally:
        engine.dispose()


def _damage(engine: "Engine") -> str:
    """Whatever reads a damaged database may fail in any way."""
    from db.soundness import damage

    return damage(engine)


def make_data_dir(settings: Settings) -> None:
    """Creates the data folder where it is missing. Raises StorageError."""
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(
            f"{settings.data_dir}: the data folder cannot be made ({error.strerror}); "
            "make it yourself, or name another with TRACKER_DATA_DIR"
        ) from None
