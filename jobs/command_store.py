"""The database of the settings, as a command opens it; loaded with what it needs only when it is opened."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from jobs.terminal.console import state

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlmodel import Session


@contextmanager
def stored(ctx: typer.Context) -> Iterator["Engine"]:
    """The database of the settings, as `open_store` opens it."""
    from jobs.store import open_store

    with open_store(state(ctx).settings) as engine:
        yield engine


@contextmanager
def read_store(ctx: typer.Context) -> Iterator["Session"]:
    """A session of that database that only reads."""
    from db.engine import reading

    with stored(ctx) as engine, reading(engine) as session:
        yield session


@contextmanager
def write_store(ctx: typer.Context) -> Iterator["Session"]:
    """A session of that database: one transaction."""
    from db.engine import session

    with stored(ctx) as engine, session(engine) as opened:
        yield opened
