"""A consistent copy of the database while it is in use, checked before it takes its place; and whether PostgreSQL's
`pg_dump` is here and can copy the server: it copies none that is newer than itself."""

import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.engine import URL

from db.backup.integrity import damage, sqlite_flaw
from db.backup.partial_files import new_draft
from db.failures import as_storage_errors, describe
from tracker.errors import StorageError

NEEDED = ("alembic_version", "article", "finding", "entry", "evidence", "revision")
"""Tables without which a copy is no copy of ours."""
SQLITE, POSTGRES = b"SQLite format 3\0", b"PGDMP"
"""How a copy begins: https://sqlite.org/fileformat2.html, and the archives of `pg_dump --format=custom`."""
KEPT_SCHEMAS = "before_restore_"
"""Begins the names of schemas that hold what restores put aside."""


def backup(engine: Engine, path: Path) -> int:
    """Writes a copy to `path`, whole or not at all, over an older one; its size in bytes. SQLite gives an SQLite file,
    PostgreSQL an archive of `pg_dump --format=custom`. Writers go on meanwhile, and the copy shows one moment.

    Raises StorageError where the database is damaged, where the copy cannot be written or read back, where it holds
    less than the older one, and where what is there is no such copy: it stays then."""
    _refuse_the_database_itself(engine.url, path)
    _refuse_what_is_no_copy(path)
    if damaged := damage(engine):
        raise StorageError(f"{damaged}; {path} was not written")
    with _in_one_step(path) as copy:
        if engine.dialect.name == "sqlite":
            _copy_sqlite(engine, copy, path)
            _check_sqlite(copy, path)
            _refuse_less(copy, path)
        else:
            _refuse_what_cannot_dump(engine, path)
            _dump_postgres(engine.url, copy, path)
            _check_postgres(copy, path)
    return path.stat().st_size


def _refuse_the_database_itself(url: URL, path: Path) -> None:
    own = Path(url.database or "")
    if url.get_backend_name() == "sqlite" and path.exists() and own.exists() and path.samefile(own):
        raise StorageError(f"{path}: this is the database itself; name another file")


def _refuse_what_is_no_copy(path: Path) -> None:
    """Nothing is written over but an older copy and an empty file."""
    if path.exists() and kind_of(path) is None and path.stat().st_size:
        raise StorageError(f"{path}: there is a file that is no copy of the tracker's; name another")


def kind_of(path: Path) -> bytes | None:
    """SQLITE or POSTGRES for a copy of ours, as far as that can be told without `pg_restore`; None for another file.
    Raises StorageError for what is no file: reading a pipe would wait for whoever writes it."""
    try:
        if not path.is_file():
            path.stat()
            raise StorageError(f"{path}: {_what_else(path)}, not a file; name a file")
        with path.open("rb") as opened:
            begins = opened.read(len(SQLITE))
    except OSError as error:
        raise StorageError(f"{path}: cannot be read ({error.strerror}); name another") from None
    kind = next((kind for kind in (SQLITE, POSTGRES) if begins.startswith(kind)), None)
    return None if kind == SQLITE and not _has_articles(path) else kind


def _what_else(path: Path) -> str:
    return "a folder" if path.is_dir() else "a pipe" if path.is_fifo() else "a device or a socket"


@contextmanager
def _in_one_step(path: Path) -> Iterator[Path]:
    """A file beside `path` that takes its place at the end, when it is safe on the disk; else it goes."""
    try:
        handle, copy = new_draft(path)
    except OSError as error:
        raise StorageError(f"{path}: cannot be written ({error.strerror}); check the folder") from None
    try:
        yield copy
        sync(copy)
        os.replace(copy, path)
        sync(path.parent)
    finally:
        copy.unlink(missing_ok=True)
        os.close(handle)


def sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _copy_sqlite(engine: Engine, copy: Path, path: Path) -> None:
    """VACUUM INTO reads one state and stops no writer (https://sqlite.org/lang_vacuum.html); the file is compact."""
    with as_storage_errors(engine.url), closing(engine.raw_connection()) as connection:
        try:
            connection.cursor().execute("VACUUM INTO ?", (str(copy),))
        except sqlite3.OperationalError as error:  # of the copy; what else there is, the database has
            raise StorageError(f"{path}: the copy cannot be written ({error}); check the disk's space") from None


def _check_sqlite(copy: Path, path: Path) -> None:
    """Opens the copy and walks through all of it."""
    try:
        with closing(sqlite3.connect(copy)) as connection:
            wrong = sqlite_flaw(connection) or ", ".join(sorted(set(NEEDED) - tables_of(connection)))
    except sqlite3.Error as error:
        wrong = str(error)
    if wrong:
        raise StorageError(f"{path}: the copy is not sound ({wrong}) and was not kept; check the disk under it")


