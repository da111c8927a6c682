"""What people decided, taken back: the last act that still stands, on every entry that it touched.

Acts are taken back one after another, the latest first, whatever the program did in between: fields, locks and evidence
become what they were before the act, and so does what the program did at once because of it. Then the program follows.
What was before is what the act itself keeps (`RecordedAct`); no words are read. An act of several entries (a merge, a
split) is taken back on all of them or not at all; where somebody acted on one of them since, that comes first.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tracker.errors import BadInput
from tracker.model import ActKind, Before, Entry, EntryStatus, Evidence, EvidenceKey, Piece, RecordedAct, Revision
from tracker.timeline.decisions.acts import Act, Decided, before_following, emptied, locks, replaced
from tracker.timeline.entry_fields import evidence_key, news_order
from tracker.timeline.history import EVIDENCE, POLICY, PROGRAM, STATUS, by_person
from tracker.timeline.merging.intents import changes_between

FOLLOWED = "what a person decided elsewhere was taken back"
"""What revisions say by which the program takes back what it had done because of an act on another entry."""
OF_POLICIES = frozenset({ActKind.MERGE_POLICIES, ActKind.SPLIT_POLICY})
"""Acts on policies, which put entries into another one."""


def standing_acts(revisions: Sequence[Revision]) -> list[Revision]:
    """The acts of people that were not taken back, the last one first."""
    gone: set[int] = set()
    found = []
    for revision in sorted(revisions, key=lambda revision: -revision.number):
        act = revision.act
        if not by_person(revision) or act is None or act.id in gone:
            continue
        if act.takes_back is None:
            found.append(revision)
        else:
            gone.add(act.takes_back)
    return found


def last_act(entry: Entry) -> Revision:
    """The act that is next to be taken back. Raises BadInput where there is none."""
    if acts := standing_acts(entry.revisions):
        return acts[0]
    if any(map(by_person, entry.revisions)):
        raise BadInput(f"entry {entry.id}: everything that people decided on it is taken back; decide anew instead")
    raise BadInput(f"entry {entry.id}: no person has decided anything on it")


def merged_into(entry: Entry) -> str:
    """The id of the entry that a person merged this one into; empty where it stands, or ended in another way."""
    last = next((revision.act for revision in standing_acts(entry.revisions)), None)
    if entry.evidence or last is None or last.kind is not ActKind.MERGE or last.target == entry.id:
        return ""
    return last.target


@dataclass(slots=True)
class ActPart:
    """One entry of an act, the revision that the act made of it, what it said before (`followed`: in the fields that
    the program changed at once), and the evidence that it shall hold."""

    entry: Entry
    revision: Revision
    before: Before
    followed: Before | None
    evidence: list[Evidence]

    @property
    def opened(self) -> bool:
        """True for the entry that a split opened."""
        return self.before.fields is None


def undo(entry: Entry, others: Iterable[Entry], taken: RecordedAct, act: Act) -> list[Decided]:
    """Takes back the last act of a person on the entry, `entry` first in the list, with all that followed from it.

    `taken` is that act as it was kept, `others` are the other entries that it names. Raises BadInput that says what
    stands in the way."""
    last = last_act(entry)
    if taken.kind in OF_POLICIES:
        raise BadInput(
            f"entry {entry.id}: the last act was on its policy ({last.reason}): `tracker review undo {entry.policy}`"
        )
    undone = act.of(ActKind.UNDO, entry.id, taken.id)
    own = {before.name: before for before in taken.before if not before.followed}
    at_once = {before.name: before for before in taken.before if before.followed}
    parts, rest = {}, []
    for one in (entry, *others):
        if one.id in own:
            revision = last if one.id == entry.id else _same_act(one, taken)
            parts[one.id] = ActPart(one, revision, own[one.id], at_once.get(one.id), list(one.evidence))
        else:
            rest.append(_consequence(one, at_once[one.id], undone))
    _give_back(parts, taken.pieces)
    done = [_as_before(part, undone) for part in parts.values()]
    return [*done, *(back for back in rest if back)]


def _same_act(entry: Entry, taken: RecordedAct) -> Revision:
    """The revision that the act made of another entry: the last one that stands there."""
    found = last_act(entry)
    if found.of_act == taken.id:
        return found
    raise BadInput(
        f"entry {entry.id} belongs to that act and was decided on since (revision {found.number}: {found.reason}); "
        f"take that back first: `tracker review undo {entry.id}`"
    )


def _give_back(parts: Mapping[str, ActPart], pieces: Iterable[Piece]) -> None:
    """Evidence goes back to where it was: the pieces themselves, or what their articles say now in their place, each
    once, the most alike first. An entry that a split opened keeps none."""
    pairs = [(piece, key) for piece in pieces for key in map(evidence_key, parts[piece.put_in].evidence)]
    fits = [(likeness, piece, key) for piece, key in pairs if (likeness := _likeness(piece.key, key))]
    used: set[object] = set()
    for _, piece, key in sorted(fits, key=lambda fit: (fit[0], str(fit[1:])), reverse=True):
        if piece not in used and key not in used:
            used |= {piece, key}
            _move(parts[piece.put_in], parts[piece.was_in], {key})
    for piece in pieces:
        if (after := parts[piece.put_in]).opened:
            _move(after, parts[piece.was_in], set(map(evidence_key, after.evidence)))


def _move(after: ActPart, before: ActPart, keys: Collection[EvidenceKey]) -> None:
    moved = [item for item in after.evidence if evidence_key(item) in keys]
    after.evidence = [item for item in after.evidence if evidence_key(item) not in keys]
    before.evidence += moved


def _likeness(piece: EvidenceKey, now: EvidenceKey) -> tuple[bool, ...]:
    """How well a piece of evidence is another one, or a new reading of it; () for not at all."""
    (url, start, end, *said), (its_url, its_start, its_end, *says) = piece, now
    same = [old == new for old, new in zip(said, says, strict=True)]
    same_step = same[0] and same[1]
    overlap = 2 * (min(end, its_end) - max(start, its_start)) > min(end - start, its_end - its_start)
    return (piece == now, overlap, same_step, *same) if url == its_url and (overlap or same_step) else ()


def _as_before(part: ActPart, undone: RecordedAct) -> Decided:
    entry, items = part.entry, tuple(sorted(part.evidence, key=news_order))
    if part.before.fields is None:
        new = emptied(entry)
    else:
        followed = _still_so(entry, part.followed) if part.followed else {}
        new = Entry.model_validate({**dict(entry), **followed, **part.before.fields, EVIDENCE: items})
        if not items and new.status is EntryStatus.PENDING and STATUS not in new.locked:
            new = new.model_copy(update={STATUS: EntryStatus.REJECTED})  # it comes back when it is reported again
    return _back(entry, new, part.revision, undone)


def _back(entry: Entry, new: Entry, revision: Revision, undone: RecordedAct) -> Decided:
    """The revision of a person that takes another one back, also where by now that changes nothing."""
    changes = (*changes_between(entry, new), *locks(entry.locked, new.locked))
    return replaced(entry, new, undone, f"took back revision {revision.number}", changes)


def _consequence(entry: Entry, before: Before, undone: RecordedAct) -> Decided | None:
    """What the program did to another entry because of an act that is taken back, taken back as well where it still
    stands: a revision of the program, since no person looked at this entry."""
    new = Entry.model_validate({**dict(entry), **_still_so(entry, before)})
    if not (changes := changes_between(entry, new)):
        return None
    new = new.model_copy(update={"revision": entry.revision + 1})
    told = Revision(number=new.revision, at=undone.at, actor=PROGRAM, reason=FOLLOWED, changes=changes, act=undone)
    return Decided(new, told, before_following(entry, new, changes))


def _still_so(entry: Entry, before: Before) -> dict[str, Any]:
    """The fields as they were before the program followed an act, where they are still as it left them then."""
    left, values = before.left or {}, before.fields or {}
    now = entry.model_dump(mode="json", include=set(left))
    return {name: value for name, value in values.items() if now[name] == left[name]}


def out_of_policy(entry: Entry, taken: RecordedAct, undone: RecordedAct) -> Decided:
    """Takes back that a person put the entry into another policy: it stands where it stood, and so do later acts.
    Raises BadInput where a later act put it elsewhere."""
    move = next(told for told in entry.revisions if told.of_act == taken.id and by_person(told))
    later = [told for told in standing_acts(entry.revisions) if told.number > move.number and _chose_policy(told)]
    if later:
        raise BadInput(
            f"entry {entry.id} was put into another policy since (revision {later[0].number}: {later[0].reason}); "
            "take that back first"
        )
    values = next(before.fields or {} for before in taken.before if before.name == entry.id and not before.followed)
    update: dict[str, object] = {POLICY: values[POLICY]} if POLICY in values else {}
    if POLICY not in values.get("locked", (POLICY,)):
        update["locked"] = entry.locked - {POLICY}
    return _back(entry, entry.model_copy(update=update), move, undone)


def _chose_policy(revision: Revision) -> bool:
    of_policies = revision.act is not None and revision.act.kind in OF_POLICIES
    return of_policies or any(change.field == POLICY for change in revision.changes)
