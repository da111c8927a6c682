"""Opens the database that the settings name, ready for use."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from jobs.settings import Settings
from tracker.errors import StorageError

if TYPE_CHECKING:
    from sqlalchemy import Engine


@contextmanager
def open_store(settings: Settings) -> Iterator["Engine"]:
    """The database, created and brought to this program's version where it is not yet. Raises StorageError."""
    from db.engine import migrate, open_database

    make_data_dir(settings)
    engine = open_database(settings.database)
    try:
        migrate(engine)
        yield engine
    finally:
        engine.dispose()


def make_data_dir(settings: Settings) -> None:
    """Creates the data folder where it is missing. Raises StorageError."""
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(
            f"{settings.data_dir}: the data folder cannot be made ({error.strerror}); "
            "make it yourself, or name another with TRACKER_DATA_DIR"
        ) from None
