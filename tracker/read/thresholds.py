"""What turns scores into chances and decisions: fitted to the part for choosing, kept beside the model."""

import json
from dataclasses import dataclass
from math import exp
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Weights of log-odds, the constant first, and where a decision falls.

    `accept`: the chance of being a change from which an article is one. `keep`: the chance of being right in place,
    stage and date from which an event that is not the news is told. `considered`: log-odds of being a step from which
    an event is looked at. `close`: how much less likely, in log-probability, another government may be to be kept.
    `ask`: the chance of being a change from which a second opinion is asked.
    `effect`, `direction`: probabilities from which they are told. `part_weights`: those of a step that only
    a part of its sentence tells, in the place of `step_weights`.
    """

    change_weights: tuple[float, float, float] = (0.0, 1.0, 0.0)
    step_weights: tuple[float, float, float] = (0.0, 0.5, 0.5)
    part_weights: tuple[float, float, float] = (-1.0, 0.5, 0.5)
    sure_weights: tuple[float, float, float, float] = (0.0, 1.0, 0.5, 0.5)
    news_weights: tuple[float, float] = (1.0, 1.0)
    accept: float = 0.5
    keep: float = 0.3
    considered: float = -2.5
    close: float = 1.0
    effect: float = 0.8
    direction: float = 0.8
    ask: float = 0.05

    def change(self, article: float, best_step: float) -> float:
        """Log-odds of being a change."""
        return _weighed(self.change_weights, article, best_step)

    def step(self, first: float, marked: float, part: bool = False) -> float:
        """Log-odds of being a step, by a whole unit or by a part of it."""
        return _weighed(self.part_weights if part else self.step_weights, first, marked)

    def sure(self, step: float, place: float, date: float) -> float:
        """Log-odds of place, stage and date being right."""
        return _weighed(self.sure_weights, step, place, date)

    def news(self, first: float, marked: float) -> float:
        """Points for being the news."""
        return self.news_weights[0] * first + self.news_weights[1] * marked


def _weighed(weights: tuple[float, ...], *values: float) -> float:
    return weights[0] + sum(weight * value for weight, value in zip(weights[1:], values, strict=True))


def sigmoid(odds: float) -> float:
    """Log-odds → probability."""
    return 1 / (1 + exp(-max(-30.0, min(30.0, odds))))


def load(path: Path) -> Thresholds:
    """The thresholds of a file."""
    told: dict[str, Any] = json.loads(path.read_text("utf-8"))
    told = {name: tuple(value) if isinstance(value, list) else value for name, value in told.items()}
    return Thresholds(**told)
