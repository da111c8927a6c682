"""What a sentence says of how its step was taken: by words of `data/qualifiers.toml`. A step is read by the encoder; no
word makes one, these only tell a pause from an end, a veto from a vote, a part from the whole."""

import re
from functools import cache

from tracker.model import Qualifier
from tracker.read.branches import OUTSIDE, branches
from tracker.read.lexicon import table


def qualifiers(sentence: str, title: str = "") -> tuple[Qualifier, ...]:
    """All that holds of a sentence on one line, in the order of `Qualifier`. Who acted may stand in the headline."""
    told = {word for word, pattern in _patterns().items() if pattern.search(sentence)}
    both = f"{title}. {sentence}".lower()
    if _patterns()[Qualifier.FROM_ABOVE].search(both) or branches(both) & OUTSIDE:
        told.add(Qualifier.FROM_ABOVE)
    return tuple(word for word in Qualifier if word in told)


@cache
def _patterns() -> dict[Qualifier, re.Pattern[str]]:
    return {Qualifier(name): _any_of(words) for name, words in table("qualifiers").items()}


def _any_of(words: list[str]) -> re.Pattern[str]:
    made = (re.escape(word).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for word in words)
    return re.compile(rf"(?<!\w)(?:{'|'.join(made)})(?!\w)", re.IGNORECASE)
