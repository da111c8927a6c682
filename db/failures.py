"""Failures of the database that are expected, as one line for people. Anything else is a bug and propagates."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from tracker.errors import StorageError

_SQLITE = {
    sqlite3.SQLITE_FULL: "the disk is full: free some space and run the command again",
    sqlite3.SQLITE_READONLY: "it cannot be written: check who owns the file and its folder, and the disk",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened: check that its folder exists and may be written",
    sqlite3.SQLITE_PERM: "it may not be opened: check who owns the file and its folder",
    sqlite3.SQLITE_NOTADB: "it is not a database: move the file away, or name another in TRACKER_DATABASE_URL",
    sqlite3.SQLITE_CORRUPT: "it is damaged: restore the last backup",
    sqlite3.SQLITE_IOERR: "the disk cannot be read or written: check its health and its free space",
    sqlite3.SQLITE_BUSY: "another program keeps it locked: end that program and run the command again",
}
"""By primary result code, https://sqlite.org/rescode.html."""
_PRIMARY_CODE = 0xFF
"""The low byte of an extended result code is the primary one."""

_POSTGRES = {
    "08": "the server cannot be reached: check that it runs and that the address is right",
    "25006": "the server accepts no writes (it is a replica or read-only)",
    "42501": "this user may not do that: grant it rights on the database's schema",
    "53": "the server is out of disk, memory or connections",
    "57": "the server is stopping or stopped the query: try again when it runs",
    "58": "the server cannot read or write its disk",
}
"""By SQLSTATE or its class, https://www.postgresql.org/docs/current/errcodes-appendix.html."""


@contextmanager
def as_storage_errors(url: URL) -> Iterator[None]:
    """Turns the expected failures of the database at `url` into StorageError; the password is never shown."""
    try:
        yield
    except DBAPIError as error:
        remedy = explain(error)
        if remedy is None:
            raise
        raise StorageError(f"database {describe(url)}: {remedy}") from error


def describe(url: URL) -> str:
    """The file of an SQLite database, or the address of a server without its password."""
    if url.get_backend_name() == "sqlite":
        return url.database or ":memory:"
    return url.set(drivername=url.get_backend_name()).render_as_string()


def explain(error: DBAPIError) -> str | None:
    """What to do about it, or None where the failure is not one of storage but a bug (a broken constraint, say)."""
    cause = error.orig
    if isinstance(cause, sqlite3.Error):
        return _SQLITE.get(getattr(cause, "sqlite_errorcode", 0) & _PRIMARY_CODE)
    state = getattr(cause, "sqlstate", None)
    if state is None:
        return _no_connection(str(cause)) if type(cause).__name__ == "OperationalError" else None
    return _POSTGRES.get(state) or _POSTGRES.get(state[:2])


def _no_connection(message: str) -> str:
    """psycopg gives no state for a connection that was not made; what the server itself said follows `FATAL:`."""
    _, refused, said = message.partition("FATAL:")
    return f"the server refuses the connection: {said.strip().splitlines()[0]}" if refused else _POSTGRES["08"]
