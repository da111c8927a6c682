"""Fits which edits of a policy are of rule: logistic regression on the labelled pairs of sentences of
tests/eval/policy_edits.jsonl, by their words and then by the small look's vectors too; thresholds by cross-validation.
To be run anew when the small look was made anew."""

from collections.abc import Iterable
from functools import partial
from pathlib import Path

import numpy as np
import torch

from tracker.read.documents.rules_or_form import CLEARLY_FORM, edit_features, features
from tracker.read.encoder.small_look import Encoder
from tracker.read.lexicon import Feature
from tracker.read.training.corpus import edits, records
from tracker.read.training.weights import Weights, figures, fitted, graph_hashes, lines, precise_from, unseen, write

PENALTY = 0.1
"""Of the squared weights; of 0.02 to 0.2 all are about as good by cross-validation."""
RAREST = 2
FOLDS = 10
SMALLEST = 0.05
STEPS = 80
GRAPHS = ("lower.onnx", "tokenizer.json")
"""What the vectors hang on."""
PRECISION = 0.92
"""Of the edits that are told to be of rule, by weights that never saw them. Precision before recall: an edit of form
that is told as news does more harm than one of rule among the other edits, and most documents with a changed rule have
several. The pairs of form were written to mislead; in real documents most are dates, codes and names, and more are right."""


def fit(folder: Path) -> str:
    """Writes the weights of words and of vectors; gives two lines of figures by cross-validation."""
    pairs, by = edits(records("policy_edits"), "train"), Encoder()
    found = [features(pair["old"], pair["new"]) for pair in pairs]
    labels = np.array([pair["label"] == "rule" for pair in pairs])
    family = _numbers(pair["twin_of"] or pair["id"] for pair in pairs)
    odds = unseen(found, family, FOLDS, partial(_fitted, found, labels, family))
    needed = precise_from(odds, labels, PRECISION)
    rows = np.arange(len(pairs))
    words = lines(_fitted(found, labels, family, rows), needed, SMALLEST)
    write(folder / "rules_or_form.csv", "rules_or_form", "Kind, letters", words)
    vectors = np.stack(
        [edit_features(odd, pair["old"], pair["new"], by) for odd, pair in zip(odds, pairs, strict=True)]
    )
    both = np.where(odds < CLEARLY_FORM, odds, _unseen(vectors, labels, family))
    together = precise_from(both, labels, PRECISION)
    _write(folder / "rules_or_form.npz", *_regression(vectors, labels), together)
    return f"by words: {figures(odds, labels, needed)}\nwith vectors: {figures(both, labels, together)}"


def _unseen(vectors: np.ndarray, labels: np.ndarray, family: np.ndarray) -> np.ndarray:
    """Log-odds of each pair by weights that never saw it or a twin; the words' log-odds among its features are of
    weights that never saw it either."""
    odds = np.zeros(len(labels))
    fold = (np.random.default_rng(0).permutation(family.max() + 1) % FOLDS)[family]
    for number in range(FOLDS):
        weights, constant = _regression(vectors[fold != number], labels[fold != number])
        odds[fold == number] = vectors[fold == number] @ weights + constant
    return odds


def _regression(vectors: np.ndarray, labels: np.ndarray) -> tuple[np.ndarray, float]:
    """Weights [features] and the constant of a logistic regression."""
    rows, wanted = torch.tensor(vectors, dtype=torch.float32), torch.tensor(labels, dtype=torch.float32)
    weights = torch.zeros(vectors.shape[1], requires_grad=True)
    constant = torch.zeros(1, requires_grad=True)
    optimizer = torch.optim.LBFGS([weights, constant], max_iter=STEPS, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        odds = rows @ weights + constant
        loss = torch.nn.functional.binary_cross_entropy_with_logits(odds, wanted, reduction="sum")
        loss = loss + PENALTY * (weights**2).sum()
        loss.backward()
        return loss

    optimizer.step(closure)
    return weights.detach().numpy(), float(constant.detach())


def _write(path: Path, weights: np.ndarray, constant: float, needed: float) -> None:
    """In 16 bits."""
    np.savez_compressed(
        path,
        weights=weights.astype(np.float16),
        constant=np.float32(constant),
        needed=np.float32(needed),
        graphs=graph_hashes(GRAPHS),
    )


def _numbers(names: Iterable[str]) -> np.ndarray:
    """A number for each name, the same for the same; twins are learnt from or tried together."""
    known: dict[str, int] = {}
    return np.array([known.setdefault(name, len(known)) for name in names])


def _fitted(found: list[set[Feature]], labels: np.ndarray, family: np.ndarray, taught: np.ndarray) -> Weights:
    ones = np.ones(len(taught))
    return fitted([found[row] for row in taught], family[taught], labels[taught], ones, PENALTY, RAREST)


if __name__ == "__main__":
    print(fit(Path(__file__).parents[1] / "documents"))
