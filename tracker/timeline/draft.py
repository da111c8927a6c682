"""An entry in the making: what its evidence says together, kept ready for comparison with the next claim."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from tracker.model import Evidence, Stage
from tracker.timeline.claims import Claim, Told, claim_of, told_of
from tracker.timeline.dates import Mark


@dataclass(slots=True)
class Profile:
    """What a policy is known by: identifiers, telling words, topics, branches and kinds of instrument, summed over
    `size` findings. A word that few of them use weighs little."""

    size: int = 0
    identifiers: Counter[tuple[str, str]] = field(default_factory=Counter)
    words: Counter[str] = field(default_factory=Counter)
    topical: Counter[str] = field(default_factory=Counter)
    topics: Counter[str] = field(default_factory=Counter)
    branches: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)

    def add(self, claim: Claim | Told) -> None:
        """Counts one more claim."""
        self.size += 1
        self.words.update(claim.words)
        self.topical.update(claim.topical)
        self.topics[claim.topic] += 1
        for counter, value in ((self.branches, claim.branch), (self.kinds, claim.kind)):
            if value:
                counter[value] += 1
        if claim.identifier[1]:
            self.identifiers[claim.identifier] += 1

    def merge(self, other: "Profile") -> None:
        """Counts everything that another profile has counted."""
        self.size += other.size
        for name in ("identifiers", "words", "topical", "topics", "branches", "kinds"):
            getattr(self, name).update(getattr(other, name))


def profile_of(evidence: Iterable[Evidence]) -> Profile:
    """What the policy of an entry with this evidence is known by."""
    profile = Profile()
    for item in evidence:
        profile.add(told_of(item.finding))
    return profile


@dataclass(slots=True)
class Draft:
    """The evidence of one entry: `marks` are the finest dates that it claims, `urls` the
    articles with their dates, `number` counts the drafts of one fold."""

    jurisdiction: str
    stage: Stage
    claims: list[Claim] = field(default_factory=list)
    profile: Profile = field(default_factory=Profile)
    marks: list[Mark] = field(default_factory=list)
    urls: dict[str, set[str]] = field(default_factory=dict)
    first: int = 0
    last: int = 0
    number: int = 0

    def add(self, claim: Claim) -> None:
        """One more claim for this entry."""
        self.claims.append(claim)
        self.profile.add(claim)
        self.urls.setdefault(claim.evidence.url, set()).add(str(claim.date) if not claim.weak else "")
        if not claim.weak:
            self._mark(claim)
        if self.marks:
            self.first, self.last = min(m.first for m in self.marks), max(m.last for m in self.marks)
        else:
            self.first, self.last = self._weak_window()

    def _mark(self, claim: Claim) -> None:
        """Keeps the finest dates only: a coarser claim supports the marks that it contains, a finer one replaces."""
        assert claim.date is not None
        inside = [m for m in self.marks if claim.first <= m.first and m.last <= claim.last]
        for mark in inside:
            mark.told.append(claim.published)
        if any(m.date == claim.date for m in inside):
            next(m for m in inside if m.date == claim.date).add(claim)
        if inside:
            return
        mark = Mark(claim.date, claim.first, claim.last)
        mark.add(claim)
        coarser = [m for m in self.marks if m.first <= claim.first and claim.last <= m.last]
        mark.told.extend(day for m in coarser for day in m.told)
        self.marks = [m for m in self.marks if m not in coarser] + [mark]

    def _weak_window(self) -> tuple[int, int]:
        """Undated claims only: the time that all of them allow, or that of the first to be published."""
        first, last = max(c.first for c in self.claims), min(c.last for c in self.claims)
        if first <= last:
            return first, last
        earliest = min(self.claims, key=lambda c: (c.published, c.evidence.url, c.evidence.finding.start))
        return earliest.first, earliest.last


def draft_of(jurisdiction: str, stage: Stage, evidence: tuple[Evidence, ...]) -> Draft:
    """The draft that evidence of one entry makes, in the order given."""
    draft = Draft(jurisdiction, stage)
    for item in evidence:
        draft.add(claim_of(item))
    return draft
