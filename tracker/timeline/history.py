"""What of an entry's revisions still counts: not an act of a person that was taken back, nor what followed from it."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from tracker.model import Change, Entry, EntryStatus, Revision

PROGRAM = "tracker"
"""The actor of revisions that no person made."""
EVIDENCE = "evidence"
"""The field by which revisions tell of articles gained and lost."""
STATUS, POLICY = "status", "policy"
"""Fields that decisions of people lock besides those that they edit."""


@dataclass(frozen=True, slots=True)
class FieldRevision:
    """A change of one field that still counts, and the revision that made it."""

    revision: Revision
    change: Change


def by_person(revision: Revision) -> bool:
    """True where a person made the revision."""
    return revision.actor != PROGRAM


def steps(revisions: Iterable[Revision], field: str) -> list[FieldRevision]:
    """How one field came to be what it is, oldest first. What lies between an act and its being taken back led nowhere,
    and is left out where the revisions tell of both."""
    found: list[FieldRevision] = []
    for revision in sorted(revisions, key=lambda revision: revision.number):
        for change in (change for change in revision.changes if change.field == field):
            place = _before(found, revision, change)
            if place is None:
                found.append(FieldRevision(revision, change))
            else:
                del found[place:]
    return found


def _before(found: Sequence[FieldRevision], revision: Revision, change: Change) -> int | None:
    """Where the first step stands that a change takes back: one of the act that was taken back, a person's or what the
    program did because of it. None where it takes none back."""
    if revision.act is None or revision.act.takes_back is None:
        return None
    of_act = (place for place, step in enumerate(found) if step.revision.of_act == revision.act.takes_back)
    place = next(of_act, None)
    return place if place is not None and found[place].change.old == change.new else None


def last_other(entry: Entry, field: str, now: str) -> FieldRevision | None:
    """The step that ended the last other value (not: no value) than the one of `now`; None where there was none."""
    return next((step for step in reversed(steps(entry.revisions, field)) if step.change.old not in ("", now)), None)


def corrected_articles(entry: Entry) -> set[str]:
    """The articles that the entry held when a person set its stage: read as of another, they tell of this one."""
    acts = [step.revision for step in steps(entry.revisions, "stage") if by_person(step.revision)]
    return _held_after(entry.revisions, acts[-1:])


def seen_articles(entry: Entry) -> set[str]:
    """The articles that the entry held when a person acted on it: what the person looked at."""
    return _held_after(entry.revisions, [revision for revision in entry.revisions if by_person(revision)])


def _held_after(revisions: Iterable[Revision], acts: Collection[Revision]) -> set[str]:
    """The articles that an entry held after any of these of its revisions."""
    held, found = Counter[str](), set[str]()
    for revision in revisions:
        for change in revision.changes:
            if change.field == EVIDENCE:
                held[change.new or change.old] += 1 if change.new else -1
        if revision in acts:
            found |= set(+held)
    return found


def lost_articles(entry: Entry) -> set[str]:
    """The articles that the entry was last seen to lose to the program, by its history; not what a person moved."""
    lost: dict[str, bool] = {}
    for revision in entry.revisions:
        for change in revision.changes:
            if change.field == EVIDENCE:
                lost[change.old or change.new] = bool(change.old) and not by_person(revision)
    return {url for url, is_lost in lost.items() if is_lost}


def is_taken_back(entry: Entry) -> bool:
    """True where the program rejected an entry, not a person: no article supports it any longer, or each that does only
    copies what a person rejected."""
    return entry.status is EntryStatus.REJECTED and STATUS not in entry.locked
