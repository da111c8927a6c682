"""Fits the chance that two findings of one place are of one policy, on the labelled stories.

usage: uv run --group gazetteer python tests/eval/fit_policy.py [--write]

Prints, by cross-validation over whole stories, how often a pair of one policy is likelier than a pair of two (area under the
ROC curve) and the share of pairs that are judged right, with all features and without each of them; then the weights.

--write   writes them to tracker/timeline/data/same_policy.json, and how rare words are to rarity.json

The policy vector was taught with the stories of the part `train`: there it knows the answer. It counts for nothing in their
pairs, so that its weight is learnt from the other stories.
"""

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from perfect import About, asked, records
from splits import part
from stories import CLUSTERS, HERE, Step, steps

from tracker.timeline.profile import profile_of
from tracker.timeline.sameness import Weights, features
from tracker.timeline.words import all_words

DATA = HERE.parents[1] / "tracker" / "timeline" / "data"
COUNTED = ("retold", "retold_2", "retold_3", "retold_4", "articles")
"""The articles in which words are counted."""
COMMON = 12
"""Articles; what stands in fewer of them is as rare as a word can be."""
RIDGE = 10.0
"""Of the standardised weights: keeps those small that few pairs tell of."""
MISTAKEN = 0.15
"""The share of pairs in which a reader takes the topic of one finding for another; the labels make no such mistake."""
ROUNDS = 30
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of findings of one place: their features [pairs, names], whether they are of one policy, their stories."""

    names: tuple[str, ...]
    told: Numbers
    same: NDArray[np.bool_]
    story: NDArray[np.str_]

    def of(self, kept: NDArray[np.bool_]) -> "Pairs":
        """Some of them."""
        return Pairs(self.names, self.told[kept], self.same[kept], self.story[kept])

    def weight(self) -> Numbers:
        """A story of many pairs weighs as the root of their number."""
        counts = Counter(self.story.tolist())
        weight = np.array([counts[name] ** -0.5 for name in self.story.tolist()])
        return weight * len(weight) / weight.sum()


def pairs_of(found: Iterable[Step]) -> Pairs:
    """All pairs of labelled findings of one story and place."""
    places: dict[tuple[str, str], list[Step]] = defaultdict(list)
    for step in found:
        if step.policy:
            places[step.policy[:2]].append(step)
    found_pairs = []
    for members in places.values():
        profiles = [profile_of([step.told.evidence]) for step in members]
        for (one, a), (other, b) in combinations(zip(members, profiles, strict=True), 2):
            values = features(a, b)
            if part(one.told.record) == "train":
                values["vector"] = 0.0
            found_pairs.append((values, one.policy == other.policy, one.story))
    told = [list(values.values()) for values, _, _ in found_pairs]
    same, story = ([pair[column] for pair in found_pairs] for column in (1, 2))
    return Pairs(tuple(found_pairs[0][0]), np.array(told), np.array(same), np.array(story))


def mistaken(pairs: Pairs) -> tuple[Pairs, Numbers]:
    """The pairs, and once more with another topic; with their weights."""
    other = pairs.told.copy()
    other[:, pairs.names.index("topic")] = 0.0
    both = Pairs(
        pairs.names,
        np.vstack([pairs.told, other]),
        np.concatenate([pairs.same] * 2),
        np.concatenate([pairs.story] * 2),
    )
    weight = pairs.weight()
    return both, np.concatenate([(1 - MISTAKEN) * weight, MISTAKEN * weight])


def fitted(pairs: Pairs) -> Weights:
    """The weights of a logistic regression (Newton's method), in the features' own units."""
    pairs, weight = mistaken(pairs)
    mean, spread = pairs.told.mean(0), pairs.told.std(0) + 1e-9
    x = np.column_stack([np.ones(len(pairs.told)), (pairs.told - mean) / spread])
    ridge = RIDGE * np.diag([0.0, *[1.0] * len(pairs.names)])
    beta = np.zeros(x.shape[1])
    for _ in range(ROUNDS):
        chance = 1 / (1 + np.exp(-x @ beta))
        slope = x.T @ (weight * (chance - pairs.same)) + ridge @ beta
        beta -= np.linalg.solve((x * (weight * chance * (1 - chance))[:, None]).T @ x + ridge, slope)
    own = beta[1:] / spread
    return Weights(round(float(beta[0] - own @ mean), 4), dict(zip(pairs.names, own.round(4).tolist(), strict=True)))


def odds(pairs: Pairs, by: Weights) -> Numbers:
    """Log-odds of one policy."""
    return by.constant + pairs.told @ np.array([by.features[name] for name in pairs.names])


def without(pairs: Pairs, story: str) -> Weights:
    """The weights that are fitted to all other stories."""
    return fitted(pairs.of(pairs.story != story))


def judged(pairs: Pairs) -> tuple[float, float]:
    """(area under the curve, share judged right) by weights that were fitted to the other stories."""
    told = np.zeros(len(pairs.same))
    for story in sorted(set(pairs.story.tolist())):
        own = pairs.story == story
        told[own] = odds(pairs.of(own), without(pairs, story))
    rank, ones = told.argsort().argsort(), int(pairs.same.sum())
    area = (rank[pairs.same].sum() - ones * (ones - 1) / 2) / (ones * (len(rank) - ones))
    weight = pairs.weight()
    return float(area), float((weight * ((told > 0) == pairs.same)).sum() / weight.sum())


def dropped(pairs: Pairs, name: str) -> Pairs:
    """The same without one feature."""
    told = pairs.told.copy()
    told[:, pairs.names.index(name)] = 0.0
    return Pairs(pairs.names, told, pairs.same, pairs.story)


def rarities() -> dict[str, object]:
    """In how many articles the commoner words stand."""
    counts, articles = Counter[str](), 0
    for name in COUNTED:
        for record in records(HERE / f"{name}.jsonl"):
            counts.update({word for word in all_words(f"{record['title']} {record['text']}") if len(word) > 1})
            articles += 1
    common = {word: count for word, count in sorted(counts.items()) if count >= COMMON and not word.isdigit()}
    return {"articles": articles, "words": common}


def all_steps(about: About) -> list[Step]:
    """The labelled entries of all stories."""
    return [step for name in CLUSTERS for step in steps(name, about)]


def written(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    if args.write:
        written(DATA / "rarity.json", rarities())
    pairs = pairs_of(all_steps(asked()))
    print(f"{len(pairs.same)} pairs of {len(set(pairs.story.tolist()))} stories, {pairs.same.mean():.3f} of one policy")
    print("all features             area {:.3f}  right {:.3f}".format(*judged(pairs)))
    for name in pairs.names:
        print("without {:16} area {:.3f}  right {:.3f}".format(name, *judged(dropped(pairs, name))))
    weights = fitted(pairs)
    print(f"constant {weights.constant:.3f}  " + "  ".join(f"{k} {v:.3f}" for k, v in weights.features.items()))
    if args.write:
        source = f"{len(pairs.same)} pairs of {len(set(pairs.story.tolist()))} stories, by tests/eval/fit_policy.py"
        written(DATA / "same_policy.json", {"fitted to": source, **{"constant": weights.constant, "features": weights.features}})


if __name__ == "__main__":
    main()
