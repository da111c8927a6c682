"""Whether the sentence of a step says that it was taken, or denies it or puts it off: a second look, two logistic
regressions on the words of the sentence, alone, with the stage, and around the words of the date, fitted by
`tracker.read.training.factuality`. A step counts as asserted unless its words surely say otherwise: a step that is
thrown away wrongly is lost."""

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from tracker.characters import as_seen
from tracker.model import Factuality, Stage
from tracker.partial_date import PartialDate
from tracker.read.dates.date_changes import gives_up, says_moved
from tracker.read.lexicon import NEEDED, Feature, log_odds, weights

WORD = re.compile(r"[a-z]+(?:['’-][a-z]+)*|[,;:.]")
DATE = "<date>"
"""Stands for the words of the date."""
NEAR = 4
"""Words on either side of the date that are told apart by their side."""
LONGEST = 1_000
"""Characters of a sentence that are weighed."""
TAKEN_BACK, PUT_OFF = "taken back", "put off"
"""What is asked: is the step denied or postponed at all; and if it is, is it only postponed."""
SAID = "sentence"
STOPS = frozenset(",;:.")


def factuality(
    stage: Stage, said: str, day: PartialDate | None = None, where: tuple[int, int] | None = None
) -> Factuality:
    """Whether a sentence asserts the step of this stage and day; `where` is where the words of its date stand in the
    sentence (start, end), None where they do not. A day that is named only as the one that was changed is put off."""
    seen = as_seen(said)
    if says_moved(stage, seen) and gives_up(seen, day):
        return Factuality.POSTPONED
    found = features(stage, said, where)
    if _odds(TAKEN_BACK, found) < _weights()[TAKEN_BACK][NEEDED]:
        return Factuality.ASSERTED
    return Factuality.POSTPONED if _odds(PUT_OFF, found) >= _weights()[PUT_OFF][NEEDED] else Factuality.DENIED


def _odds(asked: str, found: set[Feature]) -> float:
    return log_odds(_weights()[asked], found)


def features(stage: Stage, said: str, date: tuple[int, int] | None) -> set[Feature]:
    """Everything that is weighed; never empty."""
    words = _words(said[:LONGEST], date)
    told = [word for word in words if word not in STOPS]
    grams = [*told, *(f"{one} {two}" for one, two in pairwise(told))]
    found = {("stage", stage.value)}
    found |= {(where, gram) for gram in grams for where in (SAID, f"{SAID} {stage.value}")}
    if DATE in words:
        found |= set(_around(words))
    return found


def _words(said: str, date: tuple[int, int] | None) -> list[str]:
    if date is None:
        return WORD.findall(said.lower())
    start, end = date
    return [*WORD.findall(said[:start].lower()), DATE, *WORD.findall(said[end:].lower())]


def _around(words: Sequence[str]) -> list[Feature]:
    """The words near the date by their side, and those of its clause."""
    at = words.index(DATE)
    before = [word for word in words[:at] if word not in STOPS][-NEAR:]
    after = [word for word in words[at + 1 :] if word not in STOPS][:NEAR]
    clause = [*_clause(words[:at][::-1]), *_clause(words[at + 1 :])]
    return [
        *(("before", gram) for gram in (*before, *map(" ".join, pairwise(before)))),
        *(("after", gram) for gram in (*after, *map(" ".join, pairwise(after)))),
        *(("clause", word) for word in clause),
    ]


def _clause(words: Sequence[str]) -> list[str]:
    end = next((number for number, word in enumerate(words) if word in STOPS), len(words))
    return list(words[:end])


@cache
def _weights() -> dict[str, dict[Feature, float]]:
    """Log-odds of each feature by question, from data/factuality.csv."""
    found: defaultdict[str, dict[Feature, float]] = defaultdict(dict)
    for (asked, where, words), weight in weights("factuality"):
        found[asked][where, words] = weight
    return dict(found)
