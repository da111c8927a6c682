"""What the evidence of one entry says together: its fields. A pure function of the set, not of an order."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import prod
from typing import TypeVar

from tracker.model import Basis, Direction, Effect, Entry, Evidence, Finding, Stage
from tracker.model import EvidenceKey as EvidenceKey
from tracker.partial_date import PartialDate
from tracker.read.branches import branch
from tracker.timeline.claims import Claim

T = TypeVar("T", Effect, Direction)
MAX_SCORE = 0.99
"""However many articles agree, a machine's reading is not certain."""
EVEN = 0.5
"""The chance by itself from which a report is a further witness of a step, and its stage stands in a label: on 637
entries that nothing was learnt from, more than half of the stages said falsely were of steps below it."""
MAX_SUBJECT_WORDS = 6
"""A subject is a few words; more of them make a title unreadable."""


@dataclass(frozen=True, slots=True)
class LeadingDate:
    """The date that an entry shows. `others` are the dates that the evidence also claims and that do not agree."""

    date: PartialDate | None
    basis: Basis
    others: tuple[PartialDate, ...] = ()


def evidence_key(evidence: Evidence) -> EvidenceKey:
    """What tells one piece of evidence from another: article, sentence, stage, place, date, subject."""
    told = evidence.finding
    date = str(told.date or "")
    return evidence.url, told.start, told.end, told.stage.value, told.jurisdiction or "", date, told.subject


def news_order(evidence: Evidence) -> tuple[object, ...]:
    """The order of the news: by publication, then address, then place in the text. Total over distinct evidence."""
    return evidence.published, evidence_key(evidence)


def outlet(item: Evidence) -> str:
    """Who published it: the publisher, else the host of its address."""
    if item.publisher.strip():
        return item.publisher
    host = item.url.partition("//")[2].partition("/")[0].rpartition("@")[2]
    return host.removeprefix("www.") or "unnamed outlet"


def by_report(items: Iterable[Evidence], value: Callable[[Evidence], str]) -> Counter[str]:
    """How many independent reports say what; copies of one text have one voice, empty values none."""
    voices: dict[str, set[str]] = defaultdict(set)
    for item in items:
        if value(item):
            voices[value(item)].add(item.report)
    return Counter({said: len(reports) for said, reports in voices.items()})


def most_reported(items: Sequence[Evidence], value: Callable[[Evidence], str]) -> str:
    """What most independent reports say; among equals the fuller one, then the one told first."""
    counts = by_report(items, value)
    told = {said: index for index, said in reversed(list(enumerate(map(value, items))))}
    return min(counts, key=lambda said: (-counts[said], -len(said.split()), told[said]), default="")


def leading_date(stage: Stage, claims: Sequence[Claim]) -> LeadingDate:
    """The date to show: never coarser than a claim that agrees, stated before relative before the publication's, and
    for a start the one that an article gives as changed, else the newest. A record's goes before all."""
    dated = [claim for claim in claims if not claim.weak] or []
    standing = [claim for claim in dated if not claim.against] or dated
    standing = [claim for claim in standing if claim.official] or standing
    if not standing:
        return _publication_date(claims)
    days = {claim.date for claim in standing if claim.date}
    finest = [day for day in days if not any(day != other and day.contains(other) for other in days)]
    best = max(finest, key=lambda day: _weight(stage, day, standing))
    said = [claim for claim in standing if claim.date == best]
    basis = Basis.STATED if any(not claim.relative for claim in said) else Basis.RELATIVE
    others = {claim.date for claim in dated if claim.date and not claim.date.agrees(best)}
    return LeadingDate(best, basis, tuple(sorted(others)))


