"""A followed order in a database: two versions, a change of rule and one of form, and the entry that they prove."""

import zlib
from datetime import UTC, datetime

from sqlalchemy import Engine

from db.articles.articles import store_article
from db.feeds import feeds
from db.sessions import session
from db.tables.documents import DocumentChangeRow, DocumentEditRow, DocumentRow, DocumentVersionRow
from db.tables.sources import RecordRow
from db.timeline.recorder import record
from support.documents.published import NEW, OLD
from support.timeline.cases import MILWAUKEE, evidence
from tracker.kinds import EditSort, EvidenceKind
from tracker.model import Article
from tracker.read.documents.comparison import EditKind

FIRST, MET = datetime(2026, 1, 5, 12, tzinfo=UTC), datetime(2026, 3, 9, 12, tzinfo=UTC)
QUOTE = f"Before: {OLD}\nNow: {NEW}"
LIST = "https://police.example/orders"
FORM = ("Reviewed in May 2024.", "Reviewed in May 2026.")


def store_order(engine: Engine, body: bytes = b"%PDF of ours") -> int:
    """Gives the id of the document."""
    with session(engine) as opened:
        source = feeds.add(opened, LIST, FIRST, home=MILWAUKEE)[0].id
        order = _order(source)
        opened.add(order)
        opened.flush()
        versions = [_version(order, number, day, body) for number, day in ((1, FIRST), (2, MET))]
        opened.add_all(versions)
        opened.flush()
        article = Article(id="", url=f"{order.address}#version-2", text=QUOTE, published=MET.date(), publisher="Police")
        key = store_article(opened, article, MET)[0]
        opened.add(
            RecordRow(article_id=key, source_id=source, kind=EvidenceKind.DOCUMENT, record="document 1 version 2")
        )
        change = DocumentChangeRow(
            document_id=order.id or 0,
            old_id=versions[0].id or 0,
            new_id=versions[1].id or 0,
            at=MET,
            moved=2,
            article_id=key,
        )
        opened.add(change)
        opened.flush()
        opened.add_all(_edits(change.id or 0))
        finding = evidence("adopted", "2026-03", published="2026-03-09").finding
        finding = finding.model_copy(update={"quote": QUOTE, "start": 0, "end": len(QUOTE)})
        record(opened, key, [finding], MET)
        return order.id or 0


def _order(source: int) -> DocumentRow:
    return DocumentRow(
        source_id=source,
        address=f"{LIST}/7-04.pdf",
        name="7.04",
        number="General Order 7.04",
        title="Contact with Federal Officers",
        department="Milwaukee Police Department",
        jurisdiction=MILWAUKEE,
        first_seen=FIRST,
        last_seen=MET,
        visited_at=MET,
    )


def _version(order: DocumentRow, number: int, day: datetime, body: bytes) -> DocumentVersionRow:
    return DocumentVersionRow(
        document_id=order.id or 0,
        number=number,
        first_seen=day,
        last_seen=day,
        url=order.address,
        sha256=f"{number}" * 64,
        size=len(body),
        content_type="application/pdf",
        packed=zlib.compress(body),
    )


def _edits(change: int) -> list[DocumentEditRow]:
    told = ((OLD, NEW, EditSort.RULE), (*FORM, EditSort.FORM))
    return [
        DocumentEditRow(change_id=change, ordinal=number, kind=EditKind.CHANGED, old=old, new=new, sort=sort)
        for number, (old, new, sort) in enumerate(told)
    ]
