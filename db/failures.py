"""Failures of the database that are expected, as one line for people. Anything else is a bug and propagates."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from tracker.errors import StorageError

RESTORE = "end the daemon and put your newest backup in its place with `tracker restore`"
SALVAGE = "without one, `sqlite3 FILE .recover | sqlite3 NEW` saves what can still be read"

_SQLITE = {
    sqlite3.SQLITE_FULL: "the disk is full: free some space and run the command again",
    sqlite3.SQLITE_READONLY: "it cannot be written: check who owns the file and its folder, and the disk",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened: check that its folder exists and may be written",
    sqlite3.SQLITE_PERM: "it may not be opened: check who owns the file and its folder",
    sqlite3.SQLITE_NOTADB: "it is not a database, or its beginning is damaged: name another in TRACKER_DATABASE_URL, "
    f"or {RESTORE}; {SALVAGE}",
    sqlite3.SQLITE_CORRUPT: f"it is damaged: {RESTORE}; {SALVAGE}",
    sqlite3.SQLITE_IOERR: "the disk cannot be read or written: check its health and its free space",
    sqlite3.SQLITE_BUSY: "another program keeps it locked: end that program and run the command again",
}
"""By primary result code, https://sqlite.org/rescode.html."""
_PRIMARY_CODE = 0xFF
"""The low byte of an extended result code is the primary one."""

_NOT_UTF_8 = "Could not decode to UTF-8"
"""How Python's sqlite3 begins to tell of it; it gives no code. We write nothing else."""

_POSTGRES = {
    "08": "the server cannot be reached: check that it runs and that the address is right",
    "25006": "the server accepts no writes (it is a replica or read-only)",
    "40": "another transaction was in the way of this one: run the command again",
    "42501": "this user may not do that: grant it rights on the database's schema",
    "53": "the server is out of disk, memory or connections",
    "57": "the server is stopping or stopped the query: try again when it runs",
    "58": "the server cannot read or write its disk",
    "XX001": f"it is damaged: {RESTORE}",
    "XX002": "an index is damaged: run `REINDEX DATABASE` in it, and `tracker doctor` again",
}
"""By SQLSTATE or its class, https://www.postgresql.org/docs/current/errcodes-appendix.html."""


class Unreadable(ValueError):
    """A column holds what no version of the tracker writes there."""


@contextmanager
def as_storage_errors(url: URL) -> Iterator[None]:
    """Turns the expected failures of the database at `url` into StorageError; the password is never shown."""
    try:
        yield
    except (DBAPIError, sqlite3.Error, Unreadable) as error:
        remedy = explain(error)
        if remedy is None:
            raise
        raise StorageError(f"database {describe(url)}: {remedy}") from error


def describe(url: URL) -> str:
    """The file of an SQLite database, or the address of a server without its password."""
    if url.get_backend_name() == "sqlite":
        return url.database or ":memory:"
    return url.set(drivername=url.get_backend_name()).render_as_string()


def explain(error: Exception) -> str | None:
    """What to do about it, or None where the failure is not one of storage but a bug (a broken constraint, say)."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, Unreadable):
        return f"it is damaged ({cause}): {RESTORE}"
    if isinstance(cause, sqlite3.Error):
        return _explain_sqlite(cause)
    state = getattr(cause, "sqlstate", None)
    if state is None:
        return _no_connection(str(cause)) if type(cause).__name__ == "OperationalError" else None
    return _POSTGRES.get(state) or _POSTGRES.get(state[:2])


def damaged(what: str) -> str:
    """That an SQLite file is damaged, in what way, and what to do."""
    return f"it is damaged ({what}): {RESTORE}; {SALVAGE}"


def _explain_sqlite(cause: sqlite3.Error) -> str | None:
    if str(cause).startswith(_NOT_UTF_8):
        return damaged(_NOT_UTF_8.lower())
    return _SQLITE.get(getattr(cause, "sqlite_errorcode", 0) & _PRIMARY_CODE)


def _no_connection(message: str) -> str:
    """psycopg gives no state for a connection that was not made; what the server itself said follows `FATAL:`."""
    _, refused, said = message.partition("FATAL:")
    return f"the server refuses the connection: {said.strip().splitlines()[0]}" if refused else _POSTGRES["08"]
