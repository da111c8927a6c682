"""Two witnesses, one decision: the encoder's scores and a model's opinion → events, as `decode` gives them alone. Pure.

Every step that one of them tells is a candidate. The chance that its place, stage and date are all right is a logistic
regression on what both say of it, with the weights of `trust`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import exp, log

import numpy as np

from tracker.kinds import Witness
from tracker.model import Stage
from tracker.read.decode import ACTS, NO_STEP, Decision, Event, added_up, decode, events
from tracker.read.mentions import Mentions
from tracker.read.opinions.opinion import Opinion, OpinionStep
from tracker.read.opinions.trust import Trust, WitnessWeights
from tracker.read.scorer import EFFECTS, STAGES, Scores, StepScores
from tracker.read.thresholds import Thresholds, sigmoid

FURTHEST, FURTHEST_CHANGE = 6.0, 3.0
"""Log-odds of a step, and of a change, are taken no further from even than this: what is beyond says nothing more."""


def decide(
    scores: Scores, mentions: Mentions, opinion: Opinion, published: date, by: Thresholds, trust: Trust
) -> Decision:
    """The decision on an article by both witnesses."""
    if trust.weights is None:
        return decode(scores, mentions, published, by)
    return decided(both(scores, mentions, opinion, published, by), trust.weights)


def model_alone(scores: Scores, mentions: Mentions, opinion: Opinion, published: date, by: Thresholds) -> Decision:
    """The opinion as a decision, whatever the encoder says."""
    return Decision(float(opinion.is_change), tuple(_chosen(scores, mentions, opinion, published, by)), ())


@dataclass(frozen=True, slots=True)
class Candidate:
    """A step that may be told, and what both witnesses say of it: the numbers that its chance is made of."""

    event: Event
    features: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """All that both witnesses say of an article. `change`: the numbers that the chance of a change is made of."""

    change: tuple[float, ...]
    candidates: tuple[Candidate, ...]


def decided(account: Account, by: WitnessWeights) -> Decision:
    """What the account comes to. A step that the model tells and one that only the encoder does are weighed by weights
    of their own; of two that cannot both be, the likelier one is told."""
    chance = sigmoid(_odds(by.change, account.change))
    told = [replace(one.event, sure=sigmoid(_odds(_weights_of(one, by), one.features))) for one in account.candidates]
    if not told or chance < by.accept:
        return Decision(chance, (), tuple(told))
    told.sort(key=lambda event: -event.sure)
    kept: list[Event] = []
    for event in told:
        if not any(rivals(event, other) for other in kept):
            kept.append(event)
    news = max(kept, key=lambda event: event.news)
    rest = [event for event in kept if event is not news]
    left_out = [event for event in told if event is not news and (event.sure < by.keep or event not in rest)]
    return Decision(chance, (news, *(event for event in rest if event.sure >= by.keep)), tuple(left_out))


def _weights_of(one: Candidate, by: WitnessWeights) -> tuple[float, ...]:
    return by.encoder if one.event.witness is Witness.ENCODER else by.model


def _odds(weights: Sequence[float], features: Sequence[float]) -> float:
    return weights[0] + sum(weight * value for weight, value in zip(weights[1:], features, strict=True))


def rivals(one: Event, other: Event) -> bool:
    """Whether two steps cannot both be told: of one place and stage with dates of which one holds the other, or by one
    sentence with another stage of the same day; one that the model tells as two, it means."""
    if Witness.ENCODER not in (one.witness, other.witness):
        return False
    if one.place.id == other.place.id and one.stage is other.stage:
        return True
    return one.unit == other.unit and (one.stage is not other.stage or one.place.id != other.place.id)


def both(scores: Scores, mentions: Mentions, opinion: Opinion, published: date, by: Thresholds) -> Account:
    """What both witnesses say of an article."""
    encoder = events(scores, mentions, published, by)
    alone = decode(scores, mentions, published, by)
    model = _chosen(scores, mentions, opinion, published, by)
    best = max((event.step for event in encoder), default=NO_STEP)
    odds = _bounded(by.change(scores.change, best), FURTHEST_CHANGE)
    change = (1.0, odds, 0.0) if opinion.is_change else (0.0, 0.0, odds)
    found = [_by_model(event, alone, encoder, len(model), scores, mentions) for event in model]
    found += [
        _by_encoder(event, alone, model, opinion)
        for event in encoder
        if not any(_alike(event, other) for other in model)
    ]
    return Account(change, tuple(found))


def _chosen(scores: Scores, mentions: Mentions, opinion: Opinion, published: date, by: Thresholds) -> list[Event]:
    """The events that an opinion comes to, each once."""
    told = added_up([_event(choice, scores, mentions, by) for choice in opinion.choices], published)
    kept: list[Event] = []
    for event in sorted(told, key=lambda event: -event.news):
        if event.stage in ACTS and event.date and event.date.first_day() > published:  # a distance that led ahead
            continue
        if not any(_alike(event, other) for other in kept):
            kept.append(event)
    return kept


def _event(choice: OpinionStep, scores: Scores, mentions: Mentions, by: Thresholds) -> Event:
    number = STAGES.index(choice.stage)
    step = _step(scores, choice.unit)
    chosen = None if choice.date is None else mentions.dates[choice.date]
    first = float(scores.stage[choice.unit, number])
    odds = by.step(first, float(step.stage[number])) if step else min(first, NO_STEP)
    return Event(
        unit=choice.unit,
        proof=choice.unit or 1 + int(scores.stage[1:, number].argmax()),
        stage=choice.stage,
        place=mentions.jurisdictions[choice.place],
        others=(),
        date=chosen.value if chosen else None,
        chosen=chosen,
        body=None if choice.body is None else mentions.bodies[choice.body],
        instrument=None if choice.instrument is None else mentions.instruments[choice.instrument],
        effect=choice.effect if step and choice.effect is EFFECTS[int(step.effect[number].argmax())] else None,
        direction=choice.direction,
        step=odds,
        news=1.0 if choice.news else 0.0,
        place_odds=_place_odds(step, choice, number, mentions) if step else 0.0,
        date_odds=_date_odds(step, choice, number, mentions) if step else 0.0,
        witness=Witness.MODEL,
        rule=choice.rule,
    )


def _step(scores: Scores, unit: int) -> StepScores | None:
    return next((step for step in scores.steps if step.unit == unit and step.part is None), None)


def _place_odds(step: StepScores, choice: OpinionStep, number: int, mentions: Mentions) -> float:
    """The encoder's log-odds of the place; even of one that it was not taught to choose."""
    if choice.place >= len(mentions.jurisdictions) - mentions.further_places:
        return 0.0
    return _log_odds(float(step.place[choice.place, number]))


