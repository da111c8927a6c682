"""A database in which every table has rows with what is hard to carry over: odd characters, bytes, long numbers."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Engine,
    Float,
    Integer,
    LargeBinary,
    Table,
    Time,
    insert,
    update,
)

from db.backup.transfer import as_stored
from db.engine import follow_keys, migrate, open_database
from db.schema import SCHEMA
from db.sessions import session

ROWS = 7
TEXTS = ("", "plain", "two\nlines", "“Świętokrzyskie” 🏛️", "it's 100 %", 'a "quoted" \\ line', "Ж" * 3000)
NUMBERS = (0.1 + 0.2, 0.0, 1e-300, -2.5, 1 / 3, 12345678.9, 1.0)
BYTES = (b"", b"\x00\xff\n", bytes(range(256)), b"plain", b"\\x41", b"\x80", b"packed" * 4000)
JSONS = ([], ["a", "Ż"], [["x", 1, 2.5, None]], ["\n"], ["ä"], [{"b": 1, "a": [True]}], [""])
NEWEST = datetime(2026, 11, 26, 23, 59, 59, 123456, tzinfo=UTC)


def fill(url: str) -> Engine:
    """Makes the database at `url`; every table has ROWS rows, and its numbers have gaps."""
    engine = open_database(url)
    migrate(engine)
    with session(engine) as opened:
        for table in SCHEMA.sorted_tables:
            if table.name == "freshness":
                opened.execute(update(table).values(number=41))
                continue
            rows = [{column.name: _value(table, column, n) for column in table.columns} for n in range(ROWS)]
            opened.connection().execute(insert(as_stored(table)), rows)
        follow_keys(opened, SCHEMA.sorted_tables)
    return engine


def _value(table: Table, column: Column[Any], number: int) -> Any:
    for key in column.foreign_keys:
        return _key(key.column, number)
    if column.nullable and not column.primary_key and number == 0:
        return None
    if column.primary_key or column.unique or column.name in ("key", "identity", "ordinal", "slot", "number"):
        return _key(column, number)
    kind = getattr(column.type, "impl", column.type)
    kinds: tuple[tuple[Any, Any], ...] = (
        (Boolean, number % 2 == 0),
        (Integer, number),
        (Float, NUMBERS[number]),
        (DateTime, NEWEST - timedelta(days=40 * number)),
        (Date, date(2017, 7, 4) + timedelta(days=number)),
        (Time, time(number, 30, 59)),
        (LargeBinary, BYTES[number]),
        (JSON, JSONS[number]),
    )
    return next((value for type_, value in kinds if isinstance(kind, type_)), TEXTS[number])


def _key(column: Column[Any], number: int) -> Any:
    """A key that differs from row to row, the same wherever it is referred to."""
    kind = getattr(column.type, "impl", column.type)
    if isinstance(kind, JSON):
        return JSONS[number]
    if isinstance(kind, Date):
        return date(2017, 7, 4) + timedelta(days=number)
    return 3 * number + 1 if isinstance(kind, Integer) else f"key “{number}”"
