"""Teaches the network: one article at first sight, then its sentences one by one, marked.

Every epoch shows each article once without a mark (is it a change? which topic? which sentence states which stage? which
is the news?), each proven sentence marked (which stages? whose date, place, body, instrument? what effect?), and some
sentences that state nothing. A run can be cut at any moment: it goes on from its last checkpoint.
"""

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from math import exp
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from tracker.read.features import date_features, nearest, place_features, word_features
from tracker.read.mentions import Span
from tracker.read.rows import Row, inside_of, marked
from tracker.read.scorer import STAGES
from tracker.read.training.examples import Example, Step
from tracker.read.training.network import WIDTH, Network, Pools

RATE, HEAD_RATE, DECAY = 1e-4, 8e-4, 0.01
"""Of the encoder's layers and of what is new (AdamW); as in the first experiment, a little more for fewer layers."""
WARM_STEPS = 80
LOWEST = 0.02
"""Share of the rate that is left at the end."""
ROWS = 16
"""Rows in a batch."""
CHECKPOINT_S = 240
MOST_STEPS = 5
"""Marked sentences of one article in an epoch."""
QUIET, QUIET_ELSEWHERE = 0.9, 0.7
"""Chance that an article adds a marked sentence that states nothing: one with a change, one without."""
EMPTY_WEIGHT = 0.7
SUSPECT = 100.0
"""How much likelier a quiet sentence is shown that was surely taken for a step: those are what will be asked about."""
WEIGHTS = {
    "change": 1.0, "topic": 0.4, "topic of no change": 0.15, "stage": 6.0, "news": 0.7, "some sentence": 0.7,
    "marked stage": 2.5, "marked news": 0.7, "date": 0.8, "place": 0.8, "body": 0.2, "instrument": 0.15, "effect": 0.3, "direction": 0.2,
}  # fmt: skip
"""What an error costs in each question."""


@dataclass(frozen=True, slots=True)
class Task:
    """One row to learn from: an article's row at first sight (unit None) or with a unit marked."""

    example: Example
    row: Row
    unit: int | None


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


def tasks(examples: list[Example], chance: random.Random) -> list[Task]:
    """What one epoch shows."""
    found = []
    for example in examples:
        found += [Task(example, row, None) for row in example.rows]
        units = list(example.steps)
        chance.shuffle(units)
        chosen = units[:MOST_STEPS]
        change = example.record["is_change"]
        if example.quoted and chance.random() < (QUIET if change else QUIET_ELSEWHERE):
            chosen += _quiet(example, chance)
        found += [Task(example, marked(example.tokens, example.span(unit)), unit) for unit in chosen]
    return found


def _quiet(example: Example, chance: random.Random) -> list[int]:
    """A sentence that states no step: likelier one that was taken for one, or has a date or a body."""
    first = 1 if example.record["is_change"] else 0
    free = [unit for unit in range(first, len(example.mentions.units)) if unit not in example.steps]
    if not free:
        return []
    telling = {example.stands.unit(m.span) for m in (*example.mentions.dates, *example.mentions.bodies)}
    weights = [(4.0 if unit in telling else 1.0) + SUSPECT * expit(example.suspected.get(unit, -9.0)) for unit in free]
    return chance.choices(free, weights)


def expit(odds: float) -> float:
    return 1 / (1 + exp(-max(-30.0, min(30.0, odds))))


def encoded(network: Network, batch: list[Task], lower: Cache) -> Tensor:
    """hidden [rows, tokens, WIDTH] of a batch."""
    longest = -(-max(len(task.row.ids) for task in batch) // 32) * 32
    hidden, mask = torch.zeros(len(batch), longest, WIDTH), torch.zeros(len(batch), longest)
    kinds, marks = (torch.zeros(len(batch), longest, dtype=torch.long) for _ in range(2))
    for number, task in enumerate(batch):
        size = len(task.row.ids)
        hidden[number, :size] = lower(task).float()
        mask[number, :size] = 1
        kinds[number, :size] = torch.from_numpy(task.row.kinds)
        marks[number, :size] = torch.from_numpy(task.row.marks)
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=network.training):
        return network.upper(hidden, kinds, marks, mask).float()


def units_of(example: Example, row: Row) -> list[int]:
    """The units that a row holds whole or in the larger part."""
    found = []
    for unit in range(len(example.mentions.units)):
        span = example.span(unit)
        if len(inside_of(row, span, example.tokens)):
            found.append(unit)
    return found


def pooled(hidden: Tensor, spans: list[Span], task: Task) -> Tensor:
    """[spans, WIDTH]: the mean of each span's tokens, zeros where the row has none."""
    return Pools.of([inside_of(task.row, span, task.example.tokens) for span in spans], len(hidden)) @ hidden


def at_first_sight(network: Network, hidden: Tensor, task: Task) -> tuple[list[int], tuple[Tensor, ...]]:
    """The units of a row and what the article's heads say of them."""
    units = units_of(task.example, task.row)
    vectors = pooled(hidden, [task.example.span(unit) for unit in units], task)
    return units, network.article(vectors, hidden.mean(0))


