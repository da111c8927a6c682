"""PDF bytes → the lines of its pages, by pypdfium2 (PDFium as browsers have it, built without scripts or forms)."""

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from tracker.characters import taken_in
from tracker.errors import DamagedDocument, LockedDocument
from tracker.gather.documents.layout import Line, Run, pages_of_lines

MOST_PAGES = 1_500
"""Pages of one document that are read; the longest manuals of police departments have some 1,200."""
PDF_END, END_WITHIN = b"%%EOF", 4096
"""How a PDF ends, and in how many bytes: servers print something behind it at times."""
MOST_CHARACTERS = 60_000
"""Of one page. A dense page of a manual has 6,000."""
GAP = 1.1
"""Heights between two characters from which they belong to different runs; a space is a quarter of one."""
LEAST_OVERLAP = 0.4
"""Of two heights: a raised figure stays on its line."""
HYPHENS = {0x2: "-", 0xAD: "-", 0xFFFE: "-", 0xFFFF: "-"}
"""By these PDFium tells a hyphen at a line's end; and the soft hyphen, which is seen where a PDF has one."""
_LIGATURES = str.maketrans(
    {0xFB00 + place: text for place, text in enumerate(("ff", "fi", "fl", "ffi", "ffl", "st", "st"))}
)
LEVEL = 3.0
"""Degrees; what is turned more is a watermark, or stands in the margin."""
_WRITTEN_BY_PROGRAM = re.compile(r"^(?:microsoft \w+ - |untitled|document ?\d*$)|\.(?:docx?|wpd|pdf|rtf)$", re.I)
_PASSWORD, _SECURITY = 4, 5
"""Of PDFium's error codes."""


@dataclass(frozen=True, slots=True)
class PdfLines:
    """`title` of the metadata, empty where a program wrote it; the lines of each page; whether a limit was met."""

    title: str
    pages: tuple[tuple[Line, ...], ...]
    cut: bool


def pdf_lines(body: bytes, url: str) -> PdfLines:
    """Reads up to MOST_PAGES pages. Raises LockedDocument, and DamagedDocument also where one page cannot be read or
    the end is missing: a part must not be taken for all that an order says."""
    import pypdfium2

    if PDF_END not in body[-END_WITHIN:]:
        raise DamagedDocument(url, "the PDF breaks off before its end")
    try:
        document = pypdfium2.PdfDocument(body)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) in (_PASSWORD, _SECURITY):
            raise LockedDocument(url, "the PDF is encrypted and opens with a password only") from error
        raise DamagedDocument(url, "the PDF is damaged, or none at all inside") from error
    try:
        read = [_page_runs(document, number) for number in range(min(count, MOST_PAGES))]
        title = " ".join(taken_in(document.get_metadata_value("Title")).split())
    except pypdfium2.PdfiumError as error:
        raise DamagedDocument(url, f"the PDF is damaged: a page of {count} cannot be read") from error
    finally:
        document.close()
    if not count:
        raise DamagedDocument(url, "the PDF is damaged: it has no pages")
    pages = tuple(tuple(page) for page in pages_of_lines([runs for runs, _ in read]))
    cut = count > len(read) or not all(whole for _, whole in read)
    return PdfLines("" if _WRITTEN_BY_PROGRAM.search(title) else title, pages, cut)


def _page_runs(document: Any, number: int) -> tuple[list[Run], bool]:
    """The runs of a page, and whether they are all."""
    page = document[number]
    text = page.get_textpage()
    turn = partial(_turned, page.get_rotation(), *page.get_size())
    found = [run for run in _runs(text, page.get_rotation(), turn) if run.text]
    runs = [replace(run, place=place) for place, run in enumerate(found)]
    whole = text.count_chars() <= MOST_CHARACTERS
    text.close()
    page.close()
    return runs, whole


def _turned(rotation: int, width: float, height: float, box: tuple[float, float, float, float]) -> tuple[float, ...]:
    """Left, right, bottom and top as the page is shown; `width` and `height` too."""
    left, right, bottom, top = box
    if rotation == 90:
        return bottom, top, height - right, height - left
    if rotation == 180:
        return width - right, width - left, height - top, height - bottom
    if rotation == 270:
        return width - top, width - bottom, left, right
    return box


def _runs(text: Any, rotation: int, turn: Any) -> Iterator[Run]:
    """Consecutive characters on one line without a wide gap."""
    import pypdfium2.raw as pdfium

    run = _OpenRun()
    rect = pdfium.FS_RECTF()
    for index in range(min(text.count_chars(), MOST_CHARACTERS)):
        code = pdfium.FPDFText_GetUnicode(text.raw, index)
        letter = HYPHENS.get(code) or chr(code)
        if letter in "\r\n":
            yield run.end()
        elif letter.isspace():
            run.letters.append(" ")
        else:
            pdfium.FPDFText_GetLooseCharBox(text.raw, index, ctypes.byref(rect))
            box = turn((rect.left, rect.right, rect.bottom, rect.top))
            if not run.goes_on(box):
                yield run.end()
                if not _is_level(pdfium.FPDFText_GetCharAngle(text.raw, index), rotation):
                    continue
            run.add(letter, box)
    yield run.end()


@dataclass(slots=True)
class _OpenRun:
    """A run while its characters come. `box`: left, right, bottom, top; `word`: where the first word ended, else 0."""

    letters: list[str] = field(default_factory=list)
    box: tuple[float, ...] = ()
    word: float = 0.0

    def goes_on(self, new: tuple[float, ...]) -> bool:
        if not self.box:
            return False
        height = max(min(self.box[3] - self.box[2], new[3] - new[2]), 1.0)
        overlap = min(self.box[3], new[3]) - max(self.box[2], new[2])
        return overlap > LEAST_OVERLAP * height and -height < new[0] - self.box[1] < GAP * height

    def add(self, letter: str, new: tuple[float, ...]) -> None:
        old = self.box or new
        if self.letters and self.letters[-1] == " ":
            self.word = self.word or old[1]
        self.letters.append(letter)
        self.box = min(old[0], new[0]), max(old[1], new[1]), min(old[2], new[2]), max(old[3], new[3])

    def end(self) -> Run:
        """The run, which is closed; without text where there was none."""
        text = " ".join(taken_in("".join(self.letters)).translate(_LIGATURES).split())
        left, right, bottom, top = self.box or (0.0, 0.0, 0.0, 0.0)
        run = Run(text, left, right, bottom, top, self.word or right)
        self.letters, self.box, self.word = [], (), 0.0
        return run


def _is_level(angle: float, rotation: int) -> bool:
    """Whether text at this angle (radians, clockwise, negative where unknown) is level on a page that is shown turned
    clockwise by `rotation` degrees."""
    return angle < 0 or abs((math.degrees(angle) + rotation + 180) % 360 - 180) < LEVEL
