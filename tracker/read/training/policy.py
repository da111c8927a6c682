"""Teaches the vector of what a policy is about, on top of the trained network: steps of one policy of a story lie close,
steps of others apart (supervised contrastive loss, Khosla et al. 2020). Only the last linear map is learnt."""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from tracker.read.evaluate import place_id
from tracker.read.rows import marked
from tracker.read.scorer import STAGES
from tracker.read.training.corpus import Record, records
from tracker.read.training.examples import Example
from tracker.read.training.network import Network
from tracker.read.training.passes import Cache, Task, encoded, pooled

TEMPERATURE = 0.1
STEPS, RATE, DECAY = 300, 3e-3, 0.05
"""Full-batch steps; more fit the stories by heart."""
OTHERS = 600
"""Articles of no story that show what else there is."""


Policies = dict[tuple[str, str, str, str], set[str]]


@dataclass(frozen=True, slots=True)
class Told:
    """A step as the network sees it: `asked` [2 * WIDTH], the name of its policy, its place, and whether it is of a story."""

    asked: Tensor
    policy: str
    place: str
    story: bool


def teach(network: Network, examples: list[Example]) -> str:
    """Trains `network.step.policy`; gives a line of figures on these examples."""
    others = [example for example in examples if example.steps and not _of_story(example)]
    told = steps_of(network, [*filter(_of_story, examples), *others[:OTHERS]])
    asked = torch.stack([each.asked for each in told])
    names = {name: number for number, name in enumerate(dict.fromkeys(each.policy for each in told))}
    labels = torch.tensor([names[each.policy] for each in told])
    optimizer = torch.optim.AdamW(network.step.policy.parameters(), lr=RATE, weight_decay=DECAY)
    for _ in range(STEPS):
        loss = _contrast(functional.normalize(network.step.policy(asked), dim=1), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return f"policy vector, stories that it was taught with: {figures(network, told)}"


def tried(network: Network, examples: list[Example]) -> str:
    """A line of figures on the stories among examples that it was not taught with."""
    told = steps_of(network, [*filter(_of_story, examples)])
    return f"policy vector, stories for choosing: {figures(network, told)}"


def _of_story(example: Example) -> bool:
    return bool(example.record.get("cluster"))


def _contrast(vectors: Tensor, labels: Tensor) -> Tensor:
    alike = vectors @ vectors.T / TEMPERATURE
    alike.fill_diagonal_(-1e4)
    log = functional.log_softmax(alike, 1)
    same = (labels[:, None] == labels[None]).float()
    same.fill_diagonal_(0)
    having = same.sum(1) > 0
    return -((log * same).sum(1)[having] / same.sum(1)[having]).mean()


def figures(network: Network, told: list[Told]) -> str:
    """How often a pair of one policy is closer than a pair of two policies of one place (area under the ROC curve)."""
    stories = [each for each in told if each.story]
    with torch.no_grad():
        vectors = functional.normalize(network.step.policy(torch.stack([each.asked for each in stories])), dim=1)
    same, other = [], []
    for one in range(len(stories)):
        for two in range(one):
            if stories[one].place == stories[two].place:
                pairs = same if stories[one].policy == stories[two].policy else other
                pairs.append(float(vectors[one] @ vectors[two]))
    if not same or not other:
        return f"{len(same)} pairs of one policy, {len(other)} of two"
    wins = (np.array(same)[:, None] > np.array(other)[None]).mean()
    return f"a pair of one policy ({len(same)}) is closer than one of two ({len(other)}) of its place in {wins:.3f}"


def steps_of(network: Network, examples: list[Example]) -> list[Told]:
    """Every proven step, in the examples' order."""
    network.eval()
    lower, policies, found = Cache(network), _policies(), []
    for example in examples:
        for unit, steps in example.steps.items():
            task = Task(example, marked(example.tokens, example.span(unit)), unit)
            with torch.no_grad():
                hidden = encoded(network, [task], lower)[0][: len(task.row.ids)]
                asked = torch.cat([pooled(hidden, [example.span(unit)], task)[0], hidden.mean(0)])
            for step in steps:
                place = example.mentions.jurisdictions[step.places[0]].id if step.places else ""
                name, story = _named(example.record, step.stage, place, policies)
                found.append(Told(asked, name, place, story))
    return found


def _named(record: Record, stage: int, place: str, policies: Policies) -> tuple[str, bool]:
    """The policy of a step: as its story has it, else one for each article and place."""
    story = record.get("cluster") or ""
    known = policies.get((story, place, record["id"], STAGES[stage]), set())
    if story and len(known) == 1:
        return f"{story} {next(iter(known))}", True
    return f"{story or record['id']} {place} {stage if known else ''}", False


def _policies() -> Policies:
    """(story, place, article, stage) → its policies there."""
    found: Policies = defaultdict(set)
    for gold in (*records("clusters_2_gold"), *records("clusters_3_gold")):
        for article in gold["articles"]:
            key = (gold["cluster"], place_id(gold["jurisdiction"]), article, gold["stage"])
            found[key].add(gold.get("policy") or gold["cluster"])
    return found
