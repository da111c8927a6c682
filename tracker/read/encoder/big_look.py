"""The big look: a larger transformer that reads each sentence that the small one suspects once more, in a short row.
What both say of a step is averaged: they err in different sentences."""

from dataclasses import replace
from functools import cached_property
from pathlib import Path

import numpy as np

from tracker.read.encoder.features import Floats
from tracker.read.encoder.graphs import Graphs, loading, log_softmax, model_folder
from tracker.read.encoder.rows import TokenRow, window
from tracker.read.encoder.small_look import Encoder
from tracker.read.encoder.step_question import StepQuestion
from tracker.read.mentions import Mentions
from tracker.read.scorer import Scores, StepScores
from tracker.read.text.document import Document
from tracker.read.thresholds import Thresholds, load
from tracker.read.version import both_looks_version

LONGEST_ROW = 160
"""Tokens of a row, as many as of the longest that it was taught."""
OF_STAGE, OF_DATE, OF_OTHERS = 0.7, 0.3, 0.5
"""Share of the big look in the mean. It tells acts apart and is weak at days: on the part for choosing entry F1 is .592
so, .586 with halves, .558 with the small look alone."""
GRAPHS = ("look", "step")


def big_folder() -> Path:
    """Where the model of the big look lies."""
    return model_folder() / "big"


class BigLook:
    """Reads marked sentences with the graphs of a folder. Raises ScorerFault where they cannot be loaded."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or big_folder()
        self._graphs = Graphs(self.folder)

    def warm(self) -> None:
        """Loads the graphs."""
        self._graphs.warm(*GRAPHS)

    def step(self, question: StepQuestion, of: StepScores) -> StepScores:
        """Its own scores of a step that was asked about."""
        asked = of.part or question.span(of.unit)
        row = window(question.tokens, question.mentions, asked, LONGEST_ROW)
        inputs = question.inputs(of.unit, asked, row, self._hidden(row))
        return question.scores(of.unit, self._graphs.run("step", inputs))

    def _hidden(self, row: TokenRow) -> Floats:
        inputs = {"ids": row.ids[None], "kinds": row.kinds[None], "marks": row.marks[None]}
        (hidden,) = self._graphs.run("look", inputs)
        return np.asarray(hidden[0], np.float32)


class BothLooks:
    """The small encoder, and for the steps that it suspects the mean of both."""

    costly = False

    def __init__(self, small: Encoder | None = None, big: BigLook | None = None) -> None:
        self._small, self._big = small or Encoder(), big or BigLook()

    @property
    def topics(self) -> tuple[str, ...]:
        """Those of the small look."""
        return self._small.topics

    @cached_property
    def thresholds(self) -> Thresholds:
        """Those that were fitted to both looks together."""
        with loading():
            return load(self._big.folder / "thresholds.json")

    @cached_property
    def version(self) -> str:
        """The hash of both models' cards and thresholds."""
        return both_looks_version(model_folder())

    def warm(self) -> None:
        """Loads both."""
        self._small.warm()
        self._big.warm()
        _ = self.thresholds

    def vector(self, head: str, text: str) -> Floats:
        """That of the small look."""
        return self._small.vector(head, text)

    def piece_vectors(self, text: str) -> tuple[list[str], Floats]:
        """Those of the small look."""
        return self._small.piece_vectors(text)

    def at_first_sight(self, document: Document, mentions: Mentions) -> Scores:
        """What the small look says without asking about any sentence."""
        return self._small.at_first_sight(document, mentions)

    def score(self, document: Document, mentions: Mentions) -> Scores:
        """The scores of an article; see Scorer."""
        scores, question = self._small.asked(document, mentions)
        return replace(scores, steps=tuple(mean(step, self._big.step(question, step)) for step in scores.steps))


def mean(small: StepScores, big: StepScores) -> StepScores:
    """What two looks at one sentence say together. What a step does, and which way it leads, is the small one's to say:
    the mean was wrong in 18 effects of 100, the small one alone in 13."""

    def both(one: Floats, two: Floats, share: float = OF_OTHERS) -> Floats:
        return (1 - share) * one + share * two

    return replace(
        small,
        stage=both(small.stage, big.stage, OF_STAGE), news=both(small.news, big.news, OF_STAGE),
        date=log_softmax(both(small.date, big.date, OF_DATE)), place=log_softmax(both(small.place, big.place)),
        body=log_softmax(both(small.body, big.body)), instrument=log_softmax(both(small.instrument, big.instrument)),
    )  # fmt: skip
