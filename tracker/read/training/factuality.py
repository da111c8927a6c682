"""Fits the second look at whether a sentence asserts its step: on the sentences of `tests/eval/factuality.jsonl`, on those of
`factuality_edited.jsonl`, and on the sentences that prove labelled steps, which assert them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from tracker.model import Factuality, Stage
from tracker.read.factuality import PUT_OFF, TAKEN_BACK, features
from tracker.read.lexicon import Feature
from tracker.read.training.corpus import Record, of_part, part, proven, records
from tracker.read.training.weights import Weights, fitted, lines, unseen, write

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
    odds = unseen(steps.found, steps.sentence, FOLDS, partial(_fitted, steps, back))
    needed = float(np.quantile(odds[steps.real & ~back], 1 - LOST))
    off = steps.told == Factuality.POSTPONED
    rows: list[tuple[str, ...]] = []
    for asked, labels, rows_of, least in (
        (TAKEN_BACK, back, np.arange(len(back)), needed),
        (PUT_OFF, off, np.flatnonzero(back), 0.0),
    ):
        rows += lines(_fitted(steps, labels, rows_of), least, SMALLEST, asked)
    write(path, "factuality", "Question, where, words", rows)
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


def _fitted(steps: Steps, labels: np.ndarray, taught: np.ndarray) -> Weights:
    found = [steps.found[row] for row in taught]
    worth = np.array([WORTH[kind] for kind in steps.kind[taught]])
    return fitted(found, steps.sentence[taught], labels[taught], worth, PENALTY, RAREST)


if __name__ == "__main__":
    taught = [*of_part("train", records("factuality")), *records("factuality_edited")]
    print(fit(part("train"), taught, Path(__file__).parents[1] / "data" / "factuality.csv"))
