"""What a policy is known by: the sum of what findings tell of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from tracker.model import Basis, Evidence
from tracker.timeline.matter_words import matters_named
from tracker.timeline.words import Bag, identifier_parts, rare_words

Key = TypeVar("Key")


@dataclass(slots=True)
class Profile:
    """Identifiers, rare words of the rule's name (`rule`) and of the subject, topics and common matters, summed over
    `size` findings. A word that few of them use weighs little. `first` to `last` are the days of what was done,
    `told_first` to `told_last` those of the reports."""

    size: int = 0
    identifiers: dict[tuple[str, str], int] = field(default_factory=dict)
    rule: Bag = field(default_factory=dict)
    subject: Bag = field(default_factory=dict)
    topics: set[str] = field(default_factory=set)
    matters: set[str] = field(default_factory=set)
    first: int = 0
    last: int = 0
    told_first: int = 0
    told_last: int = 0

    def merge(self, other: "Profile") -> None:
        """Counts everything that another profile has counted."""
        _add(self.identifiers, other.identifiers)
        _add(self.rule, other.rule)
        _add(self.subject, other.subject)
        self.topics |= other.topics
        self.matters |= other.matters
        new = self.size == 0
        self.first = other.first if new else min(self.first, other.first)
        self.last = other.last if new else max(self.last, other.last)
        self.told_first = other.told_first if new else min(self.told_first, other.told_first)
        self.told_last = other.told_last if new else max(self.told_last, other.told_last)
        self.size += other.size


def _add(counts: dict[Key, int], more: Mapping[Key, int]) -> None:
    for key, count in more.items():
        counts[key] = counts.get(key, 0) + count


def profile_of(evidence: Iterable[Evidence]) -> Profile:
    """What the policy of an entry with this evidence is known by."""
    profile = Profile()
    for item in evidence:
        profile.merge(told(item))
    return profile


def _matters(item: Evidence) -> set[str]:
    """The matters that a finding names in its rule, its subject and its sentence; the headline tells of the news."""
    finding = item.finding
    texts = [finding.instrument, finding.subject, finding.said, *([item.title] if finding.primary else [])]
    return {name for text in texts for name in matters_named(finding.topic, text)}


def told(item: Evidence) -> Profile:
    """What one finding tells; do not change it. An act without a date counts for the day of its report."""
    finding, published = item.finding, item.published.toordinal()
    dated = finding.date is not None and finding.basis is not Basis.REPORTED
    kind, number = identifier_parts(finding.identifier)
    return Profile(
        size=1,
        identifiers={(kind, number): 1} if number else {},
        rule=rare_words(finding.instrument, finding.jurisdiction_name),
        subject=rare_words(finding.subject, finding.jurisdiction_name),
        topics={finding.topic},
        matters=_matters(item),
        first=finding.date.first_day().toordinal() if finding.date and dated else published,
        last=finding.date.last_day().toordinal() if finding.date and dated else published,
        told_first=published,
        told_last=published,
    )
