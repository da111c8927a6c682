"""Fits which matters of a council count: logistic regression on the labelled matters of tests/eval (`matters.jsonl`,
`matters_3.jsonl`); the threshold by cross-validation."""

from functools import partial
from pathlib import Path

import numpy as np

from tracker.read.lexicon import Feature
from tracker.read.records.counts import features
from tracker.read.training.corpus import records, scenarios
from tracker.read.training.weights import Weights, figures, fitted, lines, precise_from, unseen, write

PENALTY = 0.05
"""Of the squared weights; 0.1 finds one in a hundred less by cross-validation."""
RAREST = 3
FOLDS = 10
SMALLEST = 0.05
PRECISION = 0.96
"""Of the matters that count by weights that never saw them: precision before recall, since each one that is followed
asks the council for its history and stands in the timeline."""


def fit(path: Path) -> str:
    """Writes the weights; gives a line of figures by cross-validation."""
    told = [matter for matter in records("matters") + records("matters_3") if not matter["doubt"]]
    found = [features(matter["type"], matter["title"], matter["name"], matter["summary"]) for matter in told]
    labels = np.array([matter["is_change"] for matter in told])
    rows = np.arange(len(told))
    odds = unseen(found, scenarios(told), FOLDS, partial(_fitted, found, labels))
    needed = precise_from(odds, labels, PRECISION)
    write(path, "matters", "Kind, letters", lines(_fitted(found, labels, rows), needed, SMALLEST))
    return f"matters: {figures(odds, labels, needed)}"


def _fitted(found: list[set[Feature]], labels: np.ndarray, taught: np.ndarray) -> Weights:
    ones = np.ones(len(taught))
    return fitted([found[row] for row in taught], np.arange(len(taught)), labels[taught], ones, PENALTY, RAREST)


if __name__ == "__main__":
    print(fit(Path(__file__).parents[1] / "records" / "matters.csv"))
