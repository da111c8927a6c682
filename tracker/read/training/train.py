"""Teaches the network: one article at first sight, then its sentences one by one, marked.

Every epoch shows each article once without a mark (is it a change? which topic? which sentence states which stage? which
is the news?), each proven sentence marked (which stages? whose date, place, body, instrument? what effect?), and some
sentences that state nothing. A run can be cut at any moment: it goes on from its last checkpoint.
"""

import random
import time
from collections.abc import Iterator, Sequence
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from zlib import crc32

import numpy as np
import torch
from torch import Tensor, nn

from tracker.read.training.corpus import Record
from tracker.read.training.examples import Example, example
from tracker.read.training.losses import WEIGHTS, loss_of
from tracker.read.training.network import Network
from tracker.read.training.passes import Cache, Task, encoded, tasks
from tracker.read.training.variations import furnished, redrawn

RATE, HEAD_RATE, DECAY = 1e-4, 8e-4, 0.05
"""Of the encoder's layers and of what is new (AdamW); as in the first experiment, a little more for fewer layers."""
WARM_STEPS = 80
LOWEST = 0.02
"""Share of the rate that is left at the end."""
ROWS = 16
"""Rows in a batch."""
CHECKPOINT_S = 240
PROCESSES, CHUNK = 2, 64
"""Make examples side by side, so many at a time; the network has nothing to do meanwhile."""
FURNISHED, REDRAWN = 0.5, 0.4
"""Shares of the articles that have page furniture around their text in an epoch, and other places and years."""


class Training:
    """A run over some epochs with a checkpoint in `folder`, at a share of the usual rate; `most`: rows of an epoch; `once`:
    each article is shown in one epoch only."""

    def __init__(
        self,
        network: Network,
        records: list[Record],
        epochs: int,
        folder: Path,
        share: float = 1.0,
        most: int | None = None,
        once: bool = False,
    ) -> None:
        self._network, self._records, self._epochs, self._most, self._once = network, records, epochs, most, once
        self._headlines = [record["title"] for record in records]
        self._examples: list[Example] = []
        self._checkpoint = folder / "checkpoint.pt"
        upper = [*network.upper.layers.parameters()]
        known = {id(parameter) for parameter in upper}
        new = [p for p in network.parameters() if p.requires_grad and id(p) not in known]
        self._optimizer = torch.optim.AdamW(
            [{"params": upper, "lr": share * RATE}, {"params": new, "lr": share * HEAD_RATE}], weight_decay=DECAY
        )
        self._rates = [group["lr"] for group in self._optimizer.param_groups]
        self._cache = Cache(network)

    def run(self) -> Iterator[int]:
        """Trains, and gives the number of each epoch that is done."""
        epoch, at = self._resumed()
        for number in range(epoch, self._epochs):
            self._epoch(number, at)
            at = 0
            self._save(number + 1, 0)
            yield number

    def _batches(self, epoch: int) -> list[list[Task]]:
        chance = random.Random(epoch)
        self._draw(epoch, chance)
        shown = tasks(self._examples, chance, self._most)
        shown.sort(key=lambda task: len(task.row.ids) + 40 * chance.random())
        batches = [shown[start : start + ROWS] for start in range(0, len(shown), ROWS)]
        chance.shuffle(batches)
        return batches

    def records_of(self, epoch: int) -> list[Record]:
        """The articles that an epoch shows: all, or each in one epoch alone."""
        if not self._once:
            return self._records
        return [record for record in self._records if crc32(record["url"].encode()) % self._epochs == epoch]

    def _draw(self, epoch: int, chance: random.Random) -> None:
        """The articles as this epoch shows them; what was suspected of a sentence in the last one is known again."""
        records = self.records_of(epoch)
        suspected = {each.record["url"]: suspected_sentences(each) for each in self._examples}
        seeds = [chance.random() for _ in records]
        with get_context("spawn").Pool(PROCESSES) as makers:
            self._examples = makers.starmap(partial(_shown, self._headlines), zip(records, seeds, strict=True), CHUNK)
        for each in self._examples:
            known = suspected.get(each.record["url"], {})
            each.suspected = {unit: known[text] for unit, text in enumerate(each.sentences()) if text in known}
        self._cache = Cache(self._network)

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


def _shown(headlines: Sequence[str], record: Record, seed: float) -> Example:
    """A record as an epoch shows it."""
    chance = random.Random(seed)
    drawn = redrawn(record, chance) if chance.random() < REDRAWN else record
    return example(furnished(drawn, headlines, chance) if chance.random() < FURNISHED else drawn)


def suspected_sentences(each: Example) -> dict[str, float]:
    """What was suspected of an example's sentences, by their words."""
    texts = each.sentences()
    return {texts[unit]: odds for unit, odds in each.suspected.items()}
