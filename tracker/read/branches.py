"""Which branch of government a body is of, or a text names: by `data/branches.toml`."""

import re
from functools import cache, lru_cache

from tracker.read.lexicon import table

OUTSIDE = frozenset({"court", "state"})
"""Branches that are not of the place: their names do not need it, and only they block a local rule."""


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    found = table("branches").items()
    return tuple((name, re.compile("|".join(rf"\b{re.escape(word)}" for word in words))) for name, words in found)


@lru_cache(maxsize=5_000)
def branch(body: str) -> str:
    """`council`, `police`, `executive`, `court`, `voters`, `state`, or "" where the body does not say."""
    text = body.lower()
    found = [(match, name) for name, pattern in _patterns() for match in pattern.findall(text)]
    return max(found, key=lambda pair: len(pair[0]), default=("", ""))[1]


def branches(text: str) -> frozenset[str]:
    """All branches of government that a text in small letters names."""
    return frozenset(name for name, pattern in _patterns() if pattern.search(text))
