"""Fits the second look at which way steps lead: for each direction a logistic regression on the steps whose topics have it, with the
log-odds from which it agrees by cross-validation over articles."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from tracker.model import Direction, Stage
from tracker.read.direction import features
from tracker.read.lexicon import Feature
from tracker.read.topics import directions
from tracker.read.training.corpus import Record, original_of, part, proven
from tracker.read.training.weights import Weights, fitted, lines, unseen, write

PRECISE = {
    Direction.MORE_COOPERATION: 0.9,
    Direction.LESS_COOPERATION: 0.85,
    Direction.STRICTER: 0.97,
    Direction.LOOSER: 0.97,
}
"""Of the steps at which it agrees so many are to lead that way, by weights that never saw their articles. Together with the encoder's
word (`calibrate.py`) more are: of `dev` no step is told the wrong way. Of the rules for officers eight in ten are stricter, so that
nine in ten would say little."""
LEAST_TOLD = 20
"""A share of fewer cases says nothing."""
RAREST = 2
"""Articles in which a feature stands."""
PENALTY = 0.1
"""Of the squared weights; of 0.05 to 0.4 all are about as good by cross-validation."""
FOLDS = 5
SMALLEST = 0.1
"""Weights that are written."""


@dataclass(frozen=True)
class Steps:
    """Labelled steps, row by row: features, their direction ("" for none), the number of their article; what was made from one has its number."""

    found: list[set[Feature]]
    leads: np.ndarray
    article: np.ndarray


def fit(records: list[Record], path: Path) -> str:
    """Writes the weights; gives a line of figures by cross-validation."""
    rows: list[tuple[str, ...]] = []
    told = []
    for direction in Direction:
        steps = _steps(records, direction)
        labels = steps.leads == direction.value
        odds = unseen(steps.found, steps.article, FOLDS, partial(_fitted, steps, labels))
        needed = _needed(odds, labels, PRECISE[direction])
        rows += lines(_fitted(steps, labels, np.arange(len(labels))), needed, SMALLEST, direction.value)
        shown = odds >= needed
        told.append(
            f"{direction}: {shown.sum()} of {labels.sum()} agreed to, {np.mean(labels[shown]) if shown.any() else 0:.3f} right"
        )
    write(path, "direction", "Direction, where, letters", rows)
    return "directions: " + "; ".join(told)


def _steps(records: list[Record], direction: Direction) -> Steps:
    """The steps of articles on topics that have the direction whose labels tell what they do; such labels tell the direction as well."""
    number = {address: at for at, address in enumerate(dict.fromkeys(map(original_of, records)))}
    rows = [
        (features(record["topic"], Stage(entry["stage"]), record["title"], entry["quote"], record["text"]),
         entry.get("direction") or "", number[original_of(record)])
        for record in records
        if record["is_change"] and direction in directions(record.get("topic", ""))
        for entry in proven(record)
        if entry.get("effect")
    ]  # fmt: skip
    found, leads, article = zip(*rows, strict=True)
    return Steps(list(found), np.array(leads), np.array(article))


def _needed(odds: np.ndarray, labels: np.ndarray, precise: float) -> float:
    """The least log-odds from which on so many are right."""
    for needed in np.sort(odds):
        shown = odds >= needed
        if shown.sum() < LEAST_TOLD:
            break
        if np.mean(labels[shown]) >= precise:
            return float(needed)
    return float(odds.max()) + 1.0


def _fitted(steps: Steps, labels: np.ndarray, taught: np.ndarray) -> Weights:
    found = [steps.found[row] for row in taught]
    return fitted(found, steps.article[taught], labels[taught], np.ones(len(taught)), PENALTY, RAREST)


if __name__ == "__main__":
    print(fit(part("train"), Path(__file__).parents[1] / "data" / "direction.csv"))
