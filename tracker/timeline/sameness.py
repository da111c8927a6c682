"""Are two things of one policy? A logistic regression over a few features; its weights are data.

`tests/eval/fit_policy.py` fits them on labelled stories; `data/same_policy.json` holds them.
"""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp, log1p

from tracker.timeline.profile import Profile
from tracker.timeline.words import OTHER, shared

RULE, SUBJECT, MATTER = 0.1, 0.25, 0.3
"""What stands in for the shares of rare words, and for a common matter, where a finding has none: a nameless rule says
less than a nameless subject, since "the ordinance" may be any."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Of the constant and of each feature by its name."""

    constant: float
    features: dict[str, float]


@cache
def weights() -> Weights:
    """`same_policy.json`; read once."""
    data = json.loads(files("tracker.timeline").joinpath("data/same_policy.json").read_text("utf-8"))
    return Weights(data["constant"], data["features"])


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
