"""Records what articles say: findings replaced, what they touch folded anew, entries brought up to date.

Everything is decided in `tracker.timeline`; here it is loaded and written, in the caller's one transaction: rows of
entries, revisions, evidence and policies.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlmodel import Session, col, delete

from db import freshness
from db.articles.copies import group_copies
from db.locks import hold_timeline
from db.mapping import batches, to_model, values_of
from db.tables.timeline import EntryRow, EvidenceRow, PolicyRevisionRow, PolicyRow, RevisionRow
from db.timeline import act_log
from db.timeline.entries import save_policy
from db.timeline.findings import StoredEvidence, evidence_of_articles, findings_of, put_findings
from db.timeline.places import RecordedPlaces, load_places, remember_places
from tracker.model import Before, Entry, Finding, OcdId, Policy, RecordedAct, Revision
from tracker.timeline.decisions.acts import before_following
from tracker.timeline.decisions.review import need
from tracker.timeline.entry_fields import evidence_key
from tracker.timeline.history import PROGRAM
from tracker.timeline.merging.intents import Correct, Intent, Open, Retire, Support
from tracker.timeline.merging.merge import Group, group_of, groups_of, merge
from tracker.timeline.policies import by_policy


@dataclass(frozen=True, slots=True)
class EntryChanges:
    """What recording changed: entries opened, corrected, supported by more evidence, retired."""

    opened: int = 0
    corrected: int = 0
    supported: int = 0
    retired: int = 0

    def __add__(self, other: "EntryChanges") -> "EntryChanges":
        return EntryChanges(*map(sum, zip(astuple(self), astuple(other), strict=True)))

    @property
    def total(self) -> int:
        """How many of any kind."""
        return sum(astuple(self))


def record(session: Session, article_id: int, findings: Sequence[Finding], now: datetime) -> EntryChanges:
    """Makes `findings` what the article says and brings the entries of all places that it touches up to date.

    The outcome depends on the articles recorded and on people's decisions only, not on their order; recording the same
    again changes nothing.
    """
    return record_all(session, {article_id: findings}, now)


def record_all(session: Session, said: Mapping[int, Sequence[Finding]], now: datetime) -> EntryChanges:
    """The same for many articles at once: each place is folded once, which an archive of one city is glad of.

    Where neither these articles nor what they said before tell of anything, which is so of most, nobody waits for the
    timeline's lock. To be called before anything else is written, since whoever waits for it must hold nothing.
    """
    if not any(said.values()) and not any(findings_of(session, article_id) for article_id in said):
        return EntryChanges()
    hold_timeline(session)
    before = {article_id: list(findings_of(session, article_id).values()) for article_id in said}
    known = load_places(session, _places([*before.values(), *said.values()]))
    for article_id, findings in said.items():
        put_findings(session, article_id, findings, before[article_id])
    changed = set(said) | _group_copies(session, said)
    now_held = evidence_of_articles(session, changed)
    known = _with_more_places(session, known, now_held)
    freshness.touch(session, known.places)  # a quote may be another although no entry says anything else
    groups = _groups(before.values()) | _groups([[item.evidence.finding for item in now_held.values()]])
    return _bring_up_to_date(session, known, _as_it_is_now(known, changed, now_held), groups, now)


def refold(session: Session, places: Iterable[OcdId], act: RecordedAct) -> EntryChanges:
    """Brings the entries of places up to date without anything new having been read: after what a person did."""
    hold_timeline(session)
    known = load_places(session, places)
    groups = {group for entry in known.entries.values() for group in groups_of(entry)}
    policies = {entry.policy for entry in known.entries.values()}
    freshness.touch(session, known.places)
    return _bring_up_to_date(session, known, known.held, groups, act.at, policies, act)


def _places(said: Iterable[Iterable[Finding]]) -> set[OcdId]:
    return {finding.jurisdiction for findings in said for finding in findings if finding.jurisdiction}


def _groups(said: Iterable[Iterable[Finding]]) -> set[Group]:
    return {group for findings in said for finding in findings if (group := group_of(finding))}


def _group_copies(session: Session, said: Mapping[int, Sequence[Finding]]) -> set[int]:
    """The articles whose report has changed."""
    copies: set[int] = set()
    for article_id, findings in said.items():
        own = _places([findings])
        copies |= group_copies(session, article_id, own) if own else set()
    return copies


def _with_more_places(session: Session, known: RecordedPlaces, held: Mapping[int, StoredEvidence]) -> RecordedPlaces:
    """The same with the places of articles that turned out to be copies: their entries have fewer voices now."""
    more = _places([[item.evidence.finding for item in held.values()]]) - known.places
    return load_places(session, known.places | more) if more else known


def _as_it_is_now(
    known: RecordedPlaces, changed: Collection[int], now_held: Mapping[int, StoredEvidence]
) -> dict[int, StoredEvidence]:
    """The evidence of the known places after what some articles say was replaced."""
    stays = {key: item for key, item in known.held.items() if item.article_id not in changed}
    return stays | {key: item for key, item in now_held.items() if item.evidence.finding.jurisdiction in known.places}


def _bring_up_to_date(
    session: Session,
    known: RecordedPlaces,
    held: Mapping[int, StoredEvidence],
    groups: Collection[Group],
    now: datetime,
    policies: Collection[str] = (),
    act: RecordedAct | None = None,
) -> EntryChanges:
    """Folds what the groups touch, and writes what that changes, and what it changes of these policies; because of an
    act of a person, if there was one."""
    actions, folded = actions_for(known, held, groups)
    write_actions(session, known.entries, folded, actions, now, policies, act)
    return _tally(actions)


def actions_for(
    known: RecordedPlaces, held: Mapping[int, StoredEvidence], groups: Collection[Group]
) -> tuple[tuple[Intent, ...], dict[int, StoredEvidence]]:
    """What is to be done to the entries of known places, given their evidence of today (`held`) and the groups in which
    it is new; and the evidence that was looked at for it. Reads and writes nothing."""
    merged = merge(list(known.entries.values()), (item.evidence for item in held.values()), groups)
    looked_at = {key: item for key, item in held.items() if group_of(item.evidence.finding) in merged.groups}
    return merged.actions, looked_at


def _tally(actions: Iterable[Intent]) -> EntryChanges:
    counted = [action for action in actions if action.changes]
    kinds = [sum(isinstance(action, kind) for action in counted) for kind in (Open, Correct, Support, Retire)]
    return EntryChanges(*kinds)


def write_actions(
    session: Session,
    known: Mapping[str, Entry],
    held: Mapping[int, StoredEvidence],
    actions: Sequence[Intent],
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
        act_log.add_consequences(session, act.id, _values_before(known, actions))
    _place_evidence(session, after.values(), held)
    for action in actions:
        remember_places(session, action.entry)
    _drop_empty_policies(session, changed - {entry.policy for entry in after.values()})


def _values_before(known: Mapping[str, Entry], actions: Iterable[Intent]) -> Iterator[Before]:
    """What the known entries said before the actions; others are only opened by them."""
    for action in actions:
        if action.changes and (old := known.get(action.entry.id)):
            yield before_following(old, action.entry, action.changes)


def _write_entry(session: Session, action: Intent, now: datetime, act: RecordedAct | None) -> dict[str, Any]:
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


def _place_evidence(session: Session, entries: Iterable[Entry], held: Mapping[int, StoredEvidence]) -> None:
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
