"""Moves a whole database into an empty one, on the same engine or the other.

All of it is one transaction of the target, which is verified before it is committed: whatever ends a move half-way
leaves the target as empty as it was, and the move is run again. The source is only read, as of one moment.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from hashlib import sha256
from typing import Any

from sqlalchemy import Engine, Table, TableClause, column, delete, func, insert, select, type_coerce
from sqlalchemy import table as named
from sqlmodel import Session

from db import versions
from db.engine import follow_keys, migrate, reading, schema_version
from db.failures import describe
from db.schema import SCHEMA
from db.sessions import session
from db.tables.ops import FreshnessRow, JobRunRow
from tracker.errors import StorageError

BATCH_ROWS = 500
"""In one statement; more bring nothing, and a killed batch is nothing lost."""
BATCH_BYTES = 8_000_000
"""Or so many of texts and pages: a few hundred pages of the usual size, and no more memory than a poll takes."""
NOT_MOVED = frozenset({str(JobRunRow.__tablename__)})
"""Tables that stay: what the daemon did last it did to the old database, and of the new one no backup was made."""
OnProgress = Callable[[str, int, int], None]
"""Is told of a table, how many rows of it are done now, and how many there are."""
Cells = dict[str, Any]


WHOLE = 2**256


def comparable(value: Any) -> Any:
    """A cell as both engines can keep it: moments in UTC (SQLite keeps them without a zone), bytes as bytes (a driver
    may give a view of them)."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    return bytes(value) if isinstance(value, memoryview | bytearray) else value


@dataclass
class RowSum:
    """How many rows, and the sum of their hashes modulo 2^256: equal sums of equally many rows are the same rows, in
    whatever order."""

    count: int = 0
    total: int = 0

    def add(self, row: Mapping[str, Any]) -> None:
        """One more row."""
        self.count += 1
        self.total = (self.total + int.from_bytes(sha256(_text(row)).digest())) % WHOLE


def _text(row: Mapping[str, Any]) -> bytes:
    return json.dumps(row, sort_keys=True, ensure_ascii=False, default=_named).encode("utf-8", "surrogatepass")


def _named(value: Any) -> list[str]:
    """What JSON has no form for, with the name of its kind, so that a day is not the text that shows it."""
    if isinstance(value, bytes):
        return ["bytes", sha256(value).hexdigest()]
    if isinstance(value, datetime):
        return ["moment", value.isoformat(timespec="microseconds")]
    if isinstance(value, date):
        return ["day", value.isoformat()]
    if isinstance(value, time):
        return ["hour", value.isoformat(timespec="microseconds")]
    raise TypeError(f"no canonical form of {type(value).__name__}")


def move(source: Engine, target: Engine, shown: OnProgress) -> dict[str, int]:
    """Copies every row but those that are NOT_MOVED, sets what numbers new rows, and compares counts and hashes of what
    the target has then; how many rows each table has. Raises StorageError: the source is of another version or was
    written meanwhile, the target holds something, or what arrived is not what was sent."""
    _refuse_other_version(source)
    migrate(target)
    with reading(source) as old:
        counts = _counts(old)
        with session(target) as new:
            _refuse_full(new, target)
            for table in tables():
                sent = _copy(old, new, table, counts[table.name], shown)
                _verify(new, table, sent, target)
            follow_keys(new, tables())
            _refuse_written(source, counts, _freshness(old))
    return counts


def tables() -> list[Table]:
    """What is moved, what others refer to first."""
    return [table for table in SCHEMA.sorted_tables if table.name not in NOT_MOVED]


def _refuse_other_version(source: Engine) -> None:
    """Upgrading it would be writing."""
    version, where = schema_version(source), f"database {describe(source.url)}"
    if version == versions.NEWEST:
        return
    if version:
        versions.refuse_unknown(where, version)
    raise StorageError(
        f"{where}: it is no tracker database of this version ({version or 'none'}, not {versions.NEWEST}); "
        "run `tracker migrate` on it first"
    )


def _refuse_full(new: Session, target: Engine) -> None:
    """A new database holds one row that the migrations made."""
    held = {name: count for name, count in _counts(new).items() if count and name != FreshnessRow.__tablename__}
    if held:
        name, count = max(held.items(), key=lambda pair: pair[1])
        where = describe(target.url)
        raise StorageError(f"database {where}: it holds data already ({count:,} rows of {name}); name an empty one")
    new.execute(delete(FreshnessRow))


def _copy(old: Session, new: Session, table: Table, count: int, shown: OnProgress) -> RowSum:
    """Copies one table; the sum of what was sent."""
    sent = RowSum()
    shown(table.name, 0, count)
    for batch in _batches(rows(old, table)):
        for row in batch:
            sent.add(row)
        new.connection().execute(insert(as_stored(table)), batch)
        shown(table.name, sent.count, count)
    return sent


def _verify(new: Session, table: Table, sent: RowSum, target: Engine) -> None:
    """Reads back what the target has."""
    arrived = RowSum()
    for row in rows(new, table):
        arrived.add(row)
    if arrived != sent:
        raise StorageError(
            f"database {describe(target.url)}: {table.name} did not arrive as it was sent ({arrived.count:,} of "
            f"{sent.count:,} rows, or others); nothing was kept, please report this"
        )


def _refuse_written(source: Engine, counts: Mapping[str, int], freshness: int) -> None:
    """What came in while the copy was made is not in it."""
    with reading(source) as again:
        if (_counts(again), _freshness(again)) != (counts, freshness):
            raise StorageError(
                f"database {describe(source.url)}: it was written meanwhile; end the daemon and whatever else writes "
                "it, then run the command again (nothing was kept)"
            )


def rows(opened: Session, table: Table) -> Iterator[Cells]:
    """The rows as they are stored: texts, numbers, moments and JSON, not the values that they stand for."""
    columns = [type_coerce(column, _stored(column.type)).label(column.name) for column in table.columns]
    found = opened.connection().execute(select(*columns), execution_options={"yield_per": BATCH_ROWS})
    for row in found.mappings():
        yield {name: comparable(value) for name, value in row.items()}


def _stored(kind: Any) -> Any:
    """How a type of ours is kept."""
    return getattr(kind, "impl", kind)


def as_stored(table: Table) -> TableClause:
    """The table by what is stored in it."""
    return named(table.name, *(column(one.name, _stored(one.type)) for one in table.columns))


def _batches(rows: Iterator[Cells]) -> Iterator[list[Cells]]:
    batch: list[Cells] = []
    size = 0
    for row in rows:
        batch.append(row)
        size += sum(len(value) for value in row.values() if isinstance(value, str | bytes))
        if len(batch) == BATCH_ROWS or size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _counts(opened: Session) -> dict[str, int]:
    return {table.name: opened.execute(select(func.count()).select_from(table)).scalar_one() for table in tables()}


def _freshness(opened: Session) -> int:
    return int(opened.execute(select(func.coalesce(func.max(FreshnessRow.number), 0))).scalar_one())
