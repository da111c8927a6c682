"""What a scorer is: it chooses among the mentions of an article and invents nothing."""

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from tracker.model import Direction, Effect, Stage
from tracker.read.mentions import Mentions, Span
from tracker.read.text.document import Document
from tracker.read.thresholds import Thresholds

Floats = NDArray[np.float32]

STAGES = tuple(Stage)
"""Columns of every table by stage."""
EFFECTS = tuple(Effect)
DIRECTIONS = (None, *Direction)
"""The first one is: the text does not tell, or the topic has none."""


@dataclass(frozen=True, slots=True)
class StepScores:
    """What was asked of one unit, the title (0) or a sentence (from 1 on), or of a `part` of it; all by stage.

    `stage` and `news`: log-odds [stages]. `date`, `body`, `instrument`: log-probabilities [mentions + 1, stages], the
    last line for none. `place`: log-probabilities [jurisdictions, stages]. `effect`, `direction`: probabilities
    [stages, ...].
    """

    unit: int
    stage: Floats
    news: Floats
    date: Floats
    place: Floats
    body: Floats
    instrument: Floats
    effect: Floats
    direction: Floats
    part: Span | None = None


@dataclass(frozen=True, slots=True)
class Scores:
    """What a scorer makes of an article.

    `change`: log-odds. `topic`: probabilities in the order of the scorer's topics, zeros where it ended at a glance.
    `stage`, `news`: log-odds and logits [units, stages] at first sight. `steps`: the units that were asked about, and
    parts of sentences with several dates.
    """

    change: float
    topic: Floats
    stage: Floats
    news: Floats
    steps: tuple[StepScores, ...] = ()

    @property
    def at_a_glance(self) -> bool:
        """Whether it was so surely no change that it was not looked at any further."""
        return not self.topic.any()


class Scorer(Protocol):
    """Scores articles. `topics`: those that it was taught, in the order of its scores. `thresholds`: where decisions
    fall among its scores. `version`: names all that decides its scores; a part of the reader's version. `costly`: an
    article is not to be asked about more than once. Whatever keeps it from scoring at all is a ScorerFault."""

    @property
    def topics(self) -> tuple[str, ...]: ...

    @property
    def thresholds(self) -> Thresholds: ...

    @property
    def version(self) -> str: ...

    @property
    def costly(self) -> bool: ...

    def score(self, document: Document, mentions: Mentions) -> Scores:
        """The scores of an article."""
        ...

    def at_first_sight(self, document: Document, mentions: Mentions) -> Scores:
        """The same without its steps."""
        ...

    def warm(self) -> None:
        """Loads now what is else loaded with the first article."""
        ...


def softmax(logits: Floats, axis: int) -> Floats:
    """Logits → probabilities."""
    shifted = np.exp(logits - logits.max(axis, keepdims=True))
    return shifted / shifted.sum(axis, keepdims=True)  # type: ignore[no-any-return]


@runtime_checkable
class Vectors(Protocol):
    """What can tell of a short text what it is about, as numbers; other than articles nothing is scored."""

    def vector(self, head: str, text: str) -> Floats:
        """The vector of a title and what explains it; equal texts have equal ones."""
        ...

    def piece_vectors(self, text: str) -> tuple[list[str], Floats]:
        """The word pieces of a sentence, and what each of them means there [pieces, width]; nothing of an empty one."""
        ...
