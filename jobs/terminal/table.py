"""Tables and paragraphs on standard output: fitted to a terminal for people, whole for what reads a pipe or a file.

Piped, a row is a line, its cells stand apart by tabs, and nothing is cut, wrapped or coloured. On a terminal a cell
that does not fit goes on in the next line; it is never cut either, since people copy addresses and ids.
"""

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jobs.terminal.console import one_line
from tracker.characters import visible

if TYPE_CHECKING:
    from rich.text import Text

GAP = 2
"""Blanks between two columns."""
LEAST_WIDTH = 8
"""Of a column whose cells go on in the next line: six of them stand on the usual 80 columns."""
NOTHING = "-"
"""What stands in an empty cell of a pipe, so that columns can be counted."""


@dataclass(frozen=True)
class Column:
    """One column. On a terminal: `ratio` is its share of the width that is left, 0 for as wide as its cells; `below`
    puts its cells under those of the column before, with `lead` before each; `heads` makes them headings of the rows
    that follow."""

    name: str
    ratio: int = 0
    below: bool = False
    lead: str = ""
    heads: bool = False
    right: bool = False


def show(columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> None:
    """Prints rows of as many cells as there are columns."""
    cleaned = [[one_line(cell) for cell in row] for row in rows]
    if sys.stdout.isatty() and _fitted(columns, cleaned):
        return
    print("\t".join(column.name for column in columns))
    for row in cleaned:
        print("\t".join(cell or NOTHING for cell in row))


def show_lines(lines: "Iterable[Text]") -> None:
    """Prints paragraphs; what could steer a terminal is left out of them."""
    from rich.console import Console, Group

    cleaned = [_clean(line) for line in lines]
    if sys.stdout.isatty():
        Console().print(Group(*cleaned), highlight=False)
        return
    for line in cleaned:
        print(line.plain)


def _clean(line: "Text") -> "Text":
    cleaned = line.copy()
    cleaned.plain = "\n".join(map(visible, line.plain.split("\n")))
    return cleaned


def _fitted(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> bool:
    """Prints the table as wide as the terminal; False where that is too narrow, which folds lines by itself."""
    from rich.cells import cell_len
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    stacked = [_stacked(columns, row) for row in rows]
    standing = [column for column in columns if not (column.below or column.heads)]
    told = [[column.name, *(cells[at] for _, cells in stacked)] for at, column in enumerate(standing)]
    least = [
        LEAST_WIDTH if column.ratio else max(map(cell_len, texts)) for column, texts in zip(standing, told, strict=True)
    ]
    console = Console()
    if sum(least) + GAP * len(least) > console.width:
        return False
    table = Table(box=None, padding=(0, GAP, 0, 0), header_style="bold")
    for column in standing:
        shape: dict[str, Any] = {"ratio": column.ratio, "overflow": "fold"} if column.ratio else {"no_wrap": True}
        table.add_column(column.name, justify="right" if column.right else "left", **shape)
    heading = None
    for above, cells in stacked:
        if above and above != heading:
            table.add_row(Text(above, style="bold cyan"))
            heading = above
        table.add_row(*map(Text, cells))
    console.print(table)
    return True


def _stacked(columns: Sequence[Column], row: Sequence[str]) -> tuple[str, list[str]]:
    """(the heading above the row, its cells with those that stand below others)."""
    above, cells = "", list[str]()
    for column, cell in zip(columns, row, strict=True):
        if column.heads:
            above = cell
        elif column.below:
            cells[-1] = "\n".join(filter(None, (cells[-1], cell and column.lead + cell)))
        else:
            cells.append(cell)
    return above, cells
