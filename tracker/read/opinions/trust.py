"""How far a model is listened to: weights and thresholds of both witnesses, in `model/witnesses.json`, fitted on the
part for choosing by `tests/eval/fit_witnesses.py`. They are fitted for models of several goodness (answers that were
spoilt on purpose), and chosen by what `tracker opinions check` measured of a model: the worse it is, the less it is
heard.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class WitnessWeights:
    """Of models of one goodness: logistic regressions, the constant first, and the chances from which an article is a
    change (`accept`) and a step is told that is not the news (`keep`). `entry_f1`: how good such models are by
    themselves."""

    entry_f1: float
    change: tuple[float, ...]
    model: tuple[float, ...]
    encoder: tuple[float, ...]
    accept: float
    keep: float

    def blended(self, other: "WitnessWeights", share: float) -> "WitnessWeights":
        """So much of the other's."""

        def between(one: float, two: float) -> float:
            return (1 - share) * one + share * two

        def each(one: tuple[float, ...], two: tuple[float, ...]) -> tuple[float, ...]:
            return tuple(between(a, b) for a, b in zip(one, two, strict=True))

        return WitnessWeights(
            between(self.entry_f1, other.entry_f1),
            each(self.change, other.change),
            each(self.model, other.model),
            each(self.encoder, other.encoder),
            between(self.accept, other.accept),
            between(self.keep, other.keep),
        )


@dataclass(frozen=True, slots=True)
class Trust:
    """How far a model's answers are listened to. `weights` None: not at all."""

    weights: WitnessWeights | None

    @classmethod
    def none(cls) -> Self:
        """The encoder's reading stands."""
        return cls(None)

    @classmethod
    def fitted(cls) -> Self:
        """For answers of a large language model: the weights that were fitted with the recorded ones."""
        return cls(_levels()[0])

    @classmethod
    def blind(cls) -> Self:
        """All that the model tells, and nothing else: how good it is by itself."""
        return cls(_only_the_model(_levels()[0]))

    @classmethod
    def of_check(cls, figures: Mapping[str, float]) -> Self:
        """For a model of which a check measured these (`opinion_quality.py`)."""
        return cls.measured(figures[ENTRY_F1], figures[ENCODER + ENTRY_F1])

    @classmethod
    def measured(cls, entry_f1: float, encoder_f1: float) -> Self:
        """For a model that reached so much on labelled articles of which the encoder reached so much: none where it is
        no better."""
        if entry_f1 <= encoder_f1:
            return cls.none()
        levels = _levels()
        if entry_f1 >= levels[0].entry_f1:
            return cls(levels[0])
        for better, worse in pairwise(levels):
            if entry_f1 >= worse.entry_f1:
                return cls(better.blended(worse, (better.entry_f1 - entry_f1) / (better.entry_f1 - worse.entry_f1)))
        return cls(levels[-1])


ENTRY_F1, ENCODER = "entry_f1", "encoder_"
"""The figure of a check that decides, and how the encoder's begins."""
SURELY = 20.0
"""Log-odds that no feature outweighs."""


def _only_the_model(like: WitnessWeights) -> WitnessWeights:
    """Weights by which the encoder is not heard; as many as those."""

    def constant(value: float, weights: tuple[float, ...]) -> tuple[float, ...]:
        return (value, *(0.0 for _ in weights[1:]))

    change = (-SURELY, 2 * SURELY, *(0.0 for _ in like.change[2:]))
    model, encoder = constant(SURELY, like.model), constant(-SURELY, like.encoder)
    return WitnessWeights(1.0, change, model, encoder, accept=0.5, keep=0.5)


@cache
def _levels() -> tuple[WitnessWeights, ...]:
    """Those of the data file, the best models first."""
    told = json.loads(files("tracker.read").joinpath("model", "witnesses.json").read_text("utf-8"))
    return tuple(weights(level) for level in told["levels"])


def weights(level: dict[str, Any]) -> WitnessWeights:
    """One level of the data file."""
    lists = {name: tuple(level[name]) for name in ("change", "model", "encoder")}
    return WitnessWeights(entry_f1=level["entry_f1"], accept=level["accept"], keep=level["keep"], **lists)