def _date_odds(step: StepScores, choice: OpinionStep, number: int, mentions: Mentions) -> float:
    """The encoder's log-odds of the value that was chosen, told once or more, or of none; even of one that it was not
    taught to choose."""
    logs = step.date[:, number]
    if choice.date is None:
        return _log_odds(float(logs[-1]))
    if choice.date >= len(mentions.dates) - mentions.further_dates:
        return 0.0
    value = mentions.dates[choice.date].value
    same = [float(logs[n]) for n, other in enumerate(mentions.dates) if other.value == value]
    return _log_odds(float(np.log(max(1e-9, sum(map(exp, same))))))


def _log_odds(of: float) -> float:
    """Log-probability → log-odds, bounded."""
    chance = min(max(exp(of), 1e-6), 1 - 1e-6)
    return _bounded(log(chance / (1 - chance)))


def _bounded(odds: float, furthest: float = FURTHEST) -> float:
    return max(-furthest, min(furthest, odds))


def _alike(one: Event, other: Event) -> bool:
    return (one.place.id, one.stage, one.date) == (other.place.id, other.stage, other.date)


def _by_model(
    event: Event,
    alone: Decision,
    encoder: Iterable[Event],
    count: int,
    scores: Scores,
    mentions: Mentions,
) -> Candidate:
    """A step of the model's, with what the encoder says of it."""
    twin = next((other for other in encoder if _alike(event, other)), None)
    told = twin is not None and any(_alike(event, other) for other in alone.events)
    otherwise = any(_another(event, other) for other in alone.events)
    features = (
        float(told),
        _bounded(twin.step) if twin else -FURTHEST,
        float(otherwise),
        _bounded(event.step),
        event.place_odds,
        event.date_odds,
        event.news,
        log(count),
        float(event.date is None),
        float(event.date is not None and event.date.day is None),
        *_stage(event),
    )
    witness = Witness.BOTH if told else Witness.MODEL
    lent = replace(event, others=twin.others) if twin else event
    return Candidate(replace(lent, witness=witness), features)


def _by_encoder(event: Event, alone: Decision, model: Sequence[Event], opinion: Opinion) -> Candidate:
    """A step that only the encoder tells."""
    features = (
        float(any(_alike(event, other) for other in alone.events)),
        _bounded(event.step),
        _bounded(event.place_odds),
        _bounded(event.date_odds),
        float(opinion.is_change),
        float(any(_another(event, other) for other in model)),
        *_stage(event),
    )
    news = 0.5 if alone.events and _alike(event, alone.events[0]) else 0.0
    return Candidate(replace(event, witness=Witness.ENCODER, news=news), features)


def _another(one: Event, other: Event) -> bool:
    """Whether two steps may be one that is told differently: by one sentence, or of one place and stage."""
    same = one.place.id == other.place.id and one.stage is other.stage
    return not _alike(one, other) and (one.unit == other.unit or same)


def _stage(event: Event) -> tuple[float, ...]:
    """One number a stage but adopted, which the others are compared with."""
    return tuple(float(event.stage is stage) for stage in STAGES if stage is not Stage.ADOPTED)
