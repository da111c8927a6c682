"""What people decided, taken back: the last act that still stands, on every entry that it touched.

Acts are taken back one after another, the latest first, whatever the program did in between: fields, locks and evidence
become what they were before the act, and so does what the program did at once because of it. Then the program follows.
An act of several entries (a merge, a split) is taken back on all of them or not at all; where somebody acted on one of
them since, that comes first.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from tracker.errors import BadInput
from tracker.model import Change, Entry, EntryStatus, Evidence, Revision
from tracker.timeline.actions import as_text, changes_between
from tracker.timeline.decisions import Act, Decided, Piece, emptied, locks, revision_of
from tracker.timeline.describe import EvidenceKey, evidence_key, telling_order
from tracker.timeline.history import EVIDENCE, FOLLOWED, PROGRAM, by_person, took_back
from tracker.timeline.review import POLICY, STATUS

_MERGED = re.compile(r"merged into ([^:]+)(?:: .*)?", re.DOTALL)
"""What the revision of an entry that a merge emptied says of the one that took it in."""
POLICY_MOVE = re.compile(r"policies .+ are one|split from the policy |split: others moved to the policy ")
"""How the words of an act on a policy begin, in the revisions of its entries."""
NOTHING = frozenset({"date", "effect", "direction"})
"""Fields that are None, not empty, where there is nothing to tell."""


def standing(revisions: Sequence[Revision]) -> list[Revision]:
    """The acts of people that were not taken back, the last one first."""
    gone: set[int] = set()
    found = []
    for revision in sorted(revisions, key=lambda revision: -revision.number):
        if not by_person(revision) or revision.number in gone:
            continue
        if (number := took_back(revision)) is not None:
            gone.add(number)
        else:
            found.append(revision)
    return found


def last_act(entry: Entry) -> Revision:
    """The act that is next to be taken back. Raises BadInput where there is none."""
    if acts := standing(entry.revisions):
        return acts[0]
    if any(map(by_person, entry.revisions)):
        raise BadInput(f"entry {entry.id}: everything that people decided on it is taken back; decide anew instead")
    raise BadInput(f"entry {entry.id}: no person has decided anything on it")


def merged_into(entry: Entry) -> str:
    """The id of the entry that a person merged this one into; empty where it stands, or ended in another way."""
    acts = standing(entry.revisions)
    found = _MERGED.fullmatch(acts[0].reason) if acts and not entry.evidence else None
    return found[1] if found else ""


@dataclass(slots=True)
class Part:
    """One entry of an act, the revision that the act made of it, and the evidence that it shall hold."""

    entry: Entry
    revision: Revision
    evidence: list[Evidence]

    @property
    def opened(self) -> bool:
        """True for the entry that a split opened."""
        return self.revision.number == 1


def undo(entry: Entry, others: Iterable[Entry], pieces: Collection[Piece], act: Act) -> list[Decided]:
    """Takes back the last act of a person on the entry, `entry` first in the list.

    `others` are the entries that the act also touched; `pieces` is the evidence that it placed. Raises BadInput that
    says what stands in the way."""
    last = last_act(entry)
    if POLICY_MOVE.match(last.reason):
        raise BadInput(
            f"entry {entry.id}: the last act was on its policy ({last.reason}): `tracker review undo {entry.policy}`"
        )
    parts = {entry.id: Part(entry, last, list(entry.evidence))}
    for other in others:
        parts[other.id] = Part(other, _same_act(other, pieces), list(other.evidence))
    _give_back(parts, pieces)
    return [_as_before(part, act) for part in parts.values()]


def _same_act(entry: Entry, pieces: Collection[Piece]) -> Revision:
    """The revision that the act made of another entry: the last one that stands there."""
    numbers = {number for piece in pieces for name, number in piece.revisions if name == entry.id}
    found = last_act(entry)
    if found.number in numbers:
        return found
    raise BadInput(
        f"entry {entry.id} belongs to that act and was decided on since (revision {found.number}: {found.reason}); "
        f"take that back first: `tracker review undo {entry.id}`"
    )


def _give_back(parts: Mapping[str, Part], pieces: Iterable[Piece]) -> None:
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


def _move(after: Part, before: Part, keys: Collection[EvidenceKey]) -> None:
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


def _as_before(part: Part, act: Act) -> Decided:
    entry, items = part.entry, tuple(sorted(part.evidence, key=telling_order))
    if part.opened:
        new = emptied(entry)
    else:
        followed = [told for told in entry.revisions if _follows(told, part.revision.at)]
        old = _values(entry, followed) | {c.field: _value(c.field, c.old) for c in _fields(part.revision)}
        new = Entry.model_validate({**dict(entry), **old, EVIDENCE: items})
        if not items and new.status is EntryStatus.PENDING and STATUS not in new.locked:
            new = new.model_copy(update={STATUS: EntryStatus.REJECTED})  # it comes back when it is reported again
    changes = (*changes_between(entry, new), *locks(entry.locked, new.locked))
    new = new.model_copy(update={"revision": entry.revision + 1})
    return Decided(new, revision_of(new.revision, act, f"took back revision {part.revision.number}", changes))


def consequence(entry: Entry, moment: datetime, act: Act) -> Decided | None:
    """What the program did to another entry at the moment of an act that is taken back, taken back as well where it
    still stands: a revision of the program, since no person looked at this entry."""
    followed = [told for told in entry.revisions if _follows(told, moment)]
    new = Entry.model_validate({**dict(entry), **_values(entry, followed)})
    if not (changes := changes_between(entry, new)):
        return None
    new = new.model_copy(update={"revision": entry.revision + 1})
    return Decided(new, Revision(number=new.revision, at=act.at, actor=PROGRAM, reason=FOLLOWED, changes=changes))


def _follows(revision: Revision, moment: datetime) -> bool:
    """True for what the program did at once because of an act."""
    return revision.at == moment and not by_person(revision) and revision.number > 1


def _fields(revision: Revision) -> list[Change]:
    return [change for change in revision.changes if change.field != EVIDENCE]


def _values(entry: Entry, revisions: Iterable[Revision]) -> dict[str, object]:
    """The fields as they were before some revisions, where they are still as these left them."""
    changes = [change for revision in revisions for change in _fields(revision)]
    last = {change.field: change.new for change in changes}
    first = {change.field: change.old for change in reversed(changes)}
    return {name: _value(name, first[name]) for name, new in last.items() if as_text(getattr(entry, name)) == new}


def _value(field: str, text: str) -> object:
    """A field's value from what a revision wrote of it."""
    if field == "locked":
        return frozenset(filter(None, text.split(", ")))
    if field == "candidates":
        return tuple(filter(None, text.split(", ")))
    return None if field in NOTHING and not text else text


def out_of_policy(entry: Entry, move: Revision, act: Act) -> Decided:
    """Takes back that a person put the entry into another policy: it stands where it stood, and so do later acts.
    Raises BadInput where a later act put it elsewhere."""
    later = [r for r in standing(entry.revisions) if r.number > move.number and _chose_policy(r)]
    if later:
        raise BadInput(
            f"entry {entry.id} was put into another policy since (revision {later[0].number}: {later[0].reason}); "
            "take that back first"
        )
    changed = {change.field: change for change in move.changes}
    update: dict[str, object] = {POLICY: changed[POLICY].old} if POLICY in changed else {}
    if "locked" in changed and POLICY not in _value("locked", changed["locked"].old):  # type: ignore[operator]
        update["locked"] = entry.locked - {POLICY}
    new = entry.model_copy(update=update)
    changes = (*changes_between(entry, new), *locks(entry.locked, new.locked))
    new = new.model_copy(update={"revision": entry.revision + 1})
    return Decided(new, revision_of(new.revision, act, f"took back revision {move.number}", changes))


def _chose_policy(revision: Revision) -> bool:
    return any(change.field == POLICY for change in revision.changes) or bool(POLICY_MOVE.match(revision.reason))
