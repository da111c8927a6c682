"""Records what an article says: findings replaced, the touched places folded anew, entries brought up to date.

Everything is decided in `tracker.timeline`; here it is loaded and written, in the caller's one transaction.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col, delete

from db.copies import group_copies
from db.engine import hold_timeline
from db.entries import completed, load_policies, save_entry, save_policy, select_entries
from db.findings import findings_of, load_place_evidence, replace_findings
from db.insert import batches, insert_missing
from db.tables import EntryRow, EvidenceRow, FindingRow, PolicyRevisionRow, PolicyRow
from tracker.model import Entry, Evidence, Finding, OcdId, Revision
from tracker.timeline.actions import Action, Correct, Open, Retire, Support
from tracker.timeline.describe import EvidenceKey, evidence_key
from tracker.timeline.fold import fold
from tracker.timeline.merge import apply
from tracker.timeline.policies import by_policy
from tracker.timeline.reconcile import reconcile
from tracker.timeline.review import PROGRAM

Keys = dict[EvidenceKey, int]
"""The key of the finding that a piece of evidence is."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What recording changed: entries opened, corrected, supported by more evidence, retired."""

    opened: int = 0
    corrected: int = 0
    supported: int = 0
    retired: int = 0


def record(session: Session, article_id: int, findings: Sequence[Finding], now: datetime) -> Recorded:
    """Makes `findings` what the article says and brings the entries of all places that it touches up to date.

    The outcome depends on the articles recorded and on people's decisions only, not on their order; recording the same
    again changes nothing.
    """
    return record_all(session, {article_id: findings}, now)


def record_all(session: Session, said: Mapping[int, Sequence[Finding]], now: datetime) -> Recorded:
    """The same for many articles at once: each place is folded once, which an archive of one city is glad of."""
    hold_timeline(session)
    before = [finding for article_id in said for finding in findings_of(session, article_id).values()]
    after = [finding for findings in said.values() for finding in findings]
    places = {finding.jurisdiction for finding in (*before, *after) if finding.jurisdiction}
    known, places = _known(session, places)
    for article_id, findings in said.items():
        replace_findings(session, article_id, findings)
    copies: set[int] = set()
    for article_id, findings in said.items():
        own = {finding.jurisdiction for finding in findings if finding.jurisdiction}
        copies |= group_copies(session, article_id, own) if own else set()
    known, places = _with_copies(session, known, places, copies)
    return _bring_up_to_date(session, known, places, now) if places else Recorded()


def refold(session: Session, places: Collection[OcdId], now: datetime) -> Recorded:
    """Brings the entries of places up to date without anything new having been read: after a person decided."""
    hold_timeline(session)
    known, touched = _known(session, places)
    return _bring_up_to_date(session, known, touched, now)


def _known(session: Session, places: Collection[OcdId]) -> tuple[list[Entry], set[OcdId]]:
    """The entries of the places, with those that hold evidence of them elsewhere (a person moved it there), and all
    places that these entries have evidence from."""
    entries: dict[str, Entry] = {}
    done: set[OcdId] = set()
    todo = set(places)
    while todo:
        place = todo.pop()
        done.add(place)
        for entry in _entries_about(session, place):
            entries[entry.id] = entry
            told = {item.finding.jurisdiction for item in entry.evidence} | {entry.jurisdiction}
            todo |= {other for other in told if other and other not in done}
    return sorted(entries.values(), key=lambda entry: entry.id), done


def _entries_about(session: Session, place: OcdId) -> list[Entry]:
    """Entries of the place, and entries that hold evidence of it."""
    holding = (
        select(col(EvidenceRow.entry_id))
        .join(FindingRow, col(FindingRow.id) == col(EvidenceRow.finding_id))
        .where(col(FindingRow.jurisdiction) == place)
    )
    ids = set(session.scalars(holding)) | set(
        session.scalars(select(col(EntryRow.id)).where(col(EntryRow.jurisdiction) == place))
    )
    found: list[Entry] = []
    for batch in batches(sorted(ids)):
        found += completed(session, session.execute(select_entries().where(col(EntryRow.id).in_(batch))).all())
    return found


