"""Documents that a test follows: pages of rules, and what is kept of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from db.engine import reading
from db.sources import document_versions
from db.sources.document_versions import StoredVersion
from db.tables.documents import DocumentChangeRow, DocumentEditRow, DocumentRow
from db.values import utc
from tracker.kinds import EditSort
from tracker.model import OcdId

NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)
HOME = "ocd-division/country:us/state:wi/place:madison"


def page(*rules: str, head: str = "Lakemoor Police Department") -> bytes:
    items = "".join(f"<p>{number}. {rule}</p>" for number, rule in enumerate(rules, 1))
    return f"<html><head><title>Rules</title></head><body><h1>{head}</h1>{items}</body></html>".encode()


@dataclass(frozen=True)
class KeptDocument:
    name: str
    number: str
    jurisdiction: OcdId | None
    gone_at: datetime | None


@dataclass(frozen=True)
class KeptEdit:
    sort: EditSort


@dataclass(frozen=True)
class KeptChange:
    article_id: int | None
    edits: list[KeptEdit]


def kept(engine: Engine, name: str) -> tuple[KeptDocument, list[StoredVersion], list[KeptChange]]:
    with reading(engine) as opened:
        found = next(one for one in opened.exec(select(DocumentRow)) if one.address.endswith(name))
        versions = document_versions.versions(opened, found.id or 0)
        document = KeptDocument(found.name, found.number, found.jurisdiction, utc(found.gone_at))
        return document, list(versions), [*_changes(opened, found.id or 0)]


def _changes(opened: Session, document: int) -> Iterator[KeptChange]:
    query = select(DocumentChangeRow).where(DocumentChangeRow.document_id == document)
    for row in opened.exec(query.order_by(col(DocumentChangeRow.id))).all():
        edits = select(DocumentEditRow).where(DocumentEditRow.change_id == row.id)
        found = opened.exec(edits.order_by(col(DocumentEditRow.ordinal)))
        yield KeptChange(row.article_id, [KeptEdit(one.sort) for one in found])
