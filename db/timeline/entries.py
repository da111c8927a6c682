"""Entries and policies of one place: loaded to be compared, saved with their evidence and revisions."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, select
from sqlmodel import Session, col, delete

from db import freshness
from db.mapping import Fields, batches, insert_missing, to_model, values_of
from db.tables.timeline import EntryRow, EvidenceRow, PolicyRow, RevisionRow
from db.timeline import act_log
from db.timeline.findings import evidence_of_entries
from tracker.model import Entry, OcdId, Policy, Revision
from tracker.timeline.decisions.review import need

ENTRY = Fields(EntryRow, Entry)
REVISION = Fields(RevisionRow, Revision)


def load_entries(session: Session, jurisdiction: OcdId) -> tuple[Entry, ...]:
    """All entries of a place, rejected ones too, by date, with evidence and revisions."""
    query = (
        select_entries()
        .where(col(EntryRow.jurisdiction) == jurisdiction)
        .order_by(col(EntryRow.date), col(EntryRow.id))
    )
    return tuple(entry for batch in batches(session.execute(query)) for entry in with_evidence(session, batch))


def load_entry(session: Session, entry_id: str) -> Entry | None:
    """The entry of this id."""
    rows = session.execute(select_entries().where(col(EntryRow.id) == entry_id)).all()
    return with_evidence(session, rows)[0] if rows else None


def select_entries() -> Select[Any]:
    """The scalar fields of entries; `with_evidence` makes entries of the rows."""
    return select(*ENTRY.columns)


def with_evidence(session: Session, rows: Collection[Row[Any]]) -> list[Entry]:
    """Entries of at most a few hundred rows, their evidence and revisions loaded in one query each."""
    ids = [row.id for row in rows]
    evidence, revisions = evidence_of_entries(session, ids), revisions_of(session, ids)
    return [ENTRY.value(row, evidence=evidence.get(row.id, ()), revisions=revisions.get(row.id, ())) for row in rows]


def revisions_of(session: Session, entry_ids: Collection[str]) -> dict[str, list[Revision]]:
    """The revisions of each of these entries, in order; at most a few hundred entries in one call."""
    query = (
        select(col(RevisionRow.entry_id), col(RevisionRow.act_id), *REVISION.columns)
        .where(col(RevisionRow.entry_id).in_(entry_ids))
        .order_by(col(RevisionRow.entry_id), col(RevisionRow.number))
    )
    rows = session.execute(query).all()
    acts = act_log.by_number(session, {row.act_id for row in rows if row.act_id})
    found: dict[str, list[Revision]] = defaultdict(list)
    for row in rows:
        found[row.entry_id].append(REVISION.value(row[2:], act=acts.get(row.act_id)))
    return found


def revised_at(session: Session, at: datetime) -> Iterator[tuple[Entry, Revision]]:
    """The entries that were revised at this very moment, by id, each with that revision."""
    query = select(col(RevisionRow.entry_id), col(RevisionRow.number)).where(col(RevisionRow.at) == at)
    rows = session.execute(query.order_by(col(RevisionRow.entry_id), col(RevisionRow.number))).all()
    for batch in batches(rows):
        found = session.execute(select_entries().where(col(EntryRow.id).in_({row.entry_id for row in batch}))).all()
        by_id = {entry.id: entry for entry in with_evidence(session, found)}
        for row in batch:
            entry = by_id[row.entry_id]
            yield entry, next(revision for revision in entry.revisions if revision.number == row.number)


def save_entry(session: Session, entry: Entry, finding_ids: Iterable[int], revision: Revision | None) -> None:
    """Writes an entry (its policy is saved before), makes `finding_ids` its evidence, and adds `revision`, if any.

    A finding that supported another entry moves over. A revision whose number is taken is a bug: IntegrityError.
    """
    told = entry.model_copy(update={"revisions": (*entry.revisions, revision)}) if revision else entry
    session.merge(EntryRow(**values_of(entry, EntryRow), need=need(told)))
    if revision:
        session.add(RevisionRow(**values_of(revision, RevisionRow), entry_id=entry.id, act_id=revision.of_act or None))
    session.flush()
    _set_evidence(session, entry.id, set(finding_ids))
    freshness.touch(session, [entry.jurisdiction])


def _set_evidence(session: Session, entry_id: str, finding_ids: set[int]) -> None:
    query = select(col(EvidenceRow.finding_id)).where(col(EvidenceRow.entry_id) == entry_id)
    known = set(session.scalars(query))
    for batch in batches(known ^ finding_ids):
        session.exec(delete(EvidenceRow).where(col(EvidenceRow.finding_id).in_(batch)))
    rows = [{"finding_id": finding_id, "entry_id": entry_id} for finding_id in sorted(finding_ids - known)]
    insert_missing(session, EvidenceRow, rows)


def load_policies(session: Session, jurisdiction: OcdId) -> tuple[Policy, ...]:
    """The policies of a place by id, without their entries."""
    query = select(PolicyRow).where(col(PolicyRow.jurisdiction) == jurisdiction).order_by(col(PolicyRow.id))
    return tuple(to_model(row, Policy) for row in session.scalars(query))


def save_policy(session: Session, policy: Policy, *, named_by_person: bool = False) -> None:
    """Writes a policy (its entries are saved apart). A name that a person gave yields only to another person."""
    known = session.get(PolicyRow, policy.id)
    locked = known is not None and known.name_locked
    values = values_of(policy, PolicyRow) | {"name_locked": locked or named_by_person}
    if known is not None and locked and not named_by_person:
        values["name"] = known.name
    session.merge(PolicyRow(**values))
    session.flush()
    freshness.touch(session, [policy.jurisdiction])
