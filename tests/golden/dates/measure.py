"""Scores `find_dates` on paragraphs with marked dates: `python tests/golden/dates/measure.py [-v]`.

A mention is right where it overlaps a marked expression and has exactly its value (TempEval-3's value F1 with relaxed
spans). Counted are days, months and years; marks with the value "-" have none and must get none.
"""

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tracker.read.dates import Grain, find_dates

HERE = Path(__file__).parent
MARK = re.compile(r"\{([^{}=]*)=([^{}]*)\}")
DATED = {Grain.DAY, Grain.MONTH, Grain.YEAR, Grain.SEASON}


@dataclass(frozen=True)
class Paragraph:
    """A text, its publication day and the marked expressions: (start, end, value)."""

    published: date
    text: str
    marks: tuple[tuple[int, int, str], ...]


Reader = Callable[[str, date], list[tuple[int, int, str]]]
"""Any date reader: from a text and its publication day to (start, end, value) of its days, months and years."""


@dataclass
class Score:
    """Counts, and what went wrong, one line each."""

    right: int = 0
    marked: int = 0
    found: int = 0
    errors: tuple[str, ...] = ()

    @property
    def precision(self) -> float:
        return self.right / max(1, self.found)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.marked)

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, self.marked + self.found)


def read_paragraphs(path: Path) -> list[Paragraph]:
    """The paragraphs of a file: "@ 2017-07-04", then the marked text."""
    blocks = re.findall(r"^@ (\S+)\n(.+?)(?=\n\n|\n@|\Z)", path.read_text(encoding="utf-8"), re.M | re.S)
    return [_unmark(date.fromisoformat(day), text.strip()) for day, text in blocks]


def _unmark(published: date, marked: str) -> Paragraph:
    text, marks, last = "", [], 0
    for mark in MARK.finditer(marked):
        text += marked[last : mark.start()]
        marks.append((len(text), len(text) + len(mark[1]), mark[2]))
        text += mark[1]
        last = mark.end()
    return Paragraph(published, text + marked[last:], tuple(marks))


def ours(text: str, published: date) -> list[tuple[int, int, str]]:
    """What `find_dates` reads."""
    return [(m.start, m.end, str(m.date)) for m in find_dates(text, published) if m.date and m.kind in DATED]


def score(paragraphs: list[Paragraph], read: Reader = ours) -> Score:
    """Precision, recall and F1 over all paragraphs."""
    total = Score()
    for paragraph in paragraphs:
        _add(paragraph, read(paragraph.text, paragraph.published), total)
    return total


def _add(paragraph: Paragraph, found: list[tuple[int, int, str]], total: Score) -> None:
    marks = [mark for mark in paragraph.marks if mark[2] != "-"]
    total.marked += len(marks)
    total.found += len(found)
    taken: set[int] = set()
    for begin, stop, value in found:
        hits = [i for i, (start, end, _) in enumerate(marks) if start < stop and begin < end]
        right = next((i for i in hits if i not in taken and marks[i][2] == value), None)
        if right is None:
            wanted = marks[hits[0]][2] if hits else "nothing"
            total.errors += (f"{paragraph.published} {paragraph.text[begin:stop]!r}: {value}, wanted {wanted}",)
        else:
            taken.add(right)
            total.right += 1
    missed = [marks[i] for i in range(len(marks)) if i not in taken]
    lines = (f"{paragraph.published} {paragraph.text[s:e]!r}: not found as {v}" for s, e, v in missed)
    total.errors += tuple(lines)


def main() -> None:
    """Prints the figures of every file, and the errors with -v."""
    for path in sorted(HERE.glob("*.txt")):
        result = score(read_paragraphs(path))
        print(f"{path.stem}: precision {result.precision:.3f} recall {result.recall:.3f} F1 {result.f1:.3f}")
        if "-v" in sys.argv:
            print("\n".join(result.errors))


if __name__ == "__main__":
    main()
