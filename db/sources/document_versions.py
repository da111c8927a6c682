"""Versions of documents, kept whole for as long as they prove something, and what changed from one to the next."""

import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, select, update

from db.mapping import insert_of
from db.tables.documents import DocumentChangeRow, DocumentEditRow, DocumentVersionRow, PrintedDates
from db.values import storable, utc
from tracker.gather.documents.policy_text import DocumentText
from tracker.kinds import EditSort
from tracker.read.documents.comparison import Comparison
from tracker.read.documents.findings import LabelledEdit
from tracker.read.documents.order_head import OrderHead
from tracker.read.documents.printed_labels import DateKind

KEPT = 2
"""Versions that stay whole whatever they prove: the next one is compared with the last, which people compare too."""


@dataclass(frozen=True, slots=True)
class StoredVersion:
    """A version without its file and text; `kept`: these are there."""

    id: int
    number: int
    first_seen: datetime
    last_seen: datetime
    url: str
    sha256: str
    size: int
    content_type: str
    title: str
    printed: PrintedDates
    withdrawn: str
    pages: int
    scanned: bool
    cut: bool
    unreadable: str
    kept: bool


@dataclass(frozen=True, slots=True)
class StoredEdit:
    """A sentence that differs, what it is of, and what a person decided (None: nobody looked)."""

    old: str
    new: str
    sort: EditSort
    odds: float
    decision: EditSort | None
    actor: str


@dataclass(frozen=True, slots=True)
class StoredChange:
    """What one version of a document changed of another (their ids). `article_id`: the article that tells it."""

    old_id: int
    new_id: int
    at: datetime
    moved: int
    article_id: int | None
    edits: tuple[StoredEdit, ...]


@dataclass(frozen=True, slots=True)
class NewVersion:
    """A file that was met, and what it says; `text` and `head` None where it cannot be read, and why."""

    url: str
    body: bytes
    sha256: str
    content_type: str
    text: DocumentText | None = None
    head: OrderHead | None = None
    unreadable: str = ""


_LIGHT = [getattr(DocumentVersionRow, name) for name in StoredVersion.__slots__ if name != "kept"]


def versions(session: Session, document_id: int) -> tuple[StoredVersion, ...]:
    """All versions of a document, the first one first."""
    query = select(*_LIGHT, col(DocumentVersionRow.packed).is_not(None)).where(  # type: ignore[call-overload]
        DocumentVersionRow.document_id == document_id
    )
    rows = session.exec(query.order_by(col(DocumentVersionRow.number)))
    return tuple(_version(row) for row in rows)


def _version(cells: Sequence[Any]) -> StoredVersion:
    return StoredVersion(*(utc(cell) if isinstance(cell, datetime) else cell for cell in cells))  # type: ignore[arg-type]


def last_version(session: Session, document_id: int) -> StoredVersion | None:
    """The one that was met last."""
    return next(reversed(versions(session, document_id)), None)


def last_readable(session: Session, document_id: int) -> StoredVersion | None:
    """The last one whose text is kept."""
    return next((one for one in reversed(versions(session, document_id)) if one.kept and not one.unreadable), None)


def text_of(session: Session, version_id: int) -> DocumentText | None:
    """What a version says; None where it cannot be read or was pruned."""
    packed = session.exec(select(DocumentVersionRow.text).where(DocumentVersionRow.id == version_id)).first()
    return DocumentText.of(json.loads(zlib.decompress(packed))) if packed else None


def note_met(session: Session, version_id: int, now: datetime) -> None:
    """A visit met this version again."""
    session.exec(update(DocumentVersionRow).where(col(DocumentVersionRow.id) == version_id).values(last_seen=now))


def add_version(session: Session, document_id: int, new: NewVersion, now: datetime) -> tuple[int, int]:
    """Keeps another version; gives its id and number."""
    last = session.exec(
        select(func.max(DocumentVersionRow.number)).where(DocumentVersionRow.document_id == document_id)
    ).one()
    number = (last or 0) + 1
    values = _file_values(new) | _text_values(new.text, new.head)
    values |= {"document_id": document_id, "number": number, "first_seen": now, "last_seen": now}
    row = insert_of(session, DocumentVersionRow).values(**values).returning(col(DocumentVersionRow.id))
    return session.connection().execute(row).scalar_one(), number


