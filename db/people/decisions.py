"""What people decide, carried out: each function is one act in the caller's transaction, written as revisions.

After every act the program brings the touched places up to date, so that what follows from it (a title, the name of a
policy, reports that now fit) is there at once. Raises BadInput where an act cannot be done.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import func, select
from sqlmodel import Session, col

from db import freshness
from db.locks import hold_timeline
from db.mapping import Fields, to_model, values_of
from db.people import remarks
from db.tables.timeline import ArticleRow, EntryRow, PolicyRevisionRow, PolicyRow
from db.timeline import act_log
from db.timeline.entries import load_entry, save_entry, save_policy, select_entries, with_evidence
from db.timeline.findings import evidence_by_key
from db.timeline.places import remember_places
from db.timeline.recorder import refold
from tracker.errors import BadInput
from tracker.model import ActKind, Before, Change, Entry, Evidence, OcdId, Policy, RecordedAct, Revision
from tracker.timeline.decisions import acts
from tracker.timeline.decisions import undo as taking_back
from tracker.timeline.decisions.acts import Act, Decided, numbered, revision_of, with_before
from tracker.timeline.decisions.remarks import outcome
from tracker.timeline.decisions.undo import last_act
from tracker.timeline.entry_fields import evidence_key
from tracker.timeline.history import POLICY
from tracker.timeline.ids import short_id
from tracker.timeline.policies import policy_from

POLICY_REVISION = Fields(PolicyRevisionRow, Revision)
Seen = int | None
"""The revision that whoever decides has looked at; None where that is not known."""


def entry(session: Session, entry_id: str, seen: Seen = None) -> Entry:
    """The entry of this id. Raises BadInput where there is none, or where it is no longer at the revision `seen`."""
    found = load_entry(session, entry_id)
    if found is None:
        raise BadInput(f"there is no entry {entry_id}; `tracker review list` and `tracker export` give the ids")
    if seen is not None and found.revision != seen:
        raise BadInput(f"entry {entry_id} has changed since you looked at it: look again")
    return found


def evidence(session: Session, entry_id: str, numbers: Iterable[int]) -> list[Evidence]:
    """The pieces of evidence of these numbers, from 1 in the order shown. Raises BadInput."""
    found = entry(session, entry_id)
    wrong = [number for number in numbers if not 1 <= number <= len(found.evidence)]
    if wrong:
        raise BadInput(f"entry {entry_id} has {len(found.evidence)} pieces of evidence; there is no number {wrong[0]}")
    return [found.evidence[number - 1] for number in numbers]


def policy(session: Session, policy_id: str) -> Policy:
    """The policy of this id with all its entries, oldest first. Raises BadInput where there is none."""
    row = session.get(PolicyRow, policy_id)
    if row is None:
        raise BadInput(f"there is no policy {policy_id}; `tracker review show ENTRY` and `tracker export` give the ids")
    bare = to_model(row, Policy)
    members = _members(session, policy_id)
    return policy_from(members, bare.id, bare.name) if members else bare


def policy_revisions(session: Session, policy_id: str) -> tuple[Revision, ...]:
    """What people did to a policy, oldest first."""
    row = PolicyRevisionRow
    query = select(col(row.act_id), *POLICY_REVISION.columns).where(col(row.policy_id) == policy_id)
    rows = session.execute(query.order_by(col(row.number))).all()
    acts = act_log.by_number(session, {found.act_id for found in rows})
    return tuple(POLICY_REVISION.value(found[1:], act=acts[found.act_id]) for found in rows)


def _members(session: Session, policy_id: str) -> list[Entry]:
    rows = session.execute(select_entries().where(col(EntryRow.policy) == policy_id)).all()
    return with_evidence(session, rows)


def confirm(session: Session, entry_id: str, act: Act, seen: Seen = None) -> Entry:
    """See `tracker.timeline.decisions.acts`; an entry that is confirmed already stays as it is."""
    hold_timeline(session)
    return _done(session, [acts.confirm(entry(session, entry_id, seen), act)], act, entry_id)


def reject(session: Session, entry_id: str, act: Act, seen: Seen = None) -> Entry:
    """The same for an entry that is wrong."""
    hold_timeline(session)
    return _done(session, [acts.reject(entry(session, entry_id, seen), act)], act, entry_id)


def edit(session: Session, entry_id: str, fields: Mapping[str, object], act: Act, seen: Seen = None) -> Entry:
    """Sets and locks fields of an entry."""
    hold_timeline(session)
    found = entry(session, entry_id, seen)
    if POLICY in fields:
        _check_policy(session, str(fields[POLICY]), str(fields.get("jurisdiction", found.jurisdiction)))
    return _done(session, [acts.edit(found, fields, act)], act, entry_id)


def _check_policy(session: Session, policy_id: str, place: str) -> None:
    """Raises BadInput where there is no such policy, or where it is of another place."""
    if policy(session, policy_id).jurisdiction != place:
        raise BadInput(f"policy {policy_id} is of another place than the entry; a policy is of one place")


def undo(session: Session, entry_id: str, act: Act, seen: Seen = None) -> Entry:
    """Takes back the last act of a person on an entry that still stands, on all entries that it touched."""
    hold_timeline(session)
    found = entry(session, entry_id, seen)
    taken = act_log.get(session, last_act(found).of_act)
    others = [entry(session, name) for name in sorted({one.name for one in taken.before} - {entry_id})]
    remarks.reopen(session, taken.at, {one.name for one in taken.before if not one.followed})
    return _done(session, taking_back.undo(found, others, taken, act), act, entry_id)


def undo_policy(session: Session, policy_id: str, act: Act) -> Policy:
    """Takes back the last act of a person on a policy that still stands: its name, a merge, or a split."""
    hold_timeline(session)
    acts = taking_back.standing_acts(policy_revisions(session, policy_id))
    old = policy(session, policy_id)
    if not acts:
        raise BadInput(f"policy {policy_id}: there is nothing that a person decided on it and that still stands")
    taken = act_log.get(session, acts[0].of_act)
    undone = act.of(ActKind.UNDO, policy_id, taken.id)
    if taken.kind is ActKind.RENAME:
        _note_back(session, taken, _unname(session, old, taken, undone))
    else:
        moved = [entry(session, one.name) for one in taken.before if not one.followed]
        undone = _write(session, undone, [taking_back.out_of_policy(found, taken, undone) for found in moved])
        _note_back(session, taken, undone)
        follow(session, {old.jurisdiction}, undone)
    return policy(session, policy_id)


def _unname(session: Session, old: Policy, taken: RecordedAct, undone: RecordedAct) -> RecordedAct:
    """The name that the policy had: if a person gave it that, too, or else the one that the program gives it now."""
    before = next(one.fields or {} for one in taken.before)
    named, row = before["name_locked"], session.get_one(PolicyRow, old.id)
    kept = _keep_name(session, undone, row)
    told = before["name"] if named or not old.entries else policy_from(old.entries, old.id).name
    row.sqlmodel_update({"name": told, "name_locked": named})
    session.flush()
    return kept


def _keep_name(session: Session, act: RecordedAct, row: PolicyRow) -> RecordedAct:
    """Keeps an act that gives a policy another name than that which it has in this row."""
    before = Before(name=row.id, fields={"name": row.name, "name_locked": row.name_locked})
    return act_log.add(session, act.model_copy(update={"before": (before,)}))


def _note_back(session: Session, taken: RecordedAct, undone: RecordedAct) -> None:
    """Writes that an act was taken back, on each policy that it was noted on."""
    row = PolicyRevisionRow
    query = select(col(row.policy_id), *POLICY_REVISION.columns).where(col(row.act_id) == taken.id)
    for found in session.execute(query.order_by(col(row.policy_id))).all():
        told = POLICY_REVISION.value(found[1:])
        back = [Change(field=change.field, old=change.new, new=change.old) for change in told.changes]
        _note(session, found.policy_id, undone, f"took back revision {told.number}", back)


def merge_entries(
    session: Session, into: str, others: Sequence[str], act: Act, *, across_stages: bool = False, seen: Seen = None
) -> Entry:
    """The others become evidence of `into`; entries of other stages only if a person says so."""
    hold_timeline(session)
    gone = [entry(session, name) for name in others]
    done = acts.merge_entries(entry(session, into, seen), gone, act, across_stages=across_stages)
    return _done(session, done, act, into)


def of_other_stages(session: Session, into: str, others: Sequence[str]) -> tuple[Entry, ...]:
    """Those of the others that are of another stage than `into`."""
    return acts.other_stages(entry(session, into), [entry(session, name) for name in others])


def split_entry(session: Session, entry_id: str, numbers: Collection[int], act: Act, seen: Seen = None) -> Entry:
    """The pieces of evidence of these numbers (from 1, in the order shown) open an entry of their own, which is
    returned."""
    hold_timeline(session)
    found, moved = entry(session, entry_id, seen), evidence(session, entry_id, sorted(set(numbers)))
    done = acts.split_entry(found, moved, act)
    return _done(session, done, act, done[-1].entry.id)


def merge_policies(session: Session, into: str, others: Sequence[str], act: Act) -> Policy:
    """The entries of the other policies belong to `into` from now on, and so do those that follow them."""
    hold_timeline(session)
    target, gone = policy(session, into), [policy(session, name) for name in others]
    if not gone or into in others:
        raise BadInput("a merge needs two different policies at least")
    for other in gone:
        if other.jurisdiction != target.jurisdiction:
            raise BadInput(f"policy {other.id} is of another place than {into}; a policy is of one place")
    members = [found for one in (target, *gone) for found in one.entries]
    named = ", ".join(other.id for other in gone)
    merge = act.of(ActKind.MERGE_POLICIES, into)
    done = acts.move_to_policy(members, into, merge, f"policies {into} and {named} are one")
    merge = _write(session, merge, done)
    _note(session, into, merge, f"merged with {named}", [Change(field="merged", old="", new=named)])
    for other in gone:
        _note(session, other.id, merge, f"merged into {into}", [Change(field="merged", old="", new=into)])
    follow(session, {target.jurisdiction}, merge)
    return policy(session, into)


def split_policy(session: Session, policy_id: str, entry_ids: Collection[str], act: Act) -> Policy:
    """These entries of a policy are of another one, which is returned; both keep what they have."""
    hold_timeline(session)
    old = policy(session, policy_id)
    moved = [found for found in old.entries if found.id in entry_ids]
    strange = sorted(set(entry_ids) - {found.id for found in moved})
    if strange:
        raise BadInput(f"entry {strange[0]} is not of the policy {policy_id}")
    if not moved or len(moved) == len(old.entries):
        raise BadInput("a split moves some of the entries, not none and not all of them")
    stay = [found for found in old.entries if found.id not in entry_ids]
    new = policy_from(moved, short_id("policy", "split", policy_id, *sorted(entry_ids), act.at.isoformat()))
    save_policy(session, new)
    named, split = ", ".join(found.id for found in moved), act.of(ActKind.SPLIT_POLICY, policy_id)
    done = acts.move_to_policy(moved, new.id, split, f"split from the policy {policy_id}")
    done += acts.move_to_policy(stay, policy_id, split, f"split: others moved to the policy {new.id}")
    split = _write(session, split, done)
    _note(session, policy_id, split, f"split: {named} moved to {new.id}", [Change(field="split", old="", new=new.id)])
    _note(session, new.id, split, f"split from {policy_id}", [Change(field="split", old=policy_id, new="")])
    follow(session, {old.jurisdiction}, split)
    return policy(session, new.id)


def rename(session: Session, what: str, name: str, act: Act) -> Entry | Policy:
    """Gives a policy a name, or an entry a title, which stays. Raises BadInput for an empty one."""
    if is_policy(session, what):
        return rename_policy(session, what, name, act)
    title = " ".join(name.split())
    if not title:
        raise BadInput("an entry needs a title; edit it with an empty one, and it has its own again")
    return edit(session, what, {"title": title}, act)


def rename_policy(session: Session, policy_id: str, name: str, act: Act) -> Policy:
    """Gives a policy a name that the program leaves as it is."""
    hold_timeline(session)
    named = " ".join(name.split())
    if not named:
        raise BadInput("a policy needs a name")
    old = policy(session, policy_id)
    if old.name != named:
        rename = _keep_name(session, act.of(ActKind.RENAME, policy_id), session.get_one(PolicyRow, policy_id))
        _note(session, policy_id, rename, "renamed", [Change(field="name", old=old.name, new=named)])
    save_policy(session, old.model_copy(update={"name": named}), named_by_person=True)
    return policy(session, policy_id)


def _done(session: Session, done: Iterable[Decided | None], act: Act, wanted: str) -> Entry:
    """Writes what was decided, lets the program follow, answers readers, and gives the entry that the act was about."""
    changed = [decided for decided in done if decided]
    if changed and (made := changed[0].revision.act):
        follow(session, _places_of(changed), _write(session, made, changed))
    after = entry(session, wanted)
    fields = {change.field for decided in changed for change in decided.revision.changes}
    remarks.answer(session, act, {wanted, *(decided.entry.id for decided in changed)}, outcome(after, fields))
    return after


def is_policy(session: Session, name: str) -> bool:
    """True where the id is that of a policy."""
    return session.get(PolicyRow, name) is not None


def texts(session: Session, found: Entry) -> dict[str, str]:
    """The texts of the articles that support an entry, by address."""
    urls = {item.url for item in found.evidence}
    query = select(col(ArticleRow.url), col(ArticleRow.text)).where(col(ArticleRow.url).in_(urls))
    return {row.url: row.text for row in session.execute(query)}


def _write(session: Session, act: RecordedAct, done: Sequence[Decided]) -> RecordedAct:
    """Keeps an act, and saves the entries that it changed with their revisions; the act as revisions bear it."""
    act = act_log.add(session, with_before(act, done))
    keys = {
        evidence_key(item): number
        for place in sorted(_places_of(done))
        for number, item in evidence_by_key(session, place).items()
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


def _places_of(done: Sequence[Decided]) -> set[OcdId]:
    """The places that an act touches: where its entries stand, and where their evidence is from."""
    told = {item.finding.jurisdiction for decided in done for item in decided.entry.evidence}
    return {place for place in told if place} | {decided.entry.jurisdiction for decided in done}


def follow(session: Session, places: Collection[OcdId], act: RecordedAct) -> None:
    """Lets the program bring the places up to date."""
    refold(session, sorted(places), act)


def _note(session: Session, policy_id: str, act: RecordedAct, what: str, changes: Sequence[Change]) -> None:
    """Writes what an act did to a policy."""
    query = select(func.count()).where(col(PolicyRevisionRow.policy_id) == policy_id)
    revision = revision_of(session.scalars(query).one() + 1, act, what, tuple(changes))
    session.add(PolicyRevisionRow(**values_of(revision, PolicyRevisionRow), policy_id=policy_id, act_id=act.id))
    session.flush()
    place = select(col(PolicyRow.jurisdiction)).where(col(PolicyRow.id) == policy_id)
    freshness.touch(session, session.scalars(place).all())
