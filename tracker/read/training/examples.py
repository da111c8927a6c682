"""Labelled article → what the network is taught with: rows, mentions and the right choices."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Any

import numpy as np

from tracker.characters import as_seen
from tracker.model import Article
from tracker.read.bodies import usual_name
from tracker.read.encoder.features import MentionUnits, mention_units
from tracker.read.encoder.rows import ArticleTokens, TokenRow, tokens, whole
from tracker.read.encoder.small_look import tokenizer
from tracker.read.evaluate import place_id
from tracker.read.mentions import DateChoice, Mentions, Span, mentions, unit_span
from tracker.read.places.gazetteer import load
from tracker.read.places.resolve import PlaceReader
from tracker.read.scorer import DIRECTIONS, EFFECTS, STAGES
from tracker.read.text.document import Document, document
from tracker.read.topics import topics
from tracker.read.training.corpus import Record

LEAST_OVERLAP = 8
"""Characters that a sentence shares with a quote to be it."""


@dataclass(slots=True)
class Step:
    """The right choices for a stage in a sentence; numbers of mentions, the number behind the last for none. Several
    where any of them is right, none where it is not known."""

    stage: int
    primary: bool
    dates: list[int]
    places: list[int]
    bodies: list[int]
    instruments: list[int]
    effect: int | None
    direction: int | None


@dataclass(slots=True)
class Example:
    """An article as the network meets it. `steps`: unit → its steps. `quoted`: every entry has its sentence.
    `perhaps`: unit → stages that it may state as well: it has the words of the date of a step that another sentence
    proves. `suspected`: unit → the highest log-odds of a stage that it was last given at first sight."""

    record: Record
    document: Document
    mentions: Mentions
    tokens: ArticleTokens
    stands: MentionUnits
    rows: list[TokenRow]
    steps: dict[int, list[Step]] = field(default_factory=dict)
    quoted: bool = True
    stages: list[int] = field(default_factory=list)
    suspected: dict[int, float] = field(default_factory=dict)
    perhaps: dict[int, set[int]] = field(default_factory=dict)

    def sentences(self) -> list[str]:
        """The words of each unit."""
        return [unit.text if unit else self.document.read.title for unit in self.mentions.units]

    def span(self, unit: int) -> Span:
        return unit_span(self.document, self.mentions, unit)

    def steps_in(self, unit: int, part: Span | None) -> tuple[list[Step], set[int]]:
        """The steps that a unit states, or a part of it: those whose date stands there. And the stages of which it is
        not known: those that another sentence proves as well, and in a part those without a date here."""
        steps, open_to = self.steps.get(unit, []), self.perhaps.get(unit, set())
        if part is None:
            return steps, open_to
        spans = [(step, self._dated(step, unit)) for step in steps]
        here = [step for step, said in spans if any(part.start < span.end <= part.end for span in said)]
        undated = {step.stage for step, said in spans if not said}
        return here, open_to | (undated - {step.stage for step in here})

    def _dated(self, step: Step, unit: int) -> list[Span]:
        """Where a unit has the right dates of a step."""
        whole = self.span(unit)
        spans = [self.mentions.dates[number].span for number in step.dates if number < len(self.mentions.dates)]
        return [s for s in spans if s.in_title == whole.in_title and whole.start < s.end <= whole.end]

    @property
    def topics(self) -> list[int]:
        told = [self.record.get("topic"), *(self.record.get("topic_alt") or ())]
        return [topics().index(each) for each in told if each in topics()]


def article_of(record: Record) -> Article:
    return Article(
        id=record["id"],
        url=record["url"],
        title=record["title"],
        text=record["text"],
        published=date.fromisoformat(record["published"][:10]),
        publisher=record.get("publisher") or "",
        source_home=record.get("source_home"),
    )


@cache
def places() -> PlaceReader:
    """The one reader of places."""
    return PlaceReader(load())


def example(record: Record) -> Example:
    """The example of a record."""
    seen = document(article_of(record))
    found = mentions(seen, places()).likely()
    given = tokens(seen, found, tokenizer())
    made = Example(record, seen, found, given, mention_units(found), whole(given))
    for entry in record["entries"] or []:
        made.stages.append(STAGES.index(entry["stage"]))
        unit = _unit(made, entry.get("quote"))
        if unit is None:
            made.quoted = False
        else:
            made.steps.setdefault(unit, []).append(_step(made, entry, unit))
    _note_doubtful(made)
    return made


def _note_doubtful(made: Example) -> None:
    """A sentence that is quoted for one step often tells another's date too: that it does not state it is not known."""
    told = [
        (STAGES.index(entry["stage"]), entry["date_quote"])
        for entry in made.record["entries"] or []
        if entry.get("date_quote")
    ]
    for number, unit in enumerate(made.mentions.units):
        text = unit.text if unit else made.document.read.title
        stages = {stage for stage, words in told if words in text} - {step.stage for step in made.steps.get(number, ())}
        if stages:
            made.perhaps[number] = stages


