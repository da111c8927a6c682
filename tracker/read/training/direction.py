"""Fits the second look at which way steps lead: for each direction a logistic regression on the steps whose topics have it, with the
log-odds from which it agrees by cross-validation over articles."""

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tracker.model import Direction, Stage
from tracker.read.direction import ALWAYS, NEEDED, OF_TOPICS, Feature, features
from tracker.read.training.corpus import Record, part, proven
from tracker.read.training.screen import fitted

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
    """Labelled steps, row by row: features, their direction ("" for none), the number of their article."""

    found: list[set[Feature]]
    leads: np.ndarray
    article: np.ndarray


def fit(records: list[Record], path: Path) -> str:
    """Writes the weights; gives a line of figures by cross-validation."""
    rows: list[tuple[Direction, Feature, float]] = []
    told = []
    for direction, topics in OF_TOPICS.items():
        steps = _steps(records, topics)
        labels = steps.leads == direction.value
        odds = _unseen(steps, labels)
        needed = _needed(odds, labels, PRECISE[direction])
        weights, constant = _fitted(steps, labels, np.arange(len(labels)))
        rows += [(direction, ALWAYS, constant), (direction, NEEDED, needed)]
        kept = sorted(weights.items(), key=lambda item: (-abs(item[1]), item[0]))
        rows += [(direction, feature, weight) for feature, weight in kept if abs(weight) >= SMALLEST]
        shown = odds >= needed
        told.append(
            f"{direction}: {shown.sum()} of {labels.sum()} agreed to, {np.mean(labels[shown]) if shown.any() else 0:.3f} right"
        )
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(
            "# Made by tracker/read/training/direction.py; never edit by hand. Direction, where, letters, log-odds.\n"
        )
        csv.writer(file, lineterminator="\n").writerows((d.value, *f, f"{weight:.3f}") for d, f, weight in rows)
    return "directions: " + "; ".join(told)


def _steps(records: list[Record], topics: frozenset[str]) -> Steps:
    """The steps of articles on these topics whose labels tell what they do; such labels tell the direction as well."""
    rows = [
        (features(record["topic"], Stage(entry["stage"]), record["title"], entry["quote"], record["text"]),
         entry.get("direction") or "", number)
        for number, record in enumerate(records)
        if record["is_change"] and record.get("topic") in topics
        for entry in proven(record)
        if entry.get("effect")
    ]  # fmt: skip
    found, leads, article = zip(*rows, strict=True)
    return Steps(list(found), np.array(leads), np.array(article))


def _unseen(steps: Steps, labels: np.ndarray) -> np.ndarray:
    """Log-odds of each step by weights of the folds that its article is not in."""
    odds = np.zeros(len(labels))
    fold = (np.random.default_rng(0).permutation(steps.article.max() + 1) % FOLDS)[steps.article]
    for number in range(FOLDS):
        weights, constant = _fitted(steps, labels, np.flatnonzero(fold != number))
        for row in np.flatnonzero(fold == number):
            found = steps.found[row]
            odds[row] = constant + sum(weights.get(f, 0.0) for f in found) / len(found) ** 0.5
    return odds


def _needed(odds: np.ndarray, labels: np.ndarray, precise: float) -> float:
    """The least log-odds from which on so many are right."""
    for needed in np.sort(odds):
        shown = odds >= needed
        if shown.sum() < LEAST_TOLD:
            break
        if np.mean(labels[shown]) >= precise:
            return float(needed)
    return float(odds.max()) + 1.0


def _fitted(steps: Steps, labels: np.ndarray, taught: np.ndarray) -> tuple[dict[Feature, float], float]:
    found = [steps.found[row] for row in taught]
    return fitted(found, steps.article[taught], labels[taught], np.ones(len(taught)), PENALTY, RAREST)


if __name__ == "__main__":
    print(fit(part("train"), Path(__file__).parents[1] / "data" / "direction.csv"))
