"""What an order says of itself: its dates, number, title and issuer, what it replaces, and that it no longer holds."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.gather.documents.policy_text import DocumentText, Paragraph
from tracker.read.documents.order_head import OrderHead, order_head
from tracker.read.documents.printed_labels import DateKind

TODAY = date(2026, 11, 30)
RULE = "Members shall wear the badge where people can see it."


def document(head: str, *paragraphs: str, title: str = "") -> DocumentText:
    """One whose head has these lines, with something to rule."""
    told = tuple(Paragraph("", text) for text in (RULE, *paragraphs))
    return DocumentText(title, tuple(head.split("\n")) if head else (), told, 1, False, False)


def dates(head: OrderHead) -> dict[str, str]:
    """The leading date of each kind that it has."""
    found = {kind.value: head.date(kind) for kind in DateKind}
    return {kind: str(day) for kind, day in found.items() if day}


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("Issue Date: 12 March 2019", {"issued": "2019-03-12"}),
        ("EFFECTIVE DATE 1/1/20", {"effective": "2020-01-01"}),
        ("Effective: January 5th, 2021\nRevised: 3/4/22", {"effective": "2021-01-05", "revised": "2022-03-04"}),
        ("Issued: 3/1/2019 Effective: 4/1/2019", {"issued": "2019-03-01", "effective": "2019-04-01"}),
        ("ISSUE/EFFECTIVE DATE: JUNE 2, 2014", {"issued": "2014-06-02", "effective": "2014-06-02"}),
        (
            "Date of Issue\n02 August 2018\nEffective Date\n05 May 2019",
            {"issued": "2018-08-02", "effective": "2019-05-05"},
        ),
        ("Original Issue Date: May 1, 2001\nIssue Date: June 3, 2019", {"issued": "2019-06-03"}),
        ("Original Issue Date: May 1, 2001", {"issued": "2001-05-01"}),
        ("Revised: 1/2/2018, 3/4/2019", {"revised": "2019-03-04"}),
        ("Revision Date: 05-06-2020\nDate of Last Revision: 07-08-2021", {"revised": "2021-07-08"}),
        ("Last Reviewed: April 2020\nNext Review Date: April 2022", {"reviewed": "2020-04", "next_review": "2022-04"}),
        ("Reviewed by: Lt. Ana Ruiz\nApproved: Feb. 3, 2017", {"approved": "2017-02-03", "issued": "2017-02-03"}),
        ("Approved: Feb. 3, 2017\nIssued: Feb. 9, 2017", {"approved": "2017-02-03", "issued": "2017-02-09"}),
        ("Date: 2019-03-12", {"issued": "2019-03-12"}),
        ("Effective Date: Monday, March 4, 2019", {"effective": "2019-03-04"}),
        ("Amends: General Order 4\nUpdated October 9, 2018", {"revised": "2018-10-09"}),
        ("ISSUE DATE EFFECTIVE DATE\n1/1/2020 2/1/2020", {"issued": "2020-01-01", "effective": "2020-02-01"}),
        ("Date Issued Date Effective\n1/1/2020 2/1/2020", {"issued": "2020-01-01", "effective": "2020-02-01"}),
        (
            "Issue Date  Effective Date  Review Date\n1/1/2020  2/1/2020  2/1/2022",
            {"issued": "2020-01-01", "effective": "2020-02-01", "reviewed": "2022-02-01"},
        ),
        (
            "Effective Date: 1/1/2020 Supersedes: GO 15-2 dated 1/5/2015 Revised: 3/1/2021",
            {"effective": "2020-01-01", "revised": "2021-03-01"},
        ),
        ("Revision history: 1/1/2010, 2/2/2012, 3/3/2014", {"revised": "2014-03-03"}),
        ("Effective 12 AM on July 4, 2019", {"effective": "2019-07-04"}),
        (
            "Date of original issue: 4/1/2003; date of revision: 5/2/2014",
            {"issued": "2003-04-01", "revised": "2014-05-02"},
        ),
        ("Effective Date: upon signature\nChapter 5", {}),
        ("Effective Date: March 3", {}),
        ("Rescinds: version revised 3 May 2011", {}),
        ("This order remains in effect until revised or rescinded", {}),
    ],
)
def test_a_head_tells_its_dates(head: str, expected: dict[str, str]) -> None:
    assert dates(order_head(document(head), TODAY)) == expected


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        ("This order is effective March 1, 2020.", {"effective": "2020-03-01"}),
        ("This General Order shall take effect on 1 May 2021 and stays so.", {"effective": "2021-05-01"}),
        ("This policy was issued on June 4, 2015.", {"issued": "2015-06-04"}),
        ("Revised: 09/10/2020", {"revised": "2020-09-10"}),
        ("The agreement effective March 1, 2020 governs overtime.", {}),
        ("The records that were revised on March 1, 2020 are kept for a year.", {}),
        ("A form issued 3/4/2019 is used.", {}),
    ],
)
def test_so_do_its_ends_and_the_sentences_in_which_it_speaks_of_itself(last: str, expected: dict[str, str]) -> None:
    assert dates(order_head(document("General Order 5.2", last), TODAY)) == expected


def test_a_date_knows_the_line_that_prints_it() -> None:
    (found,) = order_head(document("General Order 5.2\nEffective Date: March 1, 2020"), TODAY).dates
    assert (found.line, str(found.date), found.kind) == (
        "Effective Date: March 1, 2020",
        "2020-03-01",
        DateKind.EFFECTIVE,
    )


@pytest.mark.parametrize(
    ("head", "title", "expected"),
    [
        ("SHERIFF'S OFFICE\nNUMBER: 7.04\nTITLE: USE OF FORCE", "", ("7.04", "Use of Force", "Sheriff's Office")),
        (
            "Elm City Police Department\nGeneral Order G06-01\nArrests",
            "Arrests",
            ("G06-01", "Arrests", "Elm City Police Department"),
        ),
        ("Policy No. 402\nSubject: Bias-Free Policing", "", ("402", "Bias-Free Policing", "")),
        ("SOP Number: 1.23\nCITY OF ELM", "PURSUITS", ("1.23", "Pursuits", "City of Elm")),
        ("Special Order 19-03\nRevised 3/4/2019", "Detainers", ("19-03", "Detainers", "")),
        ("Effective March 4, 2019", "5.2 – Body cameras", ("5.2", "Body cameras", "")),
        ("", "Rules for members", ("", "Rules for members", "")),
        ("Effective Date 2019-03-04", "Rules 2019", ("", "Rules 2019", "")),
    ],
)
def test_number_title_and_issuer(head: str, title: str, expected: tuple[str, str, str]) -> None:
    found = order_head(document(head, title=title), TODAY)
    assert (found.number, found.title, found.department) == expected


@pytest.mark.parametrize(
    ("head", "words", "replaced"),
    [
        ("Rescinds: G04-05 dated 3 Jan 2018", "G04-05 dated 3 Jan 2018", [("G04-05", "2018-01-03")]),
        ("Rescinds: Version dated 20 June 2018", "Version dated 20 June 2018", [("", "2018-06-20")]),
        ("Supersedes: Special Order 12 (May 1, 2009)", "Special Order 12 (May 1, 2009)", [("12", "2009-05-01")]),
        ("Replaces: 3.1; 3.2 of 5/6/2010", "3.1; 3.2 of 5/6/2010", [("3.1", ""), ("3.2", "2010-05-06")]),
        ("Rescinds: General Orders 4.1 and 4.2", "General Orders 4.1 and 4.2", [("4.1", ""), ("4.2", "")]),
        ("Rescinds:", "", []),
        ("Rescinds\nGO 4.1 of 3 Jan 2018", "GO 4.1 of 3 Jan 2018", [("GO 4.1", "2018-01-03")]),
        ("Effective Date: 1/1/2020 Supersedes: 15-2 Revised: 3/1/2021", "15-2", [("15-2", "")]),
        ("Rescinded by General Order 7.1", "", []),
        ("Rescinds: None", "", []),
        ("Supersedes: N/A", "", []),
        (
            "This order replaces General Order 5.2 of June 1, 2019.",
            "General Order 5.2 of June 1, 2019",
            [("5.2", "2019-06-01")],
        ),
    ],
)
def test_what_it_replaces(head: str, words: str, replaced: list[tuple[str, str]]) -> None:
    found = order_head(document(head), TODAY)
    assert (found.rescinds, [(each.number, str(each.date or "")) for each in found.replaced]) == (words, replaced)


def test_a_sentence_tells_what_it_replaces_too() -> None:
    found = order_head(
        document("General Order 6.1", "This directive rescinds and supersedes Directive 4.4, dated 1/2/2015."), TODAY
    )
    assert [(each.number, str(each.date)) for each in found.replaced] == [("4.4", "2015-01-02")]


def test_the_dates_that_another_version_prints_otherwise() -> None:
    heads = ["Issued: 1/2/2015\nEffective: 1/3/2015", "Issued: 1/2/2015\nEffective: 2/3/2016\nRevised: 2/1/2016"]
    old, new = (order_head(document(head), TODAY) for head in heads)
    both = {kind.value: (str(old.date(kind) or ""), str(new.date(kind) or "")) for kind in DateKind}
    told = {kind: dates for kind, dates in both.items() if dates[0] != dates[1]}
    assert told == {"effective": ("2015-01-03", "2016-02-03"), "revised": ("", "2016-02-01")}


@pytest.mark.parametrize(
    ("head", "last", "withdrawn"),
    [
        ("RESCINDED\nGeneral Order 5.2", RULE, "RESCINDED"),
        ("Rescinded by General Order 7.1\nGeneral Order 5.2", RULE, "Rescinded by General Order 7.1"),
        ("General Order 5.2", "This order is hereby rescinded.", "This order is hereby rescinded."),
        (
            "General Order 5.2",
            "As of this day General Order 5.2 is no longer in effect.",
            "As of this day General Order 5.2 is no longer in effect.",
        ),
        ("General Order 5.2", "This order remains in effect until revised or rescinded.", ""),
        ("General Order 5.2\nRescinds: General Order 5.1", "General Order 5.1 is hereby rescinded.", ""),
        ("General Order 5.2", "A warrant is withdrawn by the judge who signed this one.", ""),
    ],
)
def test_that_it_no_longer_holds(head: str, last: str, withdrawn: str) -> None:
    assert order_head(document(head, last), TODAY).withdrawn == withdrawn


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=6), st.lists(st.text(max_size=200), max_size=4), st.text(max_size=60))
def test_odd_text_is_no_reason_to_fail(head: list[str], paragraphs: list[str], title: str) -> None:
    found = order_head(document("\n".join(head), *paragraphs, title=title), TODAY)
    assert all(item.line for item in found.dates)
