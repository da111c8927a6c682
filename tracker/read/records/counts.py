"""Does a council's matter make, alter or end a standing rule? Most are contracts, appointments, single parcels,
commendations, calls upon the state. A logistic regression on the words of its title, name and summary, on how its title
begins and on its type, fitted by `tracker.read.training.matters`."""

import csv
from functools import cache
from importlib.resources import files
from math import sqrt

from tracker.gather.sources.legistar import Matter
from tracker.read.screen import ALWAYS, NEEDED, WORD, Feature, Screened, grams

MOST_WORDS = 120
"""Words of a title and a summary that are weighed."""
HEAD_WORDS = 8
"""Words of a title's beginning: "A Local Law to amend", "Resolution calling on"."""
WORDS, HEAD, TYPE = "words", "head", "type"


def counts(matter: Matter) -> bool:
    """True where the matter is about a standing rule."""
    return odds(matter_features(matter)) >= _weights()[NEEDED]


def looked_at(matter: Matter) -> Screened:
    """The same look with what each word adds, to be explained."""
    found = matter_features(matter)
    known, length = _weights(), sqrt(max(1, len(found)))
    weighed = {feature: known[feature] / length for feature in found if feature in known}
    return Screened(odds(found), known[NEEDED], weighed)


def matter_features(matter: Matter) -> set[Feature]:
    """Everything that is weighed of a matter."""
    return features(matter.kind, matter.title, matter.name, matter.summary)


def features(kind: str, title: str, name: str, summary: str) -> set[Feature]:
    """Of a type, a title, a short name and a summary."""
    head = WORD.findall((title or name).lower())[:HEAD_WORDS]
    found = {
        (WORDS, gram) for text in (title, name, summary) for gram in grams(WORD.findall(text.lower())[:MOST_WORDS])
    }
    return found | {(HEAD, gram) for gram in grams(head)} | {(TYPE, kind.lower())}


def odds(found: set[Feature]) -> float:
    """The log-odds that a matter with these features counts."""
    known = _weights()
    return known[ALWAYS] + sum(known.get(feature, 0.0) for feature in found) / sqrt(max(1, len(found)))


@cache
def _weights() -> dict[Feature, float]:
    """Log-odds of each feature, from matters.csv."""
    text = files("tracker.read.records").joinpath("matters.csv").read_text(encoding="utf-8")
    rows = csv.reader(line for line in text.splitlines() if line and not line.startswith("#"))
    return {(kind, letters): float(weight) for kind, letters, weight in rows}
