"""One act of a person, written: entries with their revisions, notes on policies, and what the program does about it."""

from collections.abc import Collection, Sequence

from sqlalchemy import func, or_, select
from sqlmodel import Session, col

from db import freshness
from db.convert import values_of
from db.entries import save_entry, save_policy
from db.findings import load_place_evidence
from db.places import remember_places
from db.record import refold
from db.tables import PlacedEvidenceRow, PolicyRevisionRow, PolicyRow
from tracker.model import Change, OcdId, Revision
from tracker.timeline.decisions import Act, Decided, Piece
from tracker.timeline.describe import evidence_key
from tracker.timeline.policies import policy_from


def write(session: Session, done: Sequence[Decided]) -> set[OcdId]:
    """Saves the entries with their revisions; the places that this touches."""
    said = {item.finding.jurisdiction for decided in done for item in decided.entry.evidence}
    places = {place for place in said if place} | {decided.entry.jurisdiction for decided in done}
    keys = {
        evidence_key(item): number
        for place in sorted(places)
        for number, item in load_place_evidence(session, place).items()
    }
    for decided in done:
        if session.get(PolicyRow, decided.entry.policy) is None:
            save_policy(session, policy_from([decided.entry], decided.entry.policy))
        save_entry(session, decided.entry, [keys[evidence_key(i)] for i in decided.entry.evidence], decided.revision)
        stood = {item.old for item in decided.revision.changes if item.field == "jurisdiction"}
        remember_places(session, decided.entry, stood)
        freshness.touch(session, stood)
    for piece in (piece for decided in done for piece in decided.pieces):
        session.add(PlacedEvidenceRow(**{name: getattr(piece, name) for name in Piece.__slots__}))
    session.flush()
    return places


def follow(session: Session, places: Collection[OcdId], act: Act) -> None:
    """Lets the program bring the places up to date."""
    refold(session, sorted(places), act.at)


def note(session: Session, policy_id: str, act: Act, what: str, changes: Sequence[Change]) -> None:
    """Writes what a person did to a policy."""
    query = select(func.count()).where(col(PolicyRevisionRow.policy_id) == policy_id)
    number = session.scalars(query).one() + 1
    revision = Revision(number=number, at=act.at, actor=act.by, reason=act.told(what), changes=tuple(changes))
    session.add(PolicyRevisionRow(**values_of(revision, PolicyRevisionRow), policy_id=policy_id))
    session.flush()
    place = select(col(PolicyRow.jurisdiction)).where(col(PolicyRow.id) == policy_id)
    freshness.touch(session, session.scalars(place).all())


def placed(session: Session, entry_id: str, number: int) -> set[Piece]:
    """The evidence that an act placed, by one of the revisions that it made; empty where it placed none."""
    found, seen, todo = set[Piece](), set[tuple[str, int]](), {(entry_id, number)}
    row = PlacedEvidenceRow
    while todo:
        name, revision = todo.pop()
        seen.add((name, revision))
        was = (col(row.was_in) == name) & (col(row.was_revision) == revision)
        put = (col(row.put_in) == name) & (col(row.put_revision) == revision)
        for held in session.scalars(select(row).where(or_(was, put))):
            found.add(Piece(held.was_in, held.was_revision, held.put_in, held.put_revision, held.key))
        todo |= {pair for piece in found for pair in piece.revisions} - seen
    return found
