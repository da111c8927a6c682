"""Recorded steps, and the reports that are of them. A record tells place, stage and day of a step for certain, so its
cluster is made by these alone; then each report looks, by itself, for the one recorded step that it can mean."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from tracker.model import Evidence, Stage
from tracker.timeline.claims import Claim
from tracker.timeline.merging.across_stages import TELLINGS
from tracker.timeline.merging.clusters import MISPRINT_DAYS, Cluster
from tracker.timeline.merging.match import Match, match_report, may_report
from tracker.timeline.same_file import FileWords, ReportWords, lead, words_of_file, words_of_report

CLEAR_FILE = 1.3
"""Log-odds by which a report must fit one recorded step better than those of all other files: at 1.0 a report of one of
two bills of a meeting went to the other in the labelled stories, at 1.6 single steps are lost."""


def recorded_steps(claims: Iterable[Claim]) -> list[Cluster]:
    """A cluster for each step that records tell, those of one step together."""
    found: dict[tuple[str, tuple[str, ...]], Cluster] = {}
    for claim in claims:
        if claim.official:
            place = claim.evidence.finding.jurisdiction or ""
            cluster = found.setdefault((place, claim.official), Cluster(place, claim.stage))
            cluster.add(claim)
    return list(found.values())


def take_reports(steps: Iterable[Cluster], reports: Iterable[Claim]) -> list[Claim]:
    """Gives each report to the step of a file that it tells, where there is one and no other fits nearly as well; the
    reports that are left, in their order. Of one article's reports that mean one step the best is taken."""
    known = _by_month(steps)
    told, best = list(reports), dict[tuple[int, str], tuple[float, int, Cluster]]()
    articles = _articles(told) if known else {}
    for number, claim in enumerate(told if known else ()):
        made = _clear_step(known, claim, articles)
        if made is None:
            continue
        key = id(made[1]), claim.evidence.url
        if key not in best or made[0].points > best[key][0]:
            best[key] = made[0].points, number, made[1]
    taken = {number: cluster for _, number, cluster in best.values()}
    for number, claim in enumerate(told):
        if number in taken:
            taken[number].add(claim)
    return [claim for number, claim in enumerate(told) if number not in taken]


def take_passages(steps: Sequence[Cluster], found: Iterable[Claim], reports: Iterable[Claim]) -> list[Claim]:
    """Gives each passage to the step of its record, where the article is not of it yet and its sentence of no other;
    the reports that are left. Where a report is left that tells the step by the same sentence, it goes in its place."""
    left, known = list(reports), {_recorded(step.claims[0]): step for step in steps if step.file}
    for passage in found:
        step = known.get(_recorded(passage))
        if step is None or passage.evidence.url in step.urls or _is_taken(passage, steps):
            continue
        own = next((claim for claim in left if _tells_alike(claim, passage)), None)
        step.add(own or passage)
        left = [claim for claim in left if claim is not own]
    return left


def _recorded(claim: Claim) -> tuple[str | None, str, str, Stage, str]:
    """What a passage has from its record: place, file, stage and day."""
    told = claim.evidence.finding
    return told.jurisdiction, told.identifier, told.instrument, told.stage, str(told.date)


def _is_taken(passage: Claim, steps: Iterable[Cluster]) -> bool:
    """Whether the sentence is what some record's step was found in."""
    return any(
        _is_same_sentence(claim, passage)
        for step in steps
        if passage.evidence.url in step.urls
        for claim in step.claims
    )


def _is_same_sentence(one: Claim, other: Claim) -> bool:
    first, second = one.evidence, other.evidence
    return first.url == second.url and (
        max(first.finding.start, second.finding.start) < min(first.finding.end, second.finding.end)
    )


def _tells_alike(claim: Claim, passage: Claim) -> bool:
    same = claim.stage is passage.stage and _is_same_sentence(claim, passage)
    return same and claim.evidence.finding.jurisdiction == passage.evidence.finding.jurisdiction


Months = dict[tuple[str, int], list[Cluster]]
"""Steps of files by their place and the month of their day."""


def _by_month(steps: Iterable[Cluster]) -> Months:
    found: Months = defaultdict(list)
    for step in steps:
        if step.file:
            found[step.jurisdiction, _month(step.first)].append(step)
    return found


def _month(ordinal: int) -> int:
    day = date.fromordinal(max(1, ordinal))
    return day.year * 12 + day.month


Articles = Mapping[tuple[str, str], Sequence[Evidence]]
"""What each article tells of each place, by its address and the place."""


def _articles(reports: Iterable[Claim]) -> dict[tuple[str, str], list[Evidence]]:
    """What each article tells of each place, but for what a court does: that is another's act, and folded apart."""
    found: dict[tuple[str, str], list[Evidence]] = defaultdict(list)
    for claim in reports:
        if claim.stage in TELLINGS:
            found[article_and_place(claim)].append(claim.evidence)
    return found


def article_and_place(claim: Claim) -> tuple[str, str]:
    """The address of the article that a claim is of, and the place."""
    return claim.evidence.url, claim.evidence.finding.jurisdiction or ""


def _clear_step(known: Months, claim: Claim, articles: Articles) -> tuple[Match, Cluster] | None:
    """The recorded step that a report tells; None where there is none, or steps of two files fit about as well."""
    place = claim.evidence.finding.jurisdiction or ""
    months = range(_month(claim.first - MISPRINT_DAYS), _month(claim.last + MISPRINT_DAYS) + 1)
    near = [step for month in months for step in known.get((place, month), ()) if may_report(step, claim)]
    if not near:
        return None
    words = words_of_report(claim.evidence, articles.get(article_and_place(claim), ()))
    return _clear([(made, step) for step in near if (made := match_report(step, claim, words))], words)


def _clear(found: Sequence[tuple[Match, Cluster]], words: ReportWords) -> tuple[Match, Cluster] | None:
    """The best of those that fit; None where steps of two files fit about as well."""
    best = max(found, key=lambda pair: (pair[0].points, -pair[0].days, pair[1].official), default=None)
    if best is None:
        return None
    rivals = [(made, step) for made, step in found if step.file != best[1].file]
    if not rivals:
        return best
    own = _file_words(best[1])
    ahead = (best[0].points - made.points + lead(own, _file_words(step), words) for made, step in rivals)
    return best if min(ahead) >= CLEAR_FILE else None


def _file_words(step: Cluster) -> FileWords:
    return words_of_file(step.claims[0].evidence)
