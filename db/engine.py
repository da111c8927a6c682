"""Opens the database: SQLite or PostgreSQL. What only one of the two understands is in this file and in `locks.py`."""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event, func, select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlmodel import Session

from db import versions
from db.failures import as_storage_errors, describe
from tracker.errors import SettingsError, StorageError

BUSY_TIMEOUT_S = 30
"""How long a writer waits for another: longer than any transaction of ours, shorter than a person's patience."""
CONNECT_TIMEOUT_S = 10
"""A server that is there answers within one; without a limit the network's own is minutes."""
PRIVATE = 0o600
"""The rights of a database that we make. Whoever lets a group read theirs keeps that."""
READ_ONLY = {"tracker_read_only": True}
"""The execution option by which a transaction on SQLite takes no lock for writing."""


def open_database(url: str) -> Engine:
    """An engine for `sqlite:///path` or `postgresql://user@host/name`; connects to nothing yet.

    Raises SettingsError for an address that cannot be used, StorageError where an SQLite file has no folder.
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):  # a port that is no number is a ValueError
        raise SettingsError(
            "database_url is not an address like sqlite:///tracker.db or postgresql://host/name"
        ) from None
    backend = parsed.get_backend_name()
    if backend == "sqlite":
        return _open_sqlite(parsed)
    if backend in ("postgresql", "postgres"):
        return _open_postgres(parsed)
    raise SettingsError(f"database_url: {backend} is not supported: use sqlite or postgresql")


def _open_sqlite(url: URL) -> Engine:
    if file := file_of(url):
        folder = file.absolute().parent
        if not folder.is_dir():
            raise StorageError(f"database {url.database}: the folder {folder} does not exist: create it")
    engine = create_engine(url, connect_args={"timeout": _timeout_s(url)})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _timeout_s(url: URL) -> float:
    """How long a writer waits for another, as the address may say: `sqlite:///tracker.db?timeout=60`."""
    told = url.query.get("timeout", BUSY_TIMEOUT_S)
    try:
        return float(str(told))
    except ValueError:
        raise SettingsError(f'database {describe(url)}: timeout is "{told}"; write it in seconds') from None


def _open_postgres(url: URL) -> Engine:
    try:
        return create_engine(
            url.set(drivername="postgresql+psycopg"),
            pool_pre_ping=True,
            connect_args={"connect_timeout": CONNECT_TIMEOUT_S},
        )
    except ModuleNotFoundError:
        raise SettingsError("PostgreSQL needs its driver: pip install 'procedure-tracker[postgres]'") from None


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """WAL lets readers go on while one writes; NORMAL is safe with it (only the last commits can go with the power,
    never the file). The driver's own transactions are turned off: they begin too late (see `_begin_sqlite`)."""
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=NORMAL"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """A writer takes its lock at once: one that read first and asks later can be refused without waiting."""
    read_only = connection.get_execution_options().get("tracker_read_only", False)
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """A session that may write: commits at the end, rolls back on any error. A full or read-only disk, a lock that does
    not end and a server that went away are StorageError. `db.sessions.session` is for whoever changes entries."""
    with as_storage_errors(engine.url), Session(engine) as opened, opened.begin():
        yield opened


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A session that only reads, sees one state of the database from its first query on, and stops no writer."""
    options: dict[str, Any] = READ_ONLY
    if engine.dialect.name == "postgresql":
        options = options | {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with as_storage_errors(engine.url), Session(engine.execution_options(**options)) as opened, opened.begin():
        yield opened


def moment(session: Session) -> datetime:
    """Now, by the clock of the database's machine, in UTC; not the moment at which the transaction began."""
    if session.get_bind().dialect.name == "postgresql":
        now: datetime = session.connection().exec_driver_sql("SELECT clock_timestamp()").scalar_one()
        return now.astimezone(UTC)
    return datetime.now(UTC)


def follow_keys(session: Session, tables: Iterable[Table]) -> None:
    """Has new rows numbered after those that were stored with their numbers. SQLite does so by itself."""
    if session.get_bind().dialect.name == "postgresql":
        for table in tables:
            if table.autoincrement_column is not None:
                key = table.autoincrement_column
                newest = select(func.coalesce(func.max(key), 0) + 1).scalar_subquery()
                session.execute(select(func.setval(func.pg_get_serial_sequence(table.name, key.name), newest, False)))


def migrate(engine: Engine, before: Callable[[str], None] | None = None) -> None:
    """Brings the schema to this program's version, in one transaction; does nothing where it is there already. `before`
    is called first where a database of an earlier version is to be changed, with that version.

    Two processes may start at once: the second waits for the first. Raises StorageError where the folder or the disk
    cannot be written, the file is no database, the server is away, or the database is of a version that this program
    does not know.
    """
    with as_storage_errors(engine.url):
        if path := file_of(engine.url):
            create_private(path)
        version = schema_version(engine)
        if version == versions.NEWEST:
            return  # nearly always; Alembic takes a while to load
        if version:
            versions.refuse_unknown(f"database {describe(engine.url)}", version)
            if before:
                before(version)
        from db import upgrades

        upgrades.upgrade(engine, engine.execution_options(**READ_ONLY))


def file_of(url: URL) -> Path | None:
    """The file of an SQLite database; None of what has none."""
    is_file = url.get_backend_name() == "sqlite" and url.database and not url.database.startswith(("file:", ":memory:"))
    return Path(url.database or "") if is_file else None


def create_private(path: Path) -> None:
    """An empty file that only its owner reads, where there is none yet: it will hold addresses of subscribers. What
    SQLite puts beside it gets the same rights. One that cannot be made, SQLite tells better."""
    with suppress(OSError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL, PRIVATE))


def schema_version(engine: Engine) -> str | None:
    """The version of the schema as the database has it; None where it says none, or says it in another way. Raises
    StorageError."""
    with as_storage_errors(engine.url), engine.execution_options(**READ_ONLY).connect() as connection:
        if not connection.dialect.has_table(connection, "alembic_version"):
            return None
        versions = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalars().all()
        return str(versions[0]) if len(versions) == 1 else None
