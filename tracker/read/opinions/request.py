"""(Document, Mentions) → what a language model is asked about one article. The encoder's own choice is not shown: the
model is to be an independent witness.

The interface is that of `chat/completions` with `response_format` of a JSON schema, as OpenAI defined it and Ollama,
llama.cpp, vLLM and most hosts speak it. The schema's fields are enumerations of the numbers that the question lists, so
whoever keeps to it can choose, and invent nothing.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256
from importlib.resources import files
from itertools import groupby
from typing import Any

from tracker.model import Direction, Effect, Stage
from tracker.read.mentions import DateChoice, Mentions, Span, WordMention, unit_span
from tracker.read.text.document import Document
from tracker.read.topics import topics

NONE = "none"
LONGEST_QUESTION = 20_000
"""Characters of an article's sentences that are asked about; of a longer one the beginning. A news story of 400 words
has 2,500."""
MOST_STEPS = 24
"""Steps of an answer; the labelled articles have 17 at most."""
MOST_WHERE = 6
"""Sentences that are told of a mention: a name that stands everywhere need not fill the page."""
_TURNS = re.compile(r"<(?=[|/\w\uff5c])|\[(?=/?(?:INST\b|[A-Z]+_[A-Z_]+\]))")
"""Where a mark may begin by which servers part the turns of a conversation (`<|im_end|>`, `</s>`, `[INST]`): they take
those of an article for their own."""
_FULL_WIDTH = str.maketrans("<[", "\uff1c\uff3b")
Schema = dict[str, Any]


@dataclass(frozen=True)
class Request:
    """What is asked about one article. `rules` are the same for all; `question` has its title, sentences and mentions;
    `schema` is the JSON schema of an answer."""

    rules: str
    question: str
    schema: Schema

    @cached_property
    def fingerprint(self) -> str:
        """Names all of it: SHA-256, in hexadecimal digits. An answer is to the request of its fingerprint."""
        return sha256(json.dumps([self.rules, self.question, self.schema]).encode()).hexdigest()

    def messages(self) -> list[dict[str, str]]:
        """The two messages of a conversation: the rules, then the article."""
        return [{"role": "system", "content": self.rules}, {"role": "user", "content": self.question}]

    def body(self, model: str) -> dict[str, Any]:
        """The body of a request to `chat/completions`."""
        form = {"name": "opinion", "strict": True, "schema": self.schema}
        return {
            "model": model,
            "messages": self.messages(),
            "temperature": 0,
            "response_format": {"type": "json_schema", "json_schema": form},
        }


@cache
def rules() -> str:
    """What counts, each stage with what it is not, how dates are told, and examples: `data/opinion_rules.txt`."""
    return files("tracker.read.data").joinpath("opinion_rules.txt").read_text(encoding="utf-8")


def request(document: Document, mentions: Mentions) -> Request:
    """What is asked about an article. Every value of an expression of time has a number of its own; places, bodies and
    instruments have one for all mentions of the same words."""
    numbers = Numbers(document, mentions)
    return Request(rules(), "\n".join(_question(document, mentions, numbers)), _schema(numbers))


class Numbers:
    """By which names an article's sentences and mentions are listed: `S0` the title, `S1` the first sentence; `D1`,
    `P1`, `B1`, `I1`. `bodies` and `instruments` are lists of the mentions of the same words."""

    def __init__(self, document: Document, mentions: Mentions) -> None:
        self.units = _asked(document, mentions)
        self._spans = [unit_span(document, mentions, unit) for unit in self.units]
        dates = [number for number, choice in enumerate(mentions.dates) if self.unit_of(choice.span) is not None]
        self.dates = sorted(dates, key=lambda one: (not mentions.dates[one].span.in_title, mentions.dates[one].span))
        self.places = list(range(len(mentions.jurisdictions)))
        self.bodies = self._by_words(mentions.bodies)
        self.instruments = self._by_words(mentions.instruments)

    def unit_of(self, span: Span) -> int | None:
        """The unit in which a mention begins; None where that is not asked about."""
        inside = (
            unit
            for unit, own in zip(self.units, self._spans, strict=True)
            if own.in_title == span.in_title and own.start <= span.start < own.end
        )
        return next(inside, None)

    def _by_words(self, found: tuple[WordMention, ...]) -> list[list[int]]:
        alike: dict[str, list[int]] = {}
        for number, mention in enumerate(found):
            if self.unit_of(mention.span) is not None:
                alike.setdefault(mention.words, []).append(number)
        return list(alike.values())


def _asked(document: Document, mentions: Mentions) -> list[int]:
    """The units that a question has room for: the title and the first sentences."""
    asked, room = [], LONGEST_QUESTION
    for unit in range(len(mentions.units)):
        span = unit_span(document, mentions, unit)
        room -= span.end - span.start
        if room < 0 and unit > 0:
            break
        asked.append(unit)
    return asked


def _question(document: Document, mentions: Mentions, numbers: Numbers) -> Iterator[str]:
    article = document.read
    home = mentions.home.label if mentions.home else "not known"
    yield f"PUBLISHED {article.published:%A} {article.published.isoformat()}; the outlet's home: {home}"
    yield "SENTENCES (S0 is the headline)"
    for unit in numbers.units:
        sentence = mentions.units[unit]
        yield f"S{unit} {_one_line(sentence.text if sentence else article.title)}"
    yield "DATES"
    yield from _dates(mentions, numbers)
    yield "PLACES"
    yield from _places(mentions, numbers)
    for title, letter, groups, found in (
        ("BODIES", "B", numbers.bodies, mentions.bodies),
        ("INSTRUMENTS", "I", numbers.instruments, mentions.instruments),
    ):
        yield title
        for number, group in enumerate(groups, 1):
            where = _where(numbers, (found[one].span for one in group))
            yield f"{letter}{number} {found[group[0]].words} [{where}]"


def _dates(mentions: Mentions, numbers: Numbers) -> Iterator[str]:
    """A line for each expression, with all values that it may have."""
    named = {one: f"D{number}" for number, one in enumerate(numbers.dates, 1)}
    for span, group in groupby(numbers.dates, key=lambda one: mentions.dates[one].span):
        same = list(group)
        values = ", ".join(f"{named[one]} {_value(mentions.dates[one])}" for one in same)
        yield f"{values} “{_one_line(mentions.dates[same[0]].mention.text)}” [{_where(numbers, [span])}]"


def _value(choice: DateChoice) -> str:
    """`Thu 2017-07-06`, `2017-06`, or what a distance says."""
    if choice.value is None:
        return f"a distance of {choice.mention.days} days from another step or day"
    return f"{choice.value.first_day():%a} {choice.value}" if choice.value.day else str(choice.value)


def _places(mentions: Mentions, numbers: Numbers) -> Iterator[str]:
    for number, one in enumerate(numbers.places, 1):
        place = mentions.jurisdictions[one]
        where = _where(numbers, (mentions.places[mention].span for mention in mentions.named(place)))
        around = one < len(mentions.jurisdictions) - mentions.further_places
        unnamed = "not named: around the outlet" if around else "another of a name"
        yield f"P{number} {place.label} ({place.kind}) [{where or unnamed}]"


def _where(numbers: Numbers, spans: Iterable[Span]) -> str:
    """`S1 S4`: the first few of the sentences that hold a mention."""
    held = dict.fromkeys(unit for span in spans if (unit := numbers.unit_of(span)) is not None)
    return " ".join(f"S{unit}" for unit in list(held)[:MOST_WHERE])


def _one_line(text: str) -> str:
    """The text on one line, in which nothing ends the line, the list or the turn that it stands in."""
    return _TURNS.sub(lambda mark: mark[0].translate(_FULL_WIDTH), " ".join(text.split()))


def _schema(numbers: Numbers) -> Schema:
    """The JSON schema of an answer, in the form that strict servers want: every field required, nothing beside."""
    step = {
        "sentence": _one_of(f"S{unit}" for unit in numbers.units),
        "stage": _one_of(Stage),
        "date": _one_of([NONE, *(f"D{number + 1}" for number in range(len(numbers.dates)))]),
        "place": _one_of(f"P{number + 1}" for number in range(len(numbers.places))),
        "body": _one_of([NONE, *(f"B{number + 1}" for number in range(len(numbers.bodies)))]),
        "instrument": _one_of([NONE, *(f"I{number + 1}" for number in range(len(numbers.instruments)))]),
        "effect": _one_of(Effect),
        "direction": _one_of([NONE, *Direction]),
        "rule": {"type": "string"},
        "news": {"type": "boolean"},
    }
    steps = {"type": "array", "maxItems": MOST_STEPS, "items": _object(step)}
    return _object({"change": {"type": "boolean"}, "topic": _one_of([NONE, *topics()]), "steps": steps})


def _object(fields: Schema) -> Schema:
    return {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}


def _one_of(values: Iterable[str]) -> Schema:
    return {"type": "string", "enum": [str(value) for value in values]}