def _unit(made: Example, quote: str | None) -> int | None:
    """The title or sentence that shares most with a quote."""
    said = as_seen(quote or "")
    if not said:
        return None
    start = made.document.read.text.find(said)
    if start < 0:
        return 0 if said in made.document.read.title else None
    shared = [
        -1 if unit is None else min(unit.end, start + len(said)) - max(unit.start, start)
        for unit in made.mentions.units
    ]
    best = int(np.argmax(shared))
    return best if shared[best] >= min(LEAST_OVERLAP, len(said)) else None


def _step(made: Example, entry: dict[str, Any], unit: int) -> Step:
    effect = entry.get("effect")
    return Step(
        stage=STAGES.index(entry["stage"]),
        primary=bool(entry.get("primary")),
        dates=_dates(made, entry, unit),
        places=[
            number
            for number, place in enumerate(made.mentions.jurisdictions)
            if place.id == place_id(entry["jurisdiction"])
        ],
        bodies=_bodies(made, entry),
        instruments=_instruments(made, entry),
        effect=EFFECTS.index(effect) if effect else None,
        direction=DIRECTIONS.index(entry.get("direction")) if effect else None,
    )


def _dates(made: Example, entry: dict[str, Any], unit: int) -> list[int]:
    told, quoted = entry["date"], entry.get("date_quote")
    if told is None or (told == made.record["published"][:7] and not quoted):
        return [len(made.mentions.dates)]
    right = [number for number, choice in enumerate(made.mentions.dates) if str(choice.value) == told]
    right = right or [
        n for n, choice in enumerate(made.mentions.dates) if choice.value is None and _reached(made, choice, told)
    ]
    said = [number for number in right if quoted and made.mentions.dates[number].mention.text in quoted]
    here = [number for number in right if made.stands.unit(made.mentions.dates[number].span) == unit]
    both = [number for number in said if number in here]
    return both or said or here or right


def _reached(made: Example, choice: DateChoice, told: str) -> bool:
    """True where a distance leads from another entry's day to this one's."""
    days = {entry["date"] for entry in made.record["entries"] if len(entry["date"] or "") == len("2017-07-06")}
    return any(str(date.fromisoformat(day) + timedelta(choice.mention.days or 0)) == told for day in days)


def _bodies(made: Example, entry: dict[str, Any]) -> list[int]:
    """The mentions that would give the labelled body its name."""
    wanted, place = (entry.get("body") or "").casefold(), load().get(place_id(entry["jurisdiction"]))
    if not wanted or place is None:
        return []
    own = usual_name(wanted, place)
    right = [
        number
        for number, found in enumerate(made.mentions.bodies)
        if (name := usual_name(found.words, place)) is not None and name == own
    ]
    return right or ([len(made.mentions.bodies)] if own is None else [])


def _instruments(made: Example, entry: dict[str, Any]) -> list[int]:
    """The mentions whose words end the labelled instrument, or stand in it."""
    wanted = (entry.get("instrument") or "").casefold()
    if not wanted:
        return []
    found = made.mentions.instruments
    ends = [number for number, each in enumerate(found) if wanted.endswith(each.words)]
    return ends or [number for number, each in enumerate(found) if each.words in wanted] or [len(found)]