def _with_copies(
    session: Session, known: Sequence[Entry], places: set[OcdId], articles: Collection[int]
) -> tuple[list[Entry], set[OcdId]]:
    """The same with the places of articles that turned out to be copies: their entries have fewer voices now."""
    query = select(col(FindingRow.jurisdiction)).where(col(FindingRow.article_id).in_(sorted(articles)))
    more = {place for place in session.scalars(query) if place} - places
    if not more:
        return list(known), places
    others, further = _known(session, more)
    joined = {entry.id: entry for entry in others} | {entry.id: entry for entry in known}
    return sorted(joined.values(), key=lambda entry: entry.id), places | further


def _bring_up_to_date(session: Session, known: Sequence[Entry], places: set[OcdId], now: datetime) -> Recorded:
    evidence = {key: item for place in sorted(places) for key, item in load_place_evidence(session, place).items()}
    actions = reconcile(known, fold(evidence.values()))
    after: tuple[Entry, ...] = tuple(known)
    for action in actions:
        after = apply(after, action)
    _save_policies(session, after, places)
    keys = {evidence_key(item): key for key, item in evidence.items()}
    for action in actions:
        _carry_out(session, action, keys, now)
    _place_evidence(session, after, keys)
    _drop_empty_policies(session, places)
    return _tally(actions)


def _carry_out(session: Session, action: Action, keys: Keys, now: datetime) -> None:
    """Writes the entry, its evidence and its revision."""
    if not action.changes:
        return
    entry = action.entry
    revision = Revision(number=entry.revision, at=now, actor=PROGRAM, reason=action.reason, changes=action.changes)
    save_entry(session, entry, _finding_ids(entry.evidence, keys), revision)


def _finding_ids(evidence: Iterable[Evidence], keys: Keys) -> list[int]:
    return [keys[key] for item in evidence if (key := evidence_key(item)) in keys]


def _place_evidence(session: Session, entries: Iterable[Entry], keys: Keys) -> None:
    """Makes every finding support the entry that holds it: findings that were replaced have lost their place, also
    where the entry itself says the same as before."""
    wanted = {number: entry.id for entry in entries for number in _finding_ids(entry.evidence, keys)}
    actual: dict[int, str] = {}
    for batch in batches(sorted(keys.values())):
        query = select(col(EvidenceRow.finding_id), col(EvidenceRow.entry_id))
        rows = session.execute(query.where(col(EvidenceRow.finding_id).in_(batch)))
        actual |= {row.finding_id: row.entry_id for row in rows}
    wrong = sorted(number for number in wanted.keys() | actual.keys() if wanted.get(number) != actual.get(number))
    for batch in batches(wrong):
        session.exec(delete(EvidenceRow).where(col(EvidenceRow.finding_id).in_(batch)))
    lacking = [{"finding_id": number, "entry_id": wanted[number]} for number in wrong if number in wanted]
    insert_missing(session, EvidenceRow, lacking)


def _save_policies(session: Session, entries: Iterable[Entry], places: Iterable[OcdId]) -> None:
    """Writes the policies whose name or topic is new."""
    known = {policy.id: policy for place in sorted(places) for policy in load_policies(session, place)}
    for policy in by_policy(entries):
        bare = policy.model_copy(update={"entries": ()})
        if known.get(policy.id) != bare:
            save_policy(session, bare)


def _drop_empty_policies(session: Session, places: Iterable[OcdId]) -> None:
    """Removes the policies that no entry names any more, save those that a person acted on."""
    session.exec(
        delete(PolicyRow).where(
            col(PolicyRow.jurisdiction).in_(sorted(places)),
            col(PolicyRow.name_locked).is_(False),
            ~select(col(EntryRow.id)).where(col(EntryRow.policy) == col(PolicyRow.id)).exists(),
            ~select(col(PolicyRevisionRow.number))
            .where(col(PolicyRevisionRow.policy_id) == col(PolicyRow.id))
            .exists(),
        )
    )


def _tally(actions: Iterable[Action]) -> Recorded:
    counted = [action for action in actions if action.changes]
    kinds = [sum(isinstance(action, kind) for action in counted) for kind in (Open, Correct, Support, Retire)]
    return Recorded(*kinds)
