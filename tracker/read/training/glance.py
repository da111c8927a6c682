"""Teaches the early no: one layer on the output of the frozen lower ones, which says before the others are asked whether a row
of an article may tell of a change at all."""

import random

import numpy as np
import torch
from torch.nn import functional

from tracker.read.training.examples import Example
from tracker.read.training.network import Network, few_bits
from tracker.read.training.passes import Cache, Task, in_one, units_of, whole_rows

EPOCHS, RATE, DECAY, ROWS = 3, 1e-4, 0.05, 16
"""Other numbers were not tried."""
RECALL = 0.995
"""Of the telling rows of changes for choosing that go on to the upper layers."""


def teach(network: Network, examples: list[Example]) -> None:
    """Trains `network.glance`."""
    lower, chance = Cache(network), random.Random(0)
    optimizer = torch.optim.AdamW(network.glance.parameters(), lr=RATE, weight_decay=DECAY)
    shown = [task for task in whole_rows(examples) if _telling(task)]
    network.glance.train()
    for _ in range(EPOCHS):
        chance.shuffle(shown)
        for start in range(0, len(shown), ROWS):
            batch = shown[start : start + ROWS]
            with few_bits():
                odds = network.glance(*in_one(batch, lower)).float()
            right = torch.tensor([float(task.example.record["is_change"]) for task in batch])
            optimizer.zero_grad()
            functional.binary_cross_entropy_with_logits(odds, right).backward()
            optimizer.step()
    network.glance.eval()


def _telling(task: Task) -> bool:
    """A change is told in an article's first row, whatever sentence proves it, and in those with a step; of the others
    nobody knows."""
    example = task.example
    if not example.record["is_change"] or task.row is example.rows[0]:
        return True
    return any(unit in example.steps for unit in units_of(example, task.row))


def needed(network: Network, examples: list[Example]) -> tuple[float, str]:
    """The log-odds from which a row goes on, and a line of figures on the first rows of these examples."""
    lower = Cache(network)
    shown = [task for task in whole_rows(examples) if _telling(task)]
    with torch.no_grad():
        odds = np.array([float(network.glance(*in_one([task], lower))) for task in shown])
    first = np.array([task.row is task.example.rows[0] for task in shown])
    change = np.array([bool(task.example.record["is_change"]) for task in shown])
    plain = np.array([task.example.record.get("kind") == "ordinary" for task in shown])
    least = float(np.quantile(odds[change], 1 - RECALL))
    return least, (
        f"early no: of {change.sum()} telling rows of changes {np.mean(odds[change] >= least):.3f} go on, of {plain.sum()} rows "
        f"of ordinary articles {np.mean(odds[plain] >= least):.3f}, of the first rows of all {(first & ~change).sum()} articles "
        f"without a change {np.mean(odds[first & ~change] >= least):.3f}"
    )
