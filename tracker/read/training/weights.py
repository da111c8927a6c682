"""Weights of small models: logistic regressions on features, fitted, tried on rows that they never saw, and written."""

import csv
import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np
import torch

from tracker.read.encoder.small_look import model_folder
from tracker.read.lexicon import ALWAYS, NEEDED, Feature

Weights = tuple[dict[Feature, float], float]
"""Of each feature, and a constant."""


def unseen(
    found: Sequence[set[Feature]], article: np.ndarray, folds: int, fit: Callable[[np.ndarray], Weights]
) -> np.ndarray:
    """Log-odds of each row by weights of the folds that its article is not in; `fit` is given the numbers of the rows to learn from."""
    odds = np.zeros(len(found))
    fold = fold_of(article, folds)
    for number in range(folds):
        weights, constant = fit(np.flatnonzero(fold != number))
        for row in np.flatnonzero(fold == number):
            known = found[row]
            odds[row] = constant + sum(weights.get(f, 0.0) for f in known) / max(1, len(known)) ** 0.5
    return odds


def fold_of(family: np.ndarray, folds: int, seed: int = 0) -> np.ndarray:
    """The fold of each row, by chance; all of a family are in one."""
    dealt: np.ndarray = np.random.default_rng(seed).permutation(family.max() + 1) % folds
    return dealt[family]


def lines(weights: Weights, needed: float, smallest: float, *begin: str) -> list[tuple[str, ...]]:
    """Rows of a table: the constant, the log-odds that are needed, and the weights of at least `smallest`, the largest first."""
    named, constant = weights
    kept = sorted(named.items(), key=lambda item: (-abs(item[1]), item[0]))
    rows = [(ALWAYS, constant), (NEEDED, needed), *(item for item in kept if abs(item[1]) >= smallest)]
    return [(*begin, *feature, f"{weight:.3f}") for feature, weight in rows]


def write(path: Path, maker: str, columns: str, rows: Iterable[Sequence[str]]) -> None:
    """The table, below a line that says who made it: `maker` is a module of this folder."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(f"# Made by tracker/read/training/{maker}.py; never edit by hand. {columns}, log-odds.\n")
        csv.writer(file, lineterminator="\n").writerows(rows)


def precise_from(odds: np.ndarray, labels: np.ndarray, precision: float) -> float:
    """The lowest log-odds, at least 0, from which the precision is reached; the highest of all where none does."""
    for needed in sorted(odds[odds >= 0]):
        if labels[odds >= needed].mean() >= precision:
            return float(needed)
    return max(0.0, float(odds.max()))


def figures(odds: np.ndarray, labels: np.ndarray, needed: float) -> str:
    """Precision, recall and F1 of what is shown from `needed` on, as one line; odds by weights that never saw the rows."""
    shown = odds >= needed
    precision, recall = labels[shown].mean(), shown[labels].mean()
    return (
        f"precision {precision:.3f}, recall {recall:.3f}, F1 {2 * precision * recall / (precision + recall):.3f} "
        f"of {len(labels)} by cross-validation, threshold {needed:.2f}"
    )


def graph_hashes(names: Iterable[str]) -> np.ndarray:
    """The hashes of files of the small look, by its card: what weights of its vectors hang on."""
    hashes = json.loads((model_folder() / "card.json").read_text("utf-8"))["files"]
    return np.array([hashes[name] for name in names])


def fitted(
    found: Sequence[set[Feature]],
    article: np.ndarray,
    labels: np.ndarray,
    worth: np.ndarray,
    penalty: float,
    rarest: int,
) -> Weights:
    """Of rows of features, each row as long as another; of the features that stand in `rarest` articles, given
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
) -> Weights:
    """Of a logistic regression; each row counts for what it is worth."""
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
