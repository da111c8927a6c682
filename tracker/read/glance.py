"""The second look of the screen: do the words of an article, weighed, sound like a local change? No parse, no place."""

import csv
import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain, pairwise
from math import exp, sqrt

from tracker.model import Article
from tracker.read.lexicon import words
from tracker.read.telling import (
    SECTIONS,
    act_words,
    forms,
    government_words,
    strong_rule_words,
)

NEEDED = 0.06
"""Below this score an article is not parsed. It is the highest at which 99 in 100 changes pass the screen when
weights judge them that never saw them: the mean of five cross-validations (tests/eval/fit_glance.py --cross)."""
WORDS = 300
"""Words of the text that are weighed: the mean length of local news, and what comes later is seldom the news."""
CHARACTERS = 20 * WORDS
"""In which they stand; a text without spaces is no reason to search a megabyte."""
MOSTLY_ENOUGH = 8 * WORDS
"""Characters in which most texts have more words than that; only the others are searched further."""
SENTENCES = 25
"""Sentences asked for telling words that stand together, for the same reason."""
OPENING = 3
"""Sentences that open a story."""
BRIEF = 50
"""Words of the shortest text that is weighed: a brief says too little to be judged, and costs little to parse."""
SHOWN = 5
"""Words that a person is told."""
TITLE, TEXT, TOLD = "title", "text", "told"
ALWAYS = (TOLD, "always")
"""The one that every article has."""
_WORD = re.compile(r"[a-z]+(?:['’-][a-z]+)*")

Feature = tuple[str, str]
"""(where, words): ("text", "city council"), or ("told", "decide + government") for telling words of one sentence."""


@dataclass(frozen=True, slots=True)
class Glance:
    """How much the words sound like a change, 0 to 1, and what each of them adds, in log-odds."""

    score: float
    weighed: dict[Feature, float]

    @property
    def enough(self) -> bool:
        """True where the article is worth parsing."""
        return self.score >= NEEDED

    def strongest(self, speaks_for: bool) -> str:
        """The words that speak most for a change, or against one, for people."""
        sign = 1 if speaks_for else -1
        ordered = sorted(self.weighed.items(), key=lambda item: -sign * item[1])
        return ", ".join(f"{_named(*feature)} {by:+.2f}" for feature, by in ordered[:SHOWN] if sign * by > 0)

    def line(self) -> str:
        """What the look found, for people."""
        verdict = "sound like a change" if self.enough else "do not sound like a change"
        for_it, against = self.strongest(True) or "nothing", self.strongest(False) or "nothing"
        return f"the words {verdict} ({self.score:.2f}, needed {NEEDED:.2f}); for it: {for_it}; against it: {against}"


def _named(where: str, what: str) -> str:
    return {TITLE: f"“{what}” in the title", TEXT: f"“{what}”"}.get(where, f"telling words ({what})")


def glance(article: Article, sentences: Sequence[AbstractSet[str]]) -> Glance | None:
    """The look at an article whose sentences have these words; None for a brief, which is not judged."""
    if len(article.text[:CHARACTERS].split(maxsplit=BRIEF)) < BRIEF:
        return None
    found, known = _found(article, sentences), _weights()
    length = sqrt(sum(map(len, found.values())))
    weighed = {
        (where, what): known[where][what] / length for where in found for what in found[where] & known[where].keys()
    }
    odds = weights().get(ALWAYS, 0.0) + sum(weighed.values())
    return Glance(1 / (1 + exp(-odds)), weighed)


def features(article: Article, sentences: Sequence[AbstractSet[str]]) -> set[Feature]:
    """Everything that is weighed: words and pairs of title and text, and telling words that stand in one sentence."""
    return {(where, what) for where, found in _found(article, sentences).items() for what in found}


def _found(article: Article, sentences: Sequence[AbstractSet[str]]) -> dict[str, set[str]]:
    """The same by where it stands."""
    title = _words(article.title)
    together = [list(_told(found)) for found in sentences[:SENTENCES]]
    return {
        TITLE: set(_grams(title)),
        TEXT: set(_grams(_first_words(article.text))),
        TOLD: {
            *(f"{what}, title" for what in _told({*title})),
            *chain.from_iterable(together),
            *(f"{what}, opening" for what in chain.from_iterable(together[:OPENING])),
        },
    }


def _first_words(text: str) -> list[str]:
    found = _words(text[:MOSTLY_ENOUGH])
    return (found if len(found) > WORDS else _words(text))[:WORDS]


def _words(text: str) -> list[str]:
    return _WORD.findall(text[:CHARACTERS].lower())


def _grams(found: list[str]) -> Iterator[str]:
    """Words and pairs of neighbours; pairs of two everyday words and days say more of the writer than of the news."""
    everyday, days, plain = _plain_words()
    yield from (word for word in found if word not in plain)
    for first, second in pairwise(found):
        if (first not in plain and second not in plain) or not (
            (first in everyday and second in everyday) or first in days or second in days
        ):
            yield f"{first} {second}"


@cache
def _plain_words() -> tuple[AbstractSet[str], AbstractSet[str], AbstractSet[str]]:
    """Everyday words, days, and both."""
    everyday, days = words("screen", "function"), words("screen", "days")
    return everyday, days, everyday | days


def _told(found: AbstractSet[str]) -> Iterator[str]:
    """What kinds of telling words stand together in one sentence."""
    if found.isdisjoint(act_words()):
        return
    by, rule = not found.isdisjoint(government_words()), not found.isdisjoint(strong_rule_words())
    if by and rule:
        yield "government + rule"
    for section in SECTIONS:
        if not found.isdisjoint(forms(section)):
            yield section
            if by:
                yield f"{section} + government"
            if rule:
                yield f"{section} + rule"
            if by and rule:
                yield f"{section} + government + rule"


@cache
def weights() -> dict[Feature, float]:
    """The weight of each feature, in log-odds, from data/glance.csv."""
    text = files("tracker.read.data").joinpath("glance.csv").read_text(encoding="utf-8")
    rows = csv.reader(line for line in text.splitlines() if line and not line.startswith("#"))
    return {(where, what): float(weight) for where, what, weight in rows}


@cache
def _weights() -> dict[str, dict[str, float]]:
    """The same by where they are asked for."""
    sorted_by: dict[str, dict[str, float]] = {TITLE: {}, TEXT: {}, TOLD: {}}
    for (where, what), weight in weights().items():
        sorted_by[where][what] = weight
    return sorted_by
