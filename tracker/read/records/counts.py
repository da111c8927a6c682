"""Does a council's matter make, alter or end a standing rule? Most are contracts, appointments, single parcels,
commendations, calls upon the state. A logistic regression on the words of its title, name and summary, on how its title
begins and on its type, fitted by `tracker.read.training.matters`."""

from functools import cache

from tracker.gather.sources.legistar import Matter
from tracker.read.lexicon import NEEDED, Feature, log_odds, weights
from tracker.read.screen import WORD, grams

MOST_WORDS = 120
"""Words of a title and a summary that are weighed."""
HEAD_WORDS = 8
"""Words of a title's beginning: "A Local Law to amend", "Resolution calling on"."""
WORDS, HEAD, TYPE = "words", "head", "type"


def counts(matter: Matter) -> bool:
    """True where the matter is about a standing rule."""
    return odds(features(matter.kind, matter.title, matter.name, matter.summary)) >= _weights()[NEEDED]


def features(kind: str, title: str, name: str, summary: str) -> set[Feature]:
    """Of a type, a title, a short name and a summary."""
    head = WORD.findall((title or name).lower())[:HEAD_WORDS]
    found = {
        (WORDS, gram) for text in (title, name, summary) for gram in grams(WORD.findall(text.lower())[:MOST_WORDS])
    }
    return found | {(HEAD, gram) for gram in grams(head)} | {(TYPE, kind.lower())}


def odds(found: set[Feature]) -> float:
    """The log-odds that a matter with these features counts."""
    return log_odds(_weights(), found)


@cache
def _weights() -> dict[Feature, float]:
    """Log-odds of each feature, from matters.csv; not in `data/`, since the reader's version does not hang on it."""
    return {(kind, letters): weight for (kind, letters), weight in weights("matters", "tracker.read.records")}
