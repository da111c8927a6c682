"""Fits the weights by which a report is told to be of a council's file.

usage: uv run --group gazetteer python tests/eval/fit_file.py [--write]

--write   puts them into tracker/timeline/data/same_file.json

Of one file are the findings that overlap a labelled sentence of the development part of `councils/` and the record of
their step; of others the same findings with the other files of their council, and with the changes of `matters.jsonl`
as if these were of their place. Figures are from cross-validation over whole stories. What a shared number is worth is
taken from `same_policy.json`: the stories name too few.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from joining import Labels, are_alike, as_record, labels, reports, rows, strangers
from numpy.typing import NDArray

from tracker.model import Evidence
from tracker.timeline import same_file
from tracker.timeline.same_file import features, words_of_file, words_of_report
from tracker.timeline.same_policy import PolicyWeights, weights

RIDGE = 1.0
"""Pull of all weights towards 0, that of a prior with a deviation of 1."""
OTHERS = 3.0
"""What all pairs of two files weigh beside those of one: a day of votes has some files, and few articles name two."""
OTHER_TOPIC = 0.3
"""The weight of such a pair of two topics: these are easy."""
ROUNDS = 40
OUT = Path(same_file.__file__).parent / "data/same_file.json"
Numbers = NDArray[np.float64]
Pair = tuple[dict[str, float], bool, str]
"""Features, whether of one file, the story."""


def pairs() -> Iterator[Pair]:
    """Findings of the stories with the records of their own files and of others."""
    known = labels("dev")
    own = {(client, item.matter): item for (client, _), item in rows(known)}
    told, story = reports(known), {article["url"]: article["story"] for article in known.articles}
    articles = defaultdict(list)
    for item in told:
        articles[item.url, item.finding.jurisdiction].append(item)
    foreign = strangers()
    for item in told:
        meant = _meant(item, known)
        if not meant & own.keys():
            continue
        report = words_of_report(item, articles[item.url, item.finding.jurisdiction])
        files = [words_of_file(own[key]) for key in meant & own.keys()]
        yield from ((features(file, report), True, story[item.url]) for file in files)
        others = [words_of_file(record) for key, record in own.items() if key not in meant and _beside(key, meant)]
        others += [words_of_file(as_record(row, item)) for row in foreign]
        others = [one for one in others if not any(are_alike(one, file) for file in files)]
        yield from ((features(one, report), False, story[item.url]) for one in others)


def _beside(key: tuple[str, str], meant: set[tuple[str, str]]) -> bool:
    return key[0] in {client for client, _ in meant}


def _meant(item: Evidence, known: Labels) -> set[tuple[str, str]]:
    """The files, by client and number, of the labelled sentences that a finding overlaps."""
    numbers = {(row["client"], row["matter"]["MatterId"]): row["matter"]["MatterFile"] for row in known.matters}
    own = {article["id"]: article["text"] for article in known.articles if article["url"] == item.url}
    return {
        (step["client"], numbers[step["client"], step["matter"]])
        for step in known.steps
        for proof in step["articles"]
        if step["matter"]
        and proof["id"] in own
        and _overlaps(item, own[proof["id"]].find(proof["quote"]), proof["quote"])
    }


def _overlaps(item: Evidence, start: int, quote: str) -> bool:
    return min(item.finding.end, start + len(quote)) > max(item.finding.start, start)


def fitted(told: Numbers, same: Numbers, weight: Numbers) -> Numbers:
    """The constant and the weights of a logistic regression, by Newton's method."""
    x = np.column_stack([np.ones(len(told)), told])
    ridge, beta = RIDGE * np.diag([0.0, *[1.0] * told.shape[1]]), np.zeros(told.shape[1] + 1)
    for _ in range(ROUNDS):
        chance = 1 / (1 + np.exp(-x @ beta))
        slope = x.T @ (weight * (chance - same)) + ridge @ beta
        beta -= np.linalg.solve((x * (weight * chance * (1 - chance))[:, None]).T @ x + ridge, slope)
    return beta


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    found = list(pairs())
    names = [name for name in found[0][0] if name != "number"]
    told = np.array([[values[name] for name in names] for values, _, _ in found])
    same, stories = np.array([float(one) for _, one, _ in found]), np.array([story for _, _, story in found])
    weight = np.where(same > 0, 1.0, np.where(told[:, names.index("topic")] > 0, 1.0, OTHER_TOPIC))
    weight[same == 0] *= OTHERS * same.sum() / weight[same == 0].sum()
    odds = np.zeros(len(same))
    for story in sorted(set(stories.tolist())):
        own = stories == story
        beta = fitted(told[~own], same[~own], weight[~own])
        odds[own] = beta[0] + told[own] @ beta[1:]
    print(f"{int(same.sum())} pairs of one file, {int((1 - same).sum())} of two")
    for least in (-2, -1, 0, 1, 2):
        print(f"over {least:2}: {np.sum(odds[same > 0] > least)} of one, {np.sum(odds[same == 0] > least)} of two")
    beta = fitted(told, same, weight).round(4).tolist()
    by = PolicyWeights(beta[0], {**dict(zip(names, beta[1:], strict=True)), "number": weights().features["number"]})
    print(by)
    if args.write:
        source = f"{len(found)} pairs of {len(set(stories.tolist()))} stories, by tests/eval/fit_file.py"
        data = {"fitted to": source, "constant": by.constant, "features": by.features}
        OUT.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
