"""Carries out what was decided for entries: rows of entries, revisions, evidence and policies."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlmodel import Session, col, delete

from db.convert import to_model, values_of
from db.insert import batches
from db.people import act_log
from db.tables import EntryRow, EvidenceRow, PolicyRevisionRow, PolicyRow, RevisionRow
from db.timeline.entries import save_policy
from db.timeline.findings import Held
from db.timeline.places import remember_places
from tracker.model import Before, Entry, Policy, RecordedAct, Revision
from tracker.timeline.actions import Action, Open
from tracker.timeline.decisions import before_following
from tracker.timeline.describe import evidence_key
from tracker.timeline.history import PROGRAM
from tracker.timeline.policies import by_policy
from tracker.timeline.review import need


def write_actions(
    session: Session,
    known: Mapping[str, Entry],
    held: Mapping[int, Held],
    actions: Sequence[Action],
    now: datetime,
    policies: Collection[str] = (),
    act: RecordedAct | None = None,
) -> None:
    """Writes the actions on the known entries (complete places, by id), one revision each. `held` is the evidence that
    was folded; afterwards each piece supports the entry that holds it. Names and topics of `policies` are brought up to
    date with those of the policies that the actions concern. `act`: what a person did, from which these follow."""
    after = dict(known) | {action.entry.id: action.entry for action in actions}
    changed = {entry.policy for action in actions for entry in (known.get(action.entry.id), action.entry) if entry}
    changed |= set(policies)
    _save_policies(session, after.values(), changed)
    revisions = [_write_entry(session, action, now, act) for action in actions if action.changes]
    if revisions:
        session.connection().execute(insert(RevisionRow), revisions)
    if revisions and act:
        act_log.add_followed(session, act.id, _before(known, actions))
    _place_evidence(session, after.values(), held)
    for action in actions:
        remember_places(session, action.entry)
    _drop_empty_policies(session, changed - {entry.policy for entry in after.values()})


def _before(known: Mapping[str, Entry], actions: Iterable[Action]) -> Iterator[Before]:
    """What the known entries said before the actions; others are only opened by them."""
    for action in actions:
        if action.changes and (old := known.get(action.entry.id)):
            yield before_following(old, action.entry, action.changes)


def _write_entry(session: Session, action: Action, now: datetime, act: RecordedAct | None) -> dict[str, Any]:
    """Writes the entry; the row of its revision."""
    entry = action.entry
    revision = Revision(
        number=entry.revision, at=now, actor=PROGRAM, reason=action.reason, changes=action.changes, act=act
    )
    told = entry.model_copy(update={"revisions": (*entry.revisions, revision)})
    values = values_of(entry, EntryRow) | {"need": need(told)}
    if isinstance(action, Open):
        session.connection().execute(insert(EntryRow), [values])
    else:
        session.connection().execute(update(EntryRow).where(col(EntryRow.id) == entry.id).values(**values))
    return values_of(revision, RevisionRow) | {"entry_id": entry.id, "act_id": revision.of_act or None}


def _place_evidence(session: Session, entries: Iterable[Entry], held: Mapping[int, Held]) -> None:
    """Makes every finding support the entry that holds it: findings that were replaced have lost their place, also
    where the entry itself says the same as before."""
    holders = {evidence_key(item): entry.id for entry in entries for item in entry.evidence}
    wanted = {key: holders.get(evidence_key(item.evidence)) for key, item in held.items()}
    wrong = sorted(key for key, item in held.items() if wanted[key] != item.entry_id)
    for batch in batches([key for key in wrong if held[key].entry_id]):
        session.exec(delete(EvidenceRow).where(col(EvidenceRow.finding_id).in_(batch)))
    lacking = [{"finding_id": key, "entry_id": wanted[key]} for key in wrong if wanted[key]]
    if lacking:
        session.connection().execute(insert(EvidenceRow), lacking)


def _save_policies(session: Session, entries: Iterable[Entry], changed: Collection[str]) -> None:
    """Writes those of the changed policies whose name or topic is new."""
    known: dict[str, Policy] = {}
    for batch in batches(sorted(changed)):
        rows = session.scalars(select(PolicyRow).where(col(PolicyRow.id).in_(batch)))
        known |= {row.id: to_model(row, Policy) for row in rows}
    for policy in by_policy(entry for entry in entries if entry.policy in changed):
        bare = policy.model_copy(update={"entries": ()})
        if known.get(policy.id) != bare:
            save_policy(session, bare)


def _drop_empty_policies(session: Session, emptied: Collection[str]) -> None:
    """Removes the policies that no entry names any more, save those that a person acted on."""
    named = select(col(EntryRow.id)).where(col(EntryRow.policy) == col(PolicyRow.id)).exists()
    acted = select(col(PolicyRevisionRow.number)).where(col(PolicyRevisionRow.policy_id) == col(PolicyRow.id)).exists()
    for batch in batches(sorted(emptied)):
        empty = (col(PolicyRow.id).in_(batch), col(PolicyRow.name_locked).is_(False), ~named, ~acted)
        session.exec(delete(PolicyRow).where(*empty))
