"""One piece of evidence, prepared for matching: what it says of the policy, of the stage and of the date."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from tracker.model import Basis, Evidence, Finding, Stage
from tracker.partial_date import PartialDate
from tracker.timeline.words import Bag, branch, identifier_parts, instrument_kind, telling, tokens

LATE_NEWS_DAYS = 45
"""News without a date tells of an act of about its own month: the month before it ran, and half a month of grace."""
RETOLD_DAYS = 3 * 365
"""A background sentence without a date may retell an act of years ago; older ones say a year."""
STEP_DAYS = 31
"""Steps of a proposal follow each other in weeks: an undated one is at most a month from the step that it tells of."""
AHEAD_DAYS = 7
"""An act of the coming days is told as done ("will sign"), and a server's clock may be a day behind."""
START_AHEAD_DAYS = 183
"""A start without a date is announced at most about half a year ahead."""

_MISPRINT = re.compile(r"\b(correction|corrected|misstated|earlier version|incorrect)", re.IGNORECASE)
_MOVED = re.compile(
    rf"{_MISPRINT.pattern}|\b(instead of|rather than|originally|initially|postpon|delay"
    r"|push(?:ed|es|ing)?(?: \w+){0,4} back|moved? (?:up|back|to)|reschedul|more time|extend"
    r"|new (?:effective|start) date)",
    re.IGNORECASE,
)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_OLD_DATE = re.compile(
    r"\b(?i:instead of|rather than|from|originally|initially|had been|was (?:first )?(?:to|set|due|scheduled)|were to"
    rf"|not(?: on)?(?= {_MONTH}))\b[^;]{{0,60}}?\b({_MONTH}(?:\s+\d{{1,2}}\b)?)"
)
_RANK = {"day": 0, "month": 1, "year": 2}


class Told(NamedTuple):
    """What a finding tells of its policy: the part of a claim that needs no look at the sentence."""

    identifier: tuple[str, str]
    topic: str
    words: Bag
    topical: Bag
    branch: str
    kind: str


def told_of(finding: Finding) -> Told:
    """What a finding tells of its policy."""
    said = telling(finding.subject, finding.instrument, finding.topic, finding.jurisdiction_name)
    kind, acting = instrument_kind(finding.instrument), branch(finding.body)
    return Told(identifier_parts(finding.identifier), finding.topic, said.words, said.topical, acting, kind)


@dataclass(frozen=True, slots=True)
class Claim:
    """Evidence as the rules see it. Days are proleptic ordinals (`date.toordinal`); `first` to `last` is when the act
    may have been. `weak`: the date is only the publication's. `moved`: the sentence says that a start was changed, or
    that a date was misprinted; `old`: the date is the one that was given up."""

    evidence: Evidence
    stage: Stage
    date: PartialDate | None
    first: int
    last: int
    published: int
    weak: bool
    relative: bool
    moved: bool
    old: bool
    identifier: tuple[str, str]
    topic: str
    words: Bag
    topical: Bag
    branch: str
    kind: str

    @property
    def precision(self) -> int:
        """0 a day, 1 a month, 2 a year, 3 nothing but the publication."""
        return 3 if self.weak or self.date is None else _RANK[self.date.precision]

    @property
    def text(self) -> frozenset[str]:
        """The words of the quoted sentence: compared last."""
        return frozenset(tokens(self.evidence.finding.said))


def _window(stage: Stage, published: date, primary: bool) -> tuple[date, date]:
    """When an act may have been that an article of `published` tells without a date."""
    if stage is Stage.PROPOSED:
        return published - timedelta(STEP_DAYS), published + timedelta(STEP_DAYS)
    back = LATE_NEWS_DAYS if primary else RETOLD_DAYS
    ahead = START_AHEAD_DAYS if stage is Stage.EFFECTIVE else AHEAD_DAYS
    return published - timedelta(back), published + timedelta(ahead)


def names_day(text: str, day: PartialDate) -> int:
    """How often `text` writes the month (and the day, if known) of `day`, as in "March 1"."""
    month, _, _ = day.in_words().partition(" ")
    number = rf"\s+{day.day}\b" if day.day else ""
    return len(re.findall(rf"\b{month[:3]}[a-z]*\.?{number}", text))


def gives_up(quote: str, day: PartialDate | None) -> bool:
    """True where the sentence names `day` only as the date that no longer holds ("instead of March 1")."""
    if day is None or day.month is None:
        return False
    given_up = " ; ".join(_OLD_DATE.findall(quote))
    return 0 < names_day(given_up, day) == names_day(quote, day)


def claim_of(evidence: Evidence) -> Claim:
    """What `evidence` says, prepared for comparison."""
    finding = evidence.finding
    weak = finding.date is None or finding.basis is Basis.REPORTED
    if finding.date is None or weak:
        first, last = _window(finding.stage, evidence.published, finding.primary)
    else:
        first, last = finding.date.first_day(), finding.date.last_day()
    changes = _MOVED if finding.stage is Stage.EFFECTIVE else _MISPRINT
    moved = changes.search(finding.said) is not None
    return Claim(
        evidence=evidence,
        stage=finding.stage,
        date=finding.date,
        first=first.toordinal(),
        last=last.toordinal(),
        published=evidence.published.toordinal(),
        weak=weak,
        relative=finding.basis is Basis.RELATIVE,
        moved=moved,
        old=moved and not weak and gives_up(finding.said, finding.date),
        **told_of(finding)._asdict(),
    )
