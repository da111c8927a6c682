"""An entry in the making: what its evidence says together, kept ready for comparison with the next claim."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from tracker.model import Evidence, Stage
from tracker.timeline.claims import Claim, claim_of
from tracker.timeline.dates import Mark
from tracker.timeline.profile import Profile


@dataclass(slots=True)
class Draft:
    """The evidence of one entry: `marks` are the finest dates that it claims, `urls` the articles, `number` counts the
    drafts of one fold."""

    jurisdiction: str
    stage: Stage
    claims: list[Claim] = field(default_factory=list)
    profile: Profile = field(default_factory=Profile)
    marks: list[Mark] = field(default_factory=list)
    urls: set[str] = field(default_factory=set)
    first: int = 0
    last: int = 0
    number: int = 0

    def add(self, claim: Claim) -> None:
        """One more claim for this entry."""
        self.claims.append(claim)
        self.profile.merge(claim.profile)
        self.urls.add(claim.evidence.url)
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


def draft_of(jurisdiction: str, stage: Stage, evidence: Iterable[Evidence]) -> Draft:
    """The draft that evidence of one entry makes, in the order given."""
    draft = Draft(jurisdiction, stage)
    for item in evidence:
        draft.add(claim_of(item))
    return draft
