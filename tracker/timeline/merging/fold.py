"""Evidence → entries: a pure function of the set of evidence, whatever the order in which it arrived.

The evidence is taken in a canonical order, the most telling first: days before months before years before undated
claims, then by publication, address and place in the text. A greedy merge in this order gives a coarse or undated
claim the choice among all acts that are known to the day; in the order of publication it would open an entry that the
exact reports could not join any more.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tracker.model import Entry, Evidence, Stage, with_shared_fields_set
from tracker.partial_date import PartialDate
from tracker.timeline.claims import DAY, Claim, claim_of
from tracker.timeline.entry_fields import EvidenceKey, evidence_key, fields_of, news_order
from tracker.timeline.ids import short_id
from tracker.timeline.merging.across_stages import joined_across_stages
from tracker.timeline.merging.clusters import MISPRINT_DAYS, MOVE_DAYS, TOLD_MOVE_DAYS, Cluster
from tracker.timeline.merging.match import choose, choose_all
from tracker.timeline.merging.records import article_and_place, recorded_steps, take_passages, take_reports
from tracker.timeline.titles import entry_title

PlaceStage = tuple[str, Stage]


def distinct(evidence: Iterable[Evidence]) -> list[Evidence]:
    """Evidence that has a place, each sentence once; of two that differ only in details, the smaller as text."""
    found: dict[EvidenceKey, Evidence] = {}
    for item in evidence:
        if item.finding.jurisdiction is None:
            continue
        key = evidence_key(item)
        known = found.get(key)
        if known is None or (known != item and item.model_dump_json() < known.model_dump_json()):
            found[key] = item
    return list(found.values())


def canonical_order(evidence: Iterable[Evidence]) -> list[Claim]:
    """The claims in the order in which they are folded; articles that name several starts of one place come first in
    their class, since they tell steps from corrections."""
    claims = _seen_together(claim_of(item) for item in distinct(evidence))
    starts: dict[tuple[str, str], set[int]] = defaultdict(set)
    for claim in claims:
        if claim.stage is Stage.EFFECTIVE and not claim.weak:
            starts[article_and_place(claim)].add(claim.first)
    return sorted(
        claims,
        key=lambda c: (
            c.precision,
            c.stage is not Stage.EFFECTIVE or len(starts[article_and_place(c)]) < 2,
            news_order(c.evidence),
        ),
    )


def _seen_together(claims: Iterable[Claim]) -> list[Claim]:
    """The claims, each knowing whether some article, or records, tell two steps of its place, stage and day."""
    found = list(claims)
    told = Counter((article_and_place(claim), claim.stage, claim.date) for claim in found if claim.precision == DAY)
    apart = {(place, stage, day) for ((_, place), stage, day), count in told.items() if count > 1}
    official = {
        (article_and_place(claim)[1], claim.stage, claim.date, claim.official) for claim in found if claim.official
    }
    recorded = Counter((place, stage, day) for place, stage, day, _ in official)
    apart |= {step for step, count in recorded.items() if count > 1}
    alone = [
        claim.precision == DAY and (article_and_place(claim)[1], claim.stage, claim.date) not in apart
        for claim in found
    ]
    return [replace(claim, alone=True) if one else claim for claim, one in zip(found, alone, strict=True)]


class ClusterIndex:
    """Clusters by place, stage and month, so that a claim meets only those whose dates it may share."""

    def __init__(self) -> None:
        self._months: dict[PlaceStage, dict[int, dict[int, Cluster]]] = defaultdict(lambda: defaultdict(dict))
        self._count = 0

    def near(self, claim: Claim) -> list[Cluster]:
        """The clusters whose dates the claim may share, the one opened first in front."""
        reach = MISPRINT_DAYS
        if claim.stage is Stage.EFFECTIVE:
            reach = TOLD_MOVE_DAYS if claim.moved else MOVE_DAYS
        months = self._months[_place(claim)]
        found: dict[int, Cluster] = {}
        for month in range(_month(claim.first - reach), _month(claim.last + reach) + 1):
            found.update(months.get(month, {}))
        return [found[number] for number in sorted(found)]

    def add(self, claim: Claim, cluster: Cluster | None) -> Cluster:
        """Adds the claim to its cluster, a new one where it has none; gives the cluster."""
        if cluster is None:
            cluster = Cluster(_place(claim)[0], claim.stage)
            self._count += 1
            cluster.number = self._count
        cluster.add(claim)
        months = self._months[_place(claim)]
        for month in range(_month(cluster.first), _month(cluster.last) + 1):
            months[month][cluster.number] = cluster
        return cluster

    def clusters(self) -> list[Cluster]:
        """All clusters, the one opened first in front."""
        found = {n: d for months in self._months.values() for clusters in months.values() for n, d in clusters.items()}
        return [found[number] for number in sorted(found)]


def _place(claim: Claim) -> PlaceStage:
    return claim.evidence.finding.jurisdiction or "", claim.stage


def _month(ordinal: int) -> int:
    day = date.fromordinal(max(1, ordinal))
    return day.year * 12 + day.month


@dataclass(frozen=True, slots=True)
class Folded:
    """The entries that evidence makes, and the loose reports that may be of several of them and so are of none."""

    entries: tuple[Entry, ...]
    unplaced: tuple[Evidence, ...] = ()


def fold(evidence: Iterable[Evidence]) -> Folded:
    """The entries that evidence supports, without policies. Findings whose place is not known support nothing. Any
    order of the same evidence gives the same entries; what one place says of one stage makes its entries whatever else
    is said. What only denies a step opens no entry, and without a date it is of none."""
    said = list(evidence)
    told = canonical_order(item for item in said if not item.is_passage)
    claims = [claim for claim in told if not (claim.against and claim.weak)]
    unplaced = [claim.evidence for claim in told if claim.against and claim.weak]
    steps = recorded_steps(claims)
    left = take_reports(steps, (claim for claim in claims if not claim.official))
    left = take_passages(steps, canonical_order(item for item in said if item.is_passage), left)
    index = _joined(steps, _by_day(claim for claim in left if claim.precision == DAY))
    for claim in left:
        if claim.precision == DAY:
            continue
        choice = choose(index.near(claim), claim)
        if choice.several:
            unplaced.append(claim.evidence)
        else:
            index.add(claim, choice.cluster)
    acts = [
        cluster
        for cluster in joined_across_stages(index.clusters())
        if not all(claim.against for claim in cluster.claims)
    ]
    placed = {id(claim) for cluster in acts for claim in cluster.claims}
    unplaced += [claim.evidence for cluster in index.clusters() for claim in cluster.claims if id(claim) not in placed]
    return Folded(_named(entry_from(cluster.stage, cluster.claims) for cluster in acts), tuple(unplaced))


def _by_day(claims: Iterable[Claim]) -> list[Cluster]:
    """What is told of one day, and of one policy, together; the cluster opened first in front."""
    made: list[Cluster] = []
    days: dict[tuple[PlaceStage, PartialDate | None], list[Cluster]] = defaultdict(list)
    for claim in claims:
        same = days[_place(claim), claim.date]
        cluster = choose(same, claim).cluster
        if cluster is None:
            cluster = Cluster(*_place(claim), number=len(made))
            made.append(cluster)
            same.append(cluster)
        cluster.add(claim)
    return made


def _joined(recorded: Iterable[Cluster], days: Iterable[Cluster]) -> ClusterIndex:
    """The recorded steps, and the clusters of single days, together where they are of one step after all: a slip, a
    signing, a date that was moved. Only now, when it is known which days one article tells apart."""
    index = ClusterIndex()
    for step in recorded:
        target = None
        for claim in step.claims:
            target = index.add(claim, target)
    for cluster in days:
        near = index.near(max(cluster.claims, key=lambda claim: claim.moved))
        target = choose_all(near, cluster.claims)
        for claim in cluster.claims:
            target = index.add(claim, target)
    return index


def entry_from(stage: Stage, claims: Sequence[Claim]) -> Entry:
    """The entry that the evidence of one act makes, without an id."""
    fields = fields_of(stage, claims)
    entry = with_shared_fields_set(Entry.model_construct(id="", policy="", stage=stage, title="", **fields))  # type: ignore[arg-type]
    return entry.model_copy(update={"title": entry_title(entry)})


def _named(clusters: Iterable[Entry]) -> tuple[Entry, ...]:
    """Gives each entry an id after its first article; the second of the same article, place and stage counts on."""
    taken: dict[tuple[str, str, str], int] = defaultdict(int)
    named = []
    for entry in sorted(clusters, key=lambda entry: news_order(entry.evidence[0])):
        first = (entry.jurisdiction, entry.stage.value, entry.evidence[0].url)
        count = [str(taken[first])] if taken[first] else []
        taken[first] += 1
        named.append(entry.model_copy(update={"id": short_id(*first, *count)}))
    return tuple(named)
