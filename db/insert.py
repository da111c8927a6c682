"""Inserting what may be there already: `ON CONFLICT DO NOTHING`, which both engines have under two names."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from db.tables import Row

BATCH = 500
"""Rows or keys in one statement: far below SQLite's 32,766 parameters, enough that round trips do not show."""

T = TypeVar("T")


def insert_missing(session: Session, table: type[Row], rows: Sequence[dict[str, Any]], **computed: Any) -> None:
    """Inserts the rows that break no unique constraint and leaves out the others, which are there already. `computed`
    columns are expressions, over values of the rows that are no columns if they bind any."""
    insert = _ignoring(session, table).values(**computed) if computed else _ignoring(session, table)
    for batch in batches(rows):
        session.connection().execute(insert, batch)


def _ignoring(session: Session, table: type[Row]) -> Insert:
    if session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(table).on_conflict_do_nothing()
    return sqlite.insert(table).on_conflict_do_nothing()


def batches(things: Iterable[T]) -> Iterator[list[T]]:
    """Lists of at most BATCH things."""
    iterator = iter(things)
    while batch := list(islice(iterator, BATCH)):
        yield batch
