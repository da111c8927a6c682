"""Does a claim report the step that a cluster is of? Place, stage and date must fit; then the chance of one policy
decides, and the nearer the dates are, the less of it is needed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log

from tracker.model import Stage
from tracker.timeline.claims import DAY, Claim
from tracker.timeline.entry_fields import EVEN
from tracker.timeline.merging.clusters import Cluster, Nearness, moved, nearness, overlap
from tracker.timeline.same_file import ReportWords, file_odds, words_of_file, words_of_report
from tracker.timeline.same_policy import chance, log_odds, other_matters, other_numbers, share_topic, share_words

NEEDED = {
    Nearness.SAME: 0.36,
    Nearness.WITHIN: 0.36,
    Nearness.SLIPPED: 0.36,
    Nearness.CLOSE: 0.7,
    Nearness.LOOSE: 0.36,
    Nearness.MOVED: 0.7,
}
"""The chance of one policy from which dates so near are of one step. A place rarely takes two steps of one stage on one
day; days apart need more, and a start that another one corrects: rules of one matter start one after the other. From .7
on, single starts of the labelled stories are no longer lost; .8 parts some that were moved."""
VAGUE = frozenset({Nearness.SAME, Nearness.WITHIN, Nearness.LOOSE})
"""How a month, a year or no date at all can be the date of a step."""
NEEDED_OF_ONE = 0.25
"""The chance of one policy from which a vague date is of the only step of its topic that it can mean, where words are
shared. Of reports of one policy whose rules have no names it keeps .84 (`NEEDED` alone .76), of other cities' reports
of the topic .45 (.42); at .3 the doubled entries come back, at .2 single steps are lost."""
WORTH = {
    Nearness.SAME: 4.0,
    Nearness.WITHIN: 2.0,
    Nearness.SLIPPED: 2.0,
    Nearness.CLOSE: 1.0,
    Nearness.LOOSE: 0.0,
    Nearness.MOVED: 0.0,
}
"""Log-odds that a nearer date is worth against a policy that fits better."""
NEEDED_OF_FILE = {
    Nearness.SAME: 0.15,
    Nearness.WITHIN: 0.3,
    Nearness.SLIPPED: 0.2,
    Nearness.CLOSE: 0.5,
    Nearness.LOOSE: 0.5,
}
"""The chance that a report tells of a file from which it tells the step that a record has of it, by the nearness of its
date; no other file of these days may fit nearly as well (`CLEAR_FILE`). With eight foreign files beside each step of
the labelled stories' development part none of these was joined on its day, and nearly all that was joined without them
was joined still."""
REPORTED_AS = {
    Stage.ADOPTED: frozenset({Stage.RESCINDED}),
    Stage.RESCINDED: frozenset({Stage.ADOPTED}),
}
"""Which other stage reports may call a recorded step: a council adopts what ends a rule."""
YEAR = 365
"""Days that are worth one point: a start is more likely to be moved by months than by years."""
CLEAR = 1.0
"""Log-odds by which one step must fit better than another for a loose report to be of it."""
SUREST = 0.98
"""Scores count no further from a half than this."""
NEWS_DAYS = 14
"""News without a date is of the step of these days before it, if there is one, and not of earlier ones."""

OTHER_POLICY = "another policy"


@dataclass(frozen=True, slots=True)
class Match:
    """How a claim stands to a cluster. `rule` is what decided, in words; the larger `points`, the better it fits."""

    same: bool
    date: Nearness
    rule: str
    points: float = 0.0
    days: int = 0

    def __bool__(self) -> bool:
        """True where the claim reports this very step."""
        return self.same


def match(cluster: Cluster, claim: Claim) -> Match:
    """Whether a claim reports the step of a cluster that has claims, and which rule decided."""
    if cluster.jurisdiction != claim.evidence.finding.jurisdiction:
        return Match(False, Nearness.APART, "another place")
    if claim.official and cluster.official:
        same = claim.official == cluster.official
        return Match(same, Nearness.SAME if same else Nearness.APART, "one record" if same else "another record")
    if claim.file:
        return _match_of_record(cluster, claim)
    if cluster.stage is not claim.stage:
        return Match(False, Nearness.APART, "another stage")
    date = same_time(cluster, claim)
    if not date:
        return Match(False, date, "dates that cannot be of one act")
    if claim.evidence.url in cluster.urls and date is not Nearness.MOVED:
        return Match(False, date, "one article tells them apart")
    if not cluster.profile.size:
        return Match(False, date, "a record of which nothing was reported")
    if other_numbers(cluster.profile, claim.profile):
        return Match(False, date, "other numbers of one kind of instrument")
    odds = log_odds(cluster.profile, claim.profile)
    only = date is Nearness.SAME and claim.alone and share_words(cluster.profile, claim.profile)
    same, days = only or chance(odds) >= NEEDED[date], _days(cluster, claim)
    rule = "the only step of its day and topic" if only else "one policy" if same else OTHER_POLICY
    return Match(same, date, rule, odds + WORTH[date], days)


def _match_of_record(cluster: Cluster, claim: Claim) -> Match:
    """Whether reports tell the step of a file that a record tells: the best that one of them fits."""
    recorded = Cluster(cluster.jurisdiction, claim.stage)
    recorded.add(claim)
    matches = (match_report(recorded, told, words_of_report(told.evidence)) for told in cluster.claims)
    return max(matches, key=lambda made: (made.same, made.points))


def may_report(recorded: Cluster, claim: Claim) -> bool:
    """True where stage and date allow that a report is of a recorded step; their words are not compared."""
    return bool(_time_of_record(recorded, claim))


def _time_of_record(recorded: Cluster, claim: Claim) -> Nearness:
    """How a report's date stands to a record's; of another stage the day itself must be told."""
    if claim.stage is recorded.stage:
        return same_time(recorded, claim)
    is_other = claim.precision == DAY and claim.stage in REPORTED_AS.get(recorded.stage, ())
    return same_time(recorded, claim) if is_other else Nearness.APART


def match_report(recorded: Cluster, claim: Claim, words: ReportWords) -> Match:
    """Whether a report tells the step that a record tells of its file: by place, stage, date, and the words of both."""
    if recorded.jurisdiction != claim.evidence.finding.jurisdiction:
        return Match(False, Nearness.APART, "another place")
    date = _time_of_record(recorded, claim)
    if not date:
        return Match(False, date, "another stage, or dates that cannot be of one act")
    odds = file_odds(words_of_file(recorded.claims[0].evidence), words)
    same = chance(odds) >= NEEDED_OF_FILE[date]
    return Match(same, date, "one file" if same else OTHER_POLICY, odds + WORTH[date], _days(recorded, claim))


def same_time(cluster: Cluster, claim: Claim) -> Nearness:
    """How the claim's date stands to the cluster's dates; for starts, a corrected date counts as one of them."""
    if claim.weak or not cluster.marks:
        foretold = bool(cluster.official) and claim.published < cluster.first
        return Nearness.APART if foretold else overlap(cluster.first, cluster.last, claim)
    best = max(nearness(cluster.stage, mark, claim) for mark in cluster.marks)
    if best or _phased(cluster, claim):
        return best
    return Nearness.MOVED if any(moved(cluster.stage, mark, claim) for mark in cluster.marks) else Nearness.APART


def _phased(cluster: Cluster, claim: Claim) -> bool:
    """True where one article names both dates as standing ("Friday, and again in January"): two steps, not a
    correction. A date that the sentence itself gives up does not count."""
    mine = [c for c in cluster.claims if c.evidence.url == claim.evidence.url and not c.weak and not c.against]
    if claim.against or not mine:
        return False
    standing = [c for c in mine if not (claim.moved and c.evidence.finding.said == claim.evidence.finding.said)]
    return any(c.date and claim.date and not c.date.agrees(claim.date) for c in standing)


def _days(cluster: Cluster, claim: Claim) -> int:
    """Days from the cluster's dates to the claim's, or to its publication where it has none."""
    day = claim.published if claim.weak else claim.first
    return min((abs(day - mark.last) for mark in cluster.marks), default=abs(day - cluster.claims[0].published))


@dataclass(frozen=True, slots=True)
class ClusterChoice:
    """The cluster that a claim reports, None for none; `several`: it may be any of several, so it is of none."""

    cluster: Cluster | None = None
    several: bool = False


def choose(clusters: Iterable[Cluster], claim: Claim) -> ClusterChoice:
    """Which of the clusters the claim reports. Ties go to the one opened first."""
    near = [(match(cluster, claim), cluster) for cluster in clusters]
    found = [(made, cluster) for made, cluster in near if made]
    if not found:
        return _only(claim, [cluster for made, cluster in near if made.rule == OTHER_POLICY and made.date in VAGUE])
    surety = {cluster.number: _surety(claim, cluster) for _, cluster in found}
    best, cluster = max(found, key=lambda pair: (_rank(pair[0]) + surety[pair[1].number], -pair[1].number))
    clear = best.points + surety[cluster.number] - CLEAR
    rivals = [pair for pair in found if pair[1] is not cluster and pair[0].points + surety[pair[1].number] > clear]
    if not rivals or not _is_loose(claim, cluster):
        return ClusterChoice(cluster)
    nearest = _in_the_news(claim, [(best, cluster), *rivals])
    return ClusterChoice(nearest, several=nearest is None)


def _only(claim: Claim, clusters: Iterable[Cluster]) -> ClusterChoice:
    """The only step of its topic that a vague date can mean, where nothing but the chance of one policy is too small:
    a step told in passing has few words of its own. One of several is none of them."""
    if claim.precision == DAY or claim.against:
        return ClusterChoice()
    near = [cluster for cluster in clusters if share_topic(cluster.profile, claim.profile)]
    if not any(_may_be(cluster, claim) for cluster in near):
        return ClusterChoice()
    return ClusterChoice(near[0]) if len(near) == 1 else ClusterChoice(several=True)


def _may_be(cluster: Cluster, claim: Claim) -> bool:
    """True where the words of a vague report allow that it is of a step, which somebody tells with even chance: what
    joins an unsure step goes down with it."""
    if _surest(cluster) < EVEN or not share_words(cluster.profile, claim.profile):
        return False
    if other_matters(cluster.profile, claim.profile):
        return False
    return chance(log_odds(cluster.profile, claim.profile)) >= NEEDED_OF_ONE


def _surest(cluster: Cluster) -> float:
    return max((told.evidence.finding.score for told in cluster.claims if not told.against), default=0.0)


def _surety(claim: Claim, cluster: Cluster) -> float:
    """Log-odds that the surest report of a step is right: a vague date is of the step that is surest."""
    if not _is_loose(claim, cluster):
        return 0.0
    score = min(max(_surest(cluster), 1 - SUREST), SUREST)
    return log(score / (1 - score))


def _rank(made: Match) -> float:
    """What the best match has most of."""
    return made.points - made.days / YEAR


def choose_all(clusters: Iterable[Cluster], claims: Sequence[Claim]) -> Cluster | None:
    """The cluster of the step that the claims of one step report, the best of them; None for none. One report may tell
    that a start was moved, the others need not."""
    found = []
    for cluster in clusters:
        made = [match(cluster, claim) for claim in claims]
        fits = [one for one, claim in zip(made, claims, strict=True) if one or not _allows(cluster, claim, one)]
        if any(fits) and all(fits):
            found.append((min(map(_rank, fits)), -cluster.number, cluster))
    return max(found, key=lambda one: one[:2])[2] if found else None


def _allows(cluster: Cluster, claim: Claim, made: Match) -> bool:
    """True where only the date of a claim does not fit, and no article tells it apart."""
    return not made.date and claim.evidence.url not in cluster.urls


def _is_loose(claim: Claim, cluster: Cluster) -> bool:
    """True where the claim tells less of the date than the cluster knows."""
    return any(claim.weak or (mark.last - mark.first) < (claim.last - claim.first) for mark in cluster.marks)


def _in_the_news(claim: Claim, found: Iterable[tuple[Match, Cluster]]) -> Cluster | None:
    """The one step of the days before an article whose news has no date of its own."""
    recent = [cluster for made, cluster in found if claim.weak and made.days <= NEWS_DAYS]
    return recent[0] if len(recent) == 1 and claim.evidence.finding.primary else None
