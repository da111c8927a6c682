"""Published policies as the report gets them: an order that changed, one that is gone, one that never changed."""

from datetime import date

from support.timeline.cases import MILWAUKEE
from tracker.kinds import EditSort
from tracker.partial_date import PartialDate
from tracker.publish.report.documents import (
    DocumentLine,
    PublishedChange,
    PublishedDocument,
    PublishedEdit,
    PublishedVersion,
)
from tracker.read.documents.comparison import EditKind
from tracker.read.documents.printed_labels import DateKind
from tracker.timeline.reporting import Reporting

OLD = "A member shall ask a supervisor before any contact with federal officers, and write down the answer."
NEW = "A member may have contact with federal officers, and shall write down the reason."


def edit(kind=EditKind.CHANGED, old=OLD, new=NEW, sort=EditSort.RULE, **more):
    paths = {"old_path": "II.B.3." if old else "", "new_path": "II.B.4." if new else ""}
    return PublishedEdit(
        **{"kind": kind, "old": old, "new": new, "moved": False, "sort": sort, "decided": False} | paths | more
    )


def version(number, first, last, content_type="application/pdf", **more):
    known = {
        "id": 10 + number,
        "url": "https://police.example/orders/7-04.pdf",
        "sha256": f"{number}" * 64,
        "size": 48_211,
        "content_type": content_type,
        "printed": {DateKind.ISSUED: PartialDate.of(first)},
        "withdrawn": "",
        "unreadable": "",
        "scanned": False,
        "cut": False,
        "file": f"version-{number}.pdf",
    }
    return PublishedVersion(number=number, first_seen=first, last_seen=last, **known | more)


def line(number, name, **more):
    known = {
        "place": MILWAUKEE,
        "department": "Milwaukee Police Department",
        "changed": None,
        "rules": 0,
        "reporting": None,
        "gone": None,
        "withdrawn": False,
        "mark": f"mark {number}",
    }
    return DocumentLine(id=number, name=name, number=f"General Order 7.0{number}", **known | more)


EDITS = (
    edit(),
    edit(EditKind.ADDED, old="", new="Nobody shall be held on a detainer alone <b>without</b> a warrant of a judge."),
    edit(EditKind.REMOVED, old="A watch commander shall approve each request in writing.", new=""),
    edit(old="This order was reviewed in May 2024.", new="This order was reviewed in May 2026.", sort=EditSort.FORM),
)


def documents():
    """Three of Milwaukee."""
    changed = {"changed": date(2026, 3, 9), "rules": 3, "reporting": Reporting.QUIET}
    order = line(4, "Contact with Federal Officers", **changed)
    versions = (version(1, date(2026, 1, 5), date(2026, 3, 2)), version(2, date(2026, 3, 9), date(2026, 11, 2)))
    change = PublishedChange(1, 2, date(2026, 3, 9), 2, 5, EDITS, Reporting.QUIET)
    return (
        PublishedDocument(
            order,
            "https://police.example/orders/7-04.pdf",
            date(2026, 1, 5),
            date(2026, 11, 2),
            versions,
            (change,),
            (("p-sop130", "SOP 130", "in force"),),
        ),
        PublishedDocument(
            line(5, "Stops of Cyclists", gone=date(2026, 10, 1), withdrawn=True),
            "https://police.example/orders/7-05.html",
            date(2026, 1, 5),
            None,
            (
                version(
                    1, date(2026, 1, 5), date(2026, 9, 1), "text/html", withdrawn="This order is rescinded.", file=""
                ),
            ),
        ),
        PublishedDocument(line(6, "Lost Property"), "https://police.example/orders/7-06.pdf", date(2026, 1, 5), None),
    )
