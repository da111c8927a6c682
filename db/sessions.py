"""Sessions that write: what they change, the search knows when they end."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlmodel import Session

from db.engine import writing
from db.search.stale import follow


@contextmanager
def session(engine: Engine) -> Iterator[Session]:
    """A session that may write, like `db.engine.writing`; entries that it touched are read into the search anew."""
    with writing(engine) as opened:
        yield opened
        follow(opened)
