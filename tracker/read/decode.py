"""Scores → Events: pure. The same step told twice is one event, exactly one event is the news, "30 days after
adoption" is added up, and a government that comes close is kept as another that may be meant."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import exp

import numpy as np

from tracker.kinds import Witness
from tracker.model import Direction, Effect, Jurisdiction, PublishedBasis, Stage
from tracker.partial_date import PartialDate
from tracker.read.dates import Tense
from tracker.read.mentions import DateChoice, Mentions, Span, WordMention
from tracker.read.scorer import DIRECTIONS, EFFECTS, STAGES, Floats, Scores, StepScores
from tracker.read.thresholds import Thresholds, sigmoid

ACTS = frozenset({Stage.ADOPTED, Stage.REJECTED})
"""What has happened when it is reported: it has no date ahead."""
OUTCOMES = frozenset({Stage.ADOPTED, Stage.RESCINDED, Stage.REJECTED})
"""What a vote comes to: of one day a sentence tells one of them. On the part for choosing entry F1 is .550 with
this, .547 without."""
SURER = 0.3
"""Log-odds by which a sentence must tell one outcome more surely than another for the weak one to lend nothing: neither
its date nor its place to the same step as another sentence tells it. From 0.5 on too few are put aside."""
BETTER = 1.5
"""Log-odds by which one outcome of a change must be surer than the same one of another date for that to go. With
`SURER` and this, entry F1 is .563 on the part for choosing, .559 without; of the news, .573 and .563 are all right."""
MOST_OTHERS = 5
"""Other governments that are told of an event."""
NO_STEP = -8.0
"""Log-odds of the best step of an article that tells none."""


@dataclass(frozen=True, slots=True)
class Event:
    """One stage of one change.

    `unit`: the title (0) or sentence (from 1 on) that states it; `proof`: the sentence that is quoted; `part`: what of
    the unit tells it, where not all of it does. `step`, `news`: log-odds that it is a step, and points for being the
    news. `sure`: the chance that place, stage and date are right. `chosen`: the words of the date; None where none are
    told. `witness`: who tells it; `rule`: the article's words that name the rule, where a model was asked. `undated`:
    its date is reckoned from a day of publication that nobody knows, so that it tells none.
    """

    unit: int
    proof: int
    stage: Stage
    place: Jurisdiction
    others: tuple[Jurisdiction, ...]
    date: PartialDate | None
    chosen: DateChoice | None
    body: WordMention | None
    instrument: WordMention | None
    effect: Effect | None
    direction: Direction | None
    step: float
    news: float
    place_odds: float
    date_odds: float
    part: Span | None = None
    sure: float = 0.0
    witness: Witness = Witness.ENCODER
    rule: str = ""
    undated: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """What an article is: the chance that it reports a change, its events, the news first, and those left out.
    `undatable`: left out because nobody knows on which day the article ran (`datable`)."""

    chance: float
    events: tuple[Event, ...]
    left_out: tuple[Event, ...]
    undatable: tuple[Event, ...] = ()


def decode(scores: Scores, mentions: Mentions, published: date, by: Thresholds) -> Decision:
    """The decision on an article. `events` is empty where it reports no change."""
    told = [replace(event, sure=sure(event, by)) for event in events(scores, mentions, published, by)]
    best = max((event.step for event in told), default=NO_STEP)
    chance = sigmoid(by.change(scores.change, best))
    if not told or chance < by.accept:
        return Decision(chance, (), tuple(told))
    news = max(told, key=lambda event: event.news)
    rest = sorted((event for event in told if event is not news), key=lambda event: -event.sure)
    kept = [event for event in rest if event.sure >= by.keep]
    return Decision(chance, (news, *kept), tuple(event for event in rest if event.sure < by.keep))


def events(scores: Scores, mentions: Mentions, published: date, by: Thresholds) -> list[Event]:
    """Every step that the article may tell, each once."""
    told = added_up(list(candidates(scores, mentions, published, by)), published)
    told = merged(without_weaker(told, _same_vote, SURER))
    return without_weaker(without_weaker(told, _same_vote), _same_outcome, BETTER)


def candidates(scores: Scores, mentions: Mentions, published: date, by: Thresholds) -> Iterable[Event]:
    """An event for every stage that a unit may state."""
    if not mentions.jurisdictions or len(mentions.units) < 2:  # no place, or a title without a text
        return
    told: set[tuple[int, int]] = set()
    for step in sorted(scores.steps, key=lambda step: step.part is not None):
        for number in range(len(STAGES)):
            odds = by.step(float(scores.stage[step.unit, number]), float(step.stage[number]), step.part is not None)
            if odds >= by.considered and (step.unit, number) not in told:
                yield _event(scores, step, number, odds, mentions, published, by)
                if step.part is None:  # of what the whole sentence tells no part is asked
                    told.add((step.unit, number))


def _event(
    scores: Scores, step: StepScores, number: int, odds: float, mentions: Mentions, published: date, by: Thresholds
) -> Event:
    stage = STAGES[number]
    place, place_odds, others = _place(step.place[:, number], mentions, by)
    chosen, date_odds = _date(step.date[:, number], mentions, stage, published)
    effect, direction = step.effect[number], step.direction[number]
    return Event(
        unit=step.unit,
        proof=step.unit or 1 + int(scores.stage[1:, number].argmax()),
        stage=stage,
        place=place,
        others=others,
        date=chosen.value if chosen else None,
        chosen=chosen,
        body=_word(step.body[:, number], mentions.bodies),
        instrument=_word(step.instrument[:, number], mentions.instruments),
        effect=EFFECTS[int(effect.argmax())] if effect.max() >= by.effect else None,
        direction=DIRECTIONS[int(direction.argmax())] if direction.max() >= by.direction else None,
        step=odds,
        news=by.news(float(scores.news[step.unit, number]), float(step.news[number])) + min(0.0, odds),
        place_odds=place_odds,
        date_odds=date_odds,
        part=step.part,
    )


def _place(told: Floats, mentions: Mentions, by: Thresholds) -> tuple[Jurisdiction, float, tuple[Jurisdiction, ...]]:
    """The likeliest government, its log-odds, and those that come close."""
    order = np.argsort(-told, kind="stable")
    best = mentions.jurisdictions[order[0]]
    close = [mentions.jurisdictions[n] for n in order[1:] if told[order[0]] - told[n] < by.close]
    named = [other for m in mentions.places if m.placed.jurisdiction.id == best.id for other in m.placed.others]
    others = dict.fromkeys(place for place in (*close, *named) if place.id != best.id)
    return best, log_odds(float(told[order[0]])), tuple(others)[:MOST_OTHERS]


def _date(told: Floats, mentions: Mentions, stage: Stage, published: date) -> tuple[DateChoice | None, float]:
    """The likeliest value, told once or more, or none; and its log-odds."""
    chances: dict[object, float] = {}
    first: dict[object, tuple[float, DateChoice | None]] = {}
    for number, log in enumerate(told):
        choice = mentions.dates[number] if number < len(mentions.dates) else None
        if choice and stage in ACTS and lies_ahead(choice, published):
            continue
        key = None if choice is None else choice.value or choice.mention.days
        chances[key] = chances.get(key, 0.0) + exp(log)
        if key not in first or first[key][0] < log:
            first[key] = (float(log), choice)
    total = sum(chances.values())
    best = max(chances, key=lambda key: chances[key])
    share = chances[best] / total if total else 0.0
    return first[best][1], log_odds(np.log(max(share, 1e-9)))


def lies_ahead(choice: DateChoice, published: date) -> bool:
    """A day ahead, or a distance that leads there: "30 days after adoption" is the day of no adoption."""
    return choice.value.first_day() > published if choice.value else (choice.mention.days or 0) > 0


def _word(told: Floats, found: tuple[WordMention, ...]) -> WordMention | None:
    best = int(told.argmax())
    return found[best] if best < len(found) else None


def added_up(events: list[Event], published: date) -> list[Event]:
    """With the day of every event that is told as a distance from another one's."""
    known = [
        event for event in events if event.date and event.date.day and event.stage in (Stage.ADOPTED, Stage.RESCINDED)
    ]
    known.sort(key=lambda event: -event.step)

    def told(event: Event) -> Event:
        if event.chosen is None or event.chosen.value is not None:
            return event
        base = next((other.date for other in known if other.place.id == event.place.id), None)
        start = base.first_day() if base else published
        try:
            day = start + timedelta(event.chosen.mention.days or 0)
            return replace(event, date=PartialDate.of(day))
        except (OverflowError, ValueError):
            return replace(event, chosen=None)

    return [told(event) for event in events]


