"""Fits what a council's matter is about: multinomial logistic regression on the small look's vectors and on terms, of
the labelled matters and of articles of `train` that tell of a change. To be run anew when the small look was made anew."""

from pathlib import Path

import numpy as np
import torch

from tracker.read.encoder.small_look import Encoder
from tracker.read.records.matter_topics import features
from tracker.read.topics import topics
from tracker.read.training.corpus import Record, is_contrast, part, records
from tracker.read.training.weights import graph_hashes

OPENING = 500
"""Characters of an article that stand for a summary."""
PENALTY = 3e-5
"""Of the squared weights, beside a mean loss of vectors whose numbers are divided by their spread and the root of how many they are."""
OF_MATTER = 3.0
"""What a matter counts beside an article."""
EVENNESS = 0.5
"""Of how often a topic is labelled: 0 leaves the examples as frequent as they are, 1 makes all topics weigh alike."""
FOLDS = 5
STEPS = 60
GRAPHS = ("lower.onnx", "upper.onnx", "tokenizer.json")
"""What the vectors hang on."""


def fit(path: Path) -> str:
    """Writes the weights; gives a line of figures by cross-validation: of the matters that are changes."""
    names, by = topics(), Encoder()
    matters = records("matters") + records("matters_2")
    articles = [each for each in part("train") if each["is_change"] and not is_contrast(each)]
    found = np.array([_features(each, by) for each in matters + articles])
    middle, spread = _scale(found)
    labels = np.array([names.index(each["topic"]) for each in matters + articles])
    worth = _worth(labels, np.where(np.arange(len(labels)) < len(matters), OF_MATTER, 1.0))
    guessed = _unseen((found - middle) / spread, labels, worth, len(matters))
    _write(path, *_fitted((found - middle) / spread, labels, worth), middle, spread)
    return _figures(guessed, labels, [each["is_change"] for each in matters], names.index("other"))


def _features(each: Record, by: Encoder) -> np.ndarray:
    """Of a matter, or of an article as if it were one."""
    summary = each["text"][:OPENING] if "text" in each else each["summary"]
    return features(each["title"], each.get("name", ""), summary, by, topics())


def _scale(found: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What is taken off each number and what it is divided by: terms stay as they are."""
    count = found.shape[1] - 2 * len(topics())
    middle, spread = np.zeros(found.shape[1], np.float32), np.ones(found.shape[1], np.float32)
    middle[:count] = found[:, :count].mean(0)
    spread[:count] = (found[:, :count].std(0) + 1e-6) * np.sqrt(count)
    return middle, spread


def _worth(labels: np.ndarray, worth: np.ndarray) -> np.ndarray:
    """What each example counts: rare topics more."""
    often = np.bincount(labels, weights=worth, minlength=len(topics()))
    return worth * (often[labels] / often.mean()) ** -EVENNESS


def _unseen(found: np.ndarray, labels: np.ndarray, worth: np.ndarray, matters: int) -> np.ndarray:
    """The topic of each matter by weights that never saw it."""
    fold = np.random.default_rng(1).integers(0, FOLDS, matters)
    guessed = np.zeros(matters, np.int64)
    for number in range(FOLDS):
        taught = np.append(fold != number, np.ones(len(labels) - matters, bool))
        weights, constants = _fitted(found[taught], labels[taught], worth[taught])
        asked = np.flatnonzero(fold == number)
        guessed[asked] = (found[asked] @ weights + constants).argmax(1)
    return guessed


def _fitted(found: np.ndarray, labels: np.ndarray, worth: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Weights [features, topics] and constants."""
    rows, wanted, weighed = torch.tensor(found), torch.tensor(labels), torch.tensor(worth, dtype=torch.float32)
    weights = torch.zeros(found.shape[1], len(topics()), requires_grad=True)
    constants = torch.zeros(len(topics()), requires_grad=True)
    optimizer = torch.optim.LBFGS([weights, constants], max_iter=STEPS, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        each = torch.nn.functional.cross_entropy(rows @ weights + constants, wanted, reduction="none")
        loss = (each * weighed).sum() / weighed.sum() + PENALTY * (weights**2).sum()
        loss.backward()
        return loss

    optimizer.step(closure)
    return weights.detach().numpy(), constants.detach().numpy()


def _write(path: Path, weights: np.ndarray, constants: np.ndarray, middle: np.ndarray, spread: np.ndarray) -> None:
    """As logits of features that nobody scales, in 16 bits."""
    scaled = weights / spread[:, None]
    np.savez_compressed(
        path,
        weights=scaled.astype(np.float16),
        constants=(constants - middle @ scaled).astype(np.float16),
        topics=np.array(topics()),
        graphs=graph_hashes(GRAPHS),
    )


def _figures(guessed: np.ndarray, labels: np.ndarray, changes: list[bool], other: int) -> str:
    counted = np.flatnonzero(changes)
    right, named = (guessed == labels[: len(guessed)])[counted], guessed[counted] != other
    return (
        f"topics: {right.mean():.3f} of {len(counted)} matters right by cross-validation, "
        f"of those told another than other {right[named].mean():.3f}"
    )


if __name__ == "__main__":
    print(fit(Path(__file__).parents[1] / "records" / "matter_topics.npz"))
