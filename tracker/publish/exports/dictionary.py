"""The data dictionary: what each field of the JSON and of the CSV holds, read from the JSON Schema that ships."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from tracker.publish.exports.csv import COLUMNS, FIRST
from tracker.publish.exports.json import schema

OWN = {
    "reports": ("integer", "How many reports there are; copies of one text count once."),
    "records": ("integer", "How many official records there are."),
    "other_urls": ("string", "The addresses of the other articles, with spaces between."),
}
"""Columns that the JSON has not: it holds all reports."""
LISTED = {"candidates": "Other places that it may be, with spaces between."}
"""Lists that are one cell."""
TYPES = {"array": "list", "object": "object", "string": "text", "number": "number", "integer": "whole number"}
"""What a type of JSON Schema is called."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field: `type` in a word of JSON Schema (`string`, `integer`, `number`, `array`, `object`), `values` where only
    some are allowed; `optional`: it may be empty (null, or an empty cell)."""

    name: str
    type: str
    meaning: str
    values: tuple[str, ...] = ()
    optional: bool = False

    @property
    def said(self) -> str:
        """Its type for people: `text or nothing`, `one of stated, relative, reported`."""
        what = f"one of {', '.join(self.values)}" if self.values else TYPES[self.type]
        return f"{what}, or nothing" if self.optional else what


@cache
def json_fields() -> tuple[Field, ...]:
    """Of an entry, and under `evidence[].` and `revisions[].` of what it lists."""
    kinds = _kinds()
    below = [(f"{name}[].", kind) for name, kind in (("evidence", "evidence"), ("revisions", "revision"))]
    return tuple(_fields("", kinds["entry"])) + tuple(f for prefix, kind in below for f in _fields(prefix, kinds[kind]))


@cache
def csv_fields() -> tuple[Field, ...]:
    """Of a row, in the order of its columns; what is told of reports is of the first one."""
    entry = {field.name: field for field in _fields("", _kinds()["entry"])}
    first = {field.name: field for field in _fields("", _kinds()["evidence"])}
    return tuple(_column(name, entry, first) for name in COLUMNS)


def _column(name: str, entry: Mapping[str, Field], first: Mapping[str, Field]) -> Field:
    if name in OWN:
        return Field(name, *OWN[name])
    if name in FIRST:
        told = first[name]
        return Field(name, told.type, f"{told.meaning.rstrip('.')}, of the first report.", told.values, optional=True)
    if name in LISTED:
        return Field(name, "string", LISTED[name], optional=True)
    return entry[name]


def _kinds() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = json.loads(schema())["$defs"]
    return found


def _fields(prefix: str, kind: Mapping[str, Any]) -> Iterator[Field]:
    for name, told in kind["properties"].items():
        types = [told["type"]] if isinstance(told.get("type"), str) else told.get("type", ["string"])
        allowed = told.get("enum", [])
        named = "integer" if "const" in told else next(one for one in types if one != "null")
        values = tuple(str(value) for value in allowed if value is not None)
        yield Field(f"{prefix}{name}", named, told["description"], values, "null" in types or None in allowed)
