"""Changed sentences of policies that wait for a person, and what people say of each: of a rule, or of form only. What
was said is kept as a labelled pair, from which the program can learn."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import String, cast
from sqlmodel import Session, col, func, select

from db import freshness
from db.people import decisions
from db.tables.documents import DocumentChangeRow, DocumentEditRow, DocumentRow
from db.tables.timeline import EntryRow, EvidenceRow, FindingRow
from db.timeline.entries import load_entry
from db.values import utc
from tracker.errors import BadInput
from tracker.kinds import EditSort, EvidenceKind
from tracker.model import Entry, EntryStatus
from tracker.timeline.decisions.acts import Act
from tracker.timeline.decisions.undo import standing_acts

WHY = {
    EditSort.RULE: "a changed sentence of the policy is of a rule",
    EditSort.FORM: "what changed in the policy is of form only",
}
"""The reason that an entry's history gives; by it an act is known as one of these."""
UNDECIDED = cast(col(DocumentEditRow.decision), String) == ""


@dataclass(frozen=True, slots=True)
class QueuedEdit:
    """A sentence before and now (one may be empty), where it stands, and the entries that it proves. `decision` None:
    nobody looked."""

    id: int
    document: str
    address: str
    at: datetime
    old: str
    new: str
    path: str
    decision: EditSort | None
    actor: str
    entries: tuple[str, ...]


def waiting(session: Session, most: int) -> tuple[QueuedEdit, ...]:
    """Changed rules that nobody looked at, the latest change first."""
    query = _edits().where(UNDECIDED, DocumentEditRow.sort == EditSort.RULE)
    order = (col(DocumentChangeRow.at).desc(), col(DocumentChangeRow.id), col(DocumentEditRow.ordinal))
    return tuple(_queued(session, row) for row in session.exec(query.order_by(*order).limit(most)))


def count_waiting(session: Session) -> int:
    """How many wait."""
    query = select(func.count()).select_from(DocumentEditRow)
    return session.exec(query.where(UNDECIDED, DocumentEditRow.sort == EditSort.RULE)).one()


def decided(session: Session, most: int) -> tuple[QueuedEdit, ...]:
    """Those of which a person said it, the latest first."""
    query = _edits().where(~UNDECIDED).order_by(col(DocumentEditRow.decided_at).desc(), col(DocumentEditRow.id))
    return tuple(_queued(session, row) for row in session.exec(query.limit(most)))


def _edits() -> Any:
    query = select(DocumentEditRow, DocumentChangeRow, DocumentRow)
    query = query.join(DocumentChangeRow, col(DocumentChangeRow.id) == col(DocumentEditRow.change_id))
    return query.join(DocumentRow, col(DocumentRow.id) == col(DocumentChangeRow.document_id))


def _queued(session: Session, row: tuple[DocumentEditRow, DocumentChangeRow, DocumentRow]) -> QueuedEdit:
    edit, change, document = row
    return QueuedEdit(
        id=edit.id or 0,
        document=f"{document.number} {document.title or document.name or document.address}".strip(),
        address=document.address,
        at=utc(change.at),
        old=edit.old,
        new=edit.new,
        path=edit.new_path or edit.old_path,
        decision=edit.decision,
        actor=edit.actor,
        entries=tuple(_entries(session, change)),
    )


def _entries(session: Session, change: DocumentChangeRow) -> list[str]:
    """The ids of the entries that the change proves, also those that were rejected."""
    query = select(EntryRow.id).join(EvidenceRow, col(EvidenceRow.entry_id) == col(EntryRow.id))
    query = query.join(FindingRow, col(FindingRow.id) == col(EvidenceRow.finding_id))
    query = query.where(col(FindingRow.article_id) == change.article_id).distinct()
    return sorted(session.exec(query)) if change.article_id else []


def decide(session: Session, edit_id: int, sort: EditSort | None, act: Act) -> str:
    """Notes what an edit is of (None takes that back); what follows for its entries is done too. Gives the name of its
    document. Raises BadInput.

    One sentence of a rule confirms an entry. It is rejected when all of its sentences are of form, and nothing but the
    document proves it."""
    row = session.get(DocumentEditRow, edit_id)
    if row is None:
        raise BadInput(f"there is no changed sentence {edit_id}; open the page again")
    actor, at = (act.by, act.at) if sort else ("", None)
    row.sqlmodel_update({"decision": sort, "actor": actor, "decided_at": at})
    session.add(row)
    session.flush()
    change = session.get_one(DocumentChangeRow, row.change_id)
    verdict = _verdict(session, change)
    for name in _entries(session, change):
        entry = load_entry(session, name)
        if entry is not None:
            _follow(session, entry, verdict, act)
    freshness.touch(session)  # the document's page shows under what the sentence stands
    return session.get_one(DocumentRow, change.document_id).number or f"document {change.document_id}"


def _verdict(session: Session, change: DocumentChangeRow) -> EditSort | None:
    """What the sentences say together that the program, or a person, took for rules; None while it is open."""
    rows = session.exec(select(DocumentEditRow).where(DocumentEditRow.change_id == change.id))
    said = [row.decision for row in rows if EditSort.RULE in (row.sort, row.decision)]
    if EditSort.RULE in said:
        return EditSort.RULE
    return EditSort.FORM if said and all(said) else None


def _follow(session: Session, entry: Entry, verdict: EditSort | None, act: Act) -> None:
    stands = standing_acts(entry.revisions)
    why = stands[0].act.reason if stands and stands[0].act else ""
    if why in WHY.values():
        if verdict and why == WHY[verdict]:
            return
        entry = decisions.undo(session, entry.id, act)
    told = Act(act.by, act.at, WHY[verdict]) if verdict else act
    if verdict is EditSort.RULE and entry.status is EntryStatus.PENDING:
        decisions.confirm(session, entry.id, told)
    only = all(item.kind is EvidenceKind.DOCUMENT for item in entry.evidence)
    if verdict is EditSort.FORM and only and entry.status is EntryStatus.PENDING:
        decisions.reject(session, entry.id, told)


def pairs(session: Session) -> Iterator[dict[str, object]]:
    """All that people said, as lines of labelled pairs: the fields of `tests/eval/policy_edits.jsonl`."""
    query = _edits().where(~UNDECIDED).order_by(col(DocumentEditRow.id))
    for edit, change, _ in session.exec(query):
        names = _entries(session, change)
        entry = load_entry(session, names[0]) if names else None
        yield {
            "id": f"desk-{edit.id}",
            "old": edit.old,
            "new": edit.new,
            "label": edit.decision.value,
            "doubt": False,
            "topic": entry.topic if entry else "",
            "style": "published policy",
            "twin_of": None,
        }
