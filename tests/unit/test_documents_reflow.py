"""The same order set anew has the same paragraphs, whatever its page, fonts, lines and columns are."""

import pytest

from support.documents.orders import HEAD, order
from support.documents.typesetting import Layout, typeset
from tracker.gather.documents.policy_text import DocumentText, Paragraph
from tracker.gather.documents.reading import read_document

LAYOUTS = {
    "letter": Layout(),
    "sans serif, numbers before the text": Layout(font="Helvetica", size=10, margin=54, labels="inline"),
    "typewriter, numbers alone": Layout(font="Courier", size=9, labels="alone"),
    "A4": Layout(width=595, height=842, size=12, gap=0.4),
    "booklet without indents": Layout(width=420, height=595, size=9, margin=40, gap=0.3, labels="inline", indent=0),
    "double-spaced": Layout(size=13, spread=2.0, gap=0.5),
    "landscape with a running head": Layout(width=792, height=612, header="GENERAL ORDER 7.04   Page {page}"),
    "small print": Layout(font="Helvetica", size=8, margin=30, labels="alone", gap=0.4, footer="- {page} -"),
    "two columns": Layout(columns=2, size=9, margin=50, indent=10),
    "two columns, landscape": Layout(columns=2, width=842, height=595, labels="inline", indent=8, footer="{page}"),
}
COPYRIGHT = "Copyright Lakemoor 2024/03/05, All Rights Reserved. Page {page} of {pages}"
SEEDS = range(20)


def read(pdf: bytes) -> DocumentText:
    return read_document(pdf, "https://lakemoor.example/7-04.pdf")


@pytest.mark.parametrize("seed", SEEDS)
def test_an_order_that_is_set_anew_has_the_same_paragraphs(seed: int) -> None:
    text = order(seed)
    several = list(LAYOUTS.items())
    for name, layout in (several[seed % len(several)], several[(seed * 3 + 1) % len(several)]):
        found = read(typeset(HEAD, text, layout))
        assert (name, found.paragraphs, found.head) == (name, text, HEAD)


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_layout_is_read(name: str) -> None:
    found = read(typeset(HEAD, order(99), LAYOUTS[name]))
    assert (found.paragraphs, found.head) == (order(99), HEAD)
    assert found.title == "Contact with Federal Officers"


@pytest.mark.parametrize(
    ("header", "footer"),
    [
        ("Lakemoor PD Policy Manual", COPYRIGHT),
        ("UNCONTROLLED WHEN PRINTED", "7.04 Contact with Federal Officers - {page}"),
        ("DRAFT", "Page {page} of {pages} | Printed on 5/3/2024 10:22 AM by jdoe"),
    ],
)
def test_running_lines_go_with_numbers_and_days_that_vary(header: str, footer: str) -> None:
    assert read(typeset(HEAD, order(7), Layout(header=header, footer=footer))).paragraphs == order(7)


def test_a_word_that_is_parted_at_a_line_s_end_is_one_again() -> None:
    sentence = "A body-worn camera, a two-man car, a long-term file and a self-made key are kept on-site. "
    text = (Paragraph("I.", "Purpose"), Paragraph("A.", (sentence * 12).strip()))
    for width in range(300, 620, 40):
        assert read(typeset(HEAD, text, Layout(width=width))).paragraphs == text


def test_a_number_at_the_start_of_a_broken_line_begins_no_paragraph() -> None:
    sentence = "Whoever acts under part A. or part B. of this order keeps to item 2. or item 3. of the list of 1. May. "
    text = (Paragraph("I.", "Purpose"), Paragraph("A.", (sentence * 6).strip()), Paragraph("B.", "The rest is void."))
    wrong = [
        width
        for width in range(320, 620, 20)
        if read(typeset(HEAD, text, Layout(width=width, labels="inline", indent=0))).paragraphs != text
    ]
    assert wrong == []


def test_what_changed_is_the_one_paragraph_that_changed() -> None:
    old = order(3)
    new = tuple(Paragraph(one.number, one.text.replace("ninety days", "thirty days")) for one in old)
    before = read(typeset(HEAD, old, LAYOUTS["letter"])).paragraphs
    after = read(typeset(HEAD, new, LAYOUTS["two columns"])).paragraphs
    assert [one for one in before if one not in after] == [one for one in old if "ninety" in one.text]