def when_marked(network: Network, hidden: Tensor, task: Task) -> tuple[Tensor, ...]:
    """What the step's heads say of the marked unit; see StepHeads."""
    unit, example = task.unit, task.example
    assert unit is not None
    found = example.mentions
    sentence = pooled(hidden, [example.span(unit)], task)[0]
    mentioned = pooled(hidden, [m.span for m in found.places], task)
    near = torch.zeros(len(found.jurisdictions), 2 * WIDTH)
    for number, place in enumerate(found.jurisdictions):
        of = found.named(place)
        closest = nearest(unit, [found.places[each] for each in of], example.stands)
        if closest is not None:
            near[number] = torch.cat([mentioned[of[closest]], mentioned[of].mean(0)])
    published = example.document.read.published
    return network.step(
        sentence, hidden.mean(0),
        pooled(hidden, [m.span for m in found.dates], task), _tensor(date_features(unit, found, example.stands, published)),
        near, _tensor(place_features(unit, found, example.stands)),
        pooled(hidden, [m.span for m in found.bodies], task), _tensor(word_features(unit, found.bodies, example.stands)),
        pooled(hidden, [m.span for m in found.instruments], task), _tensor(word_features(unit, found.instruments, example.stands)),
    )  # fmt: skip


def _tensor(array: np.ndarray) -> Tensor:
    return torch.from_numpy(array)


def loss_of(network: Network, hidden: Tensor, task: Task) -> dict[str, Tensor]:
    """The parts of a row's loss by question."""
    trimmed = hidden[: len(task.row.ids)]
    if task.unit is None:
        return _first_loss(network, trimmed, task)
    return _marked_loss(network, trimmed, task)


def _first_loss(network: Network, hidden: Tensor, task: Task) -> dict[str, Tensor]:
    units, told = at_first_sight(network, hidden, task)
    highest = told[2].detach().max(1).values.tolist()
    task.example.suspected |= dict(zip(units, highest, strict=True))
    return article_loss(units, told, task)


def article_loss(units: list[int], told: tuple[Tensor, ...], task: Task) -> dict[str, Tensor]:
    """The parts of the loss of a row at first sight, by question."""
    change, topic, stage, news = told
    example, share = task.example, 1 / len(task.example.rows)
    is_change = bool(example.record["is_change"])
    here = {number: example.steps[unit] for number, unit in enumerate(units) if unit in example.steps}
    found = {}
    if here or not is_change or share == 1:  # a part of a long article without a step is no evidence of one
        found["change"] = functional.binary_cross_entropy_with_logits(change[0], torch.tensor(float(is_change))) * share
    if example.topics:
        right = -torch.logsumexp(functional.log_softmax(topic, -1)[example.topics], 0) * share
        found["topic" if is_change else "topic of no change"] = right
    found |= _stage_loss(stage, here, example, share)
    primary = torch.zeros_like(news)
    for number, steps in here.items():
        for step in steps:
            primary[number, step.stage] = step.primary
    if primary.any():
        found["news"] = -torch.logsumexp(functional.log_softmax(news.flatten(), 0)[primary.flatten() > 0], 0)
    return found


def _stage_loss(stage: Tensor, here: dict[int, list[Step]], example: Example, share: float) -> dict[str, Tensor]:
    """Which sentence states which stage; where the sentences are not known, that some do (multiple instances)."""
    right, known, found = torch.zeros_like(stage), torch.ones_like(stage), {}
    for number, steps in here.items():
        for step in steps:
            right[number, step.stage] = 1
    if example.record["is_change"] and not right[0].any():
        known[0] = 0  # the title may say it again
    if not example.quoted:
        known = right.clone()
        some = torch.zeros(len(STAGES))
        some[example.stages] = 1
        if share == 1:
            found["some sentence"] = functional.binary_cross_entropy_with_logits(stage.max(0).values, some)
    weighted = functional.binary_cross_entropy_with_logits(stage, right, weight=known, reduction="sum")
    return found | {"stage": weighted / max(1, len(stage)) / len(STAGES) * share}


def _marked_loss(network: Network, hidden: Tensor, task: Task) -> dict[str, Tensor]:
    assert task.unit is not None
    stage, news, *choices, effect, direction, _ = when_marked(network, hidden, task)
    steps = task.example.steps.get(task.unit, [])
    right, primary = torch.zeros(len(STAGES)), torch.zeros(len(STAGES))
    for step in steps:
        right[step.stage] = 1
        primary[step.stage] = max(float(primary[step.stage]), float(step.primary))
    known = torch.ones(len(STAGES)) if task.example.quoted else right.clone()
    found = {"marked stage": functional.binary_cross_entropy_with_logits(stage, right, weight=known)}
    if not steps:
        return {"marked stage": found["marked stage"] * EMPTY_WEIGHT}
    found["marked news"] = (
        functional.binary_cross_entropy_with_logits(news, primary, weight=right, reduction="sum") / right.sum()
    )
    by_stage: dict[int, list[Step]] = {}
    for step in steps:
        by_stage.setdefault(step.stage, []).append(step)
    for number, of in by_stage.items():
        _add_choices(found, choices, number, of, 1 / len(by_stage))
        step = of[0]
        if step.effect is not None and step.direction is not None:
            _add(found, "effect", functional.cross_entropy(effect[number], torch.tensor(step.effect)) / len(by_stage))
            _add(
                found,
                "direction",
                functional.cross_entropy(direction[number], torch.tensor(step.direction)) / len(by_stage),
            )
    return found


