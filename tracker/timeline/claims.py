"""One piece of evidence, prepared for matching: when its act may have been, and what it tells of its policy."""

from dataclasses import dataclass
from datetime import date, timedelta

from tracker.model import Basis, Evidence, Finding, Stage
from tracker.partial_date import PartialDate
from tracker.read.places.place_names import fold
from tracker.timeline.matters import stems
from tracker.timeline.same_policy import Profile, profile_of_one

LATE_NEWS_DAYS = 45
"""News without a date tells of an act of about its own month: the month before it ran, and half a month of grace."""
RETOLD_DAYS = 15 * 365
"""A background sentence without a date may retell an act of many years ago ("first passed about 10 years ago")."""
STEP_DAYS = 31
"""Steps of a proposal follow each other in weeks: an undated one is at most a month from the step that it tells of."""
AHEAD_DAYS = 7
"""An act of the coming days is told as done ("will sign"), and a server's clock may be a day behind."""
START_AHEAD_DAYS = 183
"""A start without a date is announced at most about half a year ahead."""
DAY = 0
"""The precision of a claim that names a day."""
_RANK = {"day": DAY, "interval": 1, "month": 1, "year": 2}


@dataclass(frozen=True, slots=True)
class Claim:
    """Evidence as the rules see it. Days are proleptic ordinals (`date.toordinal`); `first` to `last` is when the act
    may have been. `weak`: the date is only the publication's. `moved`: the sentence says that a start was changed, or
    that a date was misprinted; `against`: it denies the step, or says that this date no longer holds. `alone`:
    no article tells two steps of its place, stage and day. `profile` is never changed. `file`: the council's file that
    a record is of; `official`: what tells the step of one record from that of another; both empty for a report."""

    evidence: Evidence
    stage: Stage
    date: PartialDate | None
    first: int
    last: int
    published: int
    weak: bool
    relative: bool
    moved: bool
    against: bool
    profile: Profile
    alone: bool = False
    file: str = ""
    official: tuple[str, ...] = ()

    @property
    def precision(self) -> int:
        """0 a day, 1 an interval or a month, 2 a year, 3 nothing but the publication."""
        return 3 if self.weak or self.date is None else _RANK[self.date.precision]


def _window(stage: Stage, published: date, primary: bool) -> tuple[date, date]:
    """When an act may have been that an article of `published` tells without a date."""
    if stage is Stage.PROPOSED:
        return published - timedelta(STEP_DAYS), published + timedelta(STEP_DAYS)
    back = LATE_NEWS_DAYS if primary else RETOLD_DAYS
    ahead = START_AHEAD_DAYS if stage is Stage.EFFECTIVE else AHEAD_DAYS
    return published - timedelta(back), published + timedelta(ahead)


def claim_of(evidence: Evidence) -> Claim:
    """What `evidence` says, prepared for comparison."""
    finding = evidence.finding
    weak = finding.date is None or finding.basis is Basis.REPORTED
    if finding.date is None or weak:
        first, last = _window(finding.stage, evidence.published, finding.primary)
    else:
        first, last = finding.date.first_day(), finding.date.last_day()
    return Claim(
        evidence=evidence,
        stage=finding.stage,
        date=finding.date,
        first=first.toordinal(),
        last=last.toordinal(),
        published=evidence.published.toordinal(),
        weak=weak,
        relative=finding.basis is Basis.RELATIVE,
        moved=finding.moved,
        against=not evidence.supports,
        profile=profile_of_one(evidence),
        file=file_of(evidence),
        official=_official(evidence),
    )


def file_of(item: Evidence) -> str:
    """The council's file that a record is of: its number with its page, since some councils begin their numbers anew
    each year; empty for what is no record of a file."""
    return f"{item.matter} {item.url.partition('#')[0]}" if item.is_record and item.matter else ""


_SORTS = frozenset({"city", "town", "village", "borough", "office", "department", "dept"})
"""What a government is, and its agency: lists name some with and without. A number or a precinct tells two apart."""


def _official(item: Evidence) -> tuple[str, ...]:
    """The file, the stage and the day; of a record without a file, who agreed on what in their place."""
    if not item.is_record:
        return ()
    told = item.finding
    return file_of(item) or _agreement(told), told.stage.value, str(told.date)


def _agreement(told: Finding) -> str:
    agency = " ".join(sorted(stems(fold(told.body)) - _SORTS))
    return f"{agency}: {told.instrument}"
