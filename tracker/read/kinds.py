"""What kind of story an article is, counted from the word lists of `data/kinds.toml`."""

from functools import cache

from tracker.read.lexicon import table
from tracker.read.phrases import PhraseLists

PER_WORDS = 100
"""Counts are told per hundred words, so that long and short articles compare."""
MOST = 4.0
"""A share beyond this says nothing more."""


@cache
def _lists() -> PhraseLists[str]:
    return PhraseLists(table("kinds")["kinds"])


def kinds_of(text: str) -> frozenset[str]:
    """The kinds that a short text (a title, a sentence) has words of."""
    return frozenset(_lists().found(text.lower()))


def shares(text: str) -> dict[str, float]:
    """Words of each kind per hundred words, at most MOST; kinds without any are left out."""
    lower = text.lower()
    per = PER_WORDS / max(PER_WORDS, lower.count(" ") + 1)
    found = _lists().found(lower)
    return {kind: min(MOST, len(found[kind]) * per) for kind in table("kinds")["kinds"] if kind in found}
