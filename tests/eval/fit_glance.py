"""Fits tracker/read/data/glance.csv: logistic regression of "this article is a change" on its words.

usage: uv run python tests/eval/fit_glance.py [--cross]

Positives are the labelled changes of this folder and of the demo, negatives their other articles and the stories of
everyday.txt.
--cross writes nothing: it prints, for several thresholds, what the look keeps of articles that its weights never saw,
and so tells the threshold. HELD_OUT is never fitted to.
"""

import argparse
import csv
import random
import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "support"))

from articles_at_hand import EVAL, ROOT, demo_articles, labelled, stories

from tracker.model import Article
from tracker.read.glance import ALWAYS, NEEDED, Feature, features, glance
from tracker.read.screen import screen
from tracker.read.sentences import split_sentences
from tracker.read.telling import words_of

RIDGE = 0.03
"""Strength of the pull to zero; from 0.01 to 0.1 the cross-validation is as good."""
SEEN = 5
"""Articles that a word stands in at least; fewer teach the words of single stories by heart."""
ROUNDS = 25
"""Newton steps; more change nothing."""
FOLDS, SHUFFLES = 8, 5
THRESHOLDS = (0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.08, 0.10, 0.12, 0.16, 0.20)
SMALLEST = 0.05
"""Weights below it, in log-odds times the square root of an article's length (about 20), are left out of the file."""
HELD_OUT = re.compile(r"a0(12|16|20|24|28|32|36|40|44|48|52|56|60|64|68|72|76)$|c07|c14")
"""Labelled articles that are kept aside: every fourth of the first file, and two stories of the second."""
FILE = ROOT / "tracker" / "read" / "data" / "glance.csv"
HEADER = """# How much each word speaks for an article being a local change: its weight is divided by the square root of
# the number of features of the article. Fitted by tests/eval/fit_glance.py; do not edit by hand. "title" and "text":
# words there; "told": telling words of one sentence (acts.toml by section, screen.toml, rules.toml).
"""


@dataclass(frozen=True, slots=True)
class Sample:
    """One article: its story (copies and sequels stay in one fold), what is weighed, whether the word lists let it
    pass, and whether it is too short for the look."""

    story: str
    kind: str
    found: frozenset[Feature]
    listed: bool
    brief: bool


def sample(record: dict, kind: str, story: str) -> Sample:
    """An article as the look sees it."""
    article = Article.model_validate(record)
    told = [words_of(sentence.text) for sentence in split_sentences(article.text)]
    screened = screen(article)
    listed = bool(screened.sentences) or screened.look is not None
    return Sample(story, kind, frozenset(features(article, told)), listed, glance(article, told) is None)


def story_of(record_id: str) -> str:
    """The story that an article belongs to: "c07" of "c07-2", else the article itself."""
    return record_id.split("-")[0] if re.match(r"c\d\d-", record_id) else record_id


def samples() -> tuple[list[Sample], list[Sample]]:
    """Those to fit to and those kept aside; kinds are "change", "other" and "everyday"."""
    fitted, held = [], []
    for record in labelled():
        made = sample(record, "change" if record["is_change"] else "other", story_of(record["id"]))
        (held if HELD_OUT.match(record["id"]) else fitted).append(made)
    fitted += [sample(r, "change" if r["is_change"] else "other", r["id"]) for r in demo_articles()]
    for number, (title, text) in enumerate(stories(EVAL / "everyday.txt")):
        record = {"id": f"e{number}", "url": "https://news.example/e", "title": title, "text": text}
        fitted.append(sample(record | {"published": "2023-05-10"}, "everyday", f"e{number}"))
    return fitted, held


def matrix(found: list[Sample], names: list[Feature]) -> np.ndarray:
    """One row an article, as glance weighs it."""
    at = {name: i for i, name in enumerate(names)}
    x = np.zeros((len(found), len(names)))
    for row, each in zip(x, found, strict=True):
        row[[at[name] for name in each.found if name in at]] = len(each.found) ** -0.5
    return x


