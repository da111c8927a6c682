"""Fits which edits of a policy are of rule to the labelled pairs of sentences of tests/eval/policy_edits.jsonl and
policy_edits_2.jsonl: logistic regression on their words, then kernel ridge regression on that and on the small look's
vectors; thresholds by cross-validation. To be run anew when the small look was made anew."""

from functools import partial
from pathlib import Path

import numpy as np

from tracker.read.documents.rules_or_form import CLEARLY_FORM, edit_features, features, nearness
from tracker.read.encoder.small_look import Encoder
from tracker.read.lexicon import Feature
from tracker.read.training.corpus import edits, families, records
from tracker.read.training.weights import (
    Weights,
    figures,
    fitted,
    fold_of,
    graph_hashes,
    lines,
    precise_from,
    unseen,
    write,
)

PENALTY = 0.1
"""Of the squared weights of words; of 0.02 to 0.2 all are about as good by cross-validation."""
TINY = 1e-6
"""Keeps a column of zeros from dividing by zero."""
RAREST = 2
FOLDS = 10
SMALLEST = 0.05
RIDGE = 0.3
"""What keeps one labelled edit from counting too much; half or twice of it are as good by cross-validation."""
BITS = 127
STEPS = 20
"""Of Newton's method, for two numbers; it stands still after some eight."""
GRAPHS = ("lower.onnx", "tokenizer.json")
"""What the vectors hang on."""
PRECISION = 0.92
"""Of the edits that are told to be of rule, by weights that never saw them. Precision before recall: an edit of form
that is told as news does more harm than one of rule among the other edits, and most documents with a changed rule have
several. The pairs of form were written to mislead; in real documents most are dates, codes and names, and more are right."""


def fit(folder: Path) -> str:
    """Writes the weights of words and of vectors; gives two lines of figures by cross-validation."""
    pairs, by = [*edits(records("policy_edits"), "train"), *records("policy_edits_2")], Encoder()
    found = [features(pair["old"], pair["new"]) for pair in pairs]
    labels = np.array([pair["label"] == "rule" for pair in pairs])
    family = families(pair["twin_of"] or pair["id"] for pair in pairs)
    odds = unseen(found, family, FOLDS, partial(_fitted, found, labels, family))
    needed = precise_from(odds, labels, PRECISION)
    rows = np.arange(len(pairs))
    words = lines(_fitted(found, labels, family, rows), needed, SMALLEST)
    write(folder / "rules_or_form.csv", "rules_or_form", "Kind, letters", words)
    edited = zip(odds, pairs, strict=True)
    vectors = np.stack([edit_features(odd, pair["old"], pair["new"], by) for odd, pair in edited])
    steps = np.maximum(np.abs(vectors).max(0), TINY) / BITS
    taught = np.round(vectors / steps).astype(np.int8)
    near = nearness(taught * steps, taught * steps)
    raw = _unseen(near, labels, family)
    slope, constant = _log_odds(raw, labels)
    both = np.where(odds < CLEARLY_FORM, odds, slope * raw + constant)
    together = precise_from(both, labels, PRECISION)
    weights, mean = _ridge(near, labels)
    np.savez_compressed(
        folder / "rules_or_form.npz",
        taught=taught,
        steps=steps.astype(np.float32),
        weights=(slope * weights).astype(np.float32),
        constant=np.float32(slope * mean + constant),
        needed=np.float32(together),
        graphs=graph_hashes(GRAPHS),
    )
    return f"by words: {figures(odds, labels, needed)}\nwith vectors: {figures(both, labels, together)}"


def _unseen(near: np.ndarray, labels: np.ndarray, family: np.ndarray) -> np.ndarray:
    """What each pair comes to by weights that never saw it or a twin; the words' log-odds among its features are of
    weights that never saw it either."""
    raw = np.zeros(len(labels))
    fold = fold_of(family, FOLDS)
    for number in range(FOLDS):
        seen = fold != number
        weights, mean = _ridge(near[np.ix_(seen, seen)], labels[seen])
        raw[~seen] = near[np.ix_(~seen, seen)] @ weights + mean
    return raw


def _ridge(near: np.ndarray, labels: np.ndarray) -> tuple[np.ndarray, float]:
    """Of kernel ridge regression on 1 for rule and -1 for form: weights [pairs] and the mean."""
    wanted = np.where(labels, 1.0, -1.0)
    return np.linalg.solve(near + RIDGE * np.eye(len(near)), wanted - wanted.mean()), float(wanted.mean())


def _log_odds(raw: np.ndarray, labels: np.ndarray) -> tuple[float, float]:
    """Slope and constant that make log-odds of it, by logistic regression."""
    columns, weights = np.stack([raw, np.ones(len(raw))], axis=1), np.zeros(2)
    for _ in range(STEPS):
        chances = 1 / (1 + np.exp(-columns @ weights))
        curve = (columns.T * (chances * (1 - chances))) @ columns
        weights += np.linalg.solve(curve, columns.T @ (labels - chances))
    return float(weights[0]), float(weights[1])


def _fitted(found: list[set[Feature]], labels: np.ndarray, family: np.ndarray, taught: np.ndarray) -> Weights:
    ones = np.ones(len(taught))
    return fitted([found[row] for row in taught], family[taught], labels[taught], ones, PENALTY, RAREST)


if __name__ == "__main__":
    print(fit(Path(__file__).parents[1] / "documents"))
