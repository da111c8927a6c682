"""Column types: values of `tracker.model` as text and JSON, the same on SQLite and PostgreSQL."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, cast

from pydantic import TypeAdapter
from sqlalchemy import JSON, Dialect, String
from sqlalchemy.types import TypeDecorator

from db.failures import Unreadable

KEY = String().with_variant(String(collation="C"), "postgresql")
"""Text that is sorted and searched by prefix: byte order on both engines, or a PostgreSQL with a local collation would
sort OCD ids and dates in another order than SQLite and could not use their index for a prefix."""

READ_AT_ONCE = 4096
"""Values of one column that are kept parsed: the days of eleven years."""
SHOWN = 60
"""Characters of an unreadable value that a message repeats."""


class AsText(TypeDecorator[Any]):
    """A value kept as its text (`str(value)`), read back with `parse`; None is the empty text, which sorts first on
    both engines (NULL does not)."""

    impl = KEY
    cache_ok = True

    def __init__(self, parse: Callable[[str], Any]) -> None:
        super().__init__()
        self.parse = parse
        # One day is read from many rows.
        self._parse = lru_cache(maxsize=READ_AT_ONCE)(parse)

    def process_bind_param(self, value: Any, dialect: Dialect) -> str:
        return "" if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        try:
            return self._parse(value) if value else None
        except ValueError as error:
            raise Unreadable(str(error)) from error


class AsJson(TypeDecorator[Any]):
    """A tuple, set or tuple of values kept as JSON. `shape` is what pydantic reads back; sets are kept sorted."""

    impl = JSON
    cache_ok = True

    def __init__(self, shape: Any) -> None:
        super().__init__()
        self.shape = shape
        self._adapter: TypeAdapter[Any] = TypeAdapter(shape)

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        plain = self._adapter.dump_python(value, mode="json")
        return sorted(plain) if isinstance(value, frozenset) else plain

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return self._adapter.validate_python(value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any]:
        """The way from a cell to `process_result_value`, on which text that is no JSON is met."""
        read = cast("Callable[[Any], Any]", super().result_processor(dialect, coltype))

        def process(value: Any) -> Any:
            try:
                return read(value)
            except ValueError as error:
                raise Unreadable(f"{str(value)[:SHOWN]!r} is no {self.shape}") from error

        return process


class AsJsonText(TypeDecorator[Any]):
    """The same kept as text, empty for nothing: a default that both engines can compare, for a column that is new."""

    impl = String
    cache_ok = True

    def __init__(self, shape: Any) -> None:
        super().__init__()
        self.shape = shape
        self._adapter: TypeAdapter[Any] = TypeAdapter(shape)

    def process_bind_param(self, value: Any, dialect: Dialect) -> str:
        return self._adapter.dump_json(value).decode() if value else ""

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        try:
            return self._adapter.validate_json(value or "[]")
        except ValueError as error:
            raise Unreadable(f"{str(value)[:SHOWN]!r} is no {self.shape}") from error
