"""Values to rows and back; inserting what may be there already: `ON CONFLICT`, which both engines have under two
names."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from sys import intern
from typing import Any, Generic, TypeVar

from pydantic import BaseModel
from sqlalchemy import Column, Table, or_
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from db.tables.timeline import TableRow
from tracker.model import with_shared_fields_set

M = TypeVar("M", bound=BaseModel)


SHORT = 60
"""Characters below which a text is kept once for all values that have it: ids, names and words of lists repeat."""


class Fields(Generic[M]):
    """The fields of a value that a table has columns for, in one order, but for those `left_out`. Queries for many
    values select `columns` and make the values of the cells: several times as fast as by whole rows."""

    def __init__(self, table: type[TableRow], model: type[M], left_out: Collection[str] = ()) -> None:
        columns = table.__table__.columns  # type: ignore[attr-defined]
        self.model = model
        self.names = tuple(name for name in model.model_fields if name in columns and name not in left_out)
        self.columns: list[Column[Any]] = [columns[name] for name in self.names]

    def value(self, cells: Sequence[Any], **extra: Any) -> M:
        """The validated value of as many cells as there are columns (more are left alone); `extra` are the fields that
        have no column."""
        short = (intern(cell) if type(cell) is str and len(cell) < SHORT else cell for cell in cells)
        return with_shared_fields_set(self.model.model_validate(dict(zip(self.names, short, strict=False), **extra)))


def values_of(value: BaseModel, table: type[TableRow]) -> dict[str, Any]:
    """The fields of a value that `table` has a column for."""
    columns = table.__table__.columns  # type: ignore[attr-defined]
    return {name: getattr(value, name) for name in type(value).model_fields if name in columns}


def to_model(row: TableRow, model: type[M], **extra: Any) -> M:
    """A whole row as a validated value; `extra` are the fields that have no column."""
    return model.model_validate({name: getattr(row, name) for name in model.model_fields if hasattr(row, name)} | extra)


BATCH = 500
"""Rows or keys in one statement: far below SQLite's 32,766 parameters, enough that round trips do not show."""

T = TypeVar("T")


def insert_missing(session: Session, table: type[TableRow], rows: Sequence[dict[str, Any]], **computed: Any) -> None:
    """Inserts the rows that break no unique constraint and leaves out the others, which are there already. `computed`
    columns are expressions, over values of the rows that are no columns if they bind any."""
    insert = insert_of(session, table).on_conflict_do_nothing()
    insert = insert.values(**computed) if computed else insert
    for batch in batches(rows):
        session.connection().execute(insert, batch)


def insert_or_replace(
    session: Session,
    table: type[TableRow],
    rows: Iterable[dict[str, Any]],
    key: Sequence[str],
    kept: Collection[str] = (),
    flags: Collection[str] = (),
) -> None:
    """Inserts the rows, all of the same columns. One that is there, of the same `key` (columns), takes the new values,
    but for the columns that are `kept` as they are, and `flags`, which stay true."""
    for batch in batches(rows):
        insert = insert_of(session, table)
        new = {name: insert.excluded[name] for name in batch[0] if name not in (*key, *kept)}
        new |= {name: or_(getattr(table, name), new[name]) for name in flags}
        session.connection().execute(insert.on_conflict_do_update(index_elements=key, set_=new), batch)


def insert_of(session: Session, table: type[TableRow] | Table) -> Any:
    """The `Insert` of the dialect, which knows of conflicts."""
    return (postgresql if session.get_bind().dialect.name == "postgresql" else sqlite).insert(table)


def batches(things: Iterable[T]) -> Iterator[list[T]]:
    """Lists of at most BATCH things."""
    iterator = iter(things)
    while batch := list(islice(iterator, BATCH)):
        yield batch
