"""An opinion by what it means (sentence, stage, value of the date, id of the place, words), so that a recorded one
outlives sentences and mentions that are numbered anew."""

from collections.abc import Callable
from typing import Any

from tracker.errors import OpinionRefused
from tracker.model import Direction, Effect, Stage
from tracker.read.mentions import Mentions, Span, WordMention, unit_span
from tracker.read.opinions.opinion import Opinion, OpinionStep, nearest
from tracker.read.text.document import Document

Meaning = dict[str, Any]


def to_meaning(opinion: Opinion, document: Document, mentions: Mentions) -> Meaning:
    """The opinion as JSON; what is none is left out. A date is {"value": EDTF or "days": distance, "words": …}."""
    steps = [_step(choice, document, mentions) for choice in opinion.choices]
    return {"change": opinion.is_change, "topic": opinion.topic, "steps": steps}


def _step(choice: OpinionStep, document: Document, mentions: Mentions) -> Meaning:
    step = {
        "sentence": unit_text(choice.unit, document, mentions),
        "stage": choice.stage.value,
        "date": _date(choice.date, mentions),
        "place": mentions.jurisdictions[choice.place].id,
        "body": None if choice.body is None else mentions.bodies[choice.body].words,
        "instrument": None if choice.instrument is None else mentions.instruments[choice.instrument].words,
        "effect": choice.effect,
        "direction": choice.direction,
        "rule": choice.rule,
        "news": choice.news,
    }
    return {name: value for name, value in step.items() if value not in (None, "", False)}


def unit_text(unit: int, document: Document, mentions: Mentions) -> str:
    """What stands in a unit, on one line."""
    sentence = mentions.units[unit]
    return " ".join((sentence.text if sentence else document.read.title).split())


def _date(number: int | None, mentions: Mentions) -> Meaning | None:
    if number is None:
        return None
    choice = mentions.dates[number]
    words = {"words": " ".join(choice.mention.text.split())}
    return words | ({"value": str(choice.value)} if choice.value else {"days": choice.mention.days})


def from_meaning(told: Meaning, document: Document, mentions: Mentions) -> Opinion:
    """The opinion with the numbers that its sentences and mentions have today. Raises OpinionRefused where one of them
    is no longer there."""
    choices = tuple(_choice(step, document, mentions) for step in told["steps"])
    return Opinion(told["change"], told["topic"], choices)


def _choice(step: Meaning, document: Document, mentions: Mentions) -> OpinionStep:
    unit = _unit(step["sentence"], document, mentions)
    here = unit_span(document, mentions, unit)
    places = [number for number, place in enumerate(mentions.jurisdictions) if place.id == step["place"]]
    if not places:
        raise OpinionRefused(f"the place {step['place']} is not among those of the article")
    return OpinionStep(
        unit=unit,
        stage=Stage(step["stage"]),
        date=_same_date(step.get("date"), here, mentions),
        place=places[0],
        body=_same_words(step.get("body"), here, mentions.bodies),
        instrument=_same_words(step.get("instrument"), here, mentions.instruments),
        effect=Effect(step["effect"]) if "effect" in step else None,
        direction=Direction(step["direction"]) if "direction" in step else None,
        rule=step.get("rule", ""),
        news=step.get("news", False),
    )


def _unit(sentence: str, document: Document, mentions: Mentions) -> int:
    """The unit of that text; else one that holds it or is part of it: sentences may be parted otherwise by now."""
    texts = [unit_text(unit, document, mentions) for unit in range(len(mentions.units))]
    alike: tuple[Callable[[str], bool], ...] = (
        lambda text: text == sentence,
        lambda text: bool(text) and sentence in text,
        lambda text: bool(text) and text in sentence,
    )
    found = (unit for is_alike in alike for unit, text in enumerate(texts) if is_alike(text))
    unit = next(found, None)
    if unit is None:
        raise OpinionRefused(f"the article has no sentence {sentence[:60]!r}")
    return unit


def _same_date(told: Meaning | None, here: Span, mentions: Mentions) -> int | None:
    """The date of that value, if there are several the one of the same words, the nearest."""
    if told is None:
        return None
    fitting = [
        number
        for number, choice in enumerate(mentions.dates)
        if (str(choice.value) == told.get("value") if choice.value else choice.mention.days == told.get("days"))
    ]
    if not fitting:
        raise OpinionRefused(f"the date {told.get('value') or told.get('days')} is not among those of the article")
    same = [n for n in fitting if " ".join(mentions.dates[n].mention.text.split()) == told["words"]]
    return nearest(same or fitting, here, lambda number: mentions.dates[number].span)


def _same_words(words: str | None, here: Span, found: tuple[WordMention, ...]) -> int | None:
    """The nearest mention of those words; None where they are no longer listed: no step falls with them."""
    same = [number for number, mention in enumerate(found) if mention.words == words]
    return nearest(same, here, lambda number: found[number].span) if same else None
