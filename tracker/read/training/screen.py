"""Fits the screen: logistic regression of "this is a change" on an article's words, with a threshold by cross-validation."""

import csv
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from tracker.model import Article
from tracker.read.document import document
from tracker.read.screen import ALWAYS, NEEDED, Feature, features
from tracker.read.training.corpus import EVAL, Record
from tracker.read.training.examples import article_of

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
    odds = _unseen(given, labels)
    needed = float(np.quantile(odds[labels], 1 - RECALL))
    weights, constant = _fitted(given, labels)
    _write(path, weights, constant, needed)
    return (
        f"screen: of {labels.sum()} changes {np.mean(odds[labels] >= needed):.3f} pass, of {plain.sum()} ordinary articles "
        f"{np.mean(odds[plain] >= needed):.3f}, of all {(~labels).sum()} without a change {np.mean(odds[~labels] >= needed):.3f}"
    )


def _unseen(given: list[set[Feature]], labels: np.ndarray) -> np.ndarray:
    """Log-odds of each article by weights of the folds that it is not in."""
    odds = np.zeros(len(given))
    fold = np.random.default_rng(0).permutation(len(given)) % FOLDS
    for number in range(FOLDS):
        taught = [index for index in range(len(given)) if fold[index] != number]
        weights, constant = _fitted([given[index] for index in taught], labels[taught])
        for index in np.flatnonzero(fold == number):
            odds[index] = constant + sum(weights.get(f, 0.0) for f in given[index]) / max(1, len(given[index])) ** 0.5
    return odds


def _fitted(given: list[set[Feature]], labels: np.ndarray) -> tuple[dict[Feature, float], float]:
    return fitted(given, np.arange(len(given)), labels, np.ones(len(given)), PENALTY, RAREST)


def fitted(
    found: Sequence[set[Feature]],
    article: np.ndarray,
    labels: np.ndarray,
    worth: np.ndarray,
    penalty: float,
    rarest: int,
) -> tuple[dict[Feature, float], float]:
    """(weights, constant) of rows of features, each row as long as another; of the features that stand in `rarest` articles, given
    which `article` each row is of."""
    by_article: dict[int, set[Feature]] = {}
    for number, each in zip(article, found, strict=True):
        by_article.setdefault(int(number), set()).update(each)
    counted = Counter(feature for each in by_article.values() for feature in each)
    names = sorted(feature for feature, count in counted.items() if count >= rarest)
    column = {name: number for number, name in enumerate(names)}
    rows, columns, values = [], [], []
    for number, each in enumerate(found):
        known = [column[feature] for feature in each if feature in column]
        rows += [number] * len(known)
        columns += known
        values += [1 / max(1, len(each)) ** 0.5] * len(known)
    shape = (len(found), len(names))
    matrix = torch.sparse_coo_tensor(torch.tensor([rows, columns]), torch.tensor(values), shape).coalesce()
    wanted, weighed = (torch.tensor(each, dtype=torch.float32) for each in (labels, worth))
    return _solved(matrix.to_sparse_csr(), wanted, names, weighed, penalty)


def _solved(
    matrix: torch.Tensor, labels: torch.Tensor, names: list[Feature], worth: torch.Tensor, penalty: float
) -> tuple[dict[Feature, float], float]:
    """(weights, constant) of a logistic regression; each row counts for what it is worth."""
    weights = torch.zeros(len(names), requires_grad=True)
    constant = torch.zeros(1, requires_grad=True)
    optimizer = torch.optim.LBFGS([weights, constant], max_iter=80, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        odds = (matrix @ weights[:, None]).squeeze(1) + constant
        loss = torch.nn.functional.binary_cross_entropy_with_logits(odds, labels, weight=worth, reduction="sum")
        loss = loss + penalty * (weights**2).sum()
        loss.backward()
        return loss

    optimizer.step(closure)
    return dict(zip(names, weights.detach().tolist(), strict=True)), float(constant.detach())


def _write(path: Path, weights: dict[Feature, float], constant: float, needed: float) -> None:
    """Where, words, log-odds; the largest first."""
    kept = sorted(
        (item for item in weights.items() if abs(item[1]) >= SMALLEST), key=lambda item: (-abs(item[1]), item[0])
    )
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write("# Made by tracker/read/training/screen.py; never edit by hand. Where, words, log-odds.\n")
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow((*ALWAYS, f"{constant:.3f}"))
        writer.writerow((*NEEDED, f"{needed:.3f}"))
        writer.writerows((where, what, f"{weight:.3f}") for (where, what), weight in kept)