def _file_values(new: NewVersion) -> dict[str, Any]:
    texts = {"url": new.url, "content_type": new.content_type, "unreadable": new.unreadable}
    body = {"sha256": new.sha256, "size": len(new.body), "packed": zlib.compress(new.body)}
    return {name: storable(text) for name, text in texts.items()} | body


def _text_values(text: DocumentText | None, head: OrderHead | None) -> dict[str, Any]:
    if text is None or head is None:
        nothing = {"title": "", "printed": {}, "withdrawn": "", "pages": 0, "scanned": False, "cut": False}
        return nothing | {"text": None}
    printed = {kind: day for kind in DateKind if (day := head.date(kind))}
    told = json.dumps(asdict(text), ensure_ascii=False, separators=(",", ":"))
    return {
        "title": storable(head.title or text.title),
        "printed": printed,
        "withdrawn": storable(head.withdrawn),
        "pages": text.pages,
        "scanned": text.scanned,
        "cut": text.cut,
        "text": zlib.compress(told.encode("utf-8", "replace")),
    }


def add_change(
    session: Session,
    document_id: int,
    versions: tuple[int, int],
    found: Comparison,
    edits: Sequence[LabelledEdit],
    article_id: int | None,
    now: datetime,
) -> int:
    """Keeps what a version changed of another (their ids, the old one first); gives the id of the change."""
    values = {"document_id": document_id, "old_id": versions[0], "new_id": versions[1], "at": now}
    counts = {"moved": len(found.moved), "renumbered": len(found.renumbered), "article_id": article_id}
    row = insert_of(session, DocumentChangeRow).values(**values, **counts).returning(col(DocumentChangeRow.id))
    change: int = session.connection().execute(row).scalar_one()
    session.add_all(_edit_row(change, number, one) for number, one in enumerate(edits))
    session.flush()
    return change


def _edit_row(change: int, number: int, labelled: LabelledEdit) -> DocumentEditRow:
    old, new = labelled.edit.old, labelled.edit.new
    return DocumentEditRow(
        change_id=change,
        ordinal=number,
        kind=labelled.edit.kind,
        old=storable(old.text) if old else "",
        new=storable(new.text) if new else "",
        old_path=storable(old.path) if old else "",
        new_path=storable(new.path) if new else "",
        moved=labelled.edit.moved,
        sort=labelled.sort,
        odds=labelled.odds,
    )


def changes(session: Session, document_id: int) -> Iterator[StoredChange]:
    """What each version changed, with its edits, in their order."""
    query = select(DocumentChangeRow).where(DocumentChangeRow.document_id == document_id)
    for row in session.exec(query.order_by(col(DocumentChangeRow.id))).all():
        its = select(DocumentEditRow).where(DocumentEditRow.change_id == row.id).order_by(col(DocumentEditRow.ordinal))
        names = StoredEdit.__slots__
        edits = tuple(StoredEdit(**{name: getattr(edit, name) for name in names}) for edit in session.exec(its))
        yield StoredChange(row.old_id, row.new_id, utc(row.at), row.moved, row.article_id, edits)


def prune(session: Session, document_id: int) -> int:
    """Drops file and text of versions that prove no entry, but for the last KEPT; what was known of them stays. How
    many."""
    proving = select(DocumentChangeRow).where(
        DocumentChangeRow.document_id == document_id, col(DocumentChangeRow.article_id).is_not(None)
    )
    kept = {key for row in session.exec(proving) for key in (row.old_id, row.new_id)}
    known = [one for one in versions(session, document_id) if one.kept]
    readable = [one.id for one in known if not one.unreadable][-KEPT:]
    kept |= {one.id for one in known[-KEPT:]} | set(readable)
    dropped = [one.id for one in known if one.id not in kept]
    if dropped:
        which = col(DocumentVersionRow.id).in_(dropped)
        session.exec(update(DocumentVersionRow).where(which).values(packed=None, text=None))
    return len(dropped)
