"""What a policy is known by, the sum of what findings tell of it; and whether two things are of one policy: a logistic
regression over a few features. `tests/eval/fit_policy.py` fits its weights on labelled stories; `data/same_policy.json`
holds them."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from math import exp, log1p
from typing import TypeVar

from tracker.model import Basis, Evidence, EvidenceKind
from tracker.timeline.matters import matters_named
from tracker.timeline.vocabulary import DOCUMENT, OTHER, Bag, identifier_parts, rare_words, shared

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
        profile.merge(profile_of_one(item))
    return profile


def _matters(item: Evidence) -> set[str]:
    """The matters that a finding names in its rule, its subject and its sentence; the headline tells of the news."""
    finding = item.finding
    texts = [finding.instrument, finding.subject, finding.said, *([item.title] if finding.primary else [])]
    return {name for text in texts for name in matters_named(finding.topic, text)}


def profile_of_one(item: Evidence) -> Profile:
    """What one finding tells; do not change it. An act without a date counts for the day of its report."""
    finding, published = item.finding, item.published.toordinal()
    dated = finding.date is not None and finding.basis is not Basis.REPORTED
    kind, number = identifier_parts(finding.identifier)
    identifiers = {(kind, number): 1} if number else {}
    if item.kind is EvidenceKind.DOCUMENT and item.matter:
        identifiers[DOCUMENT, f"{finding.body} {item.matter}".lower()] = 1
    return Profile(
        size=1,
        identifiers=identifiers,
        rule=rare_words(finding.instrument, finding.jurisdiction_name),
        subject=rare_words(finding.subject, finding.jurisdiction_name),
        topics={finding.topic},
        matters=_matters(item),
        first=finding.date.first_day().toordinal() if finding.date and dated else published,
        last=finding.date.last_day().toordinal() if finding.date and dated else published,
        told_first=published,
        told_last=published,
    )


RULE, SUBJECT, MATTER = 0.1, 0.25, 0.3
"""What stands in for the shares of rare words, and for a common matter, where a finding has none: a nameless rule says
less than a nameless subject, since "the ordinance" may be any."""


@dataclass(frozen=True, slots=True)
class PolicyWeights:
    """Of the constant and of each feature by its name."""

    constant: float
    features: dict[str, float]


@cache
def weights() -> PolicyWeights:
    """`same_policy.json`; read once."""
    data = json.loads(files("tracker.timeline").joinpath("data/same_policy.json").read_text("utf-8"))
    return PolicyWeights(data["constant"], data["features"])


def features(one: Profile, other: Profile) -> dict[str, float]:
    """What two profiles of one place have in common, by name: shares 0 to 1, distances as logarithms of days."""
    return {
        "rule": shared(one.rule, one.size, other.rule, other.size) if one.rule and other.rule else RULE,
        "subject": shared(one.subject, one.size, other.subject, other.size)
        if one.subject and other.subject
        else SUBJECT,
        "topic": float(OTHER in one.topics or OTHER in other.topics or not one.topics.isdisjoint(other.topics)),
        "matter": float(not one.matters.isdisjoint(other.matters)) if one.matters and other.matters else MATTER,
        "number": float(not one.identifiers.keys().isdisjoint(other.identifiers)),
        "days": log1p(_days(one.first, one.last, other.first, other.last)),
        "days told": log1p(_days(one.told_first, one.told_last, other.told_first, other.told_last)),
    }


def other_numbers(one: Profile, other: Profile) -> set[str]:
    """The kinds of instrument of which both have numbers, where they have none in common."""
    if not one.identifiers or not other.identifiers or one.identifiers.keys() & other.identifiers.keys():
        return set()  # most have none, and every pair is asked
    return {kind for kind, _ in one.identifiers} & {kind for kind, _ in other.identifiers}


def other_matters(one: Profile, other: Profile) -> bool:
    """True where both name common matters, and none in common."""
    return bool(one.matters and other.matters) and one.matters.isdisjoint(other.matters)


def share_topic(one: Profile, other: Profile) -> bool:
    """True where both tell of one topic that has a name."""
    return bool((one.topics & other.topics) - {OTHER})


def share_words(one: Profile, other: Profile) -> bool:
    """True where both tell of one topic that has a name, and of one matter or with a rare word in common."""
    if not share_topic(one, other):
        return False
    words = (one.rule.keys() | one.subject.keys()) & (other.rule.keys() | other.subject.keys())
    return bool(words) or not one.matters.isdisjoint(other.matters)


def _days(first: int, last: int, other_first: int, other_last: int) -> int:
    """Days between two spans of days; 0 where they meet."""
    return max(0, other_first - last, first - other_last)


def log_odds(one: Profile, other: Profile) -> float:
    """That two profiles of one place are of one policy."""
    by = weights()
    told = features(one, other)
    return by.constant + sum([weight * told[name] for name, weight in by.features.items()])


def chance(odds: float) -> float:
    """Log-odds as a chance."""
    return 1 / (1 + exp(-odds))
