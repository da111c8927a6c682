"""Runs of characters on a page → its lines in reading order: column after column. In points, y upwards."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from tracker.gather.documents.fields import FIELD

SAME_ROW = 0.5
"""Share of the lower of two heights by which they overlap where they stand on one line."""
NARROWEST_GUTTER = 9.0
"""Points between two columns of text: an eighth of an inch. Spaces of justified text do not stand above each other."""
FEWEST_LINES = 5
"""Lines on each side of a gutter; fewer are a table or a head, unless the file has the one side behind the other."""
FILLED = 0.55
"""Mean share of its column's width that a line of running text fills. Labels and cells of tables fill less."""
SWITCHES = 0.3
"""Of a row, how often the file goes from side to side between columns: bands and headings make some. A table has 2."""
NARROWEST_COLUMN = 0.2
"""Share of the text's width; the numbers of paragraphs stand above one another too."""
CROSSING = (0.0, 0.05, 0.1, 0.2)
"""Shares of the runs that may stand across a gutter, tried in this order: headings, headers, what is above columns."""
WIDE = 2.0
"""Heights of a line: a gap that parts what stands side by side in an order's head."""


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that follow one another on a line without a wide gap. `word`: where its first word ends; `place` in
    the order of the file."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    word: float = 0.0
    place: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a column; `word`: where its first word ends, `column`: its place on the page, `page` from 0. Known
    only when the page's furniture is gone: the column's edges `start` and `end`, and `reach`, how far to the right the
    lines around it run."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    word: float
    start: float = 0.0
    end: float = 0.0
    column: int = 0
    page: int = 0
    reach: float = 0.0

    @property
    def height(self) -> float:
        return self.top - self.bottom


def pages_of_lines(pages: Sequence[Sequence[Run]]) -> Iterator[list[Line]]:
    """The lines of each page in reading order. A gutter that most pages have is also that of a page with few lines."""
    gutters = [gutter(runs) for runs in pages]
    several = [one for one in gutters if one is not None]
    usual = median(several) if several and 2 * len(several) >= len(pages) else None
    for number, (runs, own) in enumerate(zip(pages, gutters, strict=True)):
        between = usual if own is None and usual is not None and _is_free(runs, usual) else own
        yield _lines(runs, number, between)


def _is_free(runs: Sequence[Run], x: float) -> bool:
    """Whether hardly anything stands across a gutter."""
    return sum(run.left < x < run.right for run in runs) <= CROSSING[-1] * len(runs)


def _lines(runs: Sequence[Run], page: int, between: float | None) -> list[Line]:
    found = []
    for number, column in enumerate(_columns(runs, between)):
        rows = [line for row in _rows(column) for line in _row_lines(row)]
        found += [replace(row, column=number, page=page) for row in rows]
    return found


def _rows(runs: Sequence[Run]) -> list[list[Run]]:
    """Runs of one line each, from the top of the page to its foot."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda one: (-one.top, one.left)):
        row = next((row for row in reversed(rows[-4:]) if _side_by_side(row[0], run)), None)
        if row is None:
            rows.append([run])
        else:
            row.append(run)
    return [sorted(row, key=lambda one: one.left) for row in rows]


def _side_by_side(one: Run, other: Run) -> bool:
    overlap = min(one.top, other.top) - max(one.bottom, other.bottom)
    return overlap > SAME_ROW * min(one.top - one.bottom, other.top - other.bottom)


def _row_lines(row: list[Run]) -> Iterator[Line]:
    """The row as one line; parted where fields of a head stand beside one another."""
    pieces: list[list[Run]] = [[row[0]]]
    for before, run in pairwise(row):
        height = min(before.top - before.bottom, run.top - run.bottom)
        if run.left - before.right > WIDE * height and FIELD.match(run.text) and ":" in before.text:
            pieces.append([run])
        else:
            pieces[-1].append(run)
    for piece in pieces:
        text = " ".join(run.text for run in piece)
        edges = min(run.bottom for run in piece), max(run.top for run in piece)
        yield Line(text, piece[0].left, max(run.right for run in piece), *edges, piece[0].word)


def _columns(runs: Sequence[Run], between: float | None) -> Iterator[Sequence[Run]]:
    """The columns of a page, band by band: what stands across the gutter ends a band."""
    if between is None:
        yield runs
        return
    for across, band in _bands(_rows(runs), between):
        if across:
            yield band
        else:
            for side in ([run for run in band if run.right <= between], [run for run in band if run.left >= between]):
                yield from _columns(side, gutter(side))


def _bands(rows: list[list[Run]], between: float) -> Iterator[tuple[bool, list[Run]]]:
    band: list[Run] = []
    across = False
    for row in rows:
        crosses = any(run.left < between < run.right for run in row)
        if band and crosses != across:
            yield across, band
            band = []
        across = crosses
        band += row
    if band:
        yield across, band


def gutter(runs: Sequence[Run]) -> float | None:
    """The middle of the strip between two columns of running text, if there is one."""
    if len(runs) < 2 * FEWEST_LINES:
        return None
    for share in CROSSING:
        strips = [strip for strip in _strips(runs, share * len(runs)) if strip[1] - strip[0] >= NARROWEST_GUTTER]
        for low, high in sorted(strips, key=lambda strip: strip[0] - strip[1]):
            if _is_between_columns(runs, (low + high) / 2):
                return (low + high) / 2
    return None


def _strips(runs: Sequence[Run], most: float) -> Iterator[tuple[float, float]]:
    """Stretches from left to right that at most `most` runs cover, between others."""
    edges = sorted([(run.left, 1) for run in runs] + [(run.right, -1) for run in runs])
    covering, since = 0, None
    for x, step in edges:
        if covering <= most < covering + step and since is not None:
            yield since, x
        if covering > most >= covering + step:
            since = x
        covering += step


def _is_between_columns(runs: Sequence[Run], x: float) -> bool:
    sides = [run for run in runs if run.right <= x], [run for run in runs if run.left >= x]
    rows = [_rows(side) for side in sides]
    fewest = min(map(len, rows))
    if fewest < 2 or not _beside(*sides):
        return False
    whole = _width(runs)
    if any(_width(side) < NARROWEST_COLUMN * whole for side in sides):
        return False
    if fewest < FEWEST_LINES:
        return _switches(runs, x) == 1
    return _switches(runs, x) <= SWITCHES * fewest or all(map(_is_running_text, sides, rows))


def _width(runs: Sequence[Run]) -> float:
    return max(run.right for run in runs) - min(run.left for run in runs)


def _is_running_text(side: Sequence[Run], rows: list[list[Run]]) -> bool:
    return median(row[-1].right - row[0].left for row in rows) >= FILLED * _width(side)


def _switches(runs: Sequence[Run], x: float) -> int:
    """How often the file goes from one side to the other: from row to row in a table, once between columns."""
    sides = [run.left >= x for run in sorted(runs, key=lambda one: one.place) if run.right <= x or run.left >= x]
    return sum(one != other for one, other in pairwise(sides))


def _beside(before: Sequence[Run], behind: Sequence[Run]) -> bool:
    """Whether the two stand at the same heights of the page."""
    overlap = min(max(run.top for run in side) for side in (before, behind)) - max(
        min(run.bottom for run in side) for side in (before, behind)
    )
    return overlap > 0
