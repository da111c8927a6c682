"""One act told in several stages: of one vote, one report says that a ban was lifted, another that a license was
adopted; one order is a new rule's adoption to one paper, its start to another, the old rule's end to a third."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from tracker.model import Stage
from tracker.partial_date import PartialDate
from tracker.timeline.merging.clusters import Cluster
from tracker.timeline.same_policy import chance, log_odds, other_numbers
from tracker.timeline.steps import STAGE_ORDER

OUTCOMES = frozenset({Stage.ADOPTED, Stage.RESCINDED, Stage.REJECTED})
"""How a vote can go: of one date, however coarse, these can be of one act."""
TELLINGS = OUTCOMES | {Stage.PROPOSED, Stage.EFFECTIVE}
"""Stages that can be of one act, and so are folded together: a first reading is the vote to some, an order that holds
at once is its start. What a court does is another's act."""
ONE_ACT = 0.6
"""The chance of one policy from which two stages of one date are one act. On the labelled stories no two acts of a day
that different articles tell of were told of one policy at all; .5 would do as well, .7 parts a plan from its order."""

Key = tuple[str, str, PartialDate]
"""Where clusters of one act meet: a place, in which way, and a date."""


def folded_with(stage: Stage) -> Stage:
    """The stage that stands for all those which one fold must see together with this one."""
    return Stage.ADOPTED if stage in TELLINGS else stage


def joined_across_stages(clusters: Iterable[Cluster]) -> list[Cluster]:
    """The clusters, those of one act as one, in the order in which they were opened."""
    acts: list[list[Cluster]] = []
    dated: dict[Key, list[list[Cluster]]] = defaultdict(list)
    for cluster in clusters:
        keys = _keys(cluster)
        fits = [act for key in keys for act in dated[key] if _is_one_act(act, cluster)]
        act = max(fits, key=lambda act: (log_odds(act[0].profile, cluster.profile), -act[0].number), default=None)
        if act is None:
            acts.append(act := [])
        act.append(cluster)
        for key in keys:
            dated[key].append(act)
    return [_together(act) for act in acts]


def _keys(cluster: Cluster) -> list[Key]:
    """Where a cluster may meet others of its act: by a day that had come when it was told, whatever the stage; outcomes
    also by any date, and by the month of news that has no date."""
    if cluster.stage not in TELLINGS:
        return []
    keys = [("day", mark.date) for mark in cluster.marks if mark.first == mark.last and mark.happened()]
    if cluster.stage in OUTCOMES:
        keys += [("date", mark.date) for mark in cluster.marks]
        keys += [("month", day.to_month()) for day in _dates(cluster) if day.month]
    return [(cluster.jurisdiction, way, day) for way, day in dict.fromkeys(keys)]


def _dates(cluster: Cluster) -> set[PartialDate]:
    """The dates that are told; where there are none, the months of publication of what was news."""
    told = [claim.date for claim in cluster.claims if claim.evidence.finding.primary and claim.date]
    return {mark.date for mark in cluster.marks} or set(told)


def _is_one_act(act: Sequence[Cluster], other: Cluster) -> bool:
    """True where a cluster tells of an act in another stage, and of the policy of one of its tellings. An article that
    tells of both tells them apart."""
    if any(_apart(one, other) for one in act) or not any(_at_once(one, other) for one in act):
        return False
    return any(_of_one_policy(one, other) for one in act)


def _of_one_policy(one: Cluster, other: Cluster) -> bool:
    """By what reports tell of both; a record alone is compared report by report (`records`)."""
    if not one.profile.size or not other.profile.size:
        return False
    return chance(log_odds(one.profile, other.profile)) >= ONE_ACT


def _apart(one: Cluster, other: Cluster) -> bool:
    if one.stage is other.stage or not one.urls.isdisjoint(other.urls) or (one.official and other.official):
        return True
    return bool(other_numbers(one.profile, other.profile))


def _at_once(one: Cluster, other: Cluster) -> bool:
    """True where the dates can be of one act: the same, or the month of news that has none. What is proposed on a day
    is its act only if it was told when the act was known: the vote that is set for a day is not yet the vote."""
    if not one.marks or not other.marks:
        return any(day.agrees(another) for day in _dates(one) for another in _dates(other))
    first, then = sorted((one, other), key=lambda cluster: cluster.stage is not Stage.PROPOSED)
    return any(
        mark.date == done.date and (first.stage is not Stage.PROPOSED or max(mark.told) >= min(done.told))
        for mark in first.marks
        for done in then.marks
    )


def _together(act: Sequence[Cluster]) -> Cluster:
    """One cluster of an act: its stage is a record's, else the one that the reports tell most surely together, of those
    with a date."""
    if len(act) == 1:
        return act[0]
    stage = max(
        act, key=lambda cluster: (bool(cluster.official), bool(cluster.marks), _weight(cluster), _rank(cluster.stage))
    ).stage
    cluster = Cluster(act[0].jurisdiction, stage, number=act[0].number)
    for claim in (claim for told in act for claim in told.claims):
        cluster.add(claim)
    return cluster


def _weight(cluster: Cluster) -> float:
    """How many reports tell it, each counted as surely as it was read."""
    best: dict[str, float] = {}
    for claim in (claim for claim in cluster.claims if not claim.against):
        best[claim.evidence.report] = max(best.get(claim.evidence.report, 0.0), claim.evidence.finding.score)
    return round(sum(score for _, score in sorted(best.items())), 4)


def _rank(stage: Stage) -> tuple[bool, int]:
    """Of stages that are told as surely: what holds since that day, then the earlier one."""
    return stage is Stage.EFFECTIVE, -STAGE_ORDER[stage]
