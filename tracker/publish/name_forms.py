"""A person's name in the forms in which people print it: `Jane Roe`, `Roe, Jane`, `Jane A. Roe`, `Jane “Jo” Roe`,
`Jane-Roe`, `jane_roe`. Patterns are of folded text (`folding.py`)."""

import re
from functools import lru_cache

from tracker.publish.folding import Folded
from tracker.whitespace import as_seen

_PARTS = re.compile(r"[\s\"'._,()-]+")
"""What parts the words of a name, within it and wherever it stands."""
_GAP = r"[\s\"'._,()-]{1,3}"
_BETWEEN = rf"{_GAP}(?:[^\W\d_]{_GAP}|[\"'(][\w-]{{1,20}}[\"')]\s?)?"
"""Also with an initial or a nickname in quotation marks."""
_BEFORE, _AFTER = r"(?<![^\W_])", r"(?![^\W_])"
"""Whole words only: "Roe" is not in "Roebuck"; `_` parts words, as addresses and file names have it."""
MOST_PARTS = 6
"""Words of a name that are looked for in another order too; what is longer is a firm's, or a sentence."""


def parts(name: str) -> list[str]:
    """`Anne-Marie O’Neil` → `anne`, `marie`, `o`, `neil`."""
    return [part for part in _PARTS.split(Folded(as_seen(name)).text) if part]


@lru_cache(maxsize=1000)
def forms(name: str) -> re.Pattern[str]:
    """Finds the name whole, in any of its forms: from any of its words on, round to the one before it."""
    said = parts(name)
    if not said:  # signs alone: as they are
        return re.compile(re.escape(Folded(as_seen(name)).text))
    turns = range(len(said)) if len(said) <= MOST_PARTS else range(1)
    orders = (said[turn:] + said[:turn] for turn in turns)
    either = "|".join(_BETWEEN.join(map(re.escape, order)) for order in orders)
    end = r"\.?" if name.rstrip().endswith(".") else ""
    return re.compile(rf"{_BEFORE}(?:{either}){_AFTER}{end}")


@lru_cache(maxsize=1000)
def near(name: str) -> re.Pattern[str] | None:
    """Finds what may be the same person and is not withheld with the name: `J. Roe`, `Jane Alice Roe`; None where a
    name has one word."""
    said = parts(name)
    if len(said) < 2:
        return None
    first, last = re.escape(said[0]), re.escape(said[-1])
    return re.compile(rf"{_BEFORE}(?:{first[0]}\.?\s{last}|{first}\s[\w'-]{{2,20}}\s{last}){_AFTER}")
