"""Restoring an SQLite file. The copy is made ready beside the database and takes its place by one `rename`.

A database in use is one file and its `-wal`; a `-wal` of the old one beside the new one would be played into it. So the
old one is closed first (`journal_mode=DELETE` writes everything into the file, and works only where nobody else has it
open), and becomes a second name of itself before the copy takes the first.
"""

import os
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.engine import URL

from db.backup.backup import NEEDED, sync, tables_of
from db.backup.carry_over import BETWEEN_LOOKS_S, CARRIED, LOOKS, DatabaseCounts, Restored, kept_name
from db.backup.integrity import sqlite_flaw
from db.engine import create_private, migrate, open_database
from db.failures import explain
from db.mail import doubtful_mails
from db.sessions import session
from db.versions import refuse_unknown
from tracker.errors import StorageError

BESIDE = ("-wal", "-shm", "-journal")
"""What is added to the name of a database by the files that SQLite makes beside it, https://sqlite.org/tempfiles.html."""
DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_ERROR)
"""What an old database is put aside with: it cannot be read, or has no tables of ours."""
_COUNTS = "SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM entry)"


def restore(url: URL, file: Path, now: datetime) -> Restored:
    """See `db.backup.restore.restore`."""
    own = Path(url.database or "")
    if not url.database or url.database == ":memory:":
        raise StorageError("the database is in memory; name a file in TRACKER_DATABASE_URL")
    if own.exists() and own.samefile(file):
        raise StorageError(f"{file}: this is the database itself; name a copy of it")
    fresh = own.with_name(f".{own.name}.restoring")
    try:
        _copy(file, fresh)
        _check(fresh, file)
        before = _closed(own)
        engine = open_database(url.set(database=str(fresh)).render_as_string(hide_password=False))
        migrate(engine)
        engine.dispose()
        carried = before is not None and _carry(own, fresh)
        waits = _noted(engine, now, carried=carried)
        after = _holds(fresh)
        kept = _put_in_place(fresh, own, now)
    finally:
        _remove(fresh)
    return Restored(before, after, str(kept or ""), carried, waits)


def _copy(file: Path, fresh: Path) -> None:
    """With its `-wal`, where somebody copied a database in use by hand."""
    _remove(fresh)
    create_private(fresh)
    try:
        shutil.copyfile(file, fresh)
        if (log := file.with_name(f"{file.name}-wal")).exists():
            create_private(fresh.with_name(f"{fresh.name}-wal"))
            shutil.copyfile(log, fresh.with_name(f"{fresh.name}-wal"))
    except OSError as error:
        raise StorageError(f"{fresh.parent}: {file} cannot be copied there ({error.strerror}); make room") from None


def _check(fresh: Path, file: Path) -> None:
    """Walks through all of it, and leaves it one file. Raises StorageError."""
    try:
        with sqlite_file(fresh) as connection:
            missing = sorted(set(NEEDED) - tables_of(connection))
            if missing:
                raise StorageError(f"{file}: not a copy of a tracker's database (no table {missing[0]}); name another")
            refuse_unknown(str(file), str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]))
            wrong = sqlite_flaw(connection)
            connection.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as error:
        wrong = str(error)
    if wrong:
        raise StorageError(f"{file}: the copy is damaged ({wrong}); name an older one")


def _closed(own: Path) -> DatabaseCounts | None:
    """Makes the old database one file and says what it holds; None where there is none, or it cannot be read. Raises
    StorageError where another program has it open."""
    if not own.exists():
        return None
    try:
        _into_one_file(own)
        return _holds(own)
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise StorageError(f"{own}: another program has it open; end that program, then restore again") from None
        if code in DAMAGED:
            return None
        raise StorageError(f"database {own}: {explain(error)}") from None


def _into_one_file(own: Path) -> None:
    """Whoever leaves just now is given a moment; SQLite itself does not wait for this lock."""
    for look in range(LOOKS):
        try:
            with sqlite_file(own) as connection:
                connection.execute("PRAGMA journal_mode=DELETE").fetchone()
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or look == LOOKS - 1:
                raise
            time.sleep(BETWEEN_LOOKS_S)


