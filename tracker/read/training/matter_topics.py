"""Fits what a council's matter is about, by two multinomial logistic regressions: on the small look's vectors and on
terms, of the labelled matters and of articles of `train` that tell of a change; and on the words of the matters. To be
run anew when the small look was made anew."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from tracker.read.encoder.small_look import Encoder
from tracker.read.records.matter_topics import features, word_scale, words
from tracker.read.scorer import Vectors
from tracker.read.topics import topics
from tracker.read.training.corpus import Record, is_contrast, part, records, scenarios
from tracker.read.training.weights import fold_of, graph_hashes

OPENING = 500
"""Characters of an article that stand for a summary."""
PENALTY = 3e-5
"""Of the squared weights, beside a mean loss of vectors whose numbers are divided by their spread and the root of how many they are."""
WORD_PENALTY = 2e-5
RAREST, MOST_WORDS = 5, 3000
"""Of the words: in so many examples at least; and how many are kept, the weightiest (all 3,400 do no better)."""
OF_MATTER = 1.5
"""What a matter counts beside an article, with its body and once more without."""
EVENNESS = 0.5
"""Of how often a topic is labelled: 0 leaves the examples as frequent as they are, 1 makes all topics weigh alike."""
FOLDS = 5
STEPS = 60
GRAPHS = ("lower.onnx", "upper.onnx", "tokenizer.json")
"""What the vectors hang on."""

Fitted = tuple[np.ndarray, np.ndarray]
"""Weights [features, topics] and constants."""


@dataclass(frozen=True)
class _Examples:
    """Of matters and then of articles: `vectors` [examples, features]; `labels`; of the matters alone their words."""

    vectors: np.ndarray
    labels: np.ndarray
    seen: list[set[str]]

    def fit(self, rows: np.ndarray) -> tuple[Fitted, Fitted, list[str]]:
        """By vectors, and by words, of the examples that are True; and those words."""
        matters = np.flatnonzero(rows[: len(self.seen)])
        base = np.where(np.arange(len(rows)) < len(self.seen), OF_MATTER, 1.0)[rows]
        labels = self.labels[rows]
        by_vector = fitted(self.vectors[rows], labels, worth_of(labels, base), PENALTY)
        often = Counter(word for row in matters for word in self.seen[row])
        known = sorted(word for word, count in often.items() if count >= RAREST)
        labels = self.labels[matters]
        counted = _counted([self.seen[row] for row in matters], known)
        weights, constants = fitted(counted, labels, worth_of(labels, np.ones(len(labels))), WORD_PENALTY)
        kept = np.sort(np.abs(weights).max(1).argsort()[::-1][:MOST_WORDS])
        return by_vector, (weights[kept], constants), [known[row] for row in kept]


def fit(path: Path, by: Vectors) -> str:
    """Writes the weights; gives a line of figures by cross-validation: of the matters that are changes.

    Each matter is learnt from twice, since many councils name no committee.
    """
    whole = [each for name in ("matters", "matters_2", "matters_3") for each in records(name)]
    matters = whole + [{**each, "body": ""} for each in whole]
    articles = [each for each in part("train") if each["is_change"] and not is_contrast(each)]
    found = np.array([matter_features(each, by) for each in matters + articles])
    middle, spread = scale(found)
    labels = np.array([topics().index(each["topic"]) for each in matters + articles])
    seen = [words(each["title"], each["name"], each["summary"], each["body"]) for each in matters]
    examples = _Examples((found - middle) / spread, labels, seen)
    _write(path, *examples.fit(np.ones(len(labels), bool)), middle, spread)
    return _figures(_unseen(examples, scenarios(matters))[: len(whole)], whole)


def matter_features(each: Record, by: Vectors) -> np.ndarray:
    """Of a matter, or of an article as if it were one."""
    summary = each["text"][:OPENING] if "text" in each else each["summary"]
    return features(each["title"], each.get("name", ""), summary, each.get("body", ""), by, topics())


def scale(found: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What is taken off each number and what it is divided by: terms stay as they are."""
    count = found.shape[1] - 2 * len(topics())
    middle, spread = np.zeros(found.shape[1], np.float32), np.ones(found.shape[1], np.float32)
    middle[:count] = found[:, :count].mean(0)
    spread[:count] = (found[:, :count].std(0) + 1e-6) * np.sqrt(count)
    return middle, spread


