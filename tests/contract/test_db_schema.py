"""Migrations and tables agree, and an upgrade can be run by anyone at any time."""

import subprocess
import sys
import tempfile
import textwrap
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, event, inspect, text

from db.engine import migrate, open_database, reading, schema_version
from db.feeds import feeds
from db.mail import subscribers
from db.schema import SCHEMA
from db.sessions import session
from db.tables.report import TABLES as REPORT_TABLES
from support.databases.next_version import BEFORE, MIGRATION, know_next_version
from support.databases.recording import arrive, recorded, says
from support.mail.news import add_reader
from support.mail.sending import ADA
from support.timeline.cases import evidence
from tracker.errors import SettingsError, StorageError

_NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
_OPTIONS = {
    "compare_type": True,
    "compare_server_default": True,
    # What the search and the report hold is made of other tables (db.tables.search, db.tables.report).
    "include_name": lambda name, kind, _parents: kind != "table" or not str(name).startswith(("search_", "report_")),
}
_PRAGMAS = {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 1, "busy_timeout": 30_000}


def test_the_migrations_make_exactly_the_tables(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=_OPTIONS)
        assert compare_metadata(context, SCHEMA) == []


def test_they_make_exactly_the_tables_of_the_report(engine: Engine) -> None:
    options = _OPTIONS | {"include_name": lambda name, kind, _: kind != "table" or str(name).startswith("report_")}
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, REPORT_TABLES) == []


def test_a_table_that_no_migration_makes_is_noticed(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP INDEX ix_feed_next_poll")
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), SCHEMA) != []


def test_migrating_again_changes_nothing(engine: Engine) -> None:
    with session(engine) as opened:
        feeds.add(opened, "https://a.example/feed", _NOW)
    migrate(engine)
    with reading(engine) as opened:
        assert [feed.url for feed in feeds.all_feeds(opened)] == ["https://a.example/feed"]


def test_a_database_of_the_version_before_is_brought_to_the_next_with_all_that_it_holds(
    engine: Engine, next_version: str
) -> None:
    arrive(engine, evidence())
    add_reader(engine, ADA, _NOW)
    with reading(engine) as opened:
        readers = subscribers.all_subscribers(opened)
    before = recorded(engine)
    copied: list[str] = []
    migrate(engine, copied.append)
    migrate(engine, copied.append)
    assert (copied, schema_version(engine)) == ([BEFORE], next_version)
    assert recorded(engine) == before
    with reading(engine) as opened:
        assert subscribers.all_subscribers(opened) == readers, "with what hangs on the table that is made anew"
        assert opened.connection().exec_driver_sql("SELECT mood FROM subscriber").scalars().all() == ["fine"]


OF_DOCUMENTS = ("document_edit", "document_change", "document_version", "document")
OF_SOURCES = (*OF_DOCUMENTS, "listing", "agenda_item", "meeting", "matter", "action_meaning", "agreement", "record")
"""Tables that later migrations make, those first that refer to others."""


