"""Near-identical texts: wire copies with a new headline, a dateline, a cut tail. They count as one report.

Copies matter only as evidence of one entry, and copies of one story tell of the same places. So a new article is
compared only with articles that report on one of its places and ran within `COPY_DAYS`: an indexed query that finds
tens of rows, not a band table over all articles. A stored signature filters them, the texts decide.
"""

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

import numpy as np
from rensa import RMinHash

from tracker.timeline.ids import short_id

COPY_CONTAINMENT = 0.5
"""Share of the shorter text's word triples that the longer one holds; F1 0.995 on halved, re-led and edited copies."""
FILTER_JACCARD = 0.3
"""A copy cut in half has a Jaccard similarity of 0.5 at most, so that a filter at 0.5 misses half of the cut copies."""
COPY_DAYS = 30
"""Copies of a wire story run within days; a month allows for weeklies and archives dated by month."""
SEED = 1
"""Any number. Signatures are stored, and those made with another seed cannot be compared with them."""
PERMUTATIONS = 128
"""512 bytes an article."""
STANDARD_ERROR = (FILTER_JACCARD * (1 - FILTER_JACCARD) / PERMUTATIONS) ** 0.5
"""Of a similarity of 0.3 that is estimated with so many permutations: at most 0.04. The filter allows three of them."""
NGRAM = 3
MIN_TRIPLES = 8
"""Shorter texts (a summary of ten words) are no sign of a copy."""
_WORD = re.compile(r"[a-z0-9]+")


@lru_cache(maxsize=256)
def triples(text: str) -> frozenset[str]:
    """The word 3-grams of a text, lower case, without punctuation."""
    words = _WORD.findall(text.lower())
    return frozenset(" ".join(words[i : i + NGRAM]) for i in range(len(words) - NGRAM + 1))


def signature(text: str) -> bytes:
    """The MinHash of a text's word triples: 128 little-endian unsigned 32-bit numbers, 512 bytes, to be stored."""
    sketch = RMinHash(num_perm=PERMUTATIONS, seed=SEED)
    sketch.update(triples(text))
    return np.array(sketch.digest(), "<u4").tobytes()


def may_be_copies(one: bytes, other: bytes) -> bool:
    """True where two signatures allow that the texts are copies: every cut copy down to a third passes the filter."""
    same = np.frombuffer(one, "<u4") == np.frombuffer(other, "<u4")
    return bool(same.mean() >= FILTER_JACCARD - 3 * STANDARD_ERROR)


def containment(one: str, other: str) -> float:
    """The share of the shorter text's word triples that the other holds, 0 to 1; 0 for texts too short to tell."""
    shorter, longer = sorted((triples(one), triples(other)), key=len)
    return len(shorter & longer) / len(shorter) if len(shorter) >= MIN_TRIPLES else 0.0


def are_copies(one: str, other: str) -> bool:
    """True where the two texts are one report: the same wire story, cut or re-led."""
    return containment(one, other) >= COPY_CONTAINMENT


def report_name(members: Iterable[tuple[date, str, str]]) -> str:
    """The name of a group of copies, given (published, url, hash of the text) of each: that of the first to be
    published. The hash keeps an article that was rewritten from counting as a copy of its old self."""
    first = min(members)
    return short_id("report", first[1], first[2])
