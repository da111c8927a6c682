"""The one decider: (what is recorded, what articles say now) → what is to be done to the entries.

`db` carries it out, tests carry it out in memory, and both come here. Pure: the same values give the same actions.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from tracker.model import Entry, Evidence, Finding, OcdId, Stage
from tracker.timeline.merging.across_stages import folded_with
from tracker.timeline.merging.fold import fold
from tracker.timeline.merging.intents import Intent
from tracker.timeline.merging.reconcile import reconcile

Group = tuple[OcdId, Stage]
"""A place, and the stage that stands for those which are folded together (`folded_with`)."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What is to be done, and all groups that were folded anew for it."""

    actions: tuple[Intent, ...]
    groups: frozenset[Group]


def merge(known: Sequence[Entry], evidence: Iterable[Evidence], groups: Collection[Group] | None = None) -> Merged:
    """What turns the known entries into what the evidence says; people's decisions stand.

    `known` are all entries of the places concerned, `evidence` all that is said of these places. `groups` are the
    places and stages in which something was said anew, None for all of them: what others show can only change its
    policy."""
    said = list(evidence)
    if groups is None:
        groups = {group for item in said if (group := group_of(item.finding))} | set(map(shown_in, known))
    found, concerned, others = touched(known, groups)
    folded = fold(item for item in said if group_of(item.finding) in found)
    return Merged(reconcile(concerned, folded, others), frozenset(found))


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