def _refuse_less(copy: Path, path: Path) -> None:
    """Nothing is ever deleted, so fewer articles are those of another database, or of one that was lost and begun
    anew: just then the older copy is worth most."""
    older, newer = _articles(path), _articles(copy)
    if newer < older:
        raise StorageError(
            f"{path}: the copy there holds {older:,} articles, the database {newer:,}; name another file, "
            "or put that copy back in its place"
        )


def _articles(path: Path) -> int:
    """How many a copy holds; 0 where it is not there, or cannot be read."""
    if not path.is_file():
        return 0
    try:
        with _read_only(path) as connection:
            return int(connection.execute("SELECT count(*) FROM article").fetchone()[0])
    except sqlite3.Error:
        return 0


def _has_articles(path: Path) -> bool:
    """False for another program's database. One that is damaged may be ours: it is worth nothing, and goes."""
    try:
        with _read_only(path) as connection:
            return "article" in tables_of(connection)
    except sqlite3.Error:
        return True


@contextmanager
def _read_only(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        yield connection


def tables_of(connection: sqlite3.Connection) -> set[str]:
    return {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def _refuse_what_cannot_dump(engine: Engine, path: Path) -> None:
    if wrong := pg_dump_flaw(engine):
        raise StorageError(f"{wrong}; {path} was not written")


def _dump_postgres(url: URL, copy: Path, path: Path) -> None:
    """Without what earlier restores put aside."""
    plain, environment = address_and_secret(url)
    command = ["pg_dump", "--format=custom", "--no-owner", f"--exclude-schema={KEPT_SCHEMAS}*"]
    run_client([*command, f"--file={copy}", f"--dbname={plain}"], environment, _failed("pg_dump", url, path))


def _check_postgres(copy: Path, path: Path) -> None:
    """Reads the archive's list of contents."""
    listed = run_client(["pg_restore", "--list", str(copy)], {}, _failed("pg_restore", None, path))
    missing = [table for table in NEEDED if f" TABLE DATA public {table} " not in listed]
    if missing:
        raise StorageError(f"{path}: the copy lacks the table {missing[0]}; it was not kept")


def _failed(program: str, url: URL | None, path: Path) -> str:
    where = f"database {describe(url)}: " if url else ""
    return f"{where}{program} failed, {path} was not written"


def address_and_secret(url: URL) -> tuple[str, dict[str, str]]:
    """(the address for PostgreSQL's client programs, their environment): the password goes through the environment,
    since arguments are seen by everyone on the machine."""
    plain = url.set(drivername="postgresql", password=None).render_as_string(hide_password=False)
    return plain, os.environ | ({"PGPASSWORD": str(url.password)} if url.password else {})


def client(name: str) -> str:
    """The path of one of PostgreSQL's client programs. Raises StorageError where it is not installed."""
    program = shutil.which(name)
    if program is None:
        raise StorageError(
            f"{name} is not installed: install PostgreSQL's client programs (Debian: postgresql-client) "
            "and run the command again, or do it on the server"
        )
    return program


def run_client(command: list[str], environment: dict[str, str], failed: str) -> str:
    """What the program says on standard output. Raises StorageError, which begins with `failed`."""
    done = subprocess.run(  # noqa: S603 - a fixed program, no shell
        [client(command[0]), *command[1:]],
        env=environment or None,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise StorageError(f"{failed}: {' '.join(done.stderr.split()) or f'status {done.returncode}'}")
    return done.stdout


_VERSION = re.compile(r"\(PostgreSQL\) (\d+)")
"""`pg_dump (PostgreSQL) 17.2 (Debian 17.2-1)`: the number that counts is the first."""


def pg_dump_flaw(engine: Engine) -> str:
    """Why no copy can be made, and what to install; nothing where one can, and of SQLite."""
    if engine.dialect.name == "sqlite":
        return ""
    server, program = _server_version(engine), shutil.which("pg_dump")
    if program is None:
        return f"pg_dump is not installed; {_how_to_install(server)}"
    own = _pg_dump_version(program)
    if own and own < server:
        return f"pg_dump of PostgreSQL {own} cannot copy a server of version {server}; {_how_to_install(server)}"
    return ""


def _how_to_install(server: int) -> str:
    version = f"-{server}" if server else ""
    what = "or PostgreSQL's client programs of that version" if server else "or PostgreSQL's client programs"
    return f"install the package postgresql-client{version} ({what}), or make the copy on the server"


def _server_version(engine: Engine) -> int:
    """0 where it does not answer, which others say better."""
    try:
        with as_storage_errors(engine.url), engine.connect() as connection:
            told = connection.dialect.server_version_info or (0,)
    except StorageError:
        return 0
    return int(told[0])


def _pg_dump_version(program: str) -> int:
    """0 where it does not tell: then it is tried."""
    done = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)  # noqa: S603 - fixed
    found = _VERSION.search(done.stdout)
    return int(found[1]) if found else 0
