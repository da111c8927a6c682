"""Fits the second look at whether a sentence asserts its step: on the sentences of `tests/eval/factuality.jsonl`, on those of
`factuality_edited.jsonl`, and on the sentences that prove labelled steps, which assert them."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tracker.model import Factuality, Stage
from tracker.read.factuality import ALWAYS, NEEDED, PUT_OFF, TAKEN_BACK, Feature, features
from tracker.read.training.corpus import Record, of_part, part, proven, records
from tracker.read.training.screen import fitted

LOST = 1 / 200
"""Of the asserted steps of articles so many at most may be taken for denied, by weights that never saw them: those that are
denied are about as rare, and a step that is lost is worse than one that is kept."""
PENALTY = 0.05
"""Of the squared weights."""
RAREST = 3
"""Sentences in which a feature stands."""
WORTH = {"articles": 1.0, "edited": 1.0, "written": 8.0}
"""What a sentence of each kind counts for: those written for this are few, and are told in more ways than the edited ones."""
FOLDS = 3
SMALLEST = 0.3
"""Weights that are written."""


@dataclass(frozen=True)
class Steps:
    """Steps row by row: features, factuality, the number of their sentence, and its kind (of `WORTH`)."""

    found: list[set[Feature]]
    told: np.ndarray
    sentence: np.ndarray
    kind: np.ndarray

    @property
    def real(self) -> np.ndarray:
        """True for those of articles."""
        return np.asarray(self.kind == "articles")


def fit(labelled: list[Record], own: list[Record], path: Path) -> str:
    """Writes the weights; gives a line of figures by cross-validation."""
    steps = steps_of(labelled, own)
    back = steps.told != Factuality.ASSERTED
    odds = _unseen(steps, back)
    needed = float(np.quantile(odds[steps.real & ~back], 1 - LOST))
    off = steps.told == Factuality.POSTPONED
    rows: list[tuple[str, Feature, float]] = []
    for asked, labels, rows_of, least in (
        (TAKEN_BACK, back, np.arange(len(back)), needed),
        (PUT_OFF, off, np.flatnonzero(back), 0.0),
    ):
        weights, constant = _fitted(steps, labels, rows_of)
        rows += [(asked, ALWAYS, constant), (asked, NEEDED, least)]
        kept = sorted(weights.items(), key=lambda item: (-abs(item[1]), item[0]))
        rows += [(asked, feature, weight) for feature, weight in kept if abs(weight) >= SMALLEST]
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(
            "# Made by tracker/read/training/factuality.py; never edit by hand. Question, where, words, log-odds.\n"
        )
        csv.writer(file, lineterminator="\n").writerows((asked, *f, f"{weight:.3f}") for asked, f, weight in rows)
    written = steps.kind == "written"
    shares = [float(np.mean(odds[written & rows] >= needed)) for rows in (back, ~back)]
    return "factuality: of the written sentences {:.3f} of those that deny found, {:.3f} of the others lost".format(
        *shares
    )


def steps_of(labelled: list[Record], own: list[Record]) -> Steps:
    """The rows of labelled articles and of the sentences that were written for this."""
    rows = [*_asserted(labelled), *_written(own)]
    number = {said: at for at, said in enumerate(dict.fromkeys(row[0] for row in rows))}
    return Steps(
        [features(stage, said, date) for said, stage, date, _, _ in rows],
        np.array([told for *_, told, _ in rows]),
        np.array([number[row[0]] for row in rows]),
        np.array([kind for *_, kind in rows]),
    )


Row = tuple[str, Stage, tuple[int, int] | None, Factuality, str]


def _asserted(labelled: list[Record]) -> Iterator[Row]:
    for record in labelled:
        for entry in proven(record):
            date = where(entry["quote"], entry.get("date_quote"))
            yield entry["quote"], Stage(entry["stage"]), date, Factuality.ASSERTED, "articles"


def _written(own: list[Record]) -> Iterator[Row]:
    for record in own:
        said, kind = record["sentence"], "edited" if "/edited/" in record["url"] else "written"
        for step in record["steps"]:
            yield said, Stage(step["stage"]), where(said, step["date_quote"]), Factuality(step["factuality"]), kind


def where(said: str, words: str | None) -> tuple[int, int] | None:
    """Where the words of the date stand in the sentence."""
    start = said.find(words) if words else -1
    return (start, start + len(words)) if words and start >= 0 else None


def _unseen(steps: Steps, labels: np.ndarray) -> np.ndarray:
    """Log-odds of each step by weights of the folds that its sentence is not in."""
    odds = np.zeros(len(labels))
    fold = (np.random.default_rng(0).permutation(steps.sentence.max() + 1) % FOLDS)[steps.sentence]
    for number in range(FOLDS):
        weights, constant = _fitted(steps, labels, np.flatnonzero(fold != number))
        for row in np.flatnonzero(fold == number):
            found = steps.found[row]
            odds[row] = constant + sum(weights.get(f, 0.0) for f in found) / len(found) ** 0.5
    return odds


def _fitted(steps: Steps, labels: np.ndarray, taught: np.ndarray) -> tuple[dict[Feature, float], float]:
    found = [steps.found[row] for row in taught]
    worth = np.array([WORTH[kind] for kind in steps.kind[taught]])
    return fitted(found, steps.sentence[taught], labels[taught], worth, PENALTY, RAREST)


if __name__ == "__main__":
    taught = [*of_part("train", records("factuality")), *records("factuality_edited")]
    print(fit(part("train"), taught, Path(__file__).parents[1] / "data" / "factuality.csv"))
