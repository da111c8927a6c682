"""The first no, before a page is fetched: do a headline and a summary leave it possible that an article reports a local
change? A logistic regression on words, pairs of neighbours and beginnings of words, fitted by
`tracker.read.training.first_screen`. Lenient: what nobody can tell from a headline passes, and the screen and the
encoder see the text."""

from functools import cache
from math import sqrt

from tracker.read.lexicon import NEEDED, Feature, log_odds, weights, words
from tracker.read.screen import WORD, Screened, grams

MOST_WORDS = 80
"""Words of a title and of a summary that are weighed: two or three sentences."""
CHARACTERS = 20 * MOST_WORDS
"""In which they stand."""
BEGINNING = 5
"""Letters of a word that stand for all its forms: "licen" for licence, licensing and licensed."""
WORDS, BEGINS = "words", "begins"


def may_report(title: str, summary: str = "") -> bool:
    """True where the page of an item is worth a fetch. An item that says nothing at all passes."""
    found = features(title, summary)
    return not found or odds(found) >= _weights()[NEEDED]


def looked_at(title: str, summary: str) -> Screened:
    """The same look with what each word adds, to be explained."""
    known, found = _weights(), features(title, summary)
    length = sqrt(max(1, len(found)))
    weighed = {_shown(*feature): known[feature] / length for feature in found if feature in known}
    return Screened(odds(found), known[NEEDED], weighed)


def _shown(kind: str, letters: str) -> Feature:
    """A feature as it is told: the beginning of a word as `licen…`."""
    return kind, f"{letters}…" if kind == BEGINS else letters


def odds(found: set[Feature]) -> float:
    """The log-odds that an item with these features reports a change."""
    return log_odds(_weights(), found)


def features(title: str, summary: str) -> set[Feature]:
    """Everything that is weighed of an item; where it stands makes no difference."""
    everyday, found = words("common", "function"), set[Feature]()
    for text in (title, summary):
        told = WORD.findall(text[:CHARACTERS].lower())[:MOST_WORDS]
        found |= {(WORDS, gram) for gram in grams(told)}
        found |= {(BEGINS, word[:BEGINNING]) for word in told if len(word) >= BEGINNING and word not in everyday}
    return found


@cache
def _weights() -> dict[Feature, float]:
    """Log-odds of each feature, from data/first_screen.csv."""
    return {(kind, letters): weight for (kind, letters), weight in weights("first_screen")}
