"""How good a model is: its answers about the labelled articles that ship, beside the encoder's readings of the same,
and what both come to together. Pure."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from tracker.errors import OpinionRefused
from tracker.model import Article, Reading
from tracker.read.evaluate import evaluate
from tracker.read.opinions.request import Request
from tracker.read.opinions.trust import ENCODER, ENTRY_F1, Trust
from tracker.read.reader import Reader

FIGURES = (
    "article_f1",
    "false_alarms",
    "primary_place",
    "primary_stage",
    "primary_date",
    "primary_topic",
    ENTRY_F1,
)
"""Of all that an evaluation finds."""
BOTH = "both_"
"""Begins the names of the figures of both witnesses, as ENCODER those of the encoder's; the model's are bare."""
NO_ANSWER = Reading(id="", is_change=False, score=0.0, reason="there is no answer that can be used", findings=[])
Figures = dict[str, float]


def ids(lines: tuple[str, ...]) -> list[str]:
    """The ids of labelled articles."""
    return [json.loads(line)["id"] for line in lines]


def requests(reader: Reader, lines: tuple[str, ...]) -> dict[str, Request]:
    """What is asked about each article, whatever the first look at it says, by its id."""
    articles = (Article.model_validate(json.loads(line)) for line in lines)
    asked = ((article.id, reader.request(article, always=True)) for article in articles)
    return {name: request for name, request in asked if request is not None}


@dataclass(frozen=True, slots=True)
class ModelQuality:
    """What was measured. `refused`: the articles of which no answer could be used, and why."""

    figures: Figures
    refused: Mapping[str, str]

    @classmethod
    def measured(cls, reader: Reader, answers: Mapping[str, str], lines: tuple[str, ...]) -> Self:
        """Of these answers, by the ids of their articles. Takes a second for three articles. Raises ScorerFault."""
        alone = _Alone(reader, answers)
        model = _figures(evaluate(lines, alone).figures())
        encoder = _figures(evaluate(lines, reader).figures())
        trust = Trust.measured(model[ENTRY_F1], encoder[ENTRY_F1])
        together = encoder
        if trust.weights is not None:
            together = _figures(evaluate(lines, _Together(reader, answers, trust)).figures())
        named = {ENCODER: encoder, BOTH: together}
        others = {f"{of}{name}": value for of, told in named.items() for name, value in told.items()}
        return cls({**model, **others, "articles": len(lines), "refused": len(alone.refused)}, alone.refused)


def verdict(figures: Mapping[str, float]) -> str:
    """Whether it is listened to, and why."""
    own, encoder = figures[ENTRY_F1], figures[ENCODER + ENTRY_F1]
    if Trust.of_check(figures).weights is None:
        said = f"it is not listened to: entry F1 {own:.2f}, no better than the encoder's {encoder:.2f}"
        refused, articles = figures.get("refused", 0), figures.get("articles", 0)
        if refused > articles / 2:  # a fault of its server, most likely, and not of its reading
            said += f"; {refused:.0f} of {articles:.0f} answers could not be used: mend its server, then check --again"
        return said
    return f"it is listened to: entry F1 {own:.2f}, the encoder's {encoder:.2f}"


class _Alone:
    """Reads articles by what the model says, and nothing else."""

    def __init__(self, reader: Reader, answers: Mapping[str, str]) -> None:
        self._reader, self._answers = reader, answers
        self.refused: dict[str, str] = {}

    def read(self, article: Article) -> Reading:
        """What the article reports. Raises ScorerFault."""
        if article.id not in self._answers:
            self.refused[article.id] = "there is no answer about it"
            return NO_ANSWER
        try:
            return self._reader.read_with(article, self._answers[article.id], Trust.blind())
        except OpinionRefused as why:
            self.refused[article.id] = str(why)
            return NO_ANSWER


@dataclass(frozen=True, slots=True)
class _Together:
    """Reads articles by both witnesses, as they are read every day."""

    reader: Reader
    answers: Mapping[str, str]
    trust: Trust

    def read(self, article: Article) -> Reading:
        """What the article reports. Raises ScorerFault."""
        try:
            return self.reader.read_with(article, self.answers.get(article.id, ""), self.trust)
        except OpinionRefused:
            return self.reader.read(article)


def _figures(found: Mapping[str, float]) -> Figures:
    return {name: found[name] for name in FIGURES}
