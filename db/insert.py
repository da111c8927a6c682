"""Inserting what may be there already: `ON CONFLICT`, which both engines have under two names."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from db.tables import Row

BATCH = 500
"""Rows or keys in one statement: far below SQLite's 32,766 parameters, enough that round trips do not show."""

T = TypeVar("T")


def insert_missing(session: Session, table: type[Row], rows: Sequence[dict[str, Any]], **computed: Any) -> None:
    """Inserts the rows that break no unique constraint and leaves out the others, which are there already. `computed`
    columns are expressions, over values of the rows that are no columns if they bind any."""
    insert = insert_of(session, table).on_conflict_do_nothing()
    insert = insert.values(**computed) if computed else insert
    for batch in batches(rows):
        session.connection().execute(insert, batch)


def insert_or_replace(session: Session, table: type[Row], rows: Iterable[dict[str, Any]], key: str, value: str) -> None:
    """Inserts the rows; where there is one of the same `key`, a column, it gets the `value` of the new, another one."""
    insert = insert_of(session, table)
    insert = insert.on_conflict_do_update(index_elements=[key], set_={value: insert.excluded[value]})
    for batch in batches(rows):
        session.connection().execute(insert, batch)


def insert_of(session: Session, table: type[Row] | Table) -> Any:
    """The `Insert` of the dialect, which knows of conflicts."""
    return (postgresql if session.get_bind().dialect.name == "postgresql" else sqlite).insert(table)


def batches(things: Iterable[T]) -> Iterator[list[T]]:
    """Lists of at most BATCH things."""
    iterator = iter(things)
    while batch := list(islice(iterator, BATCH)):
        yield batch