def _add_choices(found: dict[str, Tensor], choices: list[Tensor], stage: int, steps: list[Step], share: float) -> None:
    for name, logits in zip(("date", "place", "body", "instrument"), choices, strict=True):
        wanted = sorted({number for step in steps for number in _wanted(step, name)})
        if wanted and len(logits) > 1:
            _add(found, name, -torch.logsumexp(functional.log_softmax(logits[:, stage], 0)[wanted], 0) * share)


def _wanted(step: Step, name: str) -> list[int]:
    return {"date": step.dates, "place": step.places, "body": step.bodies, "instrument": step.instruments}[name]


def _add(found: dict[str, Tensor], name: str, loss: Tensor) -> None:
    found[name] = found[name] + loss if name in found else loss


class Training:
    """A run over some epochs with a checkpoint in `folder`."""

    def __init__(self, network: Network, examples: list[Example], epochs: int, folder: Path) -> None:
        self._network, self._examples, self._epochs = network, examples, epochs
        self._checkpoint = folder / "checkpoint.pt"
        upper = [*network.upper.layers.parameters()]
        known = {id(parameter) for parameter in upper}
        new = [p for p in network.parameters() if p.requires_grad and id(p) not in known]
        self._optimizer = torch.optim.AdamW(
            [{"params": upper, "lr": RATE}, {"params": new, "lr": HEAD_RATE}], weight_decay=DECAY
        )
        self._rates = [group["lr"] for group in self._optimizer.param_groups]
        self._cache = Cache(network)

    def run(self, until: float = float("inf")) -> Iterator[int]:
        """Trains, and gives the number of each epoch that is done."""
        epoch, at = self._resumed()
        for number in range(epoch, self._epochs):
            self._epoch(number, at)
            at = 0
            self._save(number + 1, 0)
            yield number

    def _batches(self, epoch: int) -> list[list[Task]]:
        chance = random.Random(epoch)
        shown = tasks(self._examples, chance)
        shown.sort(key=lambda task: len(task.row.ids) + 40 * chance.random())
        batches = [shown[start : start + ROWS] for start in range(0, len(shown), ROWS)]
        chance.shuffle(batches)
        return batches

    def _epoch(self, epoch: int, at: int) -> None:
        self._network.train()
        torch.manual_seed(1000 * epoch + at)
        batches = self._batches(epoch)
        started = saved = time.monotonic()
        told: dict[str, list[float]] = {}
        for number, batch in enumerate(batches):
            if number < at:
                continue
            self._turn((epoch + number / len(batches)) / self._epochs, epoch * len(batches) + number)
            for name, value in self._learn(batch).items():
                told.setdefault(name, []).append(value)
            if number % 20 == 19:
                means = " ".join(f"{name} {np.mean(values[-200:]):.3f}" for name, values in told.items())
                print(
                    f"{epoch}: {number + 1} of {len(batches)}, {time.monotonic() - started:.0f} s, {means}", flush=True
                )
            if time.monotonic() - saved > CHECKPOINT_S:
                self._save(epoch, number + 1)
                saved = time.monotonic()

    def _turn(self, share: float, step: int) -> None:
        """The rate of a moment: it rises over the first steps and falls to the end."""
        factor = min((step + 1) / WARM_STEPS, max(LOWEST, 1 - share))
        for group, rate in zip(self._optimizer.param_groups, self._rates, strict=True):
            group["lr"] = rate * factor

    def _learn(self, batch: list[Task]) -> dict[str, float]:
        hidden = encoded(self._network, batch, self._cache)
        parts: dict[str, list[Tensor]] = {}
        for number, task in enumerate(batch):
            for name, loss in loss_of(self._network, hidden[number], task).items():
                parts.setdefault(name, []).append(loss)
        total = sum(WEIGHTS[name] * torch.stack(losses).sum() for name, losses in parts.items()) / len(batch)
        self._optimizer.zero_grad()
        total.backward()
        nn.utils.clip_grad_norm_([p for p in self._network.parameters() if p.requires_grad], 1.0)
        self._optimizer.step()
        return {name: float(torch.stack(losses).mean().detach()) for name, losses in parts.items()}

    def _save(self, epoch: int, at: int) -> None:
        known = {
            "network": self._network.state_dict(),
            "optimizer": self._optimizer.state_dict(),
            "epoch": epoch,
            "at": at,
        }
        part = self._checkpoint.with_suffix(".part")
        torch.save(known, part)
        part.replace(self._checkpoint)

    def _resumed(self) -> tuple[int, int]:
        if not self._checkpoint.exists():
            return 0, 0
        known = torch.load(self._checkpoint, weights_only=True)
        self._network.load_state_dict(known["network"])
        self._optimizer.load_state_dict(known["optimizer"])
        return known["epoch"], known["at"]
