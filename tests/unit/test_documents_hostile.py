"""Documents that cannot be read say so by a kind of error; those that are only odd are read."""

import pytest

from support.documents import pdfs
from tracker.errors import DamagedDocument, DocumentError, LockedDocument, OtherDocument
from tracker.gather.documents import pdf
from tracker.gather.documents.reading import read_document

URL = "https://lakemoor.example/7-04.pdf"
WHOLE = pdfs.pdf([pdfs.words("I. Purpose", "Members keep the log in order.")])


@pytest.mark.parametrize(
    ("body", "kind", "message"),
    [
        (pdfs.encrypted(), LockedDocument, "encrypted"),
        (WHOLE[: len(WHOLE) // 2], DamagedDocument, "breaks off"),
        (b"%PDF-1.7\nnothing\n%%EOF", DamagedDocument, "damaged"),
        (pdfs.pdf([]), DamagedDocument, "damaged"),
        (b"", OtherDocument, "nothing"),
        (b"PK\x03\x04 and more", OtherDocument, "Word or Excel"),
        (b"\xff\xd8\xff\xe0 and more", OtherDocument, "picture"),
        (b"\x00\x01\x02 and more", OtherDocument, "another kind"),
    ],
)
def test_what_cannot_be_read_is_named(body: bytes, kind: type[DocumentError], message: str) -> None:
    with pytest.raises(kind, match=message) as error:
        read_document(body, URL)
    assert error.value.url == URL


def test_scripts_of_a_document_are_never_run() -> None:
    assert [one.number for one in read_document(pdfs.with_script(), URL).paragraphs] == ["I.", ""]


def test_bytes_around_a_document_do_no_harm() -> None:
    text = read_document(WHOLE, URL)
    assert read_document(b"\r\n\r\n" + WHOLE, URL) == text
    assert read_document(WHOLE + b"\n<!-- served in 0.2 s -->", URL, "text/html") == text


def test_a_page_that_is_turned_is_read_as_it_is_shown() -> None:
    shown = [f"BT /F1 11 Tf 0 1 -1 0 {100 + 14 * place} 72 Tm ({line}) Tj ET" for place, line in enumerate(LINES)]
    turned = pdfs.pdf(["\n".join(shown).encode()]).replace(b"/MediaBox", b"/Rotate 90 /MediaBox")
    assert [one.text for one in read_document(turned, URL).paragraphs] == ["Purpose", "Members keep the log."]


LINES = ("I. Purpose", "A. Members keep the log.")


def test_a_stamp_across_a_page_is_no_part_of_it() -> None:
    stamp = b"\nBT /F1 60 Tf 0.7 0.7 -0.7 0.7 150 200 Tm (DRAFT) Tj ET"
    stamped = pdfs.pdf([pdfs.words("I. Purpose", "Members keep the log in order.") + stamp])
    assert read_document(stamped, URL).paragraphs == read_document(WHOLE, URL).paragraphs


def test_pages_without_text_are_scanned() -> None:
    found = read_document(pdfs.scanned(3), URL)
    assert (found.scanned, found.pages, found.paragraphs) == (True, 3, ())


def test_of_a_document_without_end_the_first_pages_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_PAGES", 40)
    pages = [pdfs.words(f"{number}. Members keep log number {number} in order.") for number in range(1, 5001)]
    found = read_document(pdfs.pdf(pages), URL)
    assert (found.cut, found.pages, len(found.paragraphs)) == (True, 40, 40)


def test_of_a_page_without_end_the_first_words_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_CHARACTERS", 1000)
    assert read_document(pdfs.pdf([pdfs.words(*(["Members keep the log in order."] * 90))]), URL).cut
