"""The topics that a change can have: the tables of `data/topics.toml`, where a user can add one.

The scorer chooses among those it was taught. A topic that was added since has no examples: it is told by its terms.
"""

from functools import cache
from typing import Any

from tracker.kinds import Direction
from tracker.read.lexicon import table

OTHER = "other"
STRONG, PLAIN = 3, 1
"""Points of a strong and of a plain term; each is counted once."""
ENOUGH = 3
"""One strong term, or three plain ones, of title and quote tell an added topic."""
DIRECTION_PAIRS: dict[str, tuple[Direction, Direction]] = {
    "cooperation": (Direction.MORE_COOPERATION, Direction.LESS_COOPERATION),
    "officers": (Direction.STRICTER, Direction.LOOSER),
}
"""The two ways in which the steps of a topic can lead, by what they are about."""


@cache
def topics() -> tuple[str, ...]:
    """Every topic that a finding can have, in the order of the data file."""
    return tuple(table("topics"))


def label(topic: str) -> str:
    """The topic as people read it: `Jail and bail` for `jail-and-bail`."""
    words = topic.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def search_words(topic: str) -> tuple[str, ...]:
    """What a news search is asked for, the most telling first; the topic itself where its table has no words."""
    return tuple(_row(topic).get("search_words") or (label(topic).lower(),))


def direction_pair(topic: str) -> str:
    """What the directions of its steps are about (`DIRECTION_PAIRS`); empty for a topic that has none."""
    return str(_row(topic).get("directions", ""))


def directions(topic: str) -> tuple[Direction, ...]:
    """Which ways its steps can lead."""
    return DIRECTION_PAIRS.get(direction_pair(topic), ())


def added(title: str, quote: str, taught: tuple[str, ...]) -> str | None:
    """The topic that the scorer was not taught and whose terms stand in title or quote; None for none."""
    words = f" {title} {quote} ".lower()
    points = {name: _points(words, name) for name in topics() if name not in taught}
    best = max(points, key=lambda name: points[name], default="")
    return best if best and points[best] >= ENOUGH else None


def _points(words: str, topic: str) -> int:
    data = _row(topic)
    return STRONG * sum(f" {term}" in words for term in data.get("strong", ())) + PLAIN * sum(
        f" {term}" in words for term in data.get("terms", ())
    )


def _row(topic: str) -> dict[str, Any]:
    """What the file tells of a topic; nothing of one that it does not have."""
    row: dict[str, Any] = table("topics").get(topic, {})
    return row
