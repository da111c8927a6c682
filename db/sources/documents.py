"""Documents that are followed: which a list has, which are to be visited, what became of a visit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy
from sqlmodel import Session, col, func, or_, select, update

from db import freshness
from db.mapping import batches, insert_missing
from db.tables.documents import DocumentRow, DocumentVersionRow
from db.values import MAX_KEY_BYTES, storable, utc
from tracker.gather.schedule import FeedState
from tracker.gather.sources.document_list import Listed
from tracker.gather.sources.document_visit import MISSING_S, SHORTEST_S, Visit, VisitKind, after_error, next_interval
from tracker.model import OcdId
from tracker.read.documents.order_head import OrderHead

LOOKS_UNTIL_GONE = 2
"""Looks in a row, at the list or at the address, that must miss a document before it counts as no longer published."""


SHOWN = ("name", "location", "number", "title", "department", "jurisdiction", "gone_at", "error")
"""Columns by which the report lists a document, or names it among what cannot be read."""
ABSENT = "nothing is at its address any more"
"""The trouble of a document of which this is so."""


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document as people know it: `title` its own, else the list's, else its address; `error` of the last visit."""

    id: int
    title: str
    number: str
    error: str


@dataclass(frozen=True, slots=True)
class FollowedDocument:
    """A document that is to be visited. `address` as it is listed; `state.url` is where it is asked for."""

    id: int
    address: str
    name: str
    state: FeedState


@dataclass(frozen=True, slots=True)
class ListChanges:
    """What another list changed: how many documents are new, how many are no longer published."""

    new: int
    gone: int


def note_list(session: Session, source_id: int, listed: Sequence[Listed], now: datetime) -> ListChanges:
    """Notes a list that was read whole: new documents are due at once, those that it lacks are counted."""
    found = {storable(one.address): one for one in listed if len(one.address.encode()) <= MAX_KEY_BYTES}
    _take_over(session, source_id, found)
    known = {row.address: row for row in session.exec(select(DocumentRow).where(DocumentRow.source_id == source_id))}
    by_place = known | {row.location: row for row in known.values() if row.location}
    there, new = set[int](), []
    for address, one in found.items():
        if row := by_place.get(address):
            there.add(row.id or 0)
            _update(session, row, last_seen=now, name=storable(one.name) or row.name, missing=0)
            if row.gone_at and not (row.error == ABSENT and row.errors >= LOOKS_UNTIL_GONE):
                _update(session, row, gone_at=None, next_visit=now)
        else:
            new.append({"address": address, "name": storable(one.name)})
    session.flush()
    insert_missing(session, DocumentRow, [_new(source_id, now) | values for values in new])
    if new:
        freshness.touch(session)
    gone = _miss(session, [row for row in known.values() if row.id not in there], now)
    return ListChanges(len(new), gone)


def _take_over(session: Session, source_id: int, addresses: Iterable[str]) -> None:
    """Documents of a source that was removed and is there again keep their versions."""
    for batch in batches(sorted(addresses)):
        nobodys = (col(DocumentRow.source_id).is_(None), col(DocumentRow.address).in_(batch))
        latest = select(func.max(DocumentRow.id)).where(*nobodys).group_by(col(DocumentRow.address))
        taken = select(DocumentRow.address).where(DocumentRow.source_id == source_id)
        which = (col(DocumentRow.id).in_(latest), col(DocumentRow.address).not_in(taken))
        session.exec(update(DocumentRow).where(*which).values(source_id=source_id))


def _new(source_id: int, now: datetime) -> dict[str, object]:
    empty = ("location", "number", "title", "department", "etag", "modified", "body_hash", "error")
    noughts = ("missing", "interval_s", "unchanged", "errors")
    told = {"source_id": source_id, "first_seen": now, "last_seen": now, "next_visit": now}
    return dict.fromkeys(empty, "") | dict.fromkeys(noughts, 0) | told


def note_same_list(session: Session, source_id: int, now: datetime) -> int:
    """The list is as it was: what it lacked, it lacks still. How many are no longer published from now on."""
    missing = (DocumentRow.source_id == source_id, col(DocumentRow.missing) > 0, col(DocumentRow.gone_at).is_(None))
    return _miss(session, session.exec(select(DocumentRow).where(*missing)).all(), now)


def _miss(session: Session, rows: Iterable[DocumentRow], now: datetime) -> int:
    gone = 0
    for row in rows:
        vanishes = row.missing + 1 >= LOOKS_UNTIL_GONE and row.gone_at is None
        _update(session, row, missing=row.missing + 1, gone_at=now if vanishes else row.gone_at)
        gone += vanishes
    return gone


def _update(session: Session, row: DocumentRow, **values: Any) -> None:
    """Notes how a document stands; where the report shows another, it is published anew."""
    is_shown = any(name in values and values[name] != getattr(row, name) for name in SHOWN)
    row.sqlmodel_update(values)
    session.flush()
    if is_shown:
        freshness.touch(session)


def at_address(session: Session, address: str) -> list[StoredDocument]:
    """The documents of an address, by each source that lists it."""
    here = (col(DocumentRow.address) == address) | (col(DocumentRow.location) == address)
    rows = session.exec(select(DocumentRow).where(here).order_by(col(DocumentRow.id)))
    return [StoredDocument(row.id or 0, row.title or row.name or row.address, row.number, row.error) for row in rows]


