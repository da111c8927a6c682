"""The page of a policy: every heading, item and numbered paragraph in order, and nothing that stands around."""

import pytest

from tracker.errors import OtherDocument
from tracker.gather.documents.policy_text import DocumentText, Paragraph
from tracker.gather.documents.reading import read_document

URL = "https://lakemoor.example/orders/7-04"
RULE = "Members will not ask anybody for papers that show where that person was born."
NAV = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/news'>News</a></li></ul></nav>"
FOOT = "<footer><p>Copyright Lakemoor 2024. All rights reserved.</p></footer>"


def read(body: str) -> DocumentText:
    return read_document(f"<html><head><title>Contacts</title></head><body>{body}</body></html>".encode(), URL)


def paragraphs(body: str) -> list[tuple[str, str]]:
    return [(one.number, one.text) for one in read(body).paragraphs]


ROW = "<table><tr><td>{}</td><td>{}</td></tr></table>"


@pytest.mark.parametrize(
    ("what", "body", "expected"),
    [
        ("paragraphs", f"<h2>I. Policy</h2><p>{RULE}</p>", [("I.", "Policy"), ("", RULE)]),
        ("labels in cells", ROW.format("I.", "Policy") + ROW.format("A.", RULE), [("I.", "Policy"), ("A.", RULE)]),
        ("a numbered list", f"<ol type=a start=2><li>{RULE}</li><li>{RULE}</li></ol>", [("b.", RULE), ("c.", RULE)]),
        ("Roman numbers", f"<ol type=I><li>{RULE}</li><li value=4>{RULE}</li></ol>", [("I.", RULE), ("IV.", RULE)]),
        ("bullets", f"<h2>Policy</h2><ul><li>{RULE}</li></ul>", [("", "Policy"), ("•", RULE)]),
        ("a list with its own labels", f"<ol><li>A. {RULE}</li></ol>", [("A.", RULE)]),
        ("a list without bullets", f"<h2>Policy</h2><ul class=NoBullet><li>{RULE}</ul>", [("", "Policy"), ("", RULE)]),
        ("a note in cells", ROW.format("1.", RULE) + ROW.format("NOTE:", RULE), [("1.", RULE), ("NOTE:", RULE)]),
        ("a whole page in a form", f"<form><h2>Policy</h2><p>{RULE}</p></form>", [("", "Policy"), ("", RULE)]),
        ("a label twice", ROW.format("1.", f"(c) {RULE}"), [("1.", ""), ("(c)", RULE)]),
        ("around it", f"{NAV}<main><h2>Policy</h2><p>{RULE}</p></main>{FOOT}", [("", "Policy"), ("", RULE)]),
        (
            "around it, by names",
            f"<div id=site-menu><p>Home</p></div><h2>Policy</h2><p>{RULE}</p>{FOOT}",
            [("", "Policy"), ("", RULE)],
        ),
    ],
)
def test_a_page_gives_its_paragraphs(what: str, body: str, expected: list[tuple[str, str]]) -> None:
    assert (what, paragraphs(body)) == (what, expected)


def test_the_meaning_of_a_word_that_a_page_hides_in_a_sentence_parts_it_not() -> None:
    popup = "<div style='display: none'><b>Detainer</b><p>A request to hold somebody.</p></div>"
    assert paragraphs(f"<h2>Policy</h2><p>No</p><div>A detainer{popup} is no warrant.</div>")[-1] == (
        "",
        "A detainer is no warrant.",
    )


def test_text_is_kept_whatever_its_box_is_called() -> None:
    box = "".join(f"<p>{RULE}</p>" for _ in range(3))
    assert len(paragraphs(f"<h2>Policy</h2><div class=sidebar>{box}</div>")) == 4


def test_the_head_is_apart() -> None:
    cells = "<td>Issue Date:</td><td>3 March 2024</td><td>Rescinds:</td><td>Version of 2019</td>"
    found = read(f"<h1>Contacts</h1><table><tr>{cells}</tr></table><p>I. Policy</p><p>{RULE}</p>")
    assert found.head == ("Contacts", "Issue Date: 3 March 2024", "Rescinds: Version of 2019")
    assert found.paragraphs == (Paragraph("I.", "Policy"), Paragraph("", RULE))
    assert (found.title, found.pages, found.scanned, found.cut) == ("Contacts", 1, False, False)


@pytest.mark.parametrize("body", ["", "<script>draw()</script>", NAV])
def test_a_page_without_text_is_said_to_have_none(body: str) -> None:
    with pytest.raises(OtherDocument, match=r"no text|empty"):
        read(body)