def merged(events: list[Event]) -> list[Event]:
    """One event for every step: of one place and stage, those of one date; a coarser date, or none, goes with a finer
    one. The surest tells it, with the date and proof of the one that has them."""
    told: list[Event] = []
    for event in sorted(events, key=lambda event: (-_fineness(event), -event.step)):
        twin = next((number for number, other in enumerate(told) if _same_step(other, event)), None)
        if twin is None:
            told.append(event)
        else:
            told[twin] = _joined(told[twin], event)
    return told


def _fineness(event: Event) -> int:
    when = event.date
    return 0 if when is None else 1 + (when.month is not None) + (when.day is not None)


def _same_step(finer: Event, other: Event) -> bool:
    if finer.stage is not other.stage or finer.place.id != other.place.id:
        return False
    return (
        other.date is None or finer.date == other.date or (finer.date is not None and other.date.contains(finer.date))
    )


def _joined(finer: Event, other: Event) -> Event:
    """The surer of two, with the finer date."""
    news = max(finer.news, other.news)
    if other.step <= finer.step:
        return replace(finer, news=news)
    proven = finer if finer.unit and finer.date else other
    dated = replace(other, news=news, date=finer.date, chosen=finer.chosen, date_odds=finer.date_odds)
    return replace(dated, unit=proven.unit, proof=proven.proof)


