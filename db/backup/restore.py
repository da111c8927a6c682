"""A copy put in the place of the database: checked, brought to this version, the old one kept. Killed at any moment it
leaves the old database or the restored one, and can be run again."""

from datetime import datetime
from pathlib import Path

from sqlalchemy.engine import make_url

from db.backup import restore_postgres, restore_sqlite
from db.backup.backup import POSTGRES, SQLITE, kind_of
from db.backup.carry_over import Restored
from tracker.errors import StorageError


def restore(address: str, file: Path, now: datetime) -> Restored:
    """Puts the copy in `file` in the place of the database at `address`. Only for whoever is alone with it. Raises
    StorageError, and leaves everything as it was, where the copy is none of ours, damaged or of a version that this
    program does not know, and where somebody else uses the database."""
    url, kind = make_url(address), kind_of(file)
    sqlite = url.get_backend_name() == "sqlite"
    if kind == (SQLITE if sqlite else POSTGRES):
        own_way = restore_sqlite.restore if sqlite else restore_postgres.restore
        return own_way(url, file, now)
    if kind in (SQLITE, POSTGRES):
        other = "PostgreSQL" if sqlite else "SQLite"
        raise StorageError(f"{file}: a copy of an {other} database; set database_url to one, and restore it there")
    raise StorageError(f"{file}: not a copy that `tracker backup` made; name one of yours")
