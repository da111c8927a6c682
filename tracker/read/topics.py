"""The topics that a change can have: those of `data/topics.toml`, where a user can add one.

The scorer chooses among those it was taught. A topic that was added since has no examples: it is told by its terms.
"""

from functools import cache

from tracker.read.lexicon import table

OTHER = "other"
STRONG, PLAIN = 3, 1
"""Points of a strong and of a plain term; each is counted once."""
ENOUGH = 3
"""One strong term, or three plain ones, of title and quote tell an added topic."""


@cache
def topics() -> tuple[str, ...]:
    """Every topic that a finding can have, in the order of the data file."""
    return tuple(table("topics"))


def label(topic: str) -> str:
    """The topic as people read it."""
    return str(table("topics")[topic]["label"])


def added(title: str, quote: str, taught: tuple[str, ...]) -> str | None:
    """The topic that the scorer was not taught and whose terms stand in title or quote; None for none."""
    words = f" {title} {quote} ".lower()
    points = {name: _points(words, name) for name in topics() if name not in taught}
    best = max(points, key=lambda name: points[name], default="")
    return best if best and points[best] >= ENOUGH else None


def _points(words: str, topic: str) -> int:
    data = table("topics")[topic]
    return STRONG * sum(f" {term}" in words for term in data.get("strong", ())) + PLAIN * sum(
        f" {term}" in words for term in data.get("terms", ())
    )
