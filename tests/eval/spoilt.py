"""Answers that are spoilt on purpose, as a poor model answers: wrong, and of the right form."""

import random
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from tracker.model import Stage
from tracker.read.decode import ACTS, lies_ahead
from tracker.read.mentions import Mentions
from tracker.read.opinions.opinion import Opinion, OpinionStep
from tracker.read.text.document import Document
from tracker.read.topics import topics

Value = TypeVar("Value")
FLIPPED = 0.15
"""The share of spoilt answers that say the contrary of whether there is a change."""


def spoilt(opinion: Opinion, mentions: Mentions, document: Document, draw: random.Random) -> Opinion:
    """The opinion with every step of it wrong in stage, date, place or sentence; or no change where there was one, and
    one where there was none."""
    if not opinion.is_change or draw.random() < FLIPPED:
        return _contrary(opinion, mentions, draw)
    return replace(opinion, choices=tuple(_wrong(choice, mentions, document, draw) for choice in opinion.choices))


def _contrary(opinion: Opinion, mentions: Mentions, draw: random.Random) -> Opinion:
    if opinion.is_change or len(mentions.units) < 2 or not mentions.jurisdictions:
        return Opinion(is_change=False)
    unit = draw.randrange(1, len(mentions.units))
    place = draw.randrange(len(mentions.jurisdictions))
    choice = OpinionStep(unit, draw.choice(list(Stage)), None, place, news=True)
    return Opinion(True, draw.choice(topics()), (choice,))


def _wrong(choice: OpinionStep, mentions: Mentions, document: Document, draw: random.Random) -> OpinionStep:
    ways: list[Callable[[], OpinionStep]] = [lambda: replace(choice, stage=_other(list(Stage), choice.stage, draw))]
    if mentions.dates:
        dates = [None, *range(len(mentions.dates))]
        ways.append(lambda: replace(choice, date=_other(dates, choice.date, draw)))
    if len(mentions.jurisdictions) > 1:
        places = list(range(len(mentions.jurisdictions)))
        ways.append(lambda: replace(choice, place=_other(places, choice.place, draw)))
    told = draw.choice(ways)()
    ahead = told.date is not None and lies_ahead(mentions.dates[told.date], document.read.published)
    return replace(told, date=None) if ahead and told.stage in ACTS else told


def _other(among: list[Value], value: Value, draw: random.Random) -> Value:
    return draw.choice([other for other in among if other != value])
