"""Fits how an opinion and the encoder are weighed, on articles of `dev` with recorded answers.

usage: uv run python tests/eval/fit_witnesses.py [--write]

--write   puts weights and thresholds into tracker/read/model/witnesses.json

A level is fitted for the answers as they are, and one for each share of them that was spoilt on purpose (`spoilt.py`),
as a poorer model would answer. Printed figures are of cross-validation over stories and articles: each is judged by
weights that it was not used for.
"""

import argparse
import json
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from fit_how_sure import fitted
from meaning import from_meaning
from opinions import asked, recorded
from spoilt import spoilt

from tracker.errors import OpinionRefused
from tracker.kinds import Witness
from tracker.model import Article
from tracker.read.decode import Event
from tracker.read.encoder.big_look import BothLooks
from tracker.read.evaluate import place_id, told_day
from tracker.read.mentions import Mentions, mentions
from tracker.read.opinions import trust
from tracker.read.opinions.opinion import Opinion
from tracker.read.opinions.trust import WitnessWeights
from tracker.read.opinions.witnesses import Account, both, decided
from tracker.read.places.gazetteer import load
from tracker.read.places.resolve import PlaceReader
from tracker.read.scorer import Scores
from tracker.read.text.document import Document, document
from tracker.read.thresholds import Thresholds

FOLDS = 8
SHARES = (0.0, 0.1, 0.25, 0.5, 0.75)
"""Of the answers that are spoilt, a level each."""
SEEDS = 4
"""Ways of spoiling that a level is fitted on: of one the luck would be learnt."""
RIDGE_OF_CHANGE = 0.1
"""The pull of the two weights of a change: a good model is hardly ever wrong, and must outweigh the encoder."""
ACCEPTS = np.arange(0.2, 0.96, 0.05)
KEEPS = np.arange(0.1, 0.61, 0.05)
OUT = Path(trust.__file__).parent.parent / "model" / "witnesses.json"
Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Read:
    """An article with all that the encoder says of it, and its labels."""

    record: Record
    seen: Document
    found: Mentions
    scores: Scores
    right: frozenset[tuple[str, str, str]]
    fold: int

    def account(self, opinion: Opinion, by: Thresholds) -> Account:
        """What both witnesses say."""
        return both(self.scores, self.found, opinion, self.seen.read.published, by)


@dataclass(frozen=True, slots=True)
class Case:
    """An account of an article with whether each of its candidates is right."""

    read: Read
    account: Account
    right: tuple[bool, ...]
    opinion: Opinion


def read_all() -> list[Read]:
    """The articles of `dev` that were asked about."""
    scorer, places = BothLooks(), PlaceReader(load())
    found = []
    for record in asked("dev"):
        seen = document(Article.model_validate(record))
        named = mentions(seen, places)
        fold = int(sha256(record.get("cluster", record["url"]).encode()).hexdigest(), 16) % FOLDS
        right = frozenset(
            (place_id(entry["jurisdiction"]), entry["stage"], told_day(entry["date"], seen.read))
            for entry in record["entries"]
        )
        found.append(Read(record, seen, named, scorer.score(seen, named), right, fold))
    return found


def key(event: Event, read: Read) -> tuple[str, str, str]:
    """An event as entries are compared."""
    return event.place.id, str(event.stage), told_day(event.date, read.seen.read)


def cases(reads: Iterable[Read], opinion_of: Callable[[Read], Opinion | None], by: Thresholds) -> list[Case]:
    """Those of all articles whose answer can be used."""
    found = []
    for read in reads:
        if (opinion := opinion_of(read)) is not None:
            account = read.account(opinion, by)
            right = tuple(key(one.event, read) in read.right for one in account.candidates)
            found.append(Case(read, account, right, opinion))
    return found


def answered(read: Read) -> Opinion | None:
    """The recorded opinion; None where it was refused."""
    line = recorded()[read.record["url"]]
    try:
        return from_meaning(line["opinion"], read.seen, read.found) if "opinion" in line else None
    except OpinionRefused:
        return None


def spoilt_answer(share: float, seed: int, read: Read) -> Opinion | None:
    """The recorded one, spoilt by a chance of so much."""
    opinion = answered(read)
    draw = random.Random(f"{seed} {read.record['url']}")
    return opinion if opinion is None or draw.random() >= share else spoilt(opinion, read.found, read.seen, draw)


