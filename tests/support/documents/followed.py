"""Documents that a test follows: pages of rules, and what is kept of them."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine
from sqlmodel import select

from db.engine import reading
from db.sources import document_versions
from db.sources.document_versions import StoredChange, StoredVersion
from db.tables.documents import DocumentRow
from db.values import utc
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


def kept(engine: Engine, name: str) -> tuple[KeptDocument, list[StoredVersion], list[StoredChange]]:
    with reading(engine) as opened:
        found = next(one for one in opened.exec(select(DocumentRow)) if one.address.endswith(name))
        versions = document_versions.versions(opened, found.id or 0)
        document = KeptDocument(found.name, found.number, found.jurisdiction, utc(found.gone_at))
        return document, list(versions), list(document_versions.changes(opened, found.id or 0))
