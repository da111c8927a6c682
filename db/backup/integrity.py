"""Whether the database itself is sound: its pages, its indexes, and that no row refers to one that is gone."""

import sqlite3
from collections import deque
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Engine

from db.engine import reading
from db.failures import RESTORE, as_storage_errors, damaged, describe

SECONDS_A_GB = 40
"""To read a whole SQLite file: 40 from a slow disk, 10 from memory (measured with 0.9 GB on two old cores)."""
_TEXTS = """SELECT m.name, group_concat('"' || c.name || '"') FROM sqlite_master m, pragma_table_info(m.name) c
WHERE m.type = 'table' AND (c.type LIKE 'VARCHAR%' OR c.type IN ('TEXT', 'JSON')) GROUP BY m.name"""
"""(table, its columns of text)."""

_POSTGRES = (
    ("SELECT 1 WHERE pg_is_in_recovery()", "it is a replica, which takes no writes: name the server that it copies"),
    (
        "SELECT getdatabaseencoding() WHERE getdatabaseencoding() <> 'UTF8'",
        "its encoding is {0}: make a database with ENCODING 'UTF8' and name that",
    ),
    (
        "SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
        "JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE NOT i.indisvalid AND n.nspname = current_schema() ORDER BY c.relname",
        'the index {0} is invalid, and finds nothing: run `REINDEX INDEX "{0}"` in it',
    ),
    (
        "SELECT checksum_failures, checksum_last_failure::date FROM pg_stat_database "
        "WHERE datname = current_database() AND checksum_failures > 0",
        f"the server read {{0}} damaged pages, the last on {{1}}: look at the disk, then {RESTORE}",
    ),
)
"""Questions that a sound database answers with no row, and what an answer says."""


def seconds_needed(engine: Engine) -> float:
    """How long `flaws` may take. PostgreSQL is asked for what it knows already, so: not long."""
    if engine.dialect.name != "sqlite" or not (path := Path(engine.url.database or "")).exists():
        return 0
    return path.stat().st_size / 1e9 * SECONDS_A_GB


def flaws(engine: Engine) -> Iterator[str]:
    """What is wrong with the database, one line each that says what to do; nothing where it is sound.

    An SQLite file is read whole. Of PostgreSQL: what the server itself has noticed, since reading all of it is what
    `pg_dump` does. Raises StorageError where the database cannot even be asked.
    """
    if engine.dialect.name == "sqlite":
        if found := damage(engine):
            yield found
        return
    with reading(engine) as session:
        for question, says in _POSTGRES:
            for row in session.connection().exec_driver_sql(question):
                yield f"database {describe(engine.url)}: {says.format(*row)}"


def damage(engine: Engine) -> str:
    """One line on what is damaged in an SQLite file, which is read whole; empty where nothing is, and of PostgreSQL,
    whose programs fail by themselves where they meet a damaged page. Raises StorageError."""
    if engine.dialect.name != "sqlite":
        return ""
    with as_storage_errors(engine.url), closing(engine.raw_connection()) as connection:
        found = sqlite_flaw(cast("sqlite3.Connection", connection.driver_connection))
    return f"database {describe(engine.url)}: {damaged(found)}" if found else ""


def sqlite_flaw(connection: sqlite3.Connection) -> str:
    """The first thing that is wrong in an SQLite file; empty where it is sound. Writers go on meanwhile. Raises
    sqlite3.Error where it cannot be walked through, as for text that is none.

    All of `integrity_check`, which holds each index against its table, and not only `quick_check`: the disk takes most
    of the time, the rest adds two seconds a gigabyte. It looks into no text, so all texts are read after it.
    """
    (found,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if found != "ok":
        return str(found)
    stray: Any = connection.execute("PRAGMA foreign_key_check").fetchone()
    if stray:
        return f"a row of {stray[0]} refers to a row of {stray[2]} that is gone"
    for table, columns in connection.execute(_TEXTS).fetchall():
        deque(connection.execute(f'SELECT {columns} FROM "{table}"'), maxlen=0)  # noqa: S608 - names from the schema
    return ""
