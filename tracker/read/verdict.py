"""Is an article a change? Its acts are the witnesses, and so are its words.

How sure the surest is, whether the headline and the lede tell one, whether it is fresh, how many sentences agree, how
many acts are somebody else's, and whether the words of the whole article sound like something else (`glance.py`).

The weights are fitted to acts that were weighed by weights that never saw the article (`data/weights.toml`, table
`article`), as those of a new article are.
"""

from collections.abc import Sequence
from math import log
from typing import NamedTuple

from tracker.read.findings import Candidate
from tracker.read.glance import Glance
from tracker.read.signs import LEDE_SENTENCES
from tracker.read.weighing import probability

FRONT = 3
"""Sentences in which acts of others speak against an article: who acts first is whom it is about."""
MOST_ODDS = 5.0
"""Log-odds beyond this say nothing more."""
UNLIKE = 1.0
"""Log-odds against a change that words must have before they count. Words never make a change: where they did, real
news in words that no labelled article has was missed, at the same false alarms."""
TELLING = 0.5
"""A sentence whose surest act is surer than not."""


class Witness(NamedTuple):
    """One act: how surely it is a local change (0 for an act of somebody else) and where and how it is told."""

    score: float
    sentence: int
    titled: bool
    fresh: bool
    named: bool
    foreign: bool


def witness(candidate: Candidate, score: float | None = None) -> Witness:
    """What an act says of its article. `score`: one that takes the place of its own."""
    signs = candidate.signs
    return Witness(
        score=candidate.score if score is None else score,
        sentence=candidate.sentence.index,
        titled="told by the title" in signs,
        fresh="dated fresh" in signs or "day nearby fresh" in signs,
        named="doer body" in signs or "doer place" in signs,
        foreign=candidate.government is None,
    )


def article_score(witnesses: Sequence[Witness], words: float) -> float:
    """How surely an article with these acts reports a local change, 0 to 1; 0 without one of a local government.
    `words`: what its words say against it, in log-odds."""
    return probability(article_signs(witnesses, words), "article") if any(not w.foreign for w in witnesses) else 0.0


def words_against(look: Glance | float | None) -> float:
    """How much an article's words (or their score) speak against a change, in log-odds below 0; 0 for a brief, which
    is not judged by them."""
    score = look.score if isinstance(look, Glance) else look
    return min(0.0, log_odds(score) + UNLIKE) if score is not None else 0.0


def article_signs(witnesses: Sequence[Witness], words: float) -> dict[str, float]:
    """The signs of an article; scores as log-odds."""
    ours = [w for w in witnesses if not w.foreign]
    best: dict[int, float] = {}
    for w in ours:
        best[w.sentence] = max(w.score, best.get(w.sentence, 0.0))
    ordered = [*sorted(best.values(), reverse=True), 0.0, 0.0, 0.0]
    front = [w for w in witnesses if w.sentence < FRONT]
    return {
        "always": 1.0,
        "its words speak against": words,
        "the surest act": log_odds(ordered[0]),
        "the surest of another sentence": log_odds(ordered[1]),
        "the surest of the title": _surest([w for w in ours if w.titled]),
        "the surest of the lede": _surest([w for w in ours if not w.titled and w.sentence < LEDE_SENTENCES]),
        "the surest fresh one": _surest([w for w in ours if w.fresh]),
        "the surest with a doer": _surest([w for w in ours if w.named]),
        "the next three": sum(ordered[1:4]),
        "sentences that tell one": log(1 + len(best)),
        "sentences that tell one surely": float(sum(score > TELLING for score in best.values())),
        "acts of others": sum(w.foreign for w in witnesses) / max(1, len(witnesses)),
        "acts of others in front": sum(w.foreign for w in front) / max(1, len(front)),
    }


def _surest(witnesses: Sequence[Witness]) -> float:
    return log_odds(max((w.score for w in witnesses), default=0.0))


def log_odds(p: float) -> float:
    """Log-odds of a probability, no more than MOST_ODDS either way."""
    low = 0.001
    return max(-MOST_ODDS, min(MOST_ODDS, log((p + low) / (1 - p + low))))
