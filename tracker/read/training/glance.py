"""Teaches the encoder's early no: heads on the output of the frozen lower layers, which cost a third of the whole."""

import random

import numpy as np
import torch
from torch import Tensor

from tracker.read.training.examples import Example
from tracker.read.training.losses import WEIGHTS, article_loss
from tracker.read.training.network import ArticleHeads, Network
from tracker.read.training.passes import Cache, Task, pooled, units_of

EPOCHS, RATE, DECAY, ARTICLES = 8, 1e-3, 0.05, 16
"""Of the heads alone."""
RECALL = 0.995
"""Of the changes for choosing that go on to the upper layers."""


def teach(network: Network, examples: list[Example]) -> None:
    """Trains `network.glance`."""
    lower, chance = Cache(network), random.Random(0)
    optimizer = torch.optim.AdamW(network.glance.parameters(), lr=RATE, weight_decay=DECAY)
    shown = [Task(example, row, None) for example in examples for row in example.rows]
    network.glance.train()
    for _ in range(EPOCHS):
        chance.shuffle(shown)
        for start in range(0, len(shown), ARTICLES):
            losses = [_loss(network.glance, lower(task).float(), task) for task in shown[start : start + ARTICLES]]
            optimizer.zero_grad()
            torch.stack(losses).mean().backward()
            optimizer.step()
    network.glance.eval()


def _loss(heads: ArticleHeads, hidden: Tensor, task: Task) -> Tensor:
    units, told = asked(heads, hidden, task)
    parts = article_loss(units, told, task)
    return sum((WEIGHTS[name] * loss for name, loss in parts.items()), torch.zeros(()))


def asked(heads: ArticleHeads, hidden: Tensor, task: Task) -> tuple[list[int], tuple[Tensor, ...]]:
    """The units of a row and what the heads say of them."""
    units = units_of(task.example, task.row)
    vectors = pooled(hidden, [task.example.span(unit) for unit in units], task)
    return units, heads(vectors, hidden.mean(0))


def needed(network: Network, examples: list[Example]) -> tuple[float, str]:
    """The log-odds from which an article goes on, and a line of figures on these examples."""
    lower = Cache(network)
    odds = np.array([_odds(network, example, lower) for example in examples])
    change = np.array([bool(example.record["is_change"]) for example in examples])
    plain = np.array([example.record.get("kind") == "ordinary" for example in examples])
    least = float(np.quantile(odds[change], 1 - RECALL))
    return least, (
        f"early no: of {change.sum()} changes {np.mean(odds[change] >= least):.3f} go on, of {plain.sum()} ordinary articles "
        f"{np.mean(odds[plain] >= least):.3f}, of all {(~change).sum()} without a change {np.mean(odds[~change] >= least):.3f}"
    )


def _odds(network: Network, example: Example, lower: Cache) -> float:
    with torch.no_grad():
        tasks = [Task(example, row, None) for row in example.rows]
        return max(float(asked(network.glance, lower(task).float(), task)[1][0][0]) for task in tasks)
