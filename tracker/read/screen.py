"""The cheap no: do the words of an article, weighed, sound like a local change? Most articles end here, before the
encoder is asked. A logistic regression on words and pairs of neighbours, fitted by `tracker.read.training.screen`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import sqrt

from tracker.model import Article
from tracker.read.lexicon import RULE, Feature, weights, words
from tracker.read.thresholds import sigmoid

MOST_WORDS = 1_500
"""Words of the text that are weighed; what comes later in a round-up is told in the same words as what comes before."""
CHARACTERS = 20 * MOST_WORDS
"""In which they stand; a text without spaces is no reason to search a megabyte."""
SHOWN = 5
"""Words that a person is told."""
TITLE, TEXT = "title", "text"
WORD = re.compile(r"[a-z]+(?:['’-][a-z]+)*|287\(g\)")


@dataclass(frozen=True, slots=True)
class Screened:
    """How much the words sound like a change, in log-odds; what each of them adds; and whether that is enough."""

    odds: float
    needed: float
    weighed: dict[Feature, float]

    @property
    def passed(self) -> bool:
        """True where the encoder is to read the article."""
        return self.odds >= self.needed

    @property
    def chance(self) -> float:
        """The score as a probability, 0 to 1."""
        return sigmoid(self.odds)

    @property
    def reason(self) -> str:
        """For people."""
        verdict = "sound like a change" if self.passed else "do not sound like a local change"
        return f"its words {verdict} ({self.chance:.2f}, needed {sigmoid(self.needed):.2f})"

    def strongest(self, speaks_for: bool) -> str:
        """The words that speak most for a change, or against one, for people."""
        sign = 1 if speaks_for else -1
        ordered = sorted(self.weighed.items(), key=lambda item: -sign * item[1])
        return ", ".join(f"{_named(*feature)} {by:+.2f}" for feature, by in ordered[:SHOWN] if sign * by > 0)


def _named(where: str, what: str) -> str:
    return f"“{what}” in the title" if where == TITLE else f"“{what}”"


def screen(article: Article) -> Screened:
    """The look at an article; one without a text does not pass. Linear in the text's length up to a bound."""
    known = _weights()
    found = features(article)
    if not found:
        return Screened(-30.0, known[RULE].get("needed", 0.0), {})
    length = sqrt(len(found))
    weighed = {(where, what): known[where][what] / length for where, what in found if what in known[where]}
    odds = known[RULE].get("always", 0.0) + sum(weighed.values())
    return Screened(odds, known[RULE].get("needed", 0.0), weighed)


def features(article: Article) -> set[Feature]:
    """Everything that is weighed: words and pairs of title and text; empty for an article without a text."""
    text = WORD.findall(article.text[:CHARACTERS].lower())[:MOST_WORDS]
    if not text:
        return set()
    title = WORD.findall(article.title.lower())
    return {(TITLE, gram) for gram in grams(title)} | {(TEXT, gram) for gram in grams(text)}


def grams(found: list[str]) -> Iterator[str]:
    """Words, and pairs of which one at least is no everyday word."""
    everyday = words("common", "function")
    yield from (word for word in found if word not in everyday)
    yield from (f"{one} {two}" for one, two in pairwise(found) if one not in everyday or two not in everyday)


@cache
def _weights() -> dict[str, dict[str, float]]:
    """Log-odds of each feature, by where it stands, from data/screen.csv."""
    found: dict[str, dict[str, float]] = {TITLE: {}, TEXT: {}, RULE: {}}
    for (where, what), weight in weights("screen"):
        found[where][what] = weight
    return found
