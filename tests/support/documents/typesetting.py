"""Sets an order as PDF, line by line, as many departments do it: the words are the same, nothing else is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from fpdf import FPDF

from tracker.gather.documents.policy_text import Paragraph


@dataclass(frozen=True, slots=True)
class Layout:
    """`labels`: "hanging" beside the text, "inline" before it, "alone" on a line of its own. `spread`: distance of
    lines in sizes; `gap`: white space between paragraphs in lines; `indent`: of each level, in points. Words are parted
    at line ends where they have a hyphen of their own, with `hyphens`."""

    width: float = 612
    height: float = 792
    margin: float = 72
    font: str = "Times"
    size: float = 11
    spread: float = 1.2
    gap: float = 0.6
    labels: str = "hanging"
    indent: float = 22
    columns: int = 1
    header: str = ""
    footer: str = "Page {page} of {pages}"
    hyphens: bool = True


@dataclass(frozen=True, slots=True)
class Piece:
    """One line: `x` and the distance that it stands below the one before."""

    text: str
    x: float
    step: float
    bold: bool = False


GUTTER = 24.0
MADE = datetime(2020, 1, 1, tzinfo=UTC)


def typeset(head: Sequence[str], order: Sequence[Paragraph], layout: Layout, title: str = "") -> bytes:
    """The PDF of an order."""
    pdf = FPDF(unit="pt", format=(layout.width, layout.height))
    pdf.set_auto_page_break(False)
    pdf.set_creation_date(MADE)
    pdf.set_compression(False)  # the same order gives the same file, whatever packs it
    if title:
        pdf.set_title(title)
    pdf.add_page()
    pdf.set_font(layout.font, size=layout.size)
    pieces = [*_head(pdf, head, layout), *_body(pdf, order, layout)]
    pages = list(_pages(pieces, layout))
    for number, page in enumerate(pages, 1):
        if number > 1:
            pdf.add_page()
        _print(pdf, page, layout, number, len(pages))
    return bytes(pdf.output())


def _print(pdf: FPDF, page: list[tuple[float, float, Piece]], layout: Layout, number: int, pages: int) -> None:
    for x, y, piece in page:
        pdf.set_font(layout.font, "B" if piece.bold else "", layout.size)
        pdf.text(x, y, piece.text)
    pdf.set_font(layout.font, size=layout.size - 2)
    for text, y in ((layout.header, layout.margin / 2), (layout.footer, layout.height - layout.margin / 2)):
        if text:
            pdf.text(layout.margin, y, text.format(page=number, pages=pages))


def _column(layout: Layout) -> float:
    """Points from the left to the right end of a column."""
    return (layout.width - 2 * layout.margin - (layout.columns - 1) * GUTTER) / layout.columns


def _head(pdf: FPDF, head: Sequence[str], layout: Layout) -> Iterator[Piece]:
    pdf.set_font(layout.font, "B", layout.size)
    step = layout.size * layout.spread
    for line in head:
        for number, text in enumerate(_lines(pdf, line, _column(layout), layout)):
            yield Piece(text, 0, step if number else 1.5 * step, True)
    pdf.set_font(layout.font, "", layout.size)


def _body(pdf: FPDF, order: Sequence[Paragraph], layout: Layout) -> Iterator[Piece]:
    step = layout.size * layout.spread
    for paragraph, level in zip(order, _levels(order), strict=True):
        left = level * layout.indent
        first = step * (1 + layout.gap)
        hang = layout.indent if layout.labels == "hanging" and paragraph.number else 0
        text = paragraph.text
        if paragraph.number and layout.labels == "alone":
            yield Piece(paragraph.number, left, first)
            first = step
        elif paragraph.number and layout.labels == "inline":
            text = f"{paragraph.number} {text}"
        elif paragraph.number:
            hang = max(hang, pdf.get_string_width(f"{paragraph.number}  "))
            yield Piece(paragraph.number, left, first)
            first = 0
        for line in _lines(pdf, text, _column(layout) - left - hang, layout):
            yield Piece(line, left + hang, first)
            first = step


def _levels(order: Sequence[Paragraph]) -> Iterator[int]:
    """How deep a paragraph stands, by the form of its label; without one as deep as the one before."""
    level = 0
    forms = ("IVX", "ABCDEFGH", "123456789", "abcdefgh")
    for paragraph in order:
        bare = paragraph.number.strip("().")
        if bare and not paragraph.number.endswith(":"):
            level = next((place for place, form in enumerate(forms) if bare[0] in form), 2)
        yield level


def _lines(pdf: FPDF, text: str, width: float, layout: Layout) -> Iterator[str]:
    """The text broken into lines of a width."""
    line = ""
    for word in text.split(" "):
        for part in _parts(word) if layout.hyphens else [word]:
            longer = f"{line}{'' if line.endswith('-') and part != word else ' '}{part}" if line else part
            if line and pdf.get_string_width(longer) > width:
                yield line
                longer = part
            line = longer
    yield line


def _parts(word: str) -> list[str]:
    """The pieces between which a line may end: behind a hyphen within a word."""
    first, hyphen, rest = word.partition("-")
    return [f"{first}-", rest] if hyphen and first.isalpha() and rest[:1].isalpha() else [word]


def _pages(pieces: Sequence[Piece], layout: Layout) -> Iterator[list[tuple[float, float, Piece]]]:
    """The lines of each page with their places, column after column."""
    page: list[tuple[float, float, Piece]] = []
    column, y = 0, layout.margin
    for piece in pieces:
        if y + piece.step > layout.height - layout.margin and piece.step:
            column, y = column + 1, layout.margin
            if column == layout.columns:
                yield page
                page, column = [], 0
        y += piece.step if piece.step else 0
        page.append((layout.margin + column * (_column(layout) + GUTTER) + piece.x, y, piece))
    yield page
