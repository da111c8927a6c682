"""Documents that a test follows: pages of rules, and what is kept of them."""

from datetime import UTC, datetime

from sqlalchemy import Engine

from db.engine import reading
from db.sources import document_versions
from db.sources.document_versions import StoredChange, StoredDocument, StoredVersion

NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)
HOME = "ocd-division/country:us/state:wi/place:madison"


def page(*rules: str, head: str = "Lakemoor Police Department") -> bytes:
    items = "".join(f"<p>{number}. {rule}</p>" for number, rule in enumerate(rules, 1))
    return f"<html><head><title>Rules</title></head><body><h1>{head}</h1>{items}</body></html>".encode()


def kept(engine: Engine, name: str) -> tuple[StoredDocument, list[StoredVersion], list[StoredChange]]:
    with reading(engine) as opened:
        found = next(one for one in document_versions.documents(opened) if one.address.endswith(name))
        versions = document_versions.versions(opened, found.id)
        return found, list(versions), list(document_versions.changes(opened, found.id))
