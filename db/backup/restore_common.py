"""What restoring shares on both engines: what it says, what it carries over, what it refuses and notes."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from db.engine import migrate, open_database, session
from db.mail import doubtful_mails
from db.schema import SCHEMA
from db.tables import TableRow

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


def note_restored(address: str, now: datetime, *, carried: bool) -> bool:
    """Notes the restore in the database that is to be used, and holds mails where they might say things twice; returns
    whether they wait."""
    engine = open_database(address)
    try:
        migrate(engine)
        with session(engine) as opened:
            hold = not carried and doubtful_mails.needs_hold(opened)
            if not carried:
                doubtful_mails.doubt_open_mails(opened)
            doubtful_mails.note_restore(opened, now, mails_wait=hold)
        return hold
    finally:
        engine.dispose()


def kept_name(now: datetime) -> str:
    """What is added to the name of the database that was: `before-restore-2026-01-05-031500`."""
    return f"before-restore-{now:%Y-%m-%d-%H%M%S}"


@contextmanager
def sqlite_file(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection without SQLAlchemy's, in autocommit, closed at the end."""
    with closing(sqlite3.connect(path, timeout=5, isolation_level=None)) as connection:
        yield connection
