"""What an epoch shows, and how a row goes through the network: an article at first sight, then its sentences one by one,
marked."""

import random
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from tracker.read.encoder.features import date_features, nearest_of_each, place_features, word_features
from tracker.read.encoder.rows import TokenRow, held, marked, parts
from tracker.read.mentions import Span
from tracker.read.thresholds import sigmoid
from tracker.read.training.corpus import is_contrast
from tracker.read.training.examples import Example
from tracker.read.training.network import WIDTH, Network, StepHeads, few_bits

MOST_STEPS, MOST_OF_CONTRAST = 5, 2
"""Marked sentences of one article in an epoch, and of one that was made from another, whose other sentences are known: those of
its news first."""
SEVERAL = 4
"""More times that a sentence of two stages is shown ("approved last month, takes effect Thursday"): they are four in 100,
and without this the second stage was not seen."""
QUIET, QUIET_ELSEWHERE = 0.9, 0.7
"""Chance that an article adds a marked sentence that states nothing: one with a change, one without."""
SUSPECT = 100.0
"""How much likelier a quiet sentence is shown that was surely taken for a step: those are what will be asked about."""


@dataclass(frozen=True, slots=True)
class Task:
    """One row to learn from: an article's row at first sight (unit None), or with a unit marked, or a part of it."""

    example: Example
    row: TokenRow
    unit: int | None
    part: Span | None = None

    @property
    def asked(self) -> Span:
        """What is marked."""
        assert self.unit is not None
        return self.part or self.example.span(self.unit)


class Cache:
    """The lower layers' output of every row without its marks, in half precision."""

    def __init__(self, network: Network) -> None:
        self._network, self._known = network, {}

    def __call__(self, task: Task) -> Tensor:
        key = (id(task.example), task.row.unmarked)
        if key not in self._known:
            ids = torch.from_numpy(task.row.ids)[None]
            with torch.no_grad():
                self._known[key] = self._network.lower(ids, torch.ones(ids.shape))[0].to(torch.float16)
        return self._known[key]


def tasks(examples: list[Example], chance: random.Random, most: int | None = None) -> list[Task]:
    """What one epoch shows: every article at first sight, and of the marked sentences so many that there are at `most` so many
    rows."""
    whole = whole_rows(examples)
    asked = [task for example in examples for task in _asked(example, chance)]
    if most is not None and len(whole) + len(asked) > most:
        asked = chance.sample(asked, max(0, most - len(whole)))
    return whole + asked


def _asked(example: Example, chance: random.Random) -> list[Task]:
    units = list(example.steps)
    chance.shuffle(units)
    if is_contrast(example.record):
        units = sorted(units, key=lambda unit: not any(step.primary for step in example.steps[unit]))[:MOST_OF_CONTRAST]
    several = [unit for unit in units if len({step.stage for step in example.steps[unit]}) > 1]
    chosen = units[:MOST_STEPS] + several * SEVERAL
    change = example.record["is_change"]
    if example.quoted and chance.random() < (QUIET if change else QUIET_ELSEWHERE):
        chosen += _quiet(example, chance)
    found = [Task(example, marked(example.tokens, example.span(unit)), unit) for unit in chosen]
    return found + [task for unit in units[:MOST_STEPS] for task in parts_of(example, unit)]


def parts_of(example: Example, unit: int) -> list[Task]:
    """The parts between the dates of a sentence that states a step."""
    return [
        Task(example, marked(example.tokens, part), unit, part)
        for part in parts(example.span(unit), example.document, example.mentions)
    ]


def whole_rows(examples: list[Example]) -> list[Task]:
    """Every article at first sight."""
    return [Task(example, row, None) for example in examples for row in example.rows]


def _quiet(example: Example, chance: random.Random) -> list[int]:
    """A sentence that states no step: likelier one that was taken for one, or has a date or a body."""
    first = 1 if example.record["is_change"] else 0
    free = [unit for unit in range(first, len(example.mentions.units)) if unit not in example.steps]
    if not free:
        return []
    telling = {example.stands.unit(m.span) for m in (*example.mentions.dates, *example.mentions.bodies)}
    weights = [
        (4.0 if unit in telling else 1.0) + SUSPECT * sigmoid(example.suspected.get(unit, -9.0)) for unit in free
    ]
    return chance.choices(free, weights)


def in_one(batch: list[Task], lower: Cache) -> tuple[Tensor, Tensor]:
    """The lower layers' output of a batch [rows, tokens, WIDTH] and its mask [rows, tokens]."""
    longest = -(-max(len(task.row.ids) for task in batch) // 32) * 32
    hidden, mask = torch.zeros(len(batch), longest, WIDTH), torch.zeros(len(batch), longest)
    for number, task in enumerate(batch):
        hidden[number, : len(task.row.ids)] = lower(task).float()
        mask[number, : len(task.row.ids)] = 1
    return hidden, mask


def encoded(network: Network, batch: list[Task], lower: Cache) -> Tensor:
    """hidden [rows, tokens, WIDTH] of a batch."""
    hidden, mask = in_one(batch, lower)
    kinds, marks = torch.zeros(2, *mask.shape, dtype=torch.long)
    for number, task in enumerate(batch):
        kinds[number, : len(task.row.ids)] = torch.from_numpy(task.row.kinds)
        marks[number, : len(task.row.ids)] = torch.from_numpy(task.row.marks)
    with few_bits(network.training):
        return network.upper(hidden, kinds, marks, mask).float()


def units_of(example: Example, row: TokenRow) -> list[int]:
    """The units of which a row holds something."""
    spans = [example.span(unit) for unit in range(len(example.mentions.units))]
    return [unit for unit, _ in held(row, spans, example.tokens)]


def pooled(hidden: Tensor, spans: list[Span], task: Task) -> Tensor:
    """[spans, WIDTH]: the mean of each span's tokens, zeros where the row has none."""
    means = torch.zeros(len(spans), len(hidden))
    for number, at in held(task.row, spans, task.example.tokens):
        means[number, at.start : at.stop] = 1 / len(at)
    return means @ hidden


def at_first_sight(network: Network, hidden: Tensor, task: Task) -> tuple[list[int], tuple[Tensor, ...]]:
    """The units of a row and what the article's heads say of them."""
    units = units_of(task.example, task.row)
    vectors = pooled(hidden, [task.example.span(unit) for unit in units], task)
    return units, network.article(vectors, hidden.mean(0))


def when_marked(heads: StepHeads, hidden: Tensor, task: Task) -> tuple[Tensor, ...]:
    """What the step's heads say of the marked unit; see StepHeads."""
    unit, example = task.unit, task.example
    assert unit is not None
    found = example.mentions
    sentence = pooled(hidden, [task.asked], task)[0]
    mentioned = pooled(hidden, [m.span for m in found.places], task)
    near = torch.zeros(len(found.jurisdictions), 2 * hidden.shape[1])
    for number, closest, of in nearest_of_each(unit, found, example.stands):
        near[number] = torch.cat([mentioned[closest], mentioned[of].mean(0)])
    published = example.document.read.published
    return heads(
        sentence, hidden.mean(0),
        pooled(hidden, [m.span for m in found.dates], task), _tensor(date_features(unit, found, example.stands, published)),
        near, _tensor(place_features(unit, found, example.stands)),
        pooled(hidden, [m.span for m in found.bodies], task), _tensor(word_features(unit, found.bodies, example.stands)),
        pooled(hidden, [m.span for m in found.instruments], task), _tensor(word_features(unit, found.instruments, example.stands)),
    )  # fmt: skip


def _tensor(array: np.ndarray) -> Tensor:
    return torch.from_numpy(array)