def fit(found: list[Sample]) -> dict[Feature, float]:
    """Ridge logistic regression by Newton's method in the dual: there are far more words than articles."""
    counts = Counter(name for each in found for name in each.found)
    names = sorted(name for name, count in counts.items() if count >= SEEN)
    x = matrix(found, names)
    y = np.array([float(each.kind == "change") for each in found])
    kernel, odds, always, ones = x @ x.T, np.zeros(len(y)), 0.0, np.ones(len(y))
    dual = np.zeros(len(y))
    for _ in range(ROUNDS):
        p = 1 / (1 + np.exp(-np.clip(odds + always, -30, 30)))
        curve = np.maximum(p * (1 - p), 1e-6)
        target = odds + always + (y - p) / curve
        a, b = np.linalg.solve(kernel + np.diag(RIDGE / curve), np.stack([target, ones], axis=1)).T
        always = float(a.sum() / b.sum())
        dual = a - always * b
        odds = kernel @ dual
    weights = dict(zip(names, map(float, x.T @ dual), strict=True))
    return {ALWAYS: always} | {name: w for name, w in weights.items() if abs(w) >= SMALLEST}


def score(each: Sample, weights: dict[Feature, float]) -> float:
    """What glance gives with these weights."""
    added = sum(weights.get(name, 0.0) for name in each.found) * len(each.found) ** -0.5
    return float(1 / (1 + np.exp(-(added + weights[ALWAYS]))))


def unseen(found: list[Sample], shuffle: int) -> list[float]:
    """The score of each article with weights fitted without its fold."""
    groups = sorted({each.story for each in found})
    random.Random(shuffle).shuffle(groups)
    fold = {story: number % FOLDS for number, story in enumerate(groups)}
    scores = [0.0] * len(found)
    for number in range(FOLDS):
        weights = fit([each for each in found if fold[each.story] != number])
        for i, each in enumerate(found):
            if fold[each.story] == number:
                scores[i] = score(each, weights)
    return scores


def kept(found: list[Sample], scores: list[float], threshold: float) -> dict[str, float]:
    """The share of each kind that both looks of the screen let pass."""
    passes = [each.listed and (each.brief or s >= threshold) for each, s in zip(found, scores, strict=True)]
    return {
        kind: float(np.mean([ok for ok, each in zip(passes, found, strict=True) if each.kind == kind]))
        for kind in sorted({each.kind for each in found})
    }


def say(name: str, shares: dict[str, float]) -> None:
    print(f"{name:24}" + "  ".join(f"{kind} {share:.3f}" for kind, share in shares.items()))


def cross(found: list[Sample]) -> None:
    """Prints what is kept of unseen articles, the mean of several shuffles and the lowest recall among them."""
    runs = [unseen(found, shuffle) for shuffle in range(SHUFFLES)]
    for threshold in THRESHOLDS:
        shares = [kept(found, scores, threshold) for scores in runs]
        mean = {kind: float(np.mean([share[kind] for share in shares])) for kind in shares[0]}
        lowest = min(share["change"] for share in shares)
        say(f"unseen, from {threshold:.2f}", mean | {"lowest recall": lowest})


def write(weights: dict[Feature, float]) -> None:
    """Puts the weights into the data file, by place and word."""
    with FILE.open("w", encoding="utf-8", newline="") as file:
        file.write(HEADER)
        rows = csv.writer(file, lineterminator="\n")
        rows.writerows((*name, f"{weight:.2f}") for name, weight in sorted(weights.items()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cross", action="store_true")
    args = parser.parse_args()
    fitted, held = samples()
    if args.cross:
        cross(fitted)
        return
    weights = fit(fitted)
    write(weights)
    print(f"{len(weights)} weights from {len(fitted)} articles; threshold {NEEDED:.2f}")
    for name, group in (("fitted to", fitted), ("kept aside", held)):
        say(name, kept(group, [score(each, weights) for each in group], NEEDED))


if __name__ == "__main__":
    main()