def _weight(stage: Stage, day: PartialDate, claims: Sequence[Claim]) -> tuple[object, ...]:
    """Larger leads. The date itself is the last resort, so that the order of the claims never matters."""
    agreeing = [claim for claim in claims if claim.date and claim.date.contains(day)]
    exact = [claim for claim in agreeing if claim.date == day]
    moved = max((claim.published for claim in exact if claim.moved), default=0)
    newest = max(claim.published for claim in exact) if stage is Stage.EFFECTIVE else 0
    reports = len({claim.evidence.report for claim in agreeing})
    stated = any(not claim.relative for claim in exact)
    earliest = -min(claim.published for claim in exact)
    first = -day.first_day().toordinal()
    return moved, newest, stated, reports, earliest, day.precision == "day", first, -day.open_days()


def _publication_date(claims: Sequence[Claim]) -> LeadingDate:
    """The month of the first publication, where a finding gives it; else no date at all."""
    days = [claim.date for claim in claims if claim.date]
    return LeadingDate(min(days, default=None), Basis.REPORTED)


def noisy_or(items: Iterable[Evidence]) -> float:
    """How sure independent witnesses make together: 1 - (1-a)(1-b)…, the best of each group of copies."""
    best: dict[str, float] = {}
    for item in witnesses(items):
        best[item.report] = max(best.get(item.report, 0.0), item.finding.score)
    return round(min(MAX_SCORE, 1 - prod(1 - score for _, score in sorted(best.items()))), 4)


def _backed(day: PartialDate | None, claims: Iterable[Claim]) -> list[Evidence]:
    """What tells how sure a step of this date is: a vaguer date lifts no step whose own date nobody reads with at least
    even chance."""
    told, vague = list(claims), list[Claim]()
    if day and not any(_is_exactly(day, claim) and claim.evidence.finding.score >= EVEN for claim in told):
        vague = [
            claim for claim in told if claim.weak or (claim.date != day and claim.date and claim.date.contains(day))
        ]
    left = [claim.evidence for claim in told if claim not in vague]
    return left or [claim.evidence for claim in told]


def _is_exactly(day: PartialDate, claim: Claim) -> bool:
    return not claim.weak and claim.date == day


def witnesses(items: Iterable[Evidence]) -> list[Evidence]:
    """What supports a step and reads it with at least even chance; else the surest alone: several that are more likely
    wrong than right make nothing surer."""
    told = supporting(items)
    surest = max(told, key=lambda item: (item.finding.score, evidence_key(item)), default=None)
    return [item for item in told if item.finding.score >= EVEN or item is surest]


def supporting(items: Iterable[Evidence]) -> list[Evidence]:
    """Those that support their step; all, where none does: a person put them there."""
    told = list(items)
    return [item for item in told if item.supports] or told


def common_subject(items: Sequence[Evidence]) -> str:
    """The words of the subject that most reports use, in the order of the report that has most of them."""
    counts = Counter[str]()
    for word, reports in _subject_voices(items).items():
        counts[word] = len(reports)
    most = max(counts.values(), default=0)
    kept = {word for word, count in counts.items() if 2 * count >= most}
    fullest = max(items, key=lambda item: sum(counts[word] for word in set(item.finding.subject.split()) & kept))
    words = dict.fromkeys(word for word in fullest.finding.subject.split() if word in kept)
    return " ".join(list(words)[:MAX_SUBJECT_WORDS])


def _subject_voices(items: Sequence[Evidence]) -> dict[str, set[str]]:
    voices: dict[str, set[str]] = defaultdict(set)
    for item in items:
        for word in item.finding.subject.split():
            voices[word].add(item.report)
    return voices


def _acting_body(item: Evidence) -> str:
    """The body, where it is more than the city itself: "Common Council" says more than "City of Milwaukee"."""
    return item.finding.body if branch(item.finding.body) else ""


def by_stage(
    stage: Stage, items: Iterable[Evidence], corrected: Collection[str] = ()
) -> tuple[list[Evidence], list[Evidence]]:
    """(what tells of this stage itself, what tells of others); all is of the first kind where nothing tells of it, and
    so is what a person said so of, the `corrected` articles. Where a person merged steps of two stages, the second kind
    supports the entry, but tells neither when nor what its own step was."""
    own, others = list[Evidence](), list[Evidence]()
    for item in items:
        (own if item.finding.stage is stage or item.url in corrected else others).append(item)
    return (own, others) if own else (others, own)


