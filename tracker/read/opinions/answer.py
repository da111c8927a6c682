"""A model's answer → checked choices. Whatever comes is foreign: what was not listed, or cannot be, is refused with the
reason, and nothing of such an answer is used."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from tracker.errors import OpinionRefused
from tracker.model import Direction, Effect, Stage
from tracker.read.decode import ACTS, lies_ahead
from tracker.read.mentions import Mentions, WordMention, unit_span
from tracker.read.opinions.opinion import Opinion, OpinionStep, nearest
from tracker.read.opinions.request import MOST_STEPS, NONE, Numbers
from tracker.read.text.document import Document
from tracker.read.topics import topics

LONGEST_ANSWER = 100_000
"""Characters; 24 steps need 8,000."""
LONGEST_RULE = 200
"""Characters of the words that name a rule: more is a sentence. They are cut, since no harm is in them."""
SHOWN = 60
"""Characters of a foreign value that a reason quotes."""
_WORD = re.compile(r"\w+")
_CUT = re.compile(r"\.\.\.|…")
"""Where a model leaves words out."""
Kind = TypeVar("Kind", Stage, Effect, Direction)


def checked(content: str, document: Document, mentions: Mentions) -> Opinion:
    """The opinion that an answer holds. Raises OpinionRefused with the reason: no JSON of the form that was asked for,
    a number that was not listed, a date ahead for an act that is over, words that the article does not have, or two
    news."""
    told = _object(content)
    if not isinstance(told.get("change"), bool) or not isinstance(told.get("steps"), list):
        raise OpinionRefused("it does not say `change` and `steps`")
    if not told["change"]:
        return Opinion(is_change=False)
    if not 0 < len(told["steps"]) <= MOST_STEPS:
        raise OpinionRefused(f"it tells a change with {len(told['steps'])} steps; 1 to {MOST_STEPS} can be")
    topic = told.get("topic", NONE)
    if topic not in (NONE, *topics()):
        raise OpinionRefused(f"there is no topic {_shown(topic)}")
    checker = _Checker(document, mentions)
    choices = [checker.choice(step) for step in told["steps"]]
    if (news := sum(choice.news for choice in choices)) > 1:
        raise OpinionRefused(f"{news} of its steps are the news; one can be")
    if not news:  # the first one that comes to mind
        choices[0] = replace(choices[0], news=True)
    return Opinion(True, "" if topic == NONE else topic, tuple(choices))


def _object(content: str) -> Mapping[str, Any]:
    if len(content) > LONGEST_ANSWER:
        raise OpinionRefused(f"it is longer than {LONGEST_ANSWER:,} characters")
    try:
        told = json.loads(content)
    except (ValueError, RecursionError):
        raise OpinionRefused("it is no JSON") from None
    if not isinstance(told, dict):
        raise OpinionRefused("it is no JSON object")
    return told


def _shown(value: object) -> str:
    return repr(str(value)[:SHOWN])


class _Checker:
    """Turns the names of one article's lists back into numbers of its mentions."""

    def __init__(self, document: Document, mentions: Mentions) -> None:
        self._document, self._mentions = document, mentions
        self._numbers = Numbers(document, mentions)
        self._words = _plain(f"{document.read.title} \n {document.read.text}") + " "

    def choice(self, step: object) -> OpinionStep:
        if not isinstance(step, dict):
            raise OpinionRefused("a step of it is no JSON object")
        unit, stage = self._unit(step.get("sentence")), _one(Stage, step.get("stage"))
        return OpinionStep(
            unit=unit,
            stage=stage,
            date=self._date(step.get("date"), stage),
            place=_listed(step.get("place"), "P", self._numbers.places),
            body=self._nearest(step.get("body"), "B", self._numbers.bodies, self._mentions.bodies, unit),
            instrument=self._nearest(
                step.get("instrument"), "I", self._numbers.instruments, self._mentions.instruments, unit
            ),
            effect=_effect(step.get("effect")),
            direction=_one_or_none(Direction, step.get("direction")),
            rule=self._rule(step.get("rule")),
            news=step.get("news") is True,
        )

    def _unit(self, name: object) -> int:
        return _listed(name, "S", self._numbers.units, first=0)

    def _date(self, name: object, stage: Stage) -> int | None:
        if _is_none(name):
            return None
        number = _listed(name, "D", self._numbers.dates)
        if stage in ACTS and lies_ahead(self._mentions.dates[number], self._document.read.published):
            raise OpinionRefused(f"it tells that something was {stage} on a day that is still to come")
        return number

    def _nearest(
        self, name: object, letter: str, groups: Sequence[list[int]], found: tuple[WordMention, ...], unit: int
    ) -> int | None:
        """Of the mentions of one name the one that stands closest to the step's sentence."""
        if _is_none(name):
            return None
        here = unit_span(self._document, self._mentions, unit)
        return nearest(_listed(name, letter, groups), here, lambda number: found[number].span)

    def _rule(self, words: object) -> str:
        if words is None:
            return ""
        if not isinstance(words, str):
            raise OpinionRefused("the words of a rule are no text")
        words = " ".join(words.split())
        if not (words.isprintable() and all(_plain(part) in self._words for part in _CUT.split(words))):
            raise OpinionRefused(f"the article does not have the words {_shown(words)}")
        return words[:LONGEST_RULE]


def _plain(text: str) -> str:
    """As words are compared: whole, in lower case, whatever stands between them."""
    return f" {' '.join(_WORD.findall(text.lower()))} "


def _is_none(name: object) -> bool:
    return name is None or name == NONE


Listed = TypeVar("Listed")


def _listed(name: object, letter: str, listed: Sequence[Listed], first: int = 1) -> Listed:
    """What stands in a list under a name like `P2`."""
    digits = name[1:] if isinstance(name, str) and name[:1] == letter else ""
    if digits.isascii() and digits.isdigit() and len(digits) < 6 and 0 <= int(digits) - first < len(listed):
        return listed[int(digits) - first]
    raise OpinionRefused(f"there is no {letter}-number {_shown(name)} among those that were listed")


def _one(kind: type[Kind], name: object) -> Kind:
    try:
        return kind(str(name))
    except ValueError:
        raise OpinionRefused(f"there is no {kind.__name__.lower()} {_shown(name)}") from None


def _one_or_none(kind: type[Kind], name: object) -> Kind | None:
    return None if _is_none(name) else _one(kind, name)


def _effect(name: object) -> Effect | None:
    effect = _one_or_none(Effect, name)
    return None if effect is Effect.UNCLEAR else effect
