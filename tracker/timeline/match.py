"""Does a claim report the step that a draft is of? Place, stage and date must fit; then the chance of one policy
decides, and the nearer the dates are, the less of it is needed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log

from tracker.timeline.claims import DAY, Claim
from tracker.timeline.dates import Nearness, moved, nearness, overlap
from tracker.timeline.describe import EVEN
from tracker.timeline.draft import Draft
from tracker.timeline.sameness import chance, log_odds, other_matters, other_numbers, share_topic, share_words

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
    """How a claim stands to a draft. `rule` is what decided, in words; the larger `points`, the better it fits."""

    same: bool
    date: Nearness
    rule: str
    points: float = 0.0
    days: int = 0

    def __bool__(self) -> bool:
        """True where the claim reports this very step."""
        return self.same


def match(draft: Draft, claim: Claim) -> Match:
    """Whether a claim reports the step of a draft that has claims, and which rule decided."""
    if draft.jurisdiction != claim.evidence.finding.jurisdiction:
        return Match(False, Nearness.APART, "another place")
    if draft.stage is not claim.stage:
        return Match(False, Nearness.APART, "another stage")
    date = same_time(draft, claim)
    if not date:
        return Match(False, date, "dates that cannot be of one act")
    if claim.evidence.url in draft.urls and date is not Nearness.MOVED:
        return Match(False, date, "one article tells them apart")
    if other_numbers(draft.profile, claim.profile):
        return Match(False, date, "other numbers of one kind of instrument")
    odds = log_odds(draft.profile, claim.profile)
    only = date is Nearness.SAME and claim.alone and share_words(draft.profile, claim.profile)
    same, days = only or chance(odds) >= NEEDED[date], _days(draft, claim)
    rule = "the only step of its day and topic" if only else "one policy" if same else OTHER_POLICY
    return Match(same, date, rule, odds + WORTH[date], days)


def same_time(draft: Draft, claim: Claim) -> Nearness:
    """How the claim's date stands to the draft's dates; for starts, a corrected date counts as one of them."""
    if claim.weak or not draft.marks:
        return overlap(draft.first, draft.last, claim)
    best = max(nearness(draft.stage, mark, claim) for mark in draft.marks)
    if best or _phased(draft, claim):
        return best
    return Nearness.MOVED if any(moved(draft.stage, mark, claim) for mark in draft.marks) else Nearness.APART


def _phased(draft: Draft, claim: Claim) -> bool:
    """True where one article names both dates as standing ("Friday, and again in January"): two steps, not a
    correction. A date that the sentence itself gives up does not count."""
    mine = [c for c in draft.claims if c.evidence.url == claim.evidence.url and not c.weak and not c.against]
    if claim.against or not mine:
        return False
    standing = [c for c in mine if not (claim.moved and c.evidence.finding.said == claim.evidence.finding.said)]
    return any(c.date and claim.date and not c.date.agrees(claim.date) for c in standing)


def _days(draft: Draft, claim: Claim) -> int:
    """Days from the draft's dates to the claim's, or to its publication where it has none."""
    day = claim.published if claim.weak else claim.first
    return min((abs(day - mark.last) for mark in draft.marks), default=abs(day - draft.claims[0].published))


@dataclass(frozen=True, slots=True)
class Choice:
    """The draft that a claim reports, None for none; `several`: it may be any of several, so it is of none."""

    draft: Draft | None = None
    several: bool = False


def choose(drafts: Iterable[Draft], claim: Claim) -> Choice:
    """Which of the drafts the claim reports. Ties go to the one opened first."""
    near = [(match(draft, claim), draft) for draft in drafts]
    found = [(made, draft) for made, draft in near if made]
    if not found:
        return _only(claim, [draft for made, draft in near if made.rule == OTHER_POLICY and made.date in VAGUE])
    surety = {draft.number: _surety(claim, draft) for _, draft in found}
    best, draft = max(found, key=lambda pair: (_rank(pair[0]) + surety[pair[1].number], -pair[1].number))
    clear = best.points + surety[draft.number] - CLEAR
    rivals = [pair for pair in found if pair[1] is not draft and pair[0].points + surety[pair[1].number] > clear]
    if not rivals or not _is_loose(claim, draft):
        return Choice(draft)
    nearest = _in_the_news(claim, [(best, draft), *rivals])
    return Choice(nearest, several=nearest is None)


def _only(claim: Claim, drafts: Iterable[Draft]) -> Choice:
    """The only step of its topic that a vague date can mean, where nothing but the chance of one policy is too small:
    a step told in passing has few words of its own. One of several is none of them."""
    if claim.precision == DAY or claim.against:
        return Choice()
    near = [draft for draft in drafts if share_topic(draft.profile, claim.profile)]
    if not any(_may_be(draft, claim) for draft in near):
        return Choice()
    return Choice(near[0]) if len(near) == 1 else Choice(several=True)


def _may_be(draft: Draft, claim: Claim) -> bool:
    """True where the words of a vague report allow that it is of a step, which somebody tells with even chance: what
    joins an unsure step goes down with it."""
    if _surest(draft) < EVEN or not share_words(draft.profile, claim.profile):
        return False
    if other_matters(draft.profile, claim.profile):
        return False
    return chance(log_odds(draft.profile, claim.profile)) >= NEEDED_OF_ONE


def _surest(draft: Draft) -> float:
    return max((told.evidence.finding.score for told in draft.claims if not told.against), default=0.0)


def _surety(claim: Claim, draft: Draft) -> float:
    """Log-odds that the surest report of a step is right: a vague date is of the step that is surest."""
    if not _is_loose(claim, draft):
        return 0.0
    score = min(max(_surest(draft), 1 - SUREST), SUREST)
    return log(score / (1 - score))


def _rank(made: Match) -> float:
    """What the best match has most of."""
    return made.points - made.days / YEAR


def choose_all(drafts: Iterable[Draft], claims: Sequence[Claim]) -> Draft | None:
    """The draft of the step that the claims of one step report, the best of them; None for none. One report may tell
    that a start was moved, the others need not."""
    found = []
    for draft in drafts:
        made = [match(draft, claim) for claim in claims]
        fits = [one for one, claim in zip(made, claims, strict=True) if one or not _allows(draft, claim, one)]
        if any(fits) and all(fits):
            found.append((min(map(_rank, fits)), -draft.number, draft))
    return max(found, key=lambda one: one[:2])[2] if found else None


def _allows(draft: Draft, claim: Claim, made: Match) -> bool:
    """True where only the date of a claim does not fit, and no article tells it apart."""
    return not made.date and claim.evidence.url not in draft.urls


def _is_loose(claim: Claim, draft: Draft) -> bool:
    """True where the claim tells less of the date than the draft knows."""
    return any(claim.weak or (mark.last - mark.first) < (claim.last - claim.first) for mark in draft.marks)


def _in_the_news(claim: Claim, found: Iterable[tuple[Match, Draft]]) -> Draft | None:
    """The one step of the days before an article whose news has no date of its own."""
    recent = [draft for made, draft in found if claim.weak and made.days <= NEWS_DAYS]
    return recent[0] if len(recent) == 1 and claim.evidence.finding.primary else None
