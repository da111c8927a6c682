"""What kind of story an article is, counted from the word lists of `data/kinds.toml`."""

import re
from functools import cache

from tracker.read.lexicon import longest_of, table

PER_WORDS = 100
"""Counts are told per hundred words, so that long and short articles compare."""
MOST = 4.0
"""A share beyond this says nothing more."""


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    def pattern(words: list[str]) -> re.Pattern[str]:
        return re.compile(rf"(?<![\w-]){longest_of(words)}")

    return {kind: pattern(words) for kind, words in table("kinds")["kinds"].items()}


def kinds_of(text: str) -> frozenset[str]:
    """The kinds that a short text (a title, a sentence) has words of."""
    lower = text.lower()
    return frozenset(kind for kind, pattern in _patterns().items() if pattern.search(lower))


def shares(text: str) -> dict[str, float]:
    """Words of each kind per hundred words, at most MOST; kinds without any are left out."""
    lower = text.lower()
    per = PER_WORDS / max(PER_WORDS, lower.count(" ") + 1)
    counts = {kind: len(pattern.findall(lower)) * per for kind, pattern in _patterns().items()}
    return {kind: min(MOST, count) for kind, count in counts.items() if count}
