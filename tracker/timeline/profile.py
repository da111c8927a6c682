"""What a policy is known by: the sum of what findings tell of it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from tracker.model import Basis, Evidence
from tracker.timeline.words import branch, identifier_parts, rare_words

Vector = NDArray[np.float64]


@dataclass(slots=True)
class Profile:
    """Identifiers, rare words of the rule's name (`rule`) and of the subject, topics, branches of government and policy
    vectors (by the version of the reader that made them), summed over `size` findings. A word that few of them use
    weighs little. `first` to `last` are the days of what was done, `told_first` to `told_last` those of the reports."""

    size: int = 0
    identifiers: Counter[tuple[str, str]] = field(default_factory=Counter)
    rule: Counter[str] = field(default_factory=Counter)
    subject: Counter[str] = field(default_factory=Counter)
    topics: Counter[str] = field(default_factory=Counter)
    branches: Counter[str] = field(default_factory=Counter)
    vectors: dict[str, Vector] = field(default_factory=dict)
    first: int = 0
    last: int = 0
    told_first: int = 0
    told_last: int = 0

    def merge(self, other: "Profile") -> None:
        """Counts everything that another profile has counted."""
        for name in ("identifiers", "rule", "subject", "topics", "branches"):
            getattr(self, name).update(getattr(other, name))
        for version, vector in other.vectors.items():
            known = self.vectors.get(version)
            self.vectors[version] = vector if known is None else known + vector
        new = self.size == 0
        self.first = other.first if new else min(self.first, other.first)
        self.last = other.last if new else max(self.last, other.last)
        self.told_first = other.told_first if new else min(self.told_first, other.told_first)
        self.told_last = other.told_last if new else max(self.told_last, other.told_last)
        self.size += other.size


def profile_of(evidence: Iterable[Evidence]) -> Profile:
    """What the policy of an entry with this evidence is known by."""
    profile = Profile()
    for item in evidence:
        profile.merge(_told(item))
    return profile


def _told(item: Evidence) -> Profile:
    """What one finding tells. An act without a date counts for the day of its report."""
    finding, published = item.finding, item.published.toordinal()
    dated = finding.date is not None and finding.basis is not Basis.REPORTED
    kind, number = identifier_parts(finding.identifier)
    acting = branch(finding.body)
    return Profile(
        size=1,
        identifiers=Counter({(kind, number): 1} if number else {}),
        rule=Counter(rare_words(finding.instrument, finding.jurisdiction_name)),
        subject=Counter(rare_words(finding.subject, finding.jurisdiction_name)),
        topics=Counter({finding.topic: 1}),
        branches=Counter({acting: 1} if acting else {}),
        vectors={item.reader_version: np.array(finding.policy_vector)} if finding.policy_vector else {},
        first=finding.date.first_day().toordinal() if finding.date and dated else published,
        last=finding.date.last_day().toordinal() if finding.date and dated else published,
        told_first=published,
        told_last=published,
    )