def fields_of(stage: Stage, claims: Iterable[Claim], corrected: Collection[str] = ()) -> dict[str, object]:
    """The fields of an entry that its evidence decides, `evidence` among them in the order of the news; not `id`,
    `policy`, `title`, nor anything that people decide. `corrected` are articles whose stage a person set."""
    ordered = sorted(claims, key=lambda claim: news_order(claim.evidence))
    items = [claim.evidence for claim in ordered]
    own, others = by_stage(stage, items, corrected)
    aside = set(map(id, others))
    lead = leading_date(stage, [claim for claim in ordered if id(claim.evidence) not in aside])
    official = [item for item in own if item.is_record and item.supports]
    said = official or own
    return _place(items) | {
        "body": _own_or_all(said, items, _acting_body) or _own_or_all(said, items, lambda item: item.finding.body),
        "instrument": _own_or_all(said, items, lambda item: item.finding.instrument),
        "identifier": _own_or_all(said, items, lambda item: item.finding.identifier),
        "topic": most_reported(own, lambda item: item.finding.topic),
        "subject": common_subject(own),
        "date": lead.date,
        "basis": lead.basis,
        "effect": leading_effect(own),
        "direction": leading_direction(own),
        "score": noisy_or(_backed(lead.date, ordered)),
        "evidence": tuple(items),
    }


def _place(items: Sequence[Evidence]) -> dict[str, object]:
    certain = any(not item.finding.candidates for item in items)
    return {
        "jurisdiction": items[0].finding.jurisdiction,
        "jurisdiction_name": most_reported(items, lambda item: item.finding.jurisdiction_name),
        "candidates": () if certain else items[0].finding.candidates,
    }


def _own_or_all(own: Sequence[Evidence], items: Sequence[Evidence], value: Callable[[Evidence], str]) -> str:
    """What the evidence of the step's own stage says, else what all of it does: who acts and by which rule is the same
    at each stage of a policy."""
    return most_reported(own, value) or most_reported(items, value)


def reports(entry: Entry) -> tuple[tuple[Evidence, tuple[Evidence, ...]], ...]:
    """The records and independent reports, each with its copies (wire copies are shown once): records first, then those
    that say the entry's date, among them the earliest first."""
    groups: dict[str, list[Evidence]] = {}
    for item in sorted(entry.evidence, key=lambda item: _by_date(entry, item)):
        groups.setdefault(item.report, []).append(item)
    return tuple((first, tuple(_others(first, rest))) for first, *rest in groups.values())


def _others(first: Evidence, rest: Sequence[Evidence]) -> Iterable[Evidence]:
    """The copies, each address once: a second sentence of one article is not another outlet."""
    return {item.url: item for item in rest if item.url != first.url}.values()


def _by_date(entry: Entry, item: Evidence) -> tuple[bool, bool, date, str]:
    return item.is_report, item.finding.date != entry.date, item.published, item.url


def leading_effect(items: Sequence[Evidence]) -> Effect | None:
    """What the step does; None where no report tells surely."""
    return _leading(items, lambda told: None if told.effect is Effect.UNCLEAR else told.effect)


def leading_direction(items: Sequence[Evidence]) -> Direction | None:
    """Which way the step leads; None where no report tells surely."""
    return _leading(items, lambda told: told.direction)


def _leading(items: Sequence[Evidence], said: Callable[[Finding], T | None]) -> T | None:
    """What the article says whose news the step is, else the one that the reader is surest of; of equals the first."""
    telling = [item.finding for item in items if said(item.finding)]
    best = max(telling, key=lambda told: (told.primary, told.score), default=None)
    return said(best) if best else None
