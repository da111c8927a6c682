"""Fits the chance that two findings of one place are of one policy, on the labelled stories.

usage: uv run --group gazetteer python tests/eval/fit_policy.py [--write]

Prints, by cross-validation over whole stories, how often a pair of one policy is likelier than a pair of two (area
under the ROC curve) and the share of pairs that are judged right, with all features and without each of them; then the
weights.

--write   writes them to tracker/timeline/data/same_policy.json, and how rare words are to rarity.json
"""

import argparse
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from perfect import records
from splits import part
from stories import CLUSTERS, HERE, Step, steps

from tracker.timeline.same_policy import PolicyWeights, Profile, features, profile_of
from tracker.timeline.vocabulary import all_words

DATA = HERE.parents[1] / "tracker" / "timeline" / "data"
HALVED = ("clusters_4",)
"""Files of stories of which only the part for learning is fitted to, so that the others measure the merge."""
COUNTED = ("retold", "retold_2", "retold_3", "retold_4", "articles")
"""The articles in which words are counted."""
COMMON = 12
"""Articles; what stands in fewer of them is as rare as a word can be."""
RIDGE = 10.0
"""Of the standardised weights: keeps those small that few pairs tell of."""
MISTAKEN = 0.15
"""The share of pairs in which a reader takes the topic of one finding for another; the labels make no such mistake."""
STRANGERS = 0.5
"""What pairs of two stories weigh against those within one: a place has other matters than that of one story."""
ROUNDS = 30
Numbers, Bools = NDArray[np.float64], NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of findings: their features [pairs, names], whether they are of one policy, their stories, and whether they
    are of two stories (`strange`), as if these were of one place."""

    names: tuple[str, ...]
    told: Numbers
    same: Bools
    stories: NDArray[np.str_]
    strange: Bools

    def of(self, kept: Bools) -> "Pairs":
        """Some of them."""
        return Pairs(self.names, self.told[kept], self.same[kept], self.stories[kept], self.strange[kept])

    def weight(self) -> Numbers:
        """A story of many pairs weighs as the root of their number; strangers weigh their share of all others."""
        counts = Counter(self.stories[:, 0].tolist())
        weight = np.array([counts[name] ** -0.5 for name in self.stories[:, 0].tolist()])
        weight[~self.strange] *= (~self.strange).sum() / weight[~self.strange].sum()
        if self.strange.any():
            weight[self.strange] *= STRANGERS * (~self.strange).sum() / weight[self.strange].sum()
        return weight


Told = tuple[dict[str, float], bool, tuple[str, str]]
"""Features, whether one policy, the two stories."""


def pairs_of(found: Iterable[Step]) -> Pairs:
    """All pairs of labelled findings of one story and place, and for each a pair of two stories at the same distance
    of days: what else a place has on its timeline."""
    known = [(step, profile_of([step.told.evidence])) for step in found if step.policy]
    own = list(_of_one_story(known))
    told = [*own, *_strangers(known, own)]
    return Pairs(
        tuple(own[0][0]),
        np.array([list(values.values()) for values, _, _ in told]),
        np.array([same for _, same, _ in told]),
        np.array([stories for _, _, stories in told]),
        np.array([one != other for _, _, (one, other) in told]),
    )


def _of_one_story(known: Iterable[tuple[Step, Profile]]) -> Iterator[Told]:
    places: dict[tuple[str, str], list[tuple[Step, Profile]]] = defaultdict(list)
    for step, profile in known:
        places[step.story, step.told.evidence.finding.jurisdiction or ""].append((step, profile))
    for members in places.values():
        for (one, a), (other, b) in combinations(members, 2):
            yield features(a, b), one.policy == other.policy, (one.story, one.story)


def _strangers(known: Sequence[tuple[Step, Profile]], own: Iterable[Told]) -> Iterator[Told]:
    chance = random.Random(0)
    for values, _, _ in own:
        (one, a), (other, b) = chance.sample(known, 2)
        if one.story != other.story:
            days = {name: values[name] for name in ("days", "days told")}
            yield features(a, b) | days, False, (one.story, other.story)


def mistaken(pairs: Pairs) -> tuple[Pairs, Numbers]:
    """The pairs, and once more with another topic; with their weights."""
    other = pairs.told.copy()
    other[:, pairs.names.index("topic")] = 0.0
    both = Pairs(
        pairs.names,
        np.vstack([pairs.told, other]),
        np.concatenate([pairs.same] * 2),
        np.concatenate([pairs.stories] * 2),
        np.concatenate([pairs.strange] * 2),
    )
    weight = pairs.weight()
    return both, np.concatenate([(1 - MISTAKEN) * weight, MISTAKEN * weight])


def fitted(pairs: Pairs) -> PolicyWeights:
    """The weights of a logistic regression. By Newton's method, in the features' own units."""
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
    return PolicyWeights(
        round(float(beta[0] - own @ mean), 4), dict(zip(pairs.names, own.round(4).tolist(), strict=True))
    )


def odds(pairs: Pairs, by: PolicyWeights) -> Numbers:
    """Log-odds of one policy."""
    return by.constant + pairs.told @ np.array([by.features[name] for name in pairs.names])


def without(pairs: Pairs, story: str) -> PolicyWeights:
    """The weights that are fitted to all other stories."""
    return fitted(pairs.of((pairs.stories != story).all(1)))


def judged(pairs: Pairs) -> tuple[float, float]:
    """(area under the curve, share judged right) of the pairs within stories, by weights fitted to the other ones."""
    told = np.zeros(len(pairs.same))
    for story in names_of(pairs):
        own = (pairs.stories == story).all(1)
        told[own] = odds(pairs.of(own), without(pairs, story))
    told, own = told[~pairs.strange], pairs.of(~pairs.strange)
    rank, ones = told.argsort().argsort(), int(own.same.sum())
    area = (rank[own.same].sum() - ones * (ones - 1) / 2) / (ones * (len(rank) - ones))
    weight = own.weight()
    return float(area), float((weight * ((told > 0) == own.same)).sum() / weight.sum())


def names_of(pairs: Pairs) -> list[str]:
    """The stories."""
    return sorted(set(pairs.stories[:, 0].tolist()))


def dropped(pairs: Pairs, name: str) -> Pairs:
    """The same without one feature."""
    told = pairs.told.copy()
    told[:, pairs.names.index(name)] = 0.0
    return Pairs(pairs.names, told, pairs.same, pairs.stories, pairs.strange)


def rarities() -> dict[str, object]:
    """In how many articles the commoner words stand."""
    counts, articles = Counter[str](), 0
    for name in COUNTED:
        for record in records(HERE / f"{name}.jsonl"):
            counts.update({word for word in all_words(f"{record['title']} {record['text']}") if len(word) > 1})
            articles += 1
    common = {word: count for word, count in sorted(counts.items()) if count >= COMMON and not word.isdigit()}
    return {"articles": articles, "words": common}


def all_steps() -> list[Step]:
    """The labelled entries of the stories that are fitted to."""
    return [
        step for name in CLUSTERS for step in steps(name) if name not in HALVED or part(step.told.record) == "train"
    ]


def written(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    if args.write:
        written(DATA / "rarity.json", rarities())
    pairs = pairs_of(all_steps())
    print(f"{len(pairs.same)} pairs of {len(names_of(pairs))} stories, {pairs.same.mean():.3f} of one policy")
    print("all features             area {:.3f}  right {:.3f}".format(*judged(pairs)))
    for name in pairs.names:
        print("without {:16} area {:.3f}  right {:.3f}".format(name, *judged(dropped(pairs, name))))
    weights = fitted(pairs)
    print(f"constant {weights.constant:.3f}  " + "  ".join(f"{k} {v:.3f}" for k, v in weights.features.items()))
    if args.write:
        source = f"{len(pairs.same)} pairs of {len(names_of(pairs))} stories, by tests/eval/fit_policy.py"
        written(
            DATA / "same_policy.json", {"fitted to": source, "constant": weights.constant, "features": weights.features}
        )


if __name__ == "__main__":
    main()
