"""Same change? Same stage? Place, policy, stage and date are compared in this order, text last and never alone.

The rules stand in `same_policy` and `same_time`; each names itself, so that `tracker explain` and a reviewer can see
which one decided.
"""

from dataclasses import dataclass, replace
from enum import IntEnum

from tracker.model import Entry, Evidence, Stage
from tracker.timeline.claims import Claim, claim_of
from tracker.timeline.dates import Nearness, moved, nearness, overlap
from tracker.timeline.draft import Draft, Profile, draft_of
from tracker.timeline.words import Bag, shared_words, topics_related

MIN_OVERLAP = 0.2
"""Share of the lighter bag of telling words, by weight, that must be common: the first of ten words, the second of two
bags of six. A word far behind in both is an accident."""
STRONG_WORDS = 2
"""So many common telling words carry two findings over different topics or acting bodies."""
ALIKE_WORDS = 4
ALIKE_SHARE = 0.4
"""Two sentences tell the same when they share at least 4 words that are 40 % of the shorter: names and numbers of one
vote; the general words of all votes are not counted."""


class Likeness(IntEnum):
    """How surely two findings are of one policy; larger is surer."""

    DIFFERENT = 0
    OPEN = 1
    ALIKE = 2
    STRONG = 3
    IDENTIFIED = 4


@dataclass(frozen=True, slots=True)
class Match:
    """How evidence stands to an entry. `rule` is the one that decided, in words; `rank` orders several matches."""

    policy: Likeness
    stage: bool
    date: Nearness
    rule: str
    rank: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        """True where the evidence reports this very entry."""
        return bool(self.policy) and self.stage and bool(self.date)


def compare(entry: Entry, evidence: Evidence) -> Match:
    """Whether `evidence` reports `entry`, and which rule decided."""
    draft, claim = draft_of(entry.jurisdiction, entry.stage, entry.evidence), claim_of(evidence)
    match = compare_claim(draft, claim)
    if match.rule != SAME_SUBJECT:
        return match
    shared, _ = _common(draft.profile, claim)
    return replace(match, rule=f"{SAME_SUBJECT} ({', '.join(sorted(shared))})")


def compare_claim(draft: Draft, claim: Claim) -> Match:
    """The same for prepared values; `draft` has at least one claim."""
    if draft.jurisdiction != claim.evidence.finding.jurisdiction:
        return Match(Likeness.DIFFERENT, False, Nearness.APART, "another place")
    if draft.stage is not claim.stage:
        return Match(Likeness.OPEN, False, Nearness.APART, "another stage")
    date = same_time(draft, claim)
    if not date:
        return Match(Likeness.OPEN, True, date, "dates that cannot be of one act")
    policy, rule = same_policy(draft, claim, date)
    if date is Nearness.MOVED and policy < Likeness.ALIKE:
        return Match(Likeness.DIFFERENT, True, date, "another date, and too little in common for a correction")
    return Match(policy, True, date, rule, _rank(draft, claim, policy, date))


def same_time(draft: Draft, claim: Claim) -> Nearness:
    """How the claim's date stands to the draft's dates; for starts, a corrected date counts as one of them."""
    if claim.weak or not draft.marks:
        return Nearness.APART if _told_apart(draft, claim) else overlap(draft.first, draft.last, claim)
    best = max(nearness(draft.stage, mark, claim) for mark in draft.marks)
    if best or _phased(draft, claim):
        return best
    return Nearness.MOVED if any(moved(draft.stage, mark, claim) for mark in draft.marks) else Nearness.APART


def _told_apart(draft: Draft, claim: Claim) -> bool:
    """True where one article tells of the draft's act with a date and of the claim's without, or the other way round:
    the reader has joined what it took for one act."""
    dated = draft.urls.get(claim.evidence.url)
    return dated is not None and ("" not in dated) is claim.weak


def _phased(draft: Draft, claim: Claim) -> bool:
    """True where one article names both dates as standing ("Friday, and again in January"): two steps, not a
    correction. A date that the sentence itself gives up does not count."""
    if claim.old or claim.weak or draft.stage is not Stage.EFFECTIVE:
        return False
    if claim.evidence.url not in draft.urls:
        return False
    mine = [c for c in draft.claims if c.evidence.url == claim.evidence.url and not c.weak and not c.old]
    standing = [c for c in mine if not (claim.moved and c.evidence.finding.said == claim.evidence.finding.said)]
    return any(c.date and claim.date and not c.date.agrees(claim.date) for c in standing)


