"""Subscribers from a CSV file: a line a person, or several lines for several things that they follow."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jobs.subscribers.preferences import Preferences
from tracker.errors import BadInput
from tracker.publish.mail.subscribers import checked_address

COLUMNS = (
    "address",
    "place",
    "topic",
    "stage",
    "inside",
    "within",
    "agenda",
    "matter",
    "words",
    "frequency",
    "weekday",
    "hour",
    "timezone",
    "confirmed",
)
ALIASES = {"email": "address", "e-mail": "address", "mail": "address", "places": "place", "topics": "topic",
           "stages": "stage", "time zone": "timezone", "zone": "timezone"}  # fmt: skip
"""Other names that people give these columns."""
DELIMITERS = ",;\t"
BETWEEN = "|"
"""Between several values in one cell, besides a `;` that does not separate columns."""
YES, NO = frozenset({"yes", "y", "true", "1", "x"}), frozenset({"no", "n", "false", "0", ""})


@dataclass(frozen=True)
class SubscriberLine:
    """A good line."""

    number: int
    address: str
    preferences: Preferences
    confirmed: bool


@dataclass(frozen=True)
class BadSubscriberLine:
    """A line that cannot be used, and why."""

    number: int
    error: str


def rows(data: bytes) -> Iterator[SubscriberLine | BadSubscriberLine]:
    """Every line below the header. BadInput where the file as a whole cannot be read."""
    text = _decoded(data)
    delimiter = _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    header = _header(next(reader, []))
    while True:
        first = reader.line_num + 1  # a cell in quotes may go on over several lines
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield BadSubscriberLine(first, str(error))
            continue
        if any(cell.strip() for cell in cells):
            yield _row(first, header, cells, delimiter)


def _row(number: int, header: list[str], cells: list[str], delimiter: str) -> SubscriberLine | BadSubscriberLine:
    if len(cells) > len(header):
        return BadSubscriberLine(
            number, f"{len(cells)} cells under {len(header)} columns; put quotes around a cell with a comma"
        )
    values = dict(zip(header, (cell.strip() for cell in cells), strict=False))
    try:
        preferences = _preferences(values, delimiter)
        preferences.subscriptions()
        return SubscriberLine(
            number, checked_address(values["address"]), preferences, _yes("confirmed", values.get("confirmed", ""))
        )
    except BadInput as error:
        return BadSubscriberLine(number, str(error))


def _preferences(values: Mapping[str, str], delimiter: str) -> Preferences:
    several = {
        name: _several(values.get(name, ""), delimiter) for name in ("place", "topic", "stage", "matter", "words")
    }
    return Preferences(
        places=several["place"],
        topics=several["topic"],
        stages=several["stage"],
        inside=_yes("inside", values.get("inside") or "yes"),
        within=_number("miles", values.get("within", "")) or 0,
        frequency=values.get("frequency", ""),
        weekday=values.get("weekday", ""),
        hour=_number("hour", values.get("hour", "").removesuffix(":00")),
        timezone=values.get("timezone", ""),
        agenda=_yes("agenda", values.get("agenda", "")),
        matters=several["matter"],
        words=several["words"],
    )


def _several(cell: str, delimiter: str) -> tuple[str, ...]:
    if delimiter != ";":
        cell = cell.replace(";", BETWEEN)
    return tuple(part.strip() for part in cell.split(BETWEEN) if part.strip())


def _yes(name: str, cell: str) -> bool:
    if cell.lower() not in YES | NO:
        raise BadInput(f'{name}: "{cell}" is neither yes nor no')
    return cell.lower() in YES


def _number(name: str, cell: str) -> int | None:
    if not cell:
        return None
    try:
        return int(cell)
    except ValueError:
        told = {"hour": "a number from 0 to 23", "miles": "a number like 50"}[name]
        raise BadInput(f'{name}: "{cell}" is not one; write {told}') from None


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig").replace("\x00", "")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise BadInput(f"line {line} is not UTF-8; save the file as UTF-8 and import it again") from None


def _delimiter(text: str) -> str:
    first = text.partition("\n")[0]
    return max(DELIMITERS, key=first.count)


def _header(cells: list[str]) -> list[str]:
    names = [ALIASES.get(name, name) for name in (cell.strip().lower() for cell in cells)]
    unknown = [name for name in names if name not in COLUMNS]
    if "address" not in names or unknown or len(set(names)) < len(names):
        wrong = f"; there is no column {unknown[0]!r}" if unknown else ""
        raise BadInput(f"the first line must name the columns: address, and any of {', '.join(COLUMNS[1:])}{wrong}")
    return names
