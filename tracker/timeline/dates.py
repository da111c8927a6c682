"""When two dates can be of one act: relations between a claim and the dates of an entry, with named tolerances."""

from dataclasses import dataclass, field
from enum import IntEnum

from tracker.model import Stage
from tracker.partial_date import PartialDate
from tracker.timeline.claims import Claim

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
class Mark:
    """One date that an entry's evidence claims, and who claims it: `told` are the days of publication (ordinals)."""

    date: PartialDate
    first: int
    last: int
    stated: bool = False
    moved: bool = False
    told: list[int] = field(default_factory=list)

    def add(self, claim: Claim) -> None:
        """One more claim of this date."""
        self.stated = self.stated or not claim.relative
        self.moved = self.moved or claim.moved
        self.told.append(claim.published)

    def happened(self) -> bool:
        """True where someone told of it on the day or after it."""
        return max(self.told) >= self.last


def nearness(stage: Stage, mark: Mark, claim: Claim) -> Nearness:
    """How near a dated claim is to a mark of an entry of the same stage, starts that were moved left out."""
    if claim.date == mark.date:
        return Nearness.SAME
    if (mark.first <= claim.first and claim.last <= mark.last) or (
        claim.first <= mark.first and mark.last <= claim.last
    ):
        return Nearness.WITHIN
    gap = abs(mark.first - claim.first)
    if mark.first != mark.last or claim.first != claim.last:
        return Nearness.APART
    slipped = gap <= FINAL_SLIP_DAYS or gap == WEEK_SLIP_DAYS if stage in FINAL else gap <= SLIP_DAYS
    if slipped and (claim.relative or not mark.stated):
        return Nearness.SLIPPED
    close = gap <= ACT_DAYS if stage in SIGNED else gap <= FINAL_SLIP_DAYS and stage in FEW
    return Nearness.CLOSE if close else Nearness.APART


def overlap(first: int, last: int, claim: Claim) -> Nearness:
    """LOOSE where the time in which an undated claim's act may have been meets `first` to `last`."""
    return Nearness.LOOSE if claim.first <= last and first <= claim.last else Nearness.APART


def moved(stage: Stage, mark: Mark, claim: Claim) -> bool:
    """True where one of the two dates corrects the other: the same start, put off or wrongly given at first.

    A start that someone has told of after the fact is not put off any more, and an article long after a foretold
    start that names another one tells of a further step."""
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
