"""JSON lines, in and out: articles from a file or standard input, a bad line told apart from a good one; what the
commands print for programs, in the order of keys that the contract names."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedIOBase
from pathlib import Path
from typing import Any, BinaryIO, cast

from pydantic import ValidationError

from tracker.characters import escaped
from tracker.errors import BadInput
from tracker.model import Article, Finding, Reading, Witness, first_wrong

STDIN = "-"
AT_HAND = 1 << 20
"""Bytes read at once: hundreds of articles of a file; a pipe gives less."""
MAX_TEXT_CHARACTERS = 500_000
"""Longer than any news article: a book, or a wrong file. The reader reads the first fifth of so much."""
_LONE_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\N{REPLACEMENT CHARACTER}")
"""JSON can escape half a character; no file and no database can hold it. One for one, so that offsets stand."""

FINDING_KEYS = (
    "jurisdiction",
    "jurisdiction_name",
    "body",
    "instrument",
    "topic",
    "stage",
    "date",
    "basis",
    "effect",
    "direction",
    "quote",
    "start",
    "end",
    "score",
    "primary",
)
"""The contract of `tracker read`; further keys follow them."""
INNER = {"before", "after", "marks", "qualifiers"}
"""What only pages and merging ask for."""


@dataclass(frozen=True)
class BadLine:
    """A line that is no article: its id where it could be read, and what is wrong with it in one sentence."""

    number: int
    id: str | None
    error: str


@contextmanager
def open_lines(path: str) -> Iterator[BinaryIO]:
    """The file, or standard input for `-`. Raises BadInput where it cannot be read."""
    if path == STDIN:
        yield sys.stdin.buffer
        return
    try:
        file = Path(path).open("rb")  # noqa: SIM115 - closed by the with below, the open alone is guarded
    except OSError as error:
        raise BadInput(f"{path}: {error.strerror}; give a file of JSON lines, or - for standard input") from None
    with file:
        yield file


def read_at_hand(file: BinaryIO) -> Iterator[list[Article | BadLine]]:
    """The same in lists of what can be read without waiting: a program that writes a line and waits for its answer
    gets it, and an archive comes in long lists."""
    number = 1
    for lines in _lines_at_hand(file):
        found = [parse_line(line, at) for at, line in enumerate(lines, start=number) if line.strip()]
        number += len(lines)
        if found:
            yield found


def _lines_at_hand(file: BinaryIO) -> Iterator[list[bytes]]:
    begun: list[bytes] = []
    while some := cast(BufferedIOBase, file).read1(AT_HAND):
        *whole, rest = some.split(b"\n")
        if whole:
            yield [one + b"\n" for one in (b"".join([*begun, whole[0]]), *whole[1:])]
            begun = []
        begun.append(rest)
    yield [b"".join(begun)]


def read_articles(file: BinaryIO) -> Iterator[Article | BadLine]:
    """One value for each line that is not blank, in order. Never holds more than a line."""
    for number, line in enumerate(file, start=1):
        if line.strip():
            yield parse_line(line, number)


def parse_line(line: bytes, number: int) -> Article | BadLine:
    """The article of one line of JSON. Pure: whatever stands in the line, it returns."""
    record = record_in(line, number)
    return record if isinstance(record, BadLine) else _article(record, number)


def record_in(line: bytes, number: int) -> dict[str, Any] | BadLine:
    """The object of one line of JSON, of which every text can be stored."""
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return BadLine(number, None, f"line {number} is not UTF-8")
    except RecursionError:
        return BadLine(number, None, f"line {number} is nested too deeply")
    except ValueError as error:
        where = f" from character {error.colno} on" if isinstance(error, json.JSONDecodeError) else f": {error}"
        return BadLine(number, None, f"line {number} is not JSON{where}")
    if not isinstance(record, dict):
        return BadLine(number, None, f"line {number} is not a JSON object")
    return _storable(record)


def _article(record: dict[str, Any], number: int) -> Article | BadLine:
    identity = record["id"] if isinstance(record.get("id"), str) else None
    try:
        article = Article.model_validate(record)
    except ValidationError as error:
        return BadLine(number, identity, f"line {number}: {first_wrong(error)}")
    if len(article.text) > MAX_TEXT_CHARACTERS:
        return BadLine(number, identity, f"line {number}: `text` is longer than {MAX_TEXT_CHARACTERS:,} characters")
    return article


def _storable(record: dict[str, Any]) -> dict[str, Any]:
    return {
        key: value.translate(_LONE_SURROGATES) if isinstance(value, str) else value for key, value in record.items()
    }


def reading_line(reading: Reading) -> str:
    """One line of JSON, without its line break."""
    record = reading.model_dump(mode="json", exclude={"findings"})
    return to_json({**record, "findings": [_finding(finding) for finding in reading.findings]})


def bad_line(bad: BadLine) -> str:
    """What stands in the place of a reading where the line was no article."""
    return to_json({"id": bad.id, "error": bad.error})


def to_json(value: Any) -> str:
    """Compact enough for a line, readable enough for people: UTF-8, escaped only where it could steer a terminal."""
    return escaped(json.dumps(value, ensure_ascii=False))


def _finding(finding: Finding) -> dict[str, Any]:
    record = finding.model_dump(mode="json", exclude=INNER | _untold(finding))
    return {key: record[key] for key in FINDING_KEYS} | record


def _untold(finding: Finding) -> set[str]:
    """The witness where it is the encoder, as in all readings that no language model had a part in."""
    return {"witness"} if finding.witness is Witness.ENCODER else set()
