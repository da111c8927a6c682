"""Fits the screen: logistic regression of "this is a change" on an article's words, with a threshold by cross-validation."""

from pathlib import Path

import numpy as np

from tracker.model import Article
from tracker.read.lexicon import Feature
from tracker.read.screen import features
from tracker.read.text.document import document
from tracker.read.training.corpus import EVAL, Record
from tracker.read.training.examples import article_of
from tracker.read.training.weights import Weights, fitted, lines, unseen, write

RECALL = 0.992
"""Of the changes that pass when weights judge them that never saw them."""
RAREST = 3
"""Articles in which a feature stands; rarer ones say more of one article than of news."""
PENALTY = 0.1
"""Of the squared weights, for each article; the best of 0.01 to 1 by cross-validation."""
FOLDS = 5
SMALLEST = 0.15
"""Weights that are written; smaller ones together move an article's score by a few hundredths."""


def seen(record: Record) -> Article:
    return document(article_of(record)).read


def everyday() -> list[set[Feature]]:
    """The ordinary stories of tests/eval/everyday.txt, none a change."""
    found = []
    for story in (EVAL / "everyday.txt").read_text("utf-8").split("\n\n"):
        title, _, text = story.strip().partition("\n")
        record = {"id": "e", "url": "https://news.example/e", "title": title, "text": text, "published": "2020-01-01"}
        found.append(features(seen(record)))
    return [each for each in found if each]


def fit(records: list[Record], path: Path) -> str:
    """Writes the weights; gives a line of figures by cross-validation."""
    given = [features(seen(record)) for record in records] + (ordinary := everyday())
    labels = np.array([bool(record["is_change"]) for record in records] + [False] * len(ordinary))
    told = [record.get("kind") == "ordinary" for record in records] + [True] * len(ordinary)
    plain = np.array(told)
    every = np.arange(len(given))

    def fit_on(taught: np.ndarray) -> Weights:
        rows = [given[row] for row in taught]
        return fitted(rows, taught, labels[taught], np.ones(len(taught)), PENALTY, RAREST)

    odds = unseen(given, every, FOLDS, fit_on)
    needed = float(np.quantile(odds[labels], 1 - RECALL))
    write(path, "screen", "Where, words", lines(fit_on(every), needed, SMALLEST))
    return (
        f"screen: of {labels.sum()} changes {np.mean(odds[labels] >= needed):.3f} pass, of {plain.sum()} ordinary articles "
        f"{np.mean(odds[plain] >= needed):.3f}, of all {(~labels).sum()} without a change {np.mean(odds[~labels] >= needed):.3f}"
    )