def due(session: Session, source_id: int, now: datetime, limit: int, *, everything: bool) -> list[FollowedDocument]:
    """At most `limit` documents whose time has come, those first that were visited longest ago; `everything`: whatever
    their time, but for what was visited at this very moment."""
    query = select(DocumentRow).where(DocumentRow.source_id == source_id)
    if everything:
        seen = col(DocumentRow.visited_at)
        listed = or_(col(DocumentRow.gone_at).is_(None), col(DocumentRow.missing) == 0)
        query = query.where(listed, or_(seen.is_(None), seen < now))
    else:
        query = query.where(col(DocumentRow.next_visit) <= now)
    first = sqlalchemy.case((col(DocumentRow.visited_at).is_(None), 0), else_=1)
    ordered = query.order_by(first, col(DocumentRow.visited_at), col(DocumentRow.id)).limit(limit)
    return [_followed(row) for row in session.exec(ordered)]


def _followed(row: DocumentRow) -> FollowedDocument:
    """What is in trouble is asked for whole: a reader that is better, or has more room, may read it now."""
    whole = bool(row.error)
    state = FeedState(
        url=row.location or row.address,
        etag="" if whole else row.etag,
        modified="" if whole else row.modified,
        body_hash="" if whole else row.body_hash,
        interval_s=row.interval_s,
        errors=row.errors,
        unchanged=row.unchanged,
    )
    return FollowedDocument(row.id or 0, row.address, row.name, state)


def next_visit(session: Session, source_id: int) -> datetime | None:
    """When the first of them is due."""
    query = select(func.min(DocumentRow.next_visit)).where(DocumentRow.source_id == source_id)
    return utc(session.exec(query).one())


def note_visit(session: Session, document_id: int, met: Visit, now: datetime, unreadable: str = "") -> None:
    """A visit that met the document, the same as before or changed; `unreadable`: why it cannot be read."""
    row = session.get_one(DocumentRow, document_id)
    changed = met.kind is VisitKind.CHANGED and bool(row.body_hash)
    interval = next_interval(row.interval_s, changed=changed)
    moved = storable(met.moved_to) if met.moved_to != row.address else ""
    _update(
        session,
        row,
        visited_at=now,
        last_seen=now,
        next_visit=now + timedelta(seconds=interval),
        interval_s=round(interval),
        unchanged=0 if met.kind is VisitKind.CHANGED else row.unchanged + 1,
        etag=met.etag,
        modified=met.modified,
        body_hash=met.body_hash,
        location=moved or row.location,
        errors=0,
        error=storable(unreadable) if met.kind is VisitKind.CHANGED else row.error if not row.errors else "",
        gone_at=row.gone_at if row.missing else None,
    )


def note_same(session: Session, document_id: int, met: Visit, now: datetime) -> None:
    """A visit that met what the one before met."""
    note_visit(session, document_id, met, now)
    last = select(func.max(DocumentVersionRow.id)).where(DocumentVersionRow.document_id == document_id)
    number = session.exec(last).one()
    session.exec(update(DocumentVersionRow).where(col(DocumentVersionRow.id) == number).values(last_seen=now))


def note_absent(session: Session, document_id: int, now: datetime) -> int:
    """Nothing is at the address; where it was moved to, its own is tried next. Whether it counts as gone now."""
    row = session.get_one(DocumentRow, document_id)
    errors = row.errors + 1 if row.error == ABSENT else 1
    gone = errors >= LOOKS_UNTIL_GONE and row.gone_at is None
    wait = MISSING_S if errors < LOOKS_UNTIL_GONE else next_interval(row.interval_s or SHORTEST_S, changed=False)
    after = now + timedelta(seconds=wait)
    pace = {"visited_at": now, "next_visit": after, "interval_s": round(wait)}
    stands = {"errors": errors, "error": ABSENT, "gone_at": row.gone_at or (now if gone else None)}
    _update(session, row, location="", **pace, **stands)
    return int(gone)


def note_error(session: Session, document_id: int, error: str, now: datetime) -> None:
    """A visit that failed; what is kept of the document stands."""
    row = session.get_one(DocumentRow, document_id)
    errors = row.errors + 1
    _update(session, row, errors=errors, error=storable(error), visited_at=now, next_visit=after_error(now, errors))


def learn_head(session: Session, document_id: int, head: OrderHead, home: OcdId) -> None:
    """What the document says of itself."""
    row = session.get_one(DocumentRow, document_id)
    texts = {name: storable(getattr(head, name)) for name in ("number", "title", "department")}
    _update(session, row, **texts, jurisdiction=home)


def earlier_address(session: Session, document_id: int, head: OrderHead) -> int | None:
    """The document of the same source, number and department that the list now lacks: a file that was replaced under
    another name. None where there is none, or two."""
    row = session.get_one(DocumentRow, document_id)
    if not head.number:
        return None
    query = select(DocumentRow.id).where(
        DocumentRow.source_id == row.source_id,
        DocumentRow.number == head.number,
        DocumentRow.department == storable(head.department),
        col(DocumentRow.missing) > 0,
        col(DocumentRow.id) != document_id,
    )
    found = session.exec(query.limit(2)).all()
    return found[0] if len(found) == 1 else None


def move_to(session: Session, document_id: int, other_id: int) -> None:
    """The document is at the address of another row from now on, which is taken back; its versions stay."""
    row, other = session.get_one(DocumentRow, document_id), session.get_one(DocumentRow, other_id)
    kept = {name: getattr(other, name) for name in ("address", "location", "name", "etag", "modified", "body_hash")}
    session.delete(other)
    session.flush()
    _update(session, row, **kept, missing=0, gone_at=None)
