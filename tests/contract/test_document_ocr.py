"""Scanned policies are read where OCRmyPDF and tesseract are; elsewhere it is said what to install."""

import asyncio
from contextlib import closing

import pypdfium2
import pytest
from fpdf import FPDF

from jobs.gather import ocr
from jobs.gather.document_process import DocumentProcess
from jobs.gather.ocr import OcrLimits, read_policy, remedy
from support.documents import pdfs
from support.documents.orders import HEAD, order
from support.documents.typesetting import Layout, typeset
from tracker.errors import HeavyDocument
from tracker.gather.documents.policy_text import DocumentText

URL = "https://lakemoor.example/7-04.pdf"
needs_ocr = pytest.mark.skipif(bool(remedy()), reason=remedy())
"""Run by hand, where the extra `ocr` and tesseract are: `pytest -m long`."""


def scan(body: bytes) -> bytes:
    """The pages as pictures, 180 dots an inch."""
    result = FPDF(unit="pt", format=(612, 792))
    with pypdfium2.PdfDocument(body) as document:
        for page in document:
            result.add_page()
            result.image(page.render(scale=2.5).to_pil().convert("L"), 0, 0, 612, 792)
    return bytes(result.output())


def read(body: bytes, limits: OcrLimits | None = None) -> DocumentText:
    async def run() -> DocumentText:
        with closing(DocumentProcess()) as process:
            return await read_policy(process, body, URL, "application/pdf", limits)

    return asyncio.run(run())


@needs_ocr
@pytest.mark.long
def test_a_scanned_order_is_read() -> None:
    found = read(scan(typeset(HEAD, order(2)[:4], Layout())))
    assert (found.scanned, found.title) == (True, "Contact with Federal Officers")
    assert "Issue Date: 3 March 2024" in found.head
    assert order(2)[1].text in [one.text for one in found.paragraphs]


@needs_ocr
@pytest.mark.long
def test_one_that_takes_too_long_is_named() -> None:
    with pytest.raises(HeavyDocument, match="recognise"):
        read(pdfs.scanned(3), OcrLimits(seconds=0.05))


def test_a_document_with_text_is_not_recognised_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    found = read(typeset(HEAD, order(2), Layout()))
    assert (found.scanned, found.paragraphs) == (False, order(2))


def test_without_the_programs_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr(ocr, "find_spec", lambda _: None)
    assert remedy().startswith("scanned: no text; install the extra tracker[ocr] and the program tesseract")
    found = read(pdfs.scanned(2))
    assert (found.scanned, found.paragraphs) == (True, ())
