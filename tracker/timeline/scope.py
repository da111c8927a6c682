"""What one recording touches: the places and stages whose entries must be folded anew, and the entries concerned.

Entries are folded by place, the stages of a vote together (`acts.py`), the others each by itself: what is said of other
stages can change nothing of them but their policies. A person may have put evidence of several stages into one entry:
then these stages are one.
"""

from collections.abc import Iterable, Sequence

from tracker.model import Entry, Finding, OcdId, Stage
from tracker.timeline.acts import folded_with

Group = tuple[OcdId, Stage]
"""A place, and the stage that stands for those which are folded together (`folded_with`)."""


def group_of(finding: Finding) -> Group | None:
    """Where a finding is folded; None where its place is not known."""
    return (finding.jurisdiction, folded_with(finding.stage)) if finding.jurisdiction else None


def shown_in(entry: Entry) -> Group:
    """The group of the place and stage that an entry shows."""
    return entry.jurisdiction, folded_with(entry.stage)


def groups_of(entry: Entry) -> set[Group]:
    """Where the entry stands, and where its evidence is folded."""
    told = {group_of(item.finding) for item in entry.evidence}
    return {group for group in told if group} | {shown_in(entry)}


def touched(entries: Sequence[Entry], groups: Iterable[Group]) -> tuple[set[Group], list[Entry], list[Entry]]:
    """(all groups to fold anew, the entries that they concern, the other entries), given the groups of what was said.

    Entries that a person moved to another place or stage are always concerned: evidence that comes back to them may be
    told of where they once were."""
    found, others = set(groups), list(entries)
    concerned: list[Entry] = []
    while True:
        now = [entry for entry in others if entry.locked & {"jurisdiction", "stage"} or groups_of(entry) & found]
        if not now:
            return found, concerned, others
        concerned += now
        names = {entry.id for entry in now}
        others = [entry for entry in others if entry.id not in names]
        found = found.union(*map(groups_of, now))
