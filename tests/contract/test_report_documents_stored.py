"""The report's policies as the database has them: what a person decided counts, what is withheld is not in it."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, update
from sqlmodel import col

from db.people import withholding
from db.report.catalogue import catalogue
from db.report.documents import quiet_entries
from db.sessions import session
from db.tables.documents import DocumentEditRow, DocumentRow
from support.databases.recording import arrive, recorded
from support.documents.published import NEW, OLD
from support.documents.stored import FIRST, FORM, MET, store_order
from support.timeline.cases import MILWAUKEE, evidence
from tracker.kinds import EditSort
from tracker.model import Publish
from tracker.publish.report.documents import DocumentLine, PublishedDocument
from tracker.read.places import gazetteer
from tracker.timeline.decisions.acts import Act
from tracker.timeline.reporting import Reporting

LATER = MET.date() + timedelta(days=31)


def whole(engine: Engine, today: date = LATER) -> tuple[DocumentLine, PublishedDocument, str]:
    """The one document, and the mark of its place."""
    with catalogue(engine, gazetteer.load().get, Publish.ALL, today) as found:
        (line,) = found.documents
        document = found.document(line)
        assert document.line == line
        return line, document, found.marks[MILWAUKEE]


def test_a_document_is_told_with_its_versions_changes_and_policy(engine: Engine) -> None:
    key = store_order(engine)
    line, document, _ = whole(engine)
    assert (line.id, line.place, line.number) == (key, MILWAUKEE, "General Order 7.04")
    assert (line.name, line.changed, line.rules) == ("Contact with Federal Officers", MET.date(), 1)
    assert line.reporting is Reporting.QUIET
    assert [(one.number, one.first_seen, one.file) for one in document.versions] == [
        (1, FIRST.date(), "version-1.pdf"),
        (2, MET.date(), "version-2.pdf"),
    ]
    (change,) = document.changes
    assert (change.old, change.new, change.moved, change.reporting) == (1, 2, 2, Reporting.QUIET)
    assert [(one.old, one.new) for one in change.rules] == [(OLD, NEW)]
    assert [(one.old, one.new) for one in change.others] == [FORM]
    assert [word for _, _, word in document.policies] == ["Adopted"]
    with catalogue(engine, gazetteer.load().get, Publish.ALL, LATER) as found:
        assert found.document_file(document.versions[0].id) == b"%PDF of ours"


@pytest.mark.parametrize(("days", "state"), [(30, Reporting.REPORTED), (31, Reporting.QUIET)])
def test_news_on_the_policy_within_thirty_days_makes_it_reported(engine: Engine, days: int, state: Reporting) -> None:
    store_order(engine)
    day = MET.date() + timedelta(days=days)
    arrive(engine, evidence("adopted", "2026-03", published=day.isoformat(), outlet="News"), now=MET)
    assert whole(engine, LATER + timedelta(days=60))[0].reporting is state


def test_entries_of_quiet_changes_are_known(engine: Engine) -> None:
    store_order(engine)
    (entry,) = recorded(engine)
    with session(engine) as opened:
        assert quiet_entries(opened, MET.date()) == ((), 1)
        assert quiet_entries(opened, LATER) == ((entry.id,), 0)
    arrive(engine, evidence("adopted", "2026-03", published="2026-03-20", outlet="News"), now=MET)
    with session(engine) as opened:
        assert quiet_entries(opened, LATER) == ((), 0)


def test_while_the_time_is_not_over_it_is_open(engine: Engine) -> None:
    store_order(engine)
    assert whole(engine, MET.date())[0].reporting is Reporting.OPEN
    assert whole(engine, MET.date())[0].mark != whole(engine)[0].mark


def test_what_a_person_says_of_an_edit_counts_and_changes_the_marks(engine: Engine) -> None:
    store_order(engine)
    before, _, place = whole(engine)
    with session(engine) as opened:
        told = {"decision": EditSort.FORM, "actor": "ann", "decided_at": MET}
        opened.execute(update(DocumentEditRow).where(col(DocumentEditRow.ordinal) == 0).values(**told))
    line, document, now = whole(engine)
    assert (line.rules, line.reporting, document.changes[0].rules) == (0, None, ())
    assert [one.decided for one in document.changes[0].others] == [True, False]
    assert line.mark != before.mark
    assert now != place


def test_what_is_withheld_stands_on_no_page(engine: Engine) -> None:
    store_order(engine)
    with session(engine) as opened:
        opened.execute(update(DocumentRow).values(title="Contact of Jane Roe with Officers"))
        opened.execute(update(DocumentEditRow).values(new="Jane Roe shall approve it."))
        withholding.withhold_name(opened, "Jane Roe", Act("ann", MET, "asked"))
    line, document, _ = whole(engine)
    assert "Roe" not in line.name
    assert "Roe" not in str(document)
