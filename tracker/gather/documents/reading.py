"""Bytes of a published policy → its text. Pure, but not safe: a hostile PDF takes what time and memory it can get, so
that jobs call this in a process of its own."""

import re

from tracker.errors import OtherDocument
from tracker.gather.documents.head import parted, title
from tracker.gather.documents.page_furniture import without_furniture
from tracker.gather.documents.paragraphs import paragraphs
from tracker.gather.documents.pdf import pdf_lines
from tracker.gather.documents.policy_text import DocumentText
from tracker.gather.documents.web_page import page_text

PDF_START = 1024
"""Bytes in which a PDF's mark may stand, as in Adobe's own reader."""
FEWEST_LETTERS = 20
"""A page on the average; a scanned one has none, or what a stamp left."""
KINDS = (
    (b"PK\x03\x04", "a Word or Excel file or another archive"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
    (b"{\\rtf", "a rich text file"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x89PNG", "a picture"),
    (b"GIF8", "a picture"),
    (b"II*\x00", "a picture"),
    (b"MM\x00*", "a picture"),
    (b"\x1f\x8b", "a packed file"),
)
"""How files begin that a link to a policy leads to instead."""
_MARKUP = re.compile(rb"<[!a-zA-Z?/]")


def read_document(body: bytes, url: str, content_type: str = "") -> DocumentText:
    """The text of a PDF or a page, by its bytes: what a server calls it is often wrong. Raises DocumentError."""
    if not body:
        raise OtherDocument(url, "the server sent nothing")
    if b"%PDF-" in body[:PDF_START]:
        return _pdf(body, url)
    kind = next((name for mark, name in KINDS if body.startswith(mark)), "")
    if kind or not _is_page(body, content_type):
        raise OtherDocument(url, f"the address leads to {kind or 'a file of another kind'}, not to a PDF or a page")
    page = page_text(body, url, content_type)
    head, rest = parted(page.paragraphs)
    return DocumentText(title(head, page.title), head, tuple(rest), 1, False, page.cut)


def _is_page(body: bytes, content_type: str) -> bool:
    return bool(_MARKUP.search(body[:PDF_START].replace(b"\x00", b""))) or content_type.lower().startswith("text/")


def _pdf(body: bytes, url: str) -> DocumentText:
    found = pdf_lines(body, url)
    head, rest = parted(paragraphs(without_furniture(found.pages)))
    letters = sum(len(line.text) for page in found.pages for line in page)
    scanned = letters < FEWEST_LETTERS * len(found.pages)
    return DocumentText(title(head, found.title), head, tuple(rest), len(found.pages), scanned, found.cut)
