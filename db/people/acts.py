"""One act of a person, written: entries with their revisions, notes on policies, and what the program does about it."""

from collections.abc import Collection, Sequence

from sqlalchemy import func, select
from sqlmodel import Session, col

from db import freshness
from db.convert import values_of
from db.people import act_log
from db.tables import PolicyRevisionRow, PolicyRow
from db.timeline.entries import save_entry, save_policy
from db.timeline.findings import load_place_evidence
from db.timeline.places import remember_places
from db.timeline.recorder import refold
from tracker.model import Change, OcdId, RecordedAct
from tracker.timeline.decisions import Decided, numbered, revision_of, with_before
from tracker.timeline.describe import evidence_key
from tracker.timeline.policies import policy_from


def write(session: Session, act: RecordedAct, done: Sequence[Decided]) -> RecordedAct:
    """Keeps an act, and saves the entries that it changed with their revisions; the act as revisions bear it."""
    act = act_log.add(session, with_before(act, done))
    keys = {
        evidence_key(item): number
        for place in sorted(places_of(done))
        for number, item in load_place_evidence(session, place).items()
    }
    for decided in numbered(act, done):
        if session.get(PolicyRow, decided.entry.policy) is None:
            save_policy(session, policy_from([decided.entry], decided.entry.policy))
        save_entry(session, decided.entry, [keys[evidence_key(i)] for i in decided.entry.evidence], decided.revision)
        stood = {item.old for item in decided.revision.changes if item.field == "jurisdiction"}
        remember_places(session, decided.entry, stood)
        freshness.touch(session, stood)
    session.flush()
    return act


def places_of(done: Sequence[Decided]) -> set[OcdId]:
    """The places that an act touches: where its entries stand, and where their evidence is from."""
    told = {item.finding.jurisdiction for decided in done for item in decided.entry.evidence}
    return {place for place in told if place} | {decided.entry.jurisdiction for decided in done}


def follow(session: Session, places: Collection[OcdId], act: RecordedAct) -> None:
    """Lets the program bring the places up to date."""
    refold(session, sorted(places), act)


def note(session: Session, policy_id: str, act: RecordedAct, what: str, changes: Sequence[Change]) -> None:
    """Writes what an act did to a policy."""
    query = select(func.count()).where(col(PolicyRevisionRow.policy_id) == policy_id)
    revision = revision_of(session.scalars(query).one() + 1, act, what, tuple(changes))
    session.add(PolicyRevisionRow(**values_of(revision, PolicyRevisionRow), policy_id=policy_id, act_id=act.id))
    session.flush()
    place = select(col(PolicyRow.jurisdiction)).where(col(PolicyRow.id) == policy_id)
    freshness.touch(session, session.scalars(place).all())
