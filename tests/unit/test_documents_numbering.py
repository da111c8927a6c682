"""Labels of paragraphs, and words that were parted at a line's end."""

from collections import Counter

import pytest

from tracker.gather.documents.head import parted, title
from tracker.gather.documents.numbering import Lists, following, is_section, label
from tracker.gather.documents.paragraphs import Words, joined, labelled
from tracker.gather.documents.policy_text import Paragraph


@pytest.mark.parametrize(
    ("text", "number", "rest"),
    [
        ("I. Purpose", "I.", "Purpose"),
        ("A. Members will", "A.", "Members will"),
        ("12) the log", "12)", "the log"),
        ("(b) the hour", "(b)", "the hour"),
        ("(iv) the court", "(iv)", "the court"),
        ("5.2.1 Records", "5.2.1", "Records"),
        ("5.2.1. Records", "5.2.1.", "Records"),
        ("10.Disposal of property", "10.", "Disposal of property"),
        ("Sec. 10. Duties", "Sec. 10.", "Duties"),
        ("§ 4: Fees", "§ 4:", "Fees"),
        ("NOTE: A copy goes", "NOTE:", "A copy goes"),
        ("\uf0b7 the plate", "•", "the plate"),
        ("o the plate", "•", "the plate"),
        ("- the plate", "•", "the plate"),
        ("B.", "B.", ""),
    ],
)
def test_a_label_is_what_a_paragraph_begins_with(text: str, number: str, rest: str) -> None:
    found = label(text)
    assert found
    assert (found.number, found.rest) == (number, rest)


@pytest.mark.parametrize(
    "text",
    ["Members will", "2019 was", "720 ILCS 5/7", "on-site", "iffy. Then", "3 March 2024", "(see below)", "U.S. law"],
)
def test_other_words_are_no_label(text: str) -> None:
    assert label(text) is None


@pytest.mark.parametrize(
    ("seen", "then", "goes_on"),
    [("A.", "B.", True), ("A.", "C.", False), ("h.", "i.", True), ("I.", "II.", True), ("(1)", "2.", False)],
)
def test_which_label_follows_which(seen: str, then: str, goes_on: bool) -> None:
    lists = Lists()
    first, second = label(f"{seen} x"), label(f"{then} x")
    assert first
    assert second
    lists.add(first)
    assert lists.goes_on(second) is goes_on


@pytest.mark.parametrize(
    ("number", "after"), [("1.", {"2."}), ("(c)", {"(d)"}), ("IV.", {"V."}), ("i.", {"j.", "ii."}), ("z.", set())]
)
def test_the_next_number_of_a_list(number: str, after: set[str]) -> None:
    found = label(f"{number} x")
    assert found
    assert set(following(found)) == after


def test_labels_that_stand_one_behind_another_are_paragraphs() -> None:
    assert labelled("1. (c) No person may") == [Paragraph("1.", ""), Paragraph("(c)", "No person may")]


@pytest.mark.parametrize(
    ("lines", "hyphenated", "text"),
    [
        (("the body-", "worn camera"), False, "the body-worn camera"),
        (("the infor-", "mation"), True, "the information"),
        (("twenty-", "four hours"), True, "twenty-four hours"),
        (("Non-", "Compliance"), True, "Non-Compliance"),
        (("house-", "hold goods"), False, "household goods"),
        (("two-", "and three-year plans"), True, "two- and three-year plans"),
        (("Act 99-", "0697"), False, "Act 99-0697"),
        (("and/", "or"), False, "and/or"),
        (("a list", "of names"), False, "a list of names"),
    ],
)
def test_lines_become_one_text(lines: tuple[str, ...], hyphenated: bool, text: str) -> None:
    assert joined(lines, Words(Counter({"household": 2, "worn": 1, "body": 1}), hyphenated)) == text


@pytest.mark.parametrize("text", ["PURPOSE", "Policy:", "Purpose and Scope", "GENERAL INFORMATION"])
def test_the_usual_headings(text: str) -> None:
    assert is_section(text)
    assert not is_section(f"{text} of the fund")


def test_a_head_has_its_fields_on_lines_of_their_own() -> None:
    blocks = [
        Paragraph("", "LAKEMOOR POLICE DEPARTMENT"),
        Paragraph("", "Pursuit of Vehicles"),
        Paragraph("", "Reviewed by: Lt. Ann Ray Effective Date: May 1, 2020"),
        Paragraph("", "ORIGINAL EFFECTIVE / ISSUE DATE: MAY 1, 2001"),
        Paragraph("", "Rescinds:"),
        Paragraph("4.", "of 2019"),
        Paragraph("", "PURPOSE"),
        Paragraph("", "To keep roads safe."),
    ]
    head, rest = parted(blocks)
    assert head == (
        "LAKEMOOR POLICE DEPARTMENT",
        "Pursuit of Vehicles",
        "Reviewed by: Lt. Ann Ray",
        "Effective Date: May 1, 2020",
        "ORIGINAL EFFECTIVE / ISSUE DATE: MAY 1, 2001",
        "Rescinds: 4. of 2019",
    )
    assert rest == blocks[6:]


@pytest.mark.parametrize(
    ("head", "declared", "expected"),
    [
        (("Lakemoor Police Department", "Pursuit of Vehicles"), "", "Pursuit of Vehicles"),
        (
            ("General Order 5", "Vehicle Pursuit", "For the use of all sworn members"),
            "5 Vehicle Pursuit",
            "Vehicle Pursuit",
        ),
        (("TITLE: SEARCHES", "A line that is longer"), "x", "SEARCHES"),
        ((), "Jail Visits | Lakemoor", "Jail Visits | Lakemoor"),
    ],
)
def test_the_title_is_that_of_the_head(head: tuple[str, ...], declared: str, expected: str) -> None:
    assert title(head, declared) == expected