def without_weaker(events: list[Event], alike: Callable[[Event, Event], bool], surer: float = 0.0) -> list[Event]:
    """Without those that another one, surer by so many log-odds, tells otherwise."""
    kept: list[Event] = []
    for event in sorted(events, key=lambda event: -event.step):
        if not any(alike(event, other) and other.step - event.step >= surer for other in kept):
            kept.append(event)
    return kept


def _same_vote(one: Event, two: Event) -> bool:
    """Two outcomes of one vote in a sentence: a repeal is passed, and adopts nothing."""
    same = (one.unit, one.place.id, one.date) == (two.unit, two.place.id, two.date)
    return same and one.stage is not two.stage and {one.stage, two.stage} <= OUTCOMES


def _same_outcome(one: Event, two: Event) -> bool:
    """Two dates for one outcome of one change: an agreement is adopted once."""
    same = one.stage is two.stage and one.place.id == two.place.id
    return same and one.stage in OUTCOMES and one.unit != two.unit


def sure(event: Event, by: Thresholds) -> float:
    """The calibrated chance that place, stage and date are all right."""
    return sigmoid(by.sure(event.step, event.place_odds, event.date_odds))


def log_odds(log: float) -> float:
    """Log-probability → log-odds, bounded."""
    chance = min(max(exp(log), 1e-6), 1 - 1e-6)
    return float(np.log(chance / (1 - chance)))


def datable(decision: Decision, basis: PublishedBasis) -> Decision:
    """The decision, of an article of which nobody knows on which day it ran without the days that are reckoned from it.

    A day that is reckoned from a wrong one is wrong, and a wrong day on a timeline is worse than none. So "Tuesday",
    "last month" and "July 6" give no date; only a date that the text gives with its year holds whenever the article
    ran. A step without a date says that it had happened by then: one that lay ahead of the article may not have, so it
    is left out. Steps of one place and stage that only such dates told apart are one."""
    if basis is not PublishedBasis.SEEN:
        return decision
    kept: dict[object, Event] = {}
    left_out: list[Event] = []
    for number, event in enumerate(decision.events):
        step = event.place.id, event.stage
        if _with_its_year(event):
            kept[number] = event
        elif event.stage is Stage.PROPOSED or _ahead(event) or step in kept:
            left_out.append(event)
        else:
            kept[step] = replace(event, undated=True)
    return replace(decision, events=tuple(kept.values()), undatable=tuple(left_out))


def _ahead(event: Event) -> bool:
    """Told as still to come, by its verb or by the value that was chosen; a start without a day of its own may be."""
    if event.chosen is None or event.chosen.value is None:
        return event.stage is Stage.EFFECTIVE
    mention = event.chosen.mention
    return mention.direction is Tense.FUTURE or mention.past != mention.future == event.chosen.value


def _with_its_year(event: Event) -> bool:
    """Whether the text itself gives the date, year and all."""
    mention, when = event.chosen.mention if event.chosen else None, event.date
    return bool(mention and when and when == mention.past == mention.future and str(when.year) in mention.text)


def completed(events: Sequence[Event]) -> list[Event]:
    """The events of an article, starts with the body of what is decided there, and with its instrument where they name
    none: "it takes effect Thursday" does not say again who acted."""
    decided = [event for event in events if event.stage in (Stage.ADOPTED, Stage.RESCINDED)]

    def started(event: Event) -> Event:
        twin = next((one for one in decided if one.place.id == event.place.id), None)
        if event.stage is not Stage.EFFECTIVE or twin is None:
            return event
        return replace(event, body=twin.body, instrument=event.instrument or twin.instrument)

    return [started(event) for event in events]
