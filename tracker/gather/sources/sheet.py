"""ICE's sheet of 287(g) agreements: a page that links it, and the rows of the workbook."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit
from zipfile import BadZipFile, ZipFile

from lxml import html
from python_calamine import CalamineError, CalamineWorkbook

from tracker.characters import taken_in
from tracker.errors import RecordError
from tracker.gather.feeds.discovery import absolute

MOST_BYTES = 60_000_000
"""Of all parts of a workbook, unpacked; the sheet has 1 MB. What is larger is no sheet of agreements but a bomb."""
MOST_ROWS = 50_000
MOST_CELLS = 40 * MOST_ROWS
"""Up to the last that holds something; the sheet has ten columns."""
_CELL = re.compile(rb"""<(?:\w+:)?c\b[^>]*?\br=["']([A-Z]{1,3})(\d{1,7})["'][^>]*?(?<!/)>""")
YEARS = range(1996, 2100)
"""Years of signatures: section 287(g) is of 1996."""
LONGEST_CELL = 300
"""Characters of a cell that are kept: names of agencies have some 60."""
COLUMNS = {
    "state": ("state",),
    "agency": ("law enforcement agency", "agency", "lea"),
    "kind": ("type",),
    "county": ("county",),
    "model": ("support type", "model", "program"),
    "signed": ("signed", "date signed", "signed date"),
}
"""A row's fields, and how headers call them."""
NEEDED = ("state", "agency", "model", "signed")
_DAY = re.compile(r"(\d{1,2})\D?(\d{1,2})\D?((?:19|20)\d\d)")
_LINK = re.compile(r"participating.*\.xlsx?$|287.*\.xlsx?$", re.I)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of the sheet, its spaces put right. `signed` None: no day can be read there. `number`: of the row in the
    sheet, from 2; `cells`: the row as fetched, in JSON."""

    state: str
    agency: str
    kind: str
    county: str
    model: str
    signed: date | None
    number: int
    cells: str = field(default="", compare=False)


def sheet_address(page: bytes, url: str) -> str | None:
    """The workbook that the page links: by its name, else the first workbook; None where there is none."""
    try:
        links = [absolute(href, url) for href in html.fromstring(page).xpath("//a/@href")]
    except (ValueError, html.etree.ParserError):
        return None
    books = [link for link in links if urlsplit(link).path.lower().endswith((".xlsx", ".xls"))]
    books = [link for link in books if "pending" not in link.lower()]  # of agreements that nobody has signed
    named = [link for link in books if _LINK.search(urlsplit(link).path.rsplit("/")[-1])]
    return next(iter((*named, *books)), None)


def read_sheet(body: bytes, url: str) -> tuple[SheetRow, ...]:
    """The rows of a workbook. Raises RecordError for what is none, is too large, or lacks a column."""
    try:
        with ZipFile(BytesIO(body)) as parts:
            _check_size(parts, url)
        book = CalamineWorkbook.from_filelike(BytesIO(body))
        sheets: Iterator[list[list[Any]]] = (
            book.get_sheet_by_index(n).to_python() for n in range(len(book.sheet_names))
        )
        for cells in sheets:
            if found := _header(cells):
                return tuple(_rows(cells, *found))
    except (BadZipFile, CalamineError, OSError, ValueError) as error:
        raise RecordError(url, f"it is no workbook that can be read ({error})") from error
    raise RecordError(
        url, f"no sheet in it has the columns {', '.join(NEEDED)}; look whether the page links another workbook now"
    )


def _check_size(parts: ZipFile, url: str) -> None:
    """Raises RecordError for a workbook that would take too much memory: what reads it makes room for every cell up to
    the last, so that one far off ends the program."""
    size = sum(part.file_size for part in parts.infolist())
    if size > MOST_BYTES:
        raise RecordError(url, f"it unpacks to {size:,} bytes, more than a sheet of agreements has")
    for name in parts.namelist():
        last = _CELL.findall(parts.read(name)) if name.endswith(".xml") else []
        rows = max((int(row) for _, row in last), default=0)
        columns = max((_column(letters) for letters, _ in last), default=0)
        if rows * columns > MOST_CELLS:
            raise RecordError(url, f"it has {rows:,} rows of {columns:,} columns, more than a sheet of agreements has")


def _column(letters: bytes) -> int:
    """`A` → 1, `AA` → 27"""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _header(cells: Sequence[Sequence[Any]]) -> tuple[int, dict[str, int]] | None:
    """The number of the header's line, and the column of each field."""
    for number, line in enumerate(cells[:20]):
        names = [_text(cell).lower() for cell in line]
        known = ((field, name) for field, spellings in COLUMNS.items() for name in reversed(spellings))
        at = {field: names.index(name) for field, name in known if name in names}
        if all(field in at for field in NEEDED):
            return number, at
    return None


def _rows(cells: Sequence[Sequence[Any]], header: int, at: Mapping[str, int]) -> Iterator[SheetRow]:
    for number, line in enumerate(cells[header + 1 : header + 1 + MOST_ROWS], header + 2):
        told = {field: _text(line[column]) if column < len(line) else "" for field, column in at.items()}
        if told["state"] and told["agency"]:
            yield SheetRow(
                told["state"].title(), told["agency"], told.get("kind", ""), told.get("county", ""), told["model"],
                _day(line[at["signed"]] if at["signed"] < len(line) else ""), number,
                json.dumps([str(cell) for cell in line], ensure_ascii=False),
            )  # fmt: skip


def _text(cell: Any) -> str:
    text = " ".join(taken_in(str(cell)[: 2 * LONGEST_CELL]).split())
    return "" if text.startswith("#") else text[:LONGEST_CELL]


def _day(cell: Any) -> date | None:
    """A date of the workbook, or one typed as text, slashes missing or not ("05/082025")."""
    if isinstance(cell, date):
        day = cell.date() if isinstance(cell, datetime) else cell
        return day if day.year in YEARS else None
    typed = _DAY.search(_text(cell))
    try:
        return date(int(typed[3]), int(typed[1]), int(typed[2])) if typed else None
    except ValueError:
        return None
