"""Clusters: the claims that are of one step, and when two dates can be of one act, with named tolerances."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import IntEnum

from tracker.model import Evidence, Stage
from tracker.partial_date import PartialDate
from tracker.timeline.claims import Claim, claim_of
from tracker.timeline.same_policy import Profile

SLIP_DAYS = 1
"""Papers print "Tuesday night" on Wednesday and servers count in UTC: a weekday may come out one day off."""
FINAL_SLIP_DAYS = 3
"""The same for acts that happen once: a report of Thursday that gives no day of its own may be dated by its own."""
WEEK_SLIP_DAYS = 7
"""A bare weekday may be read as the one before or the one after; only final acts, since proposals do move weekly."""
ACT_DAYS = 13
"""A vote, the signing and the formal resolution of one act follow each other within two weeks, and reports take either
for the act; the longest of the labelled stories took 12. Councils that meet every other week vote 14 days apart."""
GRACE_DAYS = 30
"""An article this long after a foretold start that names another start tells of a postponement it does not mention;
a later one tells of a new start."""
MOVE_DAYS = 366
"""A start is put off by at most about a year; beyond that it is a new start, unless the sentence says so."""
TOLD_MOVE_DAYS = 3 * 366
"""The same where the sentence says that the date was moved."""
MISPRINT_DAYS = 31
"""A newspaper's correction of an act's date changes it by days or weeks."""
FINAL = frozenset({Stage.ADOPTED, Stage.RESCINDED, Stage.REJECTED, Stage.BLOCKED})
"""Stages that happen once: the same policy does not pass them twice within a week."""

SIGNED = frozenset({Stage.ADOPTED, Stage.RESCINDED})
"""Stages that are voted on, signed and announced on days of their own."""

FEW = FINAL | {Stage.PROPOSED}


class Nearness(IntEnum):
    """How a claim's date stands to an entry's; larger is nearer."""

    APART = 0
    MOVED = 1
    LOOSE = 2
    CLOSE = 3
    SLIPPED = 4
    WITHIN = 5
    SAME = 6


@dataclass(slots=True)
class ClaimedDate:
    """One date that an entry's evidence claims, and who claims it: `told` are the days of publication (ordinals).
    `official`: a record has it."""

    date: PartialDate
    first: int
    last: int
    stated: bool = False
    moved: bool = False
    official: bool = False
    told: list[int] = field(default_factory=list)

    def add(self, claim: Claim) -> None:
        """One more claim of this date."""
        self.stated = self.stated or not claim.relative
        self.moved = self.moved or claim.moved
        self.official = self.official or bool(claim.official)
        self.told.append(claim.published)

    def happened(self) -> bool:
        """True where someone told of it on the day or after it."""
        return max(self.told) >= self.last


def nearness(stage: Stage, mark: ClaimedDate, claim: Claim) -> Nearness:
    """How near a dated claim is to a mark of an entry of the same stage, starts that were moved left out."""
    if mark.official:
        return _near_record(stage, mark, claim)
    if claim.date == mark.date:
        return Nearness.SAME
    if mark.first <= claim.last and claim.first <= mark.last:
        return Nearness.WITHIN
    gap = abs(mark.first - claim.first)
    if mark.first != mark.last or claim.first != claim.last:
        return Nearness.APART
    slipped = gap <= FINAL_SLIP_DAYS or gap == WEEK_SLIP_DAYS if stage in FINAL else gap <= SLIP_DAYS
    if slipped and (claim.relative or not mark.stated):
        return Nearness.SLIPPED
    close = gap <= ACT_DAYS if stage in SIGNED else gap <= FINAL_SLIP_DAYS and stage in FEW
    return Nearness.CLOSE if close else Nearness.APART


def _near_record(stage: Stage, mark: ClaimedDate, claim: Claim) -> Nearness:
    """The same where a record has the day, which is certain: what a report dates before it was another vote, of a
    committee or a first one, but for a weekday read as the one of the week before, and a night's vote. What ran before
    the day can only have it foretold."""
    if claim.date == mark.date:
        return Nearness.SAME
    if claim.published < mark.first:
        return Nearness.APART
    if mark.first <= claim.last and claim.first <= mark.last:
        return Nearness.WITHIN
    after = claim.first - mark.first
    if mark.first != mark.last or claim.first != claim.last:
        return Nearness.APART
    late = FINAL_SLIP_DAYS if stage in FINAL else SLIP_DAYS
    if claim.relative and (-SLIP_DAYS <= after <= late or (abs(after) == WEEK_SLIP_DAYS and stage in FINAL)):
        return Nearness.SLIPPED
    return Nearness.CLOSE if 0 < after <= ACT_DAYS and stage in SIGNED else Nearness.APART


def overlap(first: int, last: int, claim: Claim) -> Nearness:
    """LOOSE where the time in which an undated claim's act may have been meets `first` to `last`."""
    return Nearness.LOOSE if claim.first <= last and first <= claim.last else Nearness.APART


def moved(stage: Stage, mark: ClaimedDate, claim: Claim) -> bool:
    """True where one of the two dates corrects the other: the same start, put off or wrongly given at first.

    A start that someone has told of after the fact is not put off any more, and an article long after a foretold
    start that names another one tells of a further step."""
    if mark.official:
        return False
    gap = abs(mark.first - claim.first)
    said = claim.moved or mark.moved
    if stage is not Stage.EFFECTIVE:
        to_the_day = mark.first == mark.last and claim.first == claim.last
        return said and stage in FINAL and gap <= MISPRINT_DAYS and to_the_day
    if gap > (TOLD_MOVE_DAYS if claim.moved else MOVE_DAYS):
        return False
    if said:
        return True
    if claim.published >= min(mark.told):
        return not mark.happened() and claim.published <= mark.last + GRACE_DAYS
    return claim.published < claim.last and min(mark.told) <= claim.last + GRACE_DAYS


@dataclass(slots=True)
class Cluster:
    """The evidence of one entry: `marks` are the finest dates that it claims, `urls` the articles, `number` counts the
    clusters of one fold. Where a record tells it, `official` and `file` are the record's, the marks too, and `profile`
    is what the reports tell: a clerk's words are compared in another way (`same_file`)."""

    jurisdiction: str
    stage: Stage
    claims: list[Claim] = field(default_factory=list)
    profile: Profile = field(default_factory=Profile)
    marks: list[ClaimedDate] = field(default_factory=list)
    urls: set[str] = field(default_factory=set)
    first: int = 0
    last: int = 0
    number: int = 0
    official: tuple[str, ...] = ()
    file: str = ""

    def add(self, claim: Claim) -> None:
        """One more claim for this entry."""
        self.claims.append(claim)
        self.urls.add(claim.evidence.url)
        if not claim.file:
            self.profile.merge(claim.profile)
        if claim.official and not self.official:
            self.official, self.file, self.marks = claim.official, claim.file, []
        if not claim.weak and bool(claim.official) == bool(self.official):
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
        mark = ClaimedDate(claim.date, claim.first, claim.last)
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


def draft_of(jurisdiction: str, stage: Stage, evidence: Iterable[Evidence]) -> Cluster:
    """The cluster that evidence of one entry makes, in the order given."""
    cluster = Cluster(jurisdiction, stage)
    for item in evidence:
        cluster.add(claim_of(item))
    return cluster
