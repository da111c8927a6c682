"""A second look at which way a step leads, beside the encoder's: more or less cooperation with federal enforcement in
immigration, stricter or looser rules for officers in policing. A logistic regression for each direction on the words of
headline, sentence and opening, alone and with the stage, fitted by `tracker.read.training.direction`. A direction is
told where both agree: told wrongly it harms those who act on it, and each alone is wrong more often."""

from collections import defaultdict
from functools import cache

from tracker.model import Direction, Stage
from tracker.read.lexicon import NEEDED, Feature, log_odds, weights
from tracker.read.screen import WORD, grams
from tracker.read.topics import directions

OPENING = 1_500
"""Characters of the text in which the news is told; what comes later tells how it was before."""
TITLED, SAID, TOLD = "title", "sentence", "text"
"""Where letters stand, alone or with the stage: ("sentence", "end"), ("sentence rescinded", "agreement")."""


def leads(direction: Direction, topic: str, stage: Stage, title: str, sentence: str, text: str) -> bool:
    """True where a step that `sentence` proves leads that way by its words too; never where its topic has no such
    direction."""
    if direction not in directions(topic):
        return False
    known, found = _weights()[direction], features(topic, stage, title, sentence, text)
    return log_odds(known, found) >= known[NEEDED]


def features(topic: str, stage: Stage, title: str, sentence: str, text: str) -> set[Feature]:
    """Everything that is weighed; never empty."""
    found: set[Feature] = {("topic", topic), ("stage", stage.value)}
    for where, words in ((TITLED, _words(title)), (SAID, _words(sentence))):
        found |= {(where, gram) for gram in grams(words)}
        found |= {(f"{where} {stage.value}", word) for word in words}
    return found | {(TOLD, word) for word in _words(text[:OPENING])}


def _words(text: str) -> list[str]:
    return WORD.findall(text.lower())


@cache
def _weights() -> dict[Direction, dict[Feature, float]]:
    """Log-odds of each feature by direction, from data/direction.csv."""
    found: defaultdict[Direction, dict[Feature, float]] = defaultdict(dict)
    for (direction, where, letters), weight in weights("direction"):
        found[Direction(direction)][where, letters] = weight
    return dict(found)