def worth_of(labels: np.ndarray, worth: np.ndarray) -> np.ndarray:
    """What each example counts: rare topics more."""
    often = np.bincount(labels, weights=worth, minlength=len(topics()))
    return worth * (often[labels] / often.mean()) ** -EVENNESS


def _counted(seen: list[set[str]], known: list[str]) -> np.ndarray:
    """Which of the known words stand in each matter, by its word_scale [matters, words]."""
    column = {word: number for number, word in enumerate(known)}
    counted = np.zeros((len(seen), len(known)), np.float32)
    for row, each in enumerate(seen):
        counted[row, [column[word] for word in each if word in column]] = 1 / word_scale(each)
    return counted


def _unseen(examples: _Examples, scenario: np.ndarray) -> np.ndarray:
    """The topic of each matter by weights that saw none of its scenario."""
    matters = len(scenario)
    fold = fold_of(scenario, FOLDS, seed=1)
    guessed = np.zeros(matters, np.int64)
    for number in range(FOLDS):
        asked = np.flatnonzero(fold == number)
        taught = np.append(fold != number, np.ones(len(examples.labels) - matters, bool))
        (weights, constants), (of_words, word_constants), known = examples.fit(taught)
        counted = _counted([examples.seen[row] for row in asked], known)
        by_both = (examples.vectors[asked] @ weights + constants, counted @ of_words + word_constants)
        guessed[asked] = sum(torch.tensor(logits).softmax(1).numpy() for logits in by_both).argmax(1)
    return guessed


def fitted(found: np.ndarray, labels: np.ndarray, worth: np.ndarray, penalty: float) -> Fitted:
    """By examples [examples, features], their labels, and what each counts."""
    rows, wanted = torch.tensor(found, dtype=torch.float32), torch.tensor(labels)
    weighed = torch.tensor(worth, dtype=torch.float32)
    weights = torch.zeros(found.shape[1], len(topics()), requires_grad=True)
    constants = torch.zeros(len(topics()), requires_grad=True)
    optimizer = torch.optim.LBFGS([weights, constants], max_iter=STEPS, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        each = torch.nn.functional.cross_entropy(rows @ weights + constants, wanted, reduction="none")
        loss = (each * weighed).sum() / weighed.sum() + penalty * (weights**2).sum()
        loss.backward()
        return loss

    optimizer.step(closure)
    return weights.detach().numpy(), constants.detach().numpy()


def _write(
    path: Path, by_vector: Fitted, by_words: Fitted, known: list[str], middle: np.ndarray, spread: np.ndarray
) -> None:
    """As logits of features that nobody scales, in 16 bits."""
    weights, constants = by_vector
    scaled = weights / spread[:, None]
    np.savez_compressed(
        path,
        weights=scaled.astype(np.float16),
        constants=(constants - middle @ scaled).astype(np.float16),
        words=np.array(known),
        of_words=by_words[0].astype(np.float16),
        word_constants=by_words[1].astype(np.float16),
        topics=np.array(topics()),
        graphs=graph_hashes(GRAPHS),
    )


def _figures(guessed: np.ndarray, matters: list[Record]) -> str:
    asked = [(topics()[topic], each) for topic, each in zip(guessed, matters, strict=True) if each["is_change"]]
    right = np.array([topic in (each["topic"], *each.get("topic_alt", ())) for topic, each in asked])
    named = np.array([topic != "other" for topic, _ in asked])
    return (
        f"topics: {right.mean():.3f} of {len(asked)} matters right by cross-validation, "
        f"of those told another than other {right[named].mean():.3f}"
    )


if __name__ == "__main__":
    print(fit(Path(__file__).parents[1] / "records" / "matter_topics.npz", Encoder()))