def learnt(found: Sequence[Case]) -> WitnessWeights:
    """Weights of all cases, with the thresholds that tell most entries rightly."""
    change = np.array([case.account.change for case in found], float)
    is_change = np.array([float(case.read.record["is_change"]) for case in found])
    rows: dict[bool, list[tuple[tuple[float, ...], float]]] = {True: [], False: []}
    for case in found:
        for one, right in zip(case.account.candidates, case.right, strict=True):
            rows[one.event.witness is Witness.ENCODER].append((one.features, float(right)))
    model, encoder = (
        fitted(np.array([row for row, _ in rows[alone]], float), np.array([right for _, right in rows[alone]]))
        for alone in (False, True)
    )
    plain = WitnessWeights(
        0.0,
        *(tuple(map(float, each)) for each in (fitted(change, is_change, RIDGE_OF_CHANGE), model, encoder)),
        0.5,
        0.3,
    )
    accept = max(ACCEPTS[::-1], key=lambda value: figures(found, replace(plain, accept=float(value)))["article_f1"])
    accepted = replace(plain, accept=float(accept))
    keep = max(KEEPS, key=lambda value: figures(found, replace(accepted, keep=float(value)))["entry_f1"])
    return replace(accepted, entry_f1=model_f1(found), accept=round(float(accept), 2), keep=round(float(keep), 2))


def figures(found: Sequence[Case], by: WitnessWeights | None, folds: Sequence[WitnessWeights] = ()) -> dict[str, float]:
    """Entry and article figures of the decisions; `folds`: weights by the fold of the article."""
    hit = told = wanted = articles = alarms = changes = ordinary = 0
    for case in found:
        weights = folds[case.read.fold] if folds else by
        assert weights
        events = decided(case.account, weights).events
        got = {key(event, case.read) for event in events}
        hit, told, wanted = hit + len(got & case.read.right), told + len(got), wanted + len(case.read.right)
        if case.read.record["is_change"]:
            articles, changes = articles + bool(events), changes + 1
        else:
            alarms, ordinary = alarms + bool(events), ordinary + 1
    precision, recall = hit / max(told, 1), hit / max(wanted, 1)
    return {
        "entry_f1": 2 * hit / max(told + wanted, 1),
        "precision": precision,
        "recall": recall,
        "article_f1": 2 * articles / max(changes + articles + alarms, 1),
        "false_alarms": alarms / max(ordinary, 1),
    }


def model_f1(found: Sequence[Case]) -> float:
    """Entry F1 of the model by itself: all that it tells, and nothing else."""
    hit = told = wanted = 0
    for case in found:
        model = (one for one in case.account.candidates if one.event.witness is not Witness.ENCODER)
        got = {key(one.event, case.read) for one in model}
        hit, told, wanted = hit + len(got & case.read.right), told + len(got), wanted + len(case.read.right)
    return round(2 * hit / (told + wanted), 4)


def crossed(found: Sequence[Case]) -> list[WitnessWeights]:
    """For each fold weights of the others."""
    return [learnt([case for case in found if case.read.fold != fold]) for fold in range(FOLDS)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    reads, by, levels = read_all(), BothLooks().thresholds, []
    for share in SHARES:
        seeds = range(SEEDS if share else 1)
        found = [case for seed in seeds for case in cases(reads, partial(spoilt_answer, share, seed), by)]
        weights = learnt(found)
        levels.append(weights)
        told = figures(found, None, crossed(found))
        print(f"{share:.2f} spoilt: the model alone {weights.entry_f1:.3f}; both, crossed: "
              + "  ".join(f"{name} {value:.3f}" for name, value in told.items())
              + f"  (accept {weights.accept}, keep {weights.keep})")  # fmt: skip
    if args.write:
        OUT.write_text(json.dumps({"levels": [_record(level) for level in levels]}, indent=1) + "\n", "utf-8")


def _record(level: WitnessWeights) -> dict[str, Any]:
    lists = {name: [round(value, 4) for value in getattr(level, name)] for name in ("change", "model", "encoder")}
    return {"entry_f1": level.entry_f1, **lists, "accept": level.accept, "keep": level.keep}


if __name__ == "__main__":
    main()
