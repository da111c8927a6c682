"""A run of the big look over some time on as many processes as there are cores. It can be cut at any moment and goes on from its
last checkpoint; labelled articles that were added meanwhile are shown from the next round on."""

import os
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.multiprocessing as mp
from torch import Tensor

from tracker.read.training.corpus import Record
from tracker.read.training.losses import WEIGHTS, marked_loss
from tracker.read.training.network import WORKED_IN
from tracker.read.training.passes import Task
from tracker.read.training.second_look.network import BigNetwork, pretrained
from tracker.read.training.second_look.parallel import Group, Half, attach, group
from tracker.read.training.second_look.rows import LONGEST_ROW, SHORT_ROW, Shown, Suspected

RANKS = 2
RATE, LOWER, HEAD_RATE = 8e-5, 0.92, 8e-4
"""Of the uppermost layer, how much less each layer below learns, and of what is new."""
WARM_STEPS, LOWEST = 40, 0.01
ROWS = 8
"""Of one process in a step."""
POOLED = 256
"""Rows that are sorted by length at a time, so that those of a step are alike."""
SHORT_SHARE = 0.6
"""Of a run in short rows."""
CHECKPOINT_S = 300
REPORT_STEPS = 20


@dataclass(frozen=True)
class Plan:
    """What a run is: `weights` of all-mpnet-base-v2, the `folder` of its checkpoint, `seconds` that it takes, `records`
    that give the labelled articles, asked anew each round, and the share of articles that are redrawn."""

    weights: Path
    folder: Path
    seconds: float
    records: Callable[[], list[Record]]
    suspected: Suspected
    redraw: float = 0.5