def _holds(path: Path) -> DatabaseCounts:
    with sqlite_file(path) as connection:
        return DatabaseCounts(*connection.execute(_COUNTS).fetchone())


def _carry(own: Path, fresh: Path) -> bool:
    """Takes the tables of mailing from the old database into the copy, all of them or none; whether it could be done.
    What one of the two does not know, being older, is left out."""
    try:
        with sqlite_file(fresh) as connection:
            connection.execute("PRAGMA foreign_keys=OFF")
            connection.execute("ATTACH ? AS former", (str(own),))
            connection.execute("BEGIN IMMEDIATE")
            _take_tables(connection)
            if connection.execute("PRAGMA main.foreign_key_check").fetchone():
                return False  # closing rolls back
            connection.execute("COMMIT")
            return True
    except sqlite3.Error:
        return False


def _noted(engine: Engine, now: datetime, *, carried: bool) -> bool:
    """Notes the restore, and holds mails where they might say things twice; whether they wait."""
    with session(engine) as opened:
        hold = not carried and doubtful_mails.needs_hold(opened)
        if not carried:
            doubtful_mails.doubt_open_mails(opened)
        doubtful_mails.note_restore(opened, now, mails_wait=hold)
    engine.dispose()
    return hold


def _take_tables(connection: sqlite3.Connection) -> None:
    for table in CARRIED:
        ours, theirs = (_columns(connection, schema, table) for schema in ("main", "former"))
        if theirs:
            names = ", ".join(f'"{name}"' for name in ours if name in theirs)
            connection.execute(f'DELETE FROM main."{table}"')  # noqa: S608 - names from the schema
            connection.execute(f'INSERT INTO main."{table}" ({names}) SELECT {names} FROM former."{table}"')  # noqa: S608


def _columns(connection: sqlite3.Connection, schema: str, table: str) -> list[str]:
    rows = connection.execute("SELECT name FROM pragma_table_info(?, ?)", (table, schema))
    return [str(name) for (name,) in rows]


def _put_in_place(fresh: Path, own: Path, now: datetime) -> Path | None:
    """One step for whoever opens the database; where the old one is from then on, None where there was none."""
    with sqlite_file(fresh) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
    _as_it_was(fresh, own)
    sync(fresh)
    kept = _keep(own, now) if own.exists() else None
    os.replace(fresh, own)
    sync(own.parent)
    return kept


def _as_it_was(fresh: Path, own: Path) -> None:
    """Restored by root, the database still belongs to whom the daemon runs as."""
    model = own if own.exists() else own.parent
    if own.exists():
        shutil.copymode(own, fresh)
    if os.geteuid() == 0:
        os.chown(fresh, model.stat().st_uid, model.stat().st_gid)


def _keep(own: Path, now: datetime) -> Path:
    """A second name for the old database, which it keeps when the copy takes the first; the one that a restore gave it
    that was killed. What a damaged one still has in its `-wal` goes with it."""
    kept = next((path for path in own.parent.glob(f"{own.name}.before-restore-*") if path.samefile(own)), None)
    if kept is None:
        kept = own.with_name(f"{own.name}.{kept_name(now)}")
        try:
            os.link(own, kept)
        except OSError:  # a file system without second names
            shutil.copy2(own, kept)
            sync(kept)
    for end in BESIDE:
        if (beside := own.with_name(own.name + end)).exists():
            os.replace(beside, kept.with_name(kept.name + end))
    sync(own.parent)
    return kept


def _remove(fresh: Path) -> None:
    for end in ("", *BESIDE):
        fresh.with_name(fresh.name + end).unlink(missing_ok=True)


@contextmanager
def sqlite_file(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection without SQLAlchemy's, in autocommit, closed at the end."""
    with closing(sqlite3.connect(path, timeout=5, isolation_level=None)) as connection:
        yield connection
