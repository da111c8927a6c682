"""What a person does to entries: the entry as it is afterwards, with the revision that tells who, when and why.

Nothing is deleted and nothing hidden: each act is one revision of each entry that it touches, and is kept with what
these entries said before it. Fields that a person decided are locked, and so is the evidence that the entry had then:
what a person looked at stays together. `undo.py` takes acts back.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from tracker.errors import BadInput
from tracker.model import (
    ActKind,
    Basis,
    Before,
    Change,
    Entry,
    EntryStatus,
    Evidence,
    Piece,
    RecordedAct,
    Revision,
)
from tracker.timeline.claims import claim_of
from tracker.timeline.entry_fields import evidence_key, fields_of, news_order
from tracker.timeline.history import EVIDENCE, POLICY, PROGRAM, STATUS, by_person, corrected_articles
from tracker.timeline.ids import short_id
from tracker.timeline.merging.intents import as_text, changes_between, opening
from tracker.timeline.merging.reconcile import decided
from tracker.timeline.titles import entry_title

EDITABLE = (
    *("jurisdiction", "body", "instrument", "identifier", "topic", "subject", "stage", "date", "effect", "direction"),
    *("title", POLICY),
)
"""The fields that a person can set; `jurisdiction_name`, `candidates` and `basis` follow from them."""
STAGES_TOO = ", or merge them all the same with --across-stages"
STEP = ("jurisdiction", "stage")
"""What tells one step of a policy from another, besides its date: entries that differ in it are never one."""


AFTER_REMARK = "after a reader's report"
"""What a revision says that follows from a remark; the remark itself is never published."""


@dataclass(frozen=True, slots=True)
class Act:
    """Who decides, when, and why (empty: no reason given). `remarks`: the readers' remarks that this answers. What is
    done then becomes of it a `RecordedAct`."""

    by: str
    at: datetime
    reason: str = ""
    remarks: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if not self.by.strip() or self.by.strip().lower() == PROGRAM:
            raise BadInput(f"{self.by.strip() or 'nobody'!r} cannot decide: say who you are with --by NAME")

    def of(self, kind: ActKind, target: str, takes_back: int | None = None) -> RecordedAct:
        """What is done, as it is to be kept; it has no number yet."""
        why = ": ".join(filter(None, (AFTER_REMARK if self.remarks else "", self.reason.strip())))
        return RecordedAct(
            at=self.at, actor=self.by.strip(), kind=kind, target=target, reason=why, takes_back=takes_back
        )


def own_words(revision: Revision) -> str:
    """Why, without what was done: of an act the words that its person gave, perhaps none; else the whole reason."""
    return revision.act.reason if revision.act and by_person(revision) else revision.reason


@dataclass(frozen=True, slots=True)
class Decided:
    """An entry after an act, the revision to be written, which bears the act, and what the entry said before; its locks
    are part of it. `pieces` is the evidence that the act placed, named once an act."""

    entry: Entry
    revision: Revision
    before: Before
    pieces: tuple[Piece, ...] = ()


def _decided(old: Entry, new: Entry, act: RecordedAct, what: str, pieces: tuple[Piece, ...] = ()) -> Decided | None:
    """None where the act changes nothing, so that it can be repeated."""
    changes = (*changes_between(old, new), *locks(old.locked, new.locked))
    return replaced(old, new, act, what, changes, pieces) if changes else None


def replaced(
    old: Entry, new: Entry, act: RecordedAct, what: str, changes: tuple[Change, ...], pieces: tuple[Piece, ...] = ()
) -> Decided:
    """`new` in the place of `old`, by one revision."""
    new = new.model_copy(update={"revision": old.revision + 1})
    before = Before(name=old.id, fields=values_of(old, changes))
    return Decided(new, revision_of(new.revision, act, what, changes), before, pieces)


def revision_of(number: int, act: RecordedAct, what: str, changes: tuple[Change, ...]) -> Revision:
    """The revision that tells of an act: what was done, and why."""
    reason = ": ".join(filter(None, (what, act.reason)))
    return Revision(number=number, at=act.at, actor=act.actor, reason=reason, changes=changes, act=act)


def before_following(old: Entry, new: Entry, changes: Sequence[Change]) -> Before:
    """What an entry said before the program changed it because of an act."""
    return Before(name=old.id, fields=values_of(old, changes), left=values_of(new, changes))


def values_of(entry: Entry, changes: Iterable[Change]) -> dict[str, Any]:
    """What an entry says in the fields that these changes are of; where its evidence was, pieces tell."""
    values = entry.model_dump(mode="json", include={change.field for change in changes} - {EVIDENCE})
    return values | ({"locked": sorted(entry.locked)} if "locked" in values else {})


def with_before(act: RecordedAct, done: Sequence[Decided]) -> RecordedAct:
    """An act with all that undo needs of what it did."""
    pieces = tuple(piece for one in done for piece in one.pieces)
    return act.model_copy(update={"before": tuple(one.before for one in done), "pieces": pieces})


def numbered(act: RecordedAct, done: Sequence[Decided]) -> list[Decided]:
    """What an act did, by revisions that bear it with the number that it has now."""
    return [replace(one, revision=one.revision.model_copy(update={"act": act})) for one in done]


def locks(old: frozenset[str], new: frozenset[str]) -> Iterable[Change]:
    """What of the locks an act changes."""
    if old != new:
        yield Change(field="locked", old=as_text(tuple(sorted(old))), new=as_text(tuple(sorted(new))))


def confirm(entry: Entry, act: Act) -> Decided | None:
    """The entry is right as it stands, its place among all that it could be; all that it shows is kept from then on."""
    done = act.of(ActKind.CONFIRM, entry.id)
    return _with_status(entry, EntryStatus.CONFIRMED, done, "confirmed", candidates=())


def reject(entry: Entry, act: Act) -> Decided | None:
    """The entry is wrong; it and its later copies stay out of sight."""
    return _with_status(entry, EntryStatus.REJECTED, act.of(ActKind.REJECT, entry.id), "rejected")


def _with_status(entry: Entry, status: EntryStatus, act: RecordedAct, what: str, **more: object) -> Decided | None:
    new = entry.model_copy(update={"status": status, "locked": entry.locked | {STATUS, EVIDENCE}} | more)
    return _decided(entry, new, act, what)


def edit(entry: Entry, fields: Mapping[str, object], act: Act) -> Decided | None:
    """Sets fields (of EDITABLE, and `jurisdiction_name` with `jurisdiction`) and locks them; an empty title gives the
    entry its own back.

    Raises BadInput for another field and ValueError for an impossible value."""
    for name in fields.keys() - {*EDITABLE, "jurisdiction_name"}:
        raise BadInput(f"{name}: this field cannot be edited; choose from {', '.join(EDITABLE)}")
    update = dict(fields)
    if "date" in fields:
        update["basis"] = Basis.STATED if fields["date"] else Basis.REPORTED
    if "jurisdiction" in fields:
        update["candidates"] = ()
    locked = entry.locked | (fields.keys() & set(EDITABLE)) | {EVIDENCE}
    if fields.get("jurisdiction", entry.jurisdiction) != entry.jurisdiction and POLICY not in fields:
        # A policy is of one place: the entry begins one of its own there, which can be merged with others.
        update[POLICY] = short_id(POLICY, str(fields["jurisdiction"]), entry.id)
        locked |= {POLICY}
    if fields.get("title") == "":
        locked -= {"title"}
    new = Entry.model_validate({**dict(entry), **update, "locked": locked})
    named = ", ".join(name for name in EDITABLE if name in fields)
    return _decided(entry, _titled(new), act.of(ActKind.EDIT, entry.id), f"edited {named}")


def _titled(entry: Entry) -> Entry:
    return entry if "title" in entry.locked else entry.model_copy(update={"title": entry_title(entry)})


def merge_entries(into: Entry, others: Sequence[Entry], act: Act, *, across_stages: bool = False) -> list[Decided]:
    """The others are the same step as `into`: it takes their evidence; they stay, rejected and empty, with a word
    where they went. `into` keeps its policy and its stage. Raises BadInput where there is nothing to merge, or where
    they are not one step: of one place and, unless a person says `across_stages`, of one stage."""
    if not others or len({into.id, *(other.id for other in others)}) <= len(others):
        raise BadInput("a merge needs two different entries at least")
    for other in others:
        _check_same_step(into, other, across_stages=across_stages)
    pieces = tuple(_piece(entry, into, item) for entry in (into, *others) for item in entry.evidence)
    items = sorted((item for entry in (into, *others) for item in entry.evidence), key=news_order)
    fixed = {name for name in STEP if any(name in other.locked for other in others)}
    fixed |= {"stage"} if other_stages(into, others) else set()
    locked = into.model_copy(update={"locked": into.locked | fixed | {EVIDENCE}})
    named, merge = ", ".join(other.id for other in others), act.of(ActKind.MERGE, into.id)
    joined = _decided(into, _described(locked, items), merge, f"merged with {named}", pieces)
    gone = [_decided(other, emptied(other), merge, f"merged into {into.id}") for other in others]
    return [done for done in (joined, *gone) if done]


def other_stages(into: Entry, others: Iterable[Entry]) -> tuple[Entry, ...]:
    """Those of the others that are of another stage."""
    return tuple(other for other in others if other.stage is not into.stage)


def _check_same_step(into: Entry, other: Entry, *, across_stages: bool) -> None:
    if not other.evidence:
        raise BadInput(f"entry {other.id} has no evidence to merge")
    for name, option in zip(STEP, ("place", "stage"), strict=True):
        if name == "stage" and across_stages:
            continue
        mine, theirs = str(getattr(into, name)), str(getattr(other, name))
        if mine != theirs:
            raise BadInput(
                f"entry {into.id} has the {option} {mine} and entry {other.id} {theirs}: these are two steps, and a "
                f"merge is of one; if one is wrong, set it first: `tracker review edit {other.id} --{option} {mine}`"
                f"{STAGES_TOO if name == 'stage' else ''}"
            )


def _piece(was_in: Entry, put_in: Entry, item: Evidence) -> Piece:
    return Piece(was_in=was_in.id, put_in=put_in.id, key=evidence_key(item))


def emptied(entry: Entry) -> Entry:
    """The entry without its evidence, which another one has: rejected, and never opened again by the program."""
    locked = entry.locked | {STATUS, EVIDENCE}
    return entry.model_copy(update={"evidence": (), "status": EntryStatus.REJECTED, "locked": locked})


def _described(entry: Entry, items: Sequence[Evidence]) -> Entry:
    """The entry as other evidence describes it; what a person decided on it stands."""
    fields = fields_of(entry.stage, map(claim_of, items), corrected_articles(entry))
    fields |= {"jurisdiction": entry.jurisdiction, "jurisdiction_name": entry.jurisdiction_name}
    return decided(entry, entry.model_copy(update=fields))


def split_entry(entry: Entry, moved: Collection[Evidence], act: Act) -> list[Decided]:
    """The evidence `moved` tells of another act: it opens an entry of its own, the last of the list, in the same
    policy. Raises BadInput where none or all of the evidence would move."""
    keys = {evidence_key(item) for item in moved}
    away = [item for item in entry.evidence if evidence_key(item) in keys]
    stays = [item for item in entry.evidence if evidence_key(item) not in keys]
    if not away or not stays:
        raise BadInput("a split moves some of the evidence, not none and not all of it")
    kept = _described(entry.model_copy(update={"locked": entry.locked | {EVIDENCE}}), stays)
    new, split = _split_off(entry, away, stays), act.of(ActKind.SPLIT, entry.id)
    told = opening(new)
    opened = Decided(told.entry, revision_of(1, split, f"split from {entry.id}", told.changes), Before(name=new.id))
    pieces = [_piece(entry, entry, item) for item in stays] + [_piece(entry, new, item) for item in away]
    what = f"split: {len(away)} of {len(entry.evidence)} moved to {new.id}"
    left = _decided(entry, kept, split, what, tuple(pieces))
    return [done for done in (left, opened) if done]


def _split_off(entry: Entry, items: Sequence[Evidence], stays: Sequence[Evidence]) -> Entry:
    """A new, pending entry of this evidence. It inherits the place, the stage and the policy where a person set them,
    but not what only a merge set. Its id names the revision of the split, of which there is only one."""
    name = short_id("split", entry.id, str(entry.revision + 1))
    own = _of_its_own(entry, items, stays)
    update: dict[str, object] = {**own, "id": name, "revision": 1, "revisions": (), "status": EntryStatus.PENDING}
    inherited = (entry.locked & {*STEP, POLICY}).difference(own)
    if "jurisdiction" in own:
        update |= {"jurisdiction_name": items[0].finding.jurisdiction_name, "candidates": ()}
        update[POLICY] = short_id(POLICY, str(own["jurisdiction"]), name)
        inherited -= {POLICY}
    return _described(entry.model_copy(update=update | {"locked": inherited | {EVIDENCE}}), items)


def _of_its_own(entry: Entry, items: Sequence[Evidence], stays: Sequence[Evidence]) -> dict[str, object]:
    """The place and the stage that evidence had before it was merged into an entry of another: what it says together,
    where the evidence that stays says what the entry shows. Where none says it, a person set it for all."""
    own: dict[str, object] = {}
    for name in STEP:
        said = {getattr(item.finding, name) for item in items}
        merged = any(getattr(item.finding, name) == getattr(entry, name) for item in stays)
        if name in entry.locked and merged and len(said) == 1 and getattr(entry, name) not in said:
            own[name] = said.pop()
    return own


def move_to_policy(entries: Iterable[Entry], policy: str, act: RecordedAct, what: str) -> list[Decided]:
    """The entries belong to `policy`, and the program leaves them there."""
    moved = (
        _decided(entry, entry.model_copy(update={POLICY: policy, "locked": entry.locked | {POLICY}}), act, what)
        for entry in entries
    )
    return [done for done in moved if done]
