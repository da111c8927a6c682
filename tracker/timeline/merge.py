"""The one decider: (what is recorded, what articles say now) → what is to be done to the entries.

`db` carries it out, tests carry it out in memory, and both come here. Pure: the same values give the same actions.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from tracker.model import Entry, Evidence
from tracker.timeline.actions import Action
from tracker.timeline.fold import fold
from tracker.timeline.reconcile import reconcile
from tracker.timeline.scope import Group, group_of, shown_in, touched


@dataclass(frozen=True, slots=True)
class Merged:
    """What is to be done, and all groups that were folded anew for it."""

    actions: tuple[Action, ...]
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
