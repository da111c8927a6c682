"""Values to columns and back."""

from collections.abc import Collection, Sequence
from typing import Any, Generic, TypeVar

from pydantic import BaseModel
from sqlalchemy import Column

from db.tables import Row

M = TypeVar("M", bound=BaseModel)


class Fields(Generic[M]):
    """The fields of a value that a table has columns for, in one order, but for those `left_out`. Queries for many
    values select `columns` and make the values of the cells: several times as fast as by whole rows."""

    def __init__(self, table: type[Row], model: type[M], left_out: Collection[str] = ()) -> None:
        columns = table.__table__.columns  # type: ignore[attr-defined]
        self.model = model
        self.names = tuple(name for name in model.model_fields if name in columns and name not in left_out)
        self.columns: list[Column[Any]] = [columns[name] for name in self.names]

    def value(self, cells: Sequence[Any], **extra: Any) -> M:
        """The validated value of as many cells as there are columns (more are left alone); `extra` are the fields that
        have no column."""
        return self.model.model_validate(dict(zip(self.names, cells, strict=False), **extra))


def values_of(value: BaseModel, table: type[Row]) -> dict[str, Any]:
    """The fields of a value that `table` has a column for."""
    columns = table.__table__.columns  # type: ignore[attr-defined]
    return {name: getattr(value, name) for name in type(value).model_fields if name in columns}


def to_model(row: Row, model: type[M], **extra: Any) -> M:
    """A whole row as a validated value; `extra` are the fields that have no column."""
    return model.model_validate({name: getattr(row, name) for name in model.model_fields if hasattr(row, name)} | extra)
