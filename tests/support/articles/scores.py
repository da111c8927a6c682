"""Scores as a scorer would give them, built by hand: which unit states which stage, with which words of the article."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np

from tracker.model import Direction, Effect, Stage
from tracker.read.encoder.small_look import model_folder
from tracker.read.mentions import Mentions, Span
from tracker.read.scorer import DIRECTIONS, EFFECTS, STAGES, Floats, Scores, StepScores
from tracker.read.text.document import Document
from tracker.read.thresholds import load
from tracker.read.topics import topics

SURE, CERTAIN = 0.9, 0.995
"""The share of what is chosen, the rest is shared by its rivals; and of a direction, told only when certain."""
NO = -10.0
"""Log-odds of a stage that nothing states."""


@dataclass(frozen=True, slots=True)
class Said:
    """A unit (0: the title, from 1 on the sentences) states a stage, with these words; "" and None are none.

    `date`: the words of a date, with `value` where they have several. `place`: its name, "" for the first. `rival`: the
    name of a place that comes close. `odds`: of being a step; `news`: points for being the news. `part`: a part of the
    unit says it when it is asked about alone.
    """

    unit: int
    stage: Stage
    date: str = ""
    value: str = ""
    place: str = ""
    rival: str = ""
    body: str = ""
    instrument: str = ""
    effect: Effect | None = None
    direction: Direction | None = None
    odds: float = 4.0
    news: float = 0.0
    part: bool = False


def scores(mentions: Mentions, *said: Said, change: float = 4.0, topic: str = "other") -> Scores:
    """The scores of an article in which units say this."""
    stage, news = np.full((2, len(mentions.units), len(STAGES)), NO, np.float32)
    for one in said:
        stage[one.unit, STAGES.index(one.stage)] = one.odds
        news[one.unit, STAGES.index(one.stage)] = one.news
    asked = groupby(sorted(said, key=_asked), key=_asked)
    steps = tuple(replace(_step(unit, list(of), mentions), part=A_PART if part else None) for (part, unit), of in asked)
    chances = np.array([float(name == topic) for name in topics()], np.float32)
    return Scores(change, chances, stage, news, steps)


A_PART = Span(False, 0, 1)
"""Where it stands is no matter to those who decide."""


def _asked(one: Said) -> tuple[bool, int]:
    return one.part, one.unit


class Chooser:
    """A scorer of another make: it says what it was told to say of any article."""

    def __init__(self, *said: Said, taught: tuple[str, ...] = topics(), topic: str = "other") -> None:
        self.said, self.topics, self.topic = said, taught, topic
        self.thresholds, self.version, self.costly = load(model_folder() / "thresholds.json"), "chooser", False

    def score(self, document: Document, mentions: Mentions) -> Scores:
        assert self.said, "this article was not to be scored"
        return scores(mentions, *self.said, topic=self.topic)

    def at_first_sight(self, document: Document, mentions: Mentions) -> Scores:
        return self.score(document, mentions)

    def warm(self) -> None: ...


def _step(unit: int, said: Sequence[Said], mentions: Mentions) -> StepScores:
    stage, news = np.full((2, len(STAGES)), NO, np.float32)
    date, body, instrument = (
        np.full((len(of) + 1, len(STAGES)), -np.log(len(of) + 1), np.float32)
        for of in (mentions.dates, mentions.bodies, mentions.instruments)
    )
    place = np.zeros((len(mentions.jurisdictions), len(STAGES)), np.float32)
    effect = np.full((len(STAGES), len(EFFECTS)), 1 / len(EFFECTS), np.float32)
    direction = np.full((len(STAGES), len(DIRECTIONS)), 1 / len(DIRECTIONS), np.float32)
    for one in said:
        number = STAGES.index(one.stage)
        stage[number], news[number] = one.odds, one.news
        date[:, number] = chosen(len(date), _date(one, mentions))
        place[:, number] = _place(one, mentions)
        body[:, number] = chosen(len(body), _word(one.body, [m.words for m in mentions.bodies]))
        instrument[:, number] = chosen(len(instrument), _word(one.instrument, [m.words for m in mentions.instruments]))
        if one.effect:
            effect[number] = np.exp(chosen(len(EFFECTS), EFFECTS.index(one.effect)))
        direction[number] = np.exp(chosen(len(DIRECTIONS), DIRECTIONS.index(one.direction), CERTAIN))
    return StepScores(unit, stage, news, date, place, body, instrument, effect, direction)


def chosen(count: int, number: int, sure: float = SURE) -> Floats:
    """Log-probabilities of which one is `sure`."""
    told = np.full(count, (1 - sure) / max(1, count - 1), np.float32)
    told[number] = sure
    return np.log(told)


def _date(one: Said, mentions: Mentions) -> int:
    if not one.date:
        return len(mentions.dates)
    return next(
        number
        for number, choice in enumerate(mentions.dates)
        if choice.mention.text == one.date and (not one.value or str(choice.value) == one.value)
    )


def _place(one: Said, mentions: Mentions) -> Floats:
    names = [place.name for place in mentions.jurisdictions]
    told = chosen(len(names), names.index(one.place) if one.place else 0)
    if one.rival:
        told[names.index(one.rival)] = told.max() - 0.1
    return told


def _word(words: str, of: list[str]) -> int:
    return of.index(words) if words else len(of)