def test_findings_of_the_first_version_stay_and_say_how_a_step_was_taken_once_they_are_read_again(
    engine: Engine,
) -> None:
    paused = evidence("rescinded", quote="The council suspended it.")
    arrive(engine, paused)
    (before,) = recorded(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE finding DROP COLUMN qualifiers")
        for table in (*REPORT_TABLES.tables, *OF_SOURCES, "hearing_ledger"):
            connection.exec_driver_sql(f"DROP TABLE {table}")
        for column in ("kind", "topics", "cursor"):
            connection.exec_driver_sql(f"ALTER TABLE feed DROP COLUMN {column}")
        for column in ("agenda", "matters", "words"):
            connection.exec_driver_sql(f"ALTER TABLE subscription DROP COLUMN {column}")
        for table in ("revision", "policy_revision"):
            connection.exec_driver_sql(f"DROP INDEX ix_{table}_act_id")
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0100'")
    migrate(engine)
    for table in ("revision", "policy_revision"):
        assert f"ix_{table}_act_id" in {index["name"] for index in inspect(engine).get_indexes(table)}
    (entry,) = recorded(engine)
    assert entry.evidence[0].finding == paused.finding.model_copy(update={"qualifiers": ()})
    assert entry.model_copy(update={"evidence": before.evidence}) == before
    says(engine, paused.url, paused.finding)
    assert recorded(engine)[0].evidence == before.evidence


def test_an_upgrade_that_fails_leaves_the_version_before(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_reader(engine, ADA, _NOW)
    know_next_version(monkeypatch, tmp_path / "failing", f"{MIGRATION}    raise ZeroDivisionError\n")
    with pytest.raises(ZeroDivisionError):
        migrate(engine)
    assert schema_version(engine) == BEFORE
    assert "mood" not in {column["name"] for column in inspect(engine).get_columns("subscriber")}
    with reading(engine) as opened:
        assert [reader.address for reader in subscribers.all_subscribers(opened)] == [ADA]


def test_processes_that_start_at_once_migrate_once(another_database: str) -> None:
    program = "import sys; from db.engine import *; migrate(open_database(sys.argv[1]))"
    started = [subprocess.Popen([sys.executable, "-c", program, another_database]) for _ in range(3)]
    assert [process.wait(60) for process in started] == [0, 0, 0]
    migrate(open_database(another_database))


def test_a_database_of_a_newer_program_is_refused(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StorageError, match=r"newer version .* upgrade this program"):
        migrate(engine)


@pytest.mark.parametrize("version", ["0001", "0039", "0099"])
def test_a_database_from_before_the_first_release_is_refused_and_left_as_it_is(engine: Engine, version: str) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :old"), {"old": version})
    copied: list[str] = []
    with pytest.raises(
        StorageError, match=rf"version {version} is from before the first release .* a new data_dir"
    ) as caught:
        migrate(engine, copied.append)
    assert "\n" not in str(caught.value)
    assert (copied, schema_version(engine)) == ([], version)


def test_the_database_of_another_program_is_left_alone(another_database: str) -> None:
    engine = open_database(another_database)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE article (name VARCHAR)")
    with pytest.raises(StorageError, match="another program made its tables article"):
        migrate(engine)
    with engine.connect() as connection:
        assert inspect(connection).get_table_names() == ["article"]


def test_a_kill_within_a_transaction_leaves_the_old_state(engine: Engine, database_url: str) -> None:
    program = textwrap.dedent("""
        import os, sys
        from datetime import UTC, datetime
        from db.feeds import feeds
        from db.engine import open_database
        from db.sessions import session
        with session(open_database(sys.argv[1])) as opened:
            feeds.remove(opened, "https://a.example/feed")
            feeds.add(opened, "https://b.example/feed", datetime.now(UTC))
            os._exit(9)
    """)
    with session(engine) as opened:
        feeds.add(opened, "https://a.example/feed", _NOW)
    assert subprocess.run([sys.executable, "-c", program, database_url], check=False).returncode == 9
    with session(engine) as opened:
        assert [feed.url for feed in feeds.all_feeds(opened)] == ["https://a.example/feed"]


def test_an_error_rolls_back(engine: Engine) -> None:
    def add_and_fail() -> None:
        with session(engine) as opened:
            feeds.add(opened, "https://a.example/feed", _NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        add_and_fail()
    with reading(engine) as opened:
        assert feeds.all_feeds(opened) == ()


def test_a_reader_sees_one_state_and_stops_no_writer(engine: Engine) -> None:
    with reading(engine) as reader:
        assert feeds.all_feeds(reader) == ()
        with session(engine) as writer:
            feeds.add(writer, "https://a.example/feed", _NOW)
        assert feeds.all_feeds(reader) == ()
    with reading(engine) as reader:
        assert len(feeds.all_feeds(reader)) == 1


def test_a_folder_that_is_missing_is_named(tmp_path: Path) -> None:
    # SQLite only: a server has no folder of ours
    with pytest.raises(StorageError, match=r"folder .*nowhere does not exist"):
        open_database(f"sqlite:///{tmp_path}/nowhere/tracker.db")


@pytest.fixture
def closed_folder() -> Path:
    """A folder that only its owner could write, if they did not forbid it to themselves."""
    # SQLite only: a server has no folder of ours
    folder = Path(tempfile.mkdtemp(prefix="tracker-closed-"))
    migrate(open_database(f"sqlite:///{folder}/old.db"))
    (folder / "old.db").chmod(0o444)
    folder.chmod(0o555)
    return folder


def test_a_folder_that_is_read_only_is_said(closed_folder: Path, unprivileged: None) -> None:
    # SQLite only: a server has no folder of ours
    with pytest.raises(StorageError, match=r"new\.db: it cannot be opened: check that its folder"):
        migrate(open_database(f"sqlite:///{closed_folder}/new.db"))


def test_a_file_that_is_read_only_is_said(closed_folder: Path, unprivileged: None) -> None:
    # SQLite only: a server has no file of ours
    engine = open_database(f"sqlite:///{closed_folder}/old.db")
    with pytest.raises(StorageError, match=r"old\.db: it cannot be (written|opened)"), session(engine) as opened:
        feeds.add(opened, "https://a.example/feed", _NOW)


def test_a_file_that_is_no_database_is_said(tmp_path: Path) -> None:
    # SQLite only: a server has no file of ours
    (tmp_path / "notes.db").write_text("Buy milk. " * 500)
    with pytest.raises(StorageError, match=r"notes\.db: it is not a database"):
        migrate(open_database(f"sqlite:///{tmp_path}/notes.db"))


def test_a_full_disk_is_said_and_what_was_there_stays(tmp_path: Path) -> None:
    # SQLite only: its pragma limits the file; a server's disk cannot be filled here
    engine = open_database(f"sqlite:///{tmp_path}/tracker.db")
    migrate(engine)
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA max_page_count=1"))
    with pytest.raises(StorageError, match="disk is full"), session(engine) as opened:
        feeds.add(opened, "https://a.example/feed", _NOW, title="x" * 10_000)
    with reading(engine) as opened:
        assert feeds.all_feeds(opened) == ()


def test_a_lock_that_does_not_end_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # SQLite only: PostgreSQL's writers do not lock each other out
    monkeypatch.setattr("db.engine.BUSY_TIMEOUT_S", 0.05)
    engine = open_database(f"sqlite:///{tmp_path}/tracker.db")
    migrate(engine)
    with session(engine) as writer:
        feeds.add(writer, "https://a.example/feed", _NOW)
        with pytest.raises(StorageError, match="another program keeps it locked"), session(engine) as other:
            feeds.add(other, "https://b.example/feed", _NOW)


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("postgresql://me:secret@127.0.0.1:1/none", "server cannot be reached"),
        ("postgresql://me:secret@nowhere.invalid/none", "server cannot be reached"),
    ],
)
def test_a_server_that_is_away_is_said_without_the_password(url: str, message: str) -> None:
    with pytest.raises(StorageError, match=message) as caught:
        migrate(open_database(url))
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_database_that_the_server_lacks_is_said(postgres_server: str) -> None:
    with pytest.raises(StorageError, match=r"refuses the connection: database .missing. does not exist"):
        migrate(open_database(postgres_server.replace("/postgres?", "/missing?")))


@pytest.mark.parametrize(
    ("url", "message"),
    [("tracker.db", "not an address like"), ("mysql://h/d", "mysql is not supported"), ("", "not an address like")],
)
def test_an_address_that_is_none_is_a_setting_to_correct(url: str, message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        open_database(url)


def test_sqlite_is_opened_for_readers_beside_a_writer(tmp_path: Path) -> None:
    # SQLite only: its journal mode
    with open_database(f"sqlite:///{tmp_path}/tracker.db").connect() as connection:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in _PRAGMAS}
    assert found == _PRAGMAS


def test_the_first_connection_after_a_migration_guards_foreign_keys(tmp_path: Path) -> None:
    # SQLite only: its pragma; PostgreSQL always guards them
    engine = open_database(f"sqlite:///{tmp_path}/tracker.db")
    migrate(engine)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_a_patience_that_the_address_names_is_kept_and_one_that_is_no_number_is_said(tmp_path: Path) -> None:
    # SQLite only: its writers wait for each other
    with pytest.raises(SettingsError, match='timeout is "soon"; write it in seconds'):
        open_database(f"sqlite:///{tmp_path}/tracker.db?timeout=soon")
    with open_database(f"sqlite:///{tmp_path}/tracker.db?timeout=2.5").connect() as connection:
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 2500
