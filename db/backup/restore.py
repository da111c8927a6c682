"""A copy put in the place of the database: checked, brought to this version, the old one kept. Killed at any moment it
leaves the old database or the restored one, and can be run again.

Here is what both engines share: which tables are carried over, and what a restore tells.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.engine import make_url

from db.backup.backup import POSTGRES, SQLITE, kind_of
from db.schema import SCHEMA
from db.tables import TableRow
from tracker.errors import StorageError

LOOKS, BETWEEN_LOOKS_S = 15, 0.2
"""Three seconds, after which whoever was ended just now is gone: a server notices a little later."""
_ROOMS = ("db.mail.", "db.people.", "db.desk.", "db.opinions.")
_NAMES = {row.__tablename__ for row in TableRow.__subclasses__() if row.__module__.startswith(_ROOMS)} - {"opinion"}
CARRIED = tuple(table.name for table in SCHEMA.sorted_tables if table.name in _NAMES)
"""Tables that are taken from the old database where it can be read, what others refer to first: who gets mails, who
left, who was told what, what was erased, who may use the desk, what asking a language model has cost. None of that may
be undone: whoever unsubscribed since the copy was made would be written to again, all be told twice, whoever was
removed from the desk be back, and the number of a day be spent twice. Which articles were asked about belongs to the
articles of the copy."""


@dataclass(frozen=True)
class DatabaseCounts:
    """What a database holds."""

    articles: int
    entries: int


@dataclass(frozen=True)
class Restored:
    """What a restore did. `before` None: there was no database, or it could not be read; `kept`: where the old one is,
    empty where there was none; `carried`: who gets mails and what they were told is as the old one had it; else, where
    anybody gets mails, `mails_wait` for a person."""

    before: DatabaseCounts | None
    after: DatabaseCounts
    kept: str
    carried: bool
    mails_wait: bool


def restore(address: str, file: Path, now: datetime) -> Restored:
    """Puts the copy in `file` in the place of the database at `address`. Only for whoever is alone with it. Raises
    StorageError, and leaves everything as it was, where the copy is none of ours, damaged or of a version that this
    program does not know, and where somebody else uses the database."""
    url, kind = make_url(address), kind_of(file)
    sqlite = url.get_backend_name() == "sqlite"
    if kind == (SQLITE if sqlite else POSTGRES):
        from db.backup import restore_postgres, restore_sqlite  # they take their values from here

        own_way = restore_sqlite.restore if sqlite else restore_postgres.restore
        return own_way(url, file, now)
    if kind in (SQLITE, POSTGRES):
        other = "PostgreSQL" if sqlite else "SQLite"
        raise StorageError(f"{file}: a copy of an {other} database; set database_url to one, and restore it there")
    raise StorageError(f"{file}: not a copy that `tracker backup` made; name one of yours")


def kept_name(now: datetime) -> str:
    """What is added to the name of the database that was: `before-restore-2026-01-05-031500`."""
    return f"before-restore-{now:%Y-%m-%d-%H%M%S}"
