"""Which topic a change is about, by the weighted terms of `data/topics.toml`."""

from collections.abc import Sequence
from functools import cache

from tracker.read.lexicon import table
from tracker.read.phrases import PhraseLists

OTHER = "other"
STRONG, PLAIN = 3.0, 1.0
"""Points of a strong and of a plain term, each counted once per field."""
FIELDS = {"title": 3.0, "quote": 2.0, "text": 1.0}
"""What the article is about stands in its title and in the proving sentence; the rest is full of other matters."""
MINIMUM = 3.0
"""Below this nothing but a stray plain term speaks for the topic."""


@cache
def topics() -> tuple[str, ...]:
    """Every topic that a finding can have, in the order of the data file."""
    return tuple(table("topics"))


def label(topic: str) -> str:
    """The topic as people read it."""
    return str(table("topics")[topic]["label"])


@cache
def _lists() -> PhraseLists[tuple[str, float]]:
    """The terms of every (topic, points)."""
    lists: dict[tuple[str, float], list[str]] = {}
    for name, data in table("topics").items():
        lists |= {(name, STRONG): data["strong"], (name, PLAIN): data["terms"]}
    return PhraseLists(lists)


def topic_points(title: str, quote: str, text: str) -> dict[str, float]:
    """Points of every topic; the same term counts once in each field, more often met terms a little more."""
    fields = {"title": title.lower(), "quote": quote.lower(), "text": text.lower()}
    found = {field: _lists().found(fields[field]) for field in FIELDS}
    points = dict.fromkeys(topics(), 0.0)
    for name in points:
        for field, weight in FIELDS.items():
            strong, plain = (_count(found[field].get((name, each), ())) for each in (STRONG, PLAIN))
            points[name] += weight * (STRONG * strong + PLAIN * plain)
    return points


def _count(found: Sequence[str]) -> float:
    """Distinct terms, and half a point for a term met three times or more."""
    return len(set(found)) + 0.5 * sum(found.count(term) >= 3 for term in set(found))


def topic_of(title: str, quote: str, text: str) -> str:
    """The topic with most points, `other` below the minimum."""
    points = topic_points(title, quote, text)
    best = max(points, key=lambda name: points[name])
    return best if points[best] >= MINIMUM else OTHER
