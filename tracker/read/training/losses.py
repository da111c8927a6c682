"""What an error costs: the parts of a row's loss, by question."""

import torch
from torch import Tensor
from torch.nn import functional

from tracker.read.scorer import STAGES
from tracker.read.training.examples import Example, Step
from tracker.read.training.network import Network, StepHeads
from tracker.read.training.passes import Task, at_first_sight, when_marked

EMPTY_WEIGHT = 0.7
"""Of a marked sentence that states nothing; there are more of them than there are steps."""
WEIGHTS = {
    "change": 1.0, "topic": 0.4, "topic of no change": 0.15, "stage": 6.0, "news": 0.7, "some sentence": 0.7,
    "marked stage": 2.5, "marked news": 0.7, "date": 0.8, "place": 0.8, "body": 0.2, "instrument": 0.15, "effect": 0.3,
    "direction": 0.2,
}  # fmt: skip
"""What an error costs in each question. Stages weigh most: they are means over many sentences, most of them quiet."""


CHOICES = {"date": "dates", "place": "places", "body": "bodies", "instrument": "instruments"}
"""What a step takes, and where its right mentions stand in a Step; in the order of the network's answers."""


def loss_of(network: Network, hidden: Tensor, task: Task) -> dict[str, Tensor]:
    """The parts of a row's loss by question."""
    trimmed = hidden[: len(task.row.ids)]
    if task.unit is None:
        return _first_loss(network, trimmed, task)
    return marked_loss(network.step, trimmed, task)


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
    found |= _stage_loss(stage, units, here, example, share)
    primary = torch.zeros_like(news)
    for number, steps in here.items():
        for step in steps:
            primary[number, step.stage] = step.primary
    if primary.any():
        found["news"] = -torch.logsumexp(functional.log_softmax(news.flatten(), 0)[primary.flatten() > 0], 0)
    return found


def _stage_loss(
    stage: Tensor, units: list[int], here: dict[int, list[Step]], example: Example, share: float
) -> dict[str, Tensor]:
    """Which sentence states which stage; where the sentences are not known, that some do (multiple instances)."""
    right, known, found = torch.zeros_like(stage), torch.ones_like(stage), {}
    for number, steps in here.items():
        for step in steps:
            right[number, step.stage] = 1
    if example.record["is_change"] and not right[0].any():
        known[0] = 0  # the title may say it again
    for number, unit in enumerate(units):
        for stage_number in example.perhaps.get(unit, ()):
            known[number, stage_number] = 0
    if not example.quoted:
        known = right.clone()
        some = torch.zeros(len(STAGES))
        some[example.stages] = 1
        if share == 1:
            found["some sentence"] = functional.binary_cross_entropy_with_logits(stage.max(0).values, some)
    weighted = functional.binary_cross_entropy_with_logits(stage, right, weight=known, reduction="sum")
    return found | {"stage": weighted / max(1, len(stage)) / len(STAGES) * share}


def marked_loss(heads: StepHeads, hidden: Tensor, task: Task) -> dict[str, Tensor]:
    """The parts of the loss of a row with a mark, by question."""
    assert task.unit is not None
    stage, news, *choices, effect, direction, _ = when_marked(heads, hidden, task)
    steps, open_to = task.example.steps_in(task.unit, task.part)
    right, primary = torch.zeros(len(STAGES)), torch.zeros(len(STAGES))
    for step in steps:
        right[step.stage] = 1
        primary[step.stage] = max(float(primary[step.stage]), float(step.primary))
    known = torch.ones(len(STAGES)) if task.example.quoted else right.clone()
    for number in open_to:
        known[number] = 0
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
    for (name, attribute), logits in zip(CHOICES.items(), choices, strict=True):
        wanted = sorted({number for step in steps for number in getattr(step, attribute)})
        if wanted and len(logits) > 1:
            _add(found, name, -torch.logsumexp(functional.log_softmax(logits[:, stage], 0)[wanted], 0) * share)


def _add(found: dict[str, Tensor], name: str, loss: Tensor) -> None:
    found[name] = found[name] + loss if name in found else loss
