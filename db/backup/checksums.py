"""Rows in a form that is the same on both engines, and sums of them that do not depend on their order."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

WHOLE = 2**256


def cell(value: Any) -> Any:
    """A cell as both engines can keep it: moments in UTC (SQLite keeps them without a zone), bytes as bytes (a driver
    may give a view of them)."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    return bytes(value) if isinstance(value, memoryview | bytearray) else value


@dataclass
class Sum:
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
    raise TypeError(f"no canonical form of {type(value).__name__}")
