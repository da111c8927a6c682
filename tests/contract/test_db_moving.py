"""A database is moved whole to another engine, or not at all."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect

from db.backup.transfer import NOT_MOVED, RowSum, move, rows, tables
from db.engine import open_database, reading, schema_version
from db.feeds import feeds
from db.ops import vitals
from db.schema import SCHEMA
from db.sessions import session
from support.databases.filled import NEWEST, ROWS, fill
from support.databases.next_version import BEFORE
from tracker.errors import StorageError

ROOT = Path(__file__).parents[2]
KILLED = """
import os, signal, sys
sys.path[:0] = sys.argv[3:]
from db.engine import open_database
from db.backup.transfer import move
def shown(table, done, _):
    if table == "finding" and done:
        os.kill(os.getpid(), signal.SIGKILL)
move(open_database(sys.argv[1]), open_database(sys.argv[2]), shown)
"""


def unseen(table: str, done: int, total: int) -> None:
    """Nobody looks at the progress."""


def sums(engine: Engine) -> dict[str, RowSum]:
    found = {table.name: RowSum() for table in tables()}
    with reading(engine) as opened:
        for table in tables():
            for row in rows(opened, table):
                found[table.name].add(row)
    return found


def test_every_row_of_every_table_arrives_on_the_other_engine(database_url: str, new_engine_database: str) -> None:
    old, new = fill(database_url), open_database(new_engine_database)
    counts = move(old, new, unseen)
    assert counts == {table.name: 1 if table.name == "freshness" else ROWS for table in tables()}
    there = {name for name in inspect(old).get_table_names() if not name.startswith(("search_", "report_"))}
    assert counts.keys() | NOT_MOVED | {"alembic_version"} == there
    assert sums(new) == sums(old)
    with session(new) as opened:
        newest = opened.connection().exec_driver_sql("SELECT max(id) FROM feed").scalar_one()
        added, _ = feeds.add(opened, "https://new.example/feed", NEWEST)
    assert added.id > newest, "new rows are numbered after those that were moved"


def test_what_the_daemon_did_to_the_old_database_is_to_be_done_to_the_new_one(
    database_url: str, new_engine_database: str
) -> None:
    old, new = open_database(database_url), open_database(new_engine_database)
    with session(old) as opened:
        vitals.note_job_run(opened, "backup", 1.0, NEWEST)
    move(old, new, unseen)
    with reading(new) as opened:
        assert vitals.last_job_run(opened, "backup") is None, "no backup of it was made yet"


def test_a_target_that_holds_something_is_refused(database_url: str, new_engine_database: str) -> None:
    old, full = fill(database_url), fill(new_engine_database)
    before = sums(full)
    with pytest.raises(StorageError, match=r"holds data already .* name an empty one"):
        move(old, full, unseen)
    assert sums(full) == before


def test_a_source_of_the_version_before_is_left_as_it_is(
    database_url: str, new_engine_database: str, next_version: str
) -> None:
    old = open_database(database_url)
    with pytest.raises(StorageError, match=rf"{BEFORE}, not {next_version}\); run `tracker migrate` on it first"):
        move(old, open_database(new_engine_database), unseen)
    assert schema_version(old) == BEFORE


def test_a_source_from_before_the_first_release_is_refused(database_url: str, new_engine_database: str) -> None:
    old = open_database(database_url)
    with old.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0003'")
    with pytest.raises(StorageError, match="version 0003 is from before the first release"):
        move(old, open_database(new_engine_database), unseen)


def test_a_move_that_is_killed_leaves_the_target_empty_and_is_run_again(
    database_url: str, new_engine_database: str
) -> None:
    old = fill(database_url)
    done = subprocess.run([sys.executable, "-c", KILLED, database_url, new_engine_database, str(ROOT)], timeout=60)
    assert done.returncode == -signal.SIGKILL
    new = open_database(new_engine_database)
    assert {name for name, rows in sums(new).items() if rows.count} <= {"freshness"}
    move(old, new, unseen)
    assert sums(new) == sums(old)


def test_what_is_written_meanwhile_is_not_lost_unseen(database_url: str, new_engine_database: str) -> None:
    old, new = fill(database_url), open_database(new_engine_database)

    def write(table: str, done: int, total: int) -> None:
        if table == "finding" and not done:
            with session(old) as opened:
                feeds.add(opened, "https://new.example/feed", NEWEST)

    with pytest.raises(StorageError, match="written meanwhile; end the daemon"):
        move(old, new, write)
    assert {name for name, rows in sums(new).items() if rows.count} <= {"freshness"}


def test_a_row_that_arrives_as_another_is_noticed(database_url: str, new_engine_database: str) -> None:
    """A trigger in the target is what no caller would think of."""
    old, new = fill(database_url), open_database(new_engine_database)
    move(old, new, unseen)
    with new.begin() as connection:
        for table in reversed(SCHEMA.sorted_tables):
            connection.execute(table.delete())
        for line in _changing(new.dialect.name):
            connection.exec_driver_sql(line)
    with pytest.raises(StorageError, match="policy did not arrive as it was sent"):
        move(old, new, unseen)


def _changing(engine: str) -> tuple[str, ...]:
    change = "UPDATE policy SET name = 'x' WHERE id = NEW.id;"
    if engine == "sqlite":
        return (f"CREATE TRIGGER odd AFTER INSERT ON policy BEGIN {change} END",)
    body = f"CREATE FUNCTION odd() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {change} RETURN NEW; END $$"
    return (body, "CREATE TRIGGER odd AFTER INSERT ON policy FOR EACH ROW EXECUTE FUNCTION odd()")


@pytest.mark.parametrize(
    ("given", "status", "says"),
    [
        (["--from", "sqlite:///{old}"], 2, "needs both --from and --to"),
        (["--from", "sqlite:///{old}", "--to", "sqlite:///{old}"], 2, "the same database"),
        (["--from", "sqlite:///{old}.not", "--to", "sqlite:///{old}"], 2, "--from: there is no file"),
        (["--from", "sqlite:///{old}", "--to", "mysql://me:secret@host/x"], 2, "--to: mysql is not supported"),
        (["--from", "sqlite:///{old}", "--to", "postgresql://me:secret@127.0.0.1:9/x"], 1, "me:***@127.0.0.1:9/x"),
        (["--from", "sqlite:///{old}", "--to", "sqlite:///{old}.new"], 0, "Now set database_url to the new address"),
    ],
)
def test_the_command_says_what_it_did_or_what_to_do(
    given: list[str], status: int, says: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    # SQLite only: what the command says is the same for both; tests above move to and from each
    from jobs import cli

    old = tmp_path / "old.db"
    fill(f"sqlite:///{old}").dispose()
    assert cli.run(["migrate", *(part.format(old=old) for part in given)]) == status
    told = capfd.readouterr()
    assert says in told.err
    assert "secret" not in told.err + told.out
    if status == 0:
        assert f"{ROWS} articles among them; both are the same" in told.out
        assert os.path.exists(f"{old}.new")