def same_policy(draft: Draft, claim: Claim, date: Nearness) -> tuple[Likeness, str]:
    """Whether the claim is of the draft's policy, given how near the dates are."""
    likeness, rule = alike(draft.profile, claim)
    one_article = claim.evidence.url in draft.urls
    if likeness is Likeness.DIFFERENT and rule == NOTHING_SHARED and date is Nearness.SAME and not one_article:
        return _told_alike(draft, claim)
    if likeness in (Likeness.DIFFERENT, Likeness.IDENTIFIED):
        return likeness, rule
    if one_article and claim.kind and draft.profile.kinds and claim.kind not in draft.profile.kinds:
        return Likeness.DIFFERENT, "one article tells of two kinds of instrument"
    if one_article and date is not Nearness.SAME and _other_branch(draft, claim):
        return Likeness.DIFFERENT, "one article tells of two bodies"
    if likeness is Likeness.OPEN and date < Nearness.SLIPPED and claim.topic not in draft.profile.topics:
        return Likeness.DIFFERENT, "a topic that is only related, and no subject"
    if likeness is not Likeness.STRONG and date is not Nearness.SAME and _other_branch(draft, claim):
        return Likeness.DIFFERENT, "another body, and dates that agree only loosely"
    return likeness, rule


SAME_SUBJECT = "the same subject"
NOTHING_SHARED = "nothing in common but the topic"


def alike(profile: Profile, claim: Claim) -> tuple[Likeness, str]:
    """Whether a claim is about what a profile is about: identifiers, then topic and subject."""
    related = any(topics_related(topic, claim.topic) for topic in profile.topics)
    if claim.identifier[1] and profile.identifiers:
        if claim.identifier in profile.identifiers and related:
            return Likeness.IDENTIFIED, "the same identifier"
        if any(kind == claim.identifier[0] and number != claim.identifier[1] for kind, number in profile.identifiers):
            return Likeness.DIFFERENT, "other numbers of one kind of instrument"
    shared, share = _common(profile, claim)
    if len(shared) >= STRONG_WORDS and share >= MIN_OVERLAP:
        return Likeness.STRONG, SAME_SUBJECT
    if not related:
        return Likeness.DIFFERENT, "another topic"
    if shared and share >= MIN_OVERLAP:
        return Likeness.ALIKE, SAME_SUBJECT
    if not claim.words or not profile.words:
        return Likeness.OPEN, "the same topic, and no subject that says otherwise"
    return Likeness.DIFFERENT, NOTHING_SHARED


def _common(profile: Profile, claim: Claim) -> tuple[frozenset[str], float]:
    """The common telling words and their share of the shorter bag; topic words count where the topics differ, since
    what only repeats the one topic tells something under the other."""
    mine: Bag = claim.words
    theirs: Bag = profile.words
    if (claim.topical or profile.topical) and claim.topic not in profile.topics:
        mine, theirs = {**claim.topical, **mine}, {**profile.topical, **theirs}
    return shared_words(mine, 1, theirs, profile.size)


def _other_branch(draft: Draft, claim: Claim) -> bool:
    """True where the council acts in the one and the police in the other. A court blocks what a city did, so that
    reports of a block name either."""
    known = draft.profile.branches
    return draft.stage is not Stage.BLOCKED and bool(claim.branch and known) and claim.branch not in known


def _told_alike(draft: Draft, claim: Claim) -> tuple[Likeness, str]:
    """Place, stage, topic and day agree and the subjects are named with other words: now the sentences may decide."""
    for other in draft.claims:
        common = other.text & claim.text
        if len(common) >= ALIKE_WORDS and len(common) >= ALIKE_SHARE * min(len(other.text), len(claim.text)):
            return Likeness.ALIKE, "the same day and topic, told in the same words"
    return Likeness.DIFFERENT, NOTHING_SHARED


def _rank(draft: Draft, claim: Claim, policy: Likeness, date: Nearness) -> tuple[int, ...]:
    """Larger is better: an identifier, the nearer date, the surer policy, the same branch, the smaller gap in days."""
    day = claim.published if claim.weak else claim.first
    gap = min((abs(day - mark.last) for mark in draft.marks), default=abs(day - draft.claims[0].published))
    return (policy is Likeness.IDENTIFIED, date, policy, claim.branch in draft.profile.branches, -gap)
