"""What commands of one process do anew each time, though it comes to the same: it is done once. Commands in a process
of their own do all of it."""

import atexit
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

import pytest
import typer
from sqlalchemy import Engine

from db import upgrades, versions
from db.engine import open_database
from jobs import cli
from support.articles.reader import Remembering

_migrated = upgrades.upgrade
_tree = cache(typer.main.get_command)


@contextmanager
def done_once() -> Iterator[None]:
    """The encoder reads an article once, the commands and their options are put together once, and an empty SQLite
    database gets its tables as a copy of one that was migrated."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tracker.read.encoder.small_look.Encoder", Remembering)
        patch.setattr(cli, "app", _tree(cli.app))
        patch.setattr(upgrades, "upgrade", _upgrade)
        yield


def _upgrade(engine: Engine, reader: Engine) -> None:
    if engine.dialect.name != "sqlite" or not _is_empty(reader):
        _migrated(engine, reader)
        return
    try:
        with closing(engine.raw_connection()) as connection:
            _template(versions.NEWEST).backup(connection.driver_connection)  # type: ignore[arg-type]
    except sqlite3.Error:  # what hinders a copy hinders a migration, which says it in words
        _migrated(engine, reader)


def _is_empty(reader: Engine) -> bool:
    with reader.connect() as connection:
        return connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one() == 0


@cache
def _template(version: str) -> sqlite3.Connection:
    """A database of this version."""
    path = Path(tempfile.mkdtemp(prefix="tracker-migrated-")) / f"{version}.db"
    atexit.register(shutil.rmtree, path.parent, ignore_errors=True)
    engine = open_database(f"sqlite:///{path}")
    _migrated(engine, engine)
    engine.dispose()
    return sqlite3.connect(path, check_same_thread=False)