def run(plan: Plan) -> None:
    """Trains, and leaves `last.pt` in the folder."""
    plan.folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(0)
    groups = _groups(pretrained(plan.weights))
    done = _resumed(groups, plan.folder)
    spawn = mp.get_context("spawn")
    shared = {name: torch.zeros(RANKS, dtype=torch.float64).share_memory_() for name in ("share", "squared")}
    shared["share"][0] = done
    barrier = spawn.Barrier(RANKS)
    workers = [spawn.Process(target=_work, args=(rank, plan, groups, shared, barrier)) for rank in range(RANKS)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()


def _groups(network: BigNetwork) -> list[Group]:
    """The uppermost layer last but for what is new."""
    layers = network.encoder.upper
    rates = [RATE * LOWER ** (len(layers) - 1 - number) for number in range(len(layers))]
    found = [group(list(layer.parameters()), RANKS, rate, WORKED_IN) for layer, rate in zip(layers, rates, strict=True)]
    return [*found, group(network.new(), RANKS, HEAD_RATE, torch.float32)]


def _attach(network: BigNetwork, groups: list[Group], rank: int) -> None:
    for layer, of in zip(network.encoder.upper, groups, strict=False):
        attach(list(layer.parameters()), of, rank)
    attach(network.new(), groups[-1], rank)


def _work(rank: int, plan: Plan, groups: list[Group], shared: dict[str, Tensor], barrier: Any) -> None:
    torch.set_num_threads(1)
    torch.manual_seed(100 + rank)
    network = pretrained(plan.weights).working()
    _attach(network, groups, rank)
    half = Half(groups, rank, RANKS)
    if (kept := plan.folder / f"half-{rank}.pt").exists():
        half.state = torch.load(kept, weights_only=True)
    network.train()
    before = float(shared["share"][0])
    started = saved = time.monotonic()
    told: dict[str, list[float]] = {}
    parent = os.getppid()
    for step, batch in enumerate(_batches(plan, rank, int(before * 1000), shared["share"])):
        if os.getppid() != parent:  # killed: this process must not go on alone, nor write over what comes after it
            return
        if rank == 0:
            shared["share"][0] = before + (time.monotonic() - started) / plan.seconds
        barrier.wait()
        share = float(shared["share"][0])
        if share >= 1:
            break
        for name, value in _learn(network, batch).items():
            told.setdefault(name, []).append(value)
        _move(half, shared, barrier, rank, min((step + 1) / WARM_STEPS, max(LOWEST, 1 - share)))
        if rank == 0 and step % REPORT_STEPS == 0:
            means = " ".join(f"{name} {np.mean(each[-150:]):.3f}" for name, each in told.items())
            print(f"step {step} share {share:.3f} {time.monotonic() - started:.0f} s {means}", flush=True)
        if time.monotonic() - saved > CHECKPOINT_S:
            saved = time.monotonic()
            _save(plan.folder, rank, half, groups, share)
    _save(plan.folder, rank, half, groups, float(shared["share"][0]))


def _move(half: Half, shared: dict[str, Tensor], barrier: Any, rank: int, factor: float) -> None:
    """One step of all processes together."""
    barrier.wait()
    sums, shared["squared"][rank] = half.gather()
    barrier.wait()
    half.move(sums, float(shared["squared"].sum()), factor)
    half.clear()
    barrier.wait()


def _batches(plan: Plan, rank: int, seed: int, share: Tensor) -> Iterator[list[Task]]:
    """Batches without end: this process's share of the articles, round after round. `share` [processes]: how far the run is."""
    pool: list[Task] = []
    pools = 0
    for number in count():
        records = plan.records()
        random.Random(1000 * seed + number).shuffle(records)
        chance = random.Random(f"{seed} {number} {rank}")
        if rank == 0:
            print(f"round {number}: {len(records)} articles", flush=True)
        shown = Shown({record["url"]: record for record in records}, plan.suspected, plan.redraw)
        for record in records[rank::RANKS]:
            pool += shown.rows(record, chance, SHORT_ROW if float(share[0]) < SHORT_SHARE else LONGEST_ROW)
            while len(pool) >= POOLED:
                pools += 1
                yield from _alike(pool[:POOLED], random.Random(pools))
                del pool[:POOLED]


def _alike(rows: list[Task], chance: random.Random) -> list[list[Task]]:
    """Batches of rows of about one length, in an order that is the same in all processes."""
    rows = sorted(rows, key=lambda task: len(task.row.ids))
    batches = [rows[start : start + ROWS] for start in range(0, len(rows), ROWS)]
    chance.shuffle(batches)
    return batches


def hidden_of(network: BigNetwork, batch: list[Task]) -> Tensor:
    """hidden [rows, tokens, width] of a batch."""
    longest = -(-max(len(task.row.ids) for task in batch) // 16) * 16
    ids, kinds, marks = torch.zeros(3, len(batch), longest, dtype=torch.long)
    mask = torch.zeros(len(batch), longest)
    for number, task in enumerate(batch):
        size = len(task.row.ids)
        for table, of in ((ids, task.row.ids), (kinds, task.row.kinds), (marks, task.row.marks)):
            table[number, :size] = torch.from_numpy(of)
        mask[number, :size] = 1
    return network.encoder(ids, kinds, marks, mask)  # type: ignore[no-any-return]


def _learn(network: BigNetwork, batch: list[Task]) -> dict[str, float]:
    """Adds the gradients of a batch; gives its losses by question."""
    hidden = hidden_of(network, batch)
    parts: dict[str, list[Tensor]] = {}
    for number, task in enumerate(batch):
        for name, loss in marked_loss(network.step, hidden[number, : len(task.row.ids)], task).items():
            parts.setdefault(name, []).append(loss)
    total = sum((WEIGHTS[name] * torch.stack(losses).sum() for name, losses in parts.items()), torch.zeros(()))
    (total / (RANKS * len(batch))).backward()  # type: ignore[no-untyped-call]
    return {name: float(torch.stack(losses).mean().detach()) for name, losses in parts.items()}


def _save(folder: Path, rank: int, half: Half, groups: list[Group], share: float) -> None:
    _write(folder / f"half-{rank}.pt", half.state)
    if rank == 0:
        _write(folder / "last.pt", {"values": [of.exact for of in groups], "share": share})


def _write(path: Path, what: object) -> None:
    part = path.with_suffix(".part")
    torch.save(what, part)
    part.replace(path)


def _resumed(groups: list[Group], folder: Path) -> float:
    """Takes up the last checkpoint; gives the share of the run that is done."""
    if not (folder / "last.pt").exists():
        return 0.0
    known = torch.load(folder / "last.pt", weights_only=True)
    for of, values in zip(groups, known["values"], strict=True):
        of.exact.copy_(values)
        of.used.copy_(values)
    return float(known["share"])


def trained(weights: Path, folder: Path) -> BigNetwork:
    """The network of a run's last checkpoint, in 32 bits, for reading."""
    network = pretrained(weights)
    groups = _groups(network)
    _resumed(groups, folder)
    layers = [list(layer.parameters()) for layer in network.encoder.upper]
    for parameters, of in zip([*layers, network.new()], groups, strict=True):
        at = 0
        for parameter in parameters:
            parameter.data = of.exact[at : at + parameter.numel()].view_as(parameter).clone()
            at += parameter.numel()
    return network.eval()
