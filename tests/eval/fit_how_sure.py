"""Fits how sure an entry is on stories that the reader has learnt nothing from, and says how often each word is right.

usage: uv run python tests/eval/fit_how_sure.py [--write]

--write   puts weights, thresholds and what was measured into tracker/timeline/data/how_sure.json

Every figure is from cross-validation over whole stories: an entry is judged by weights that no entry of its story was
used for, and what is said of a word is measured with thresholds chosen on the other stories too. Run it again whenever
the reader or the merge changes; readings are made once a version of the reader (some five minutes).
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from joining import labels, rows
from labelled_entries import Story, entries, is_right, readings, stories
from numpy.typing import NDArray
from opinions import RECORDED, Witnessed, recorded

from tracker.model import Entry
from tracker.read.opinions.trust import Trust
from tracker.read.reader import Reader
from tracker.read.version import READER_VERSION
from tracker.timeline import how_sure

FOLDS = 10
"""Stories are dealt out to so many folds by the hash of their name."""
RIDGES = {"alone": 1.0, "heard": 10.0}
"""Strength of the pull of all weights towards 0: that of a prior with a deviation of 1; of .3 where nine in ten entries
are right, and few wrong ones are there to learn from."""
STEPS = 30
"""Of Newton's method; it settles in fewer than ten."""
TARGETS = {"sure": 19 / 20, "likely": 4 / 5}
"""What each word promises; it is the definition and never softened."""
LEAST = 50
"""Entries that must stand behind a word: 19 in 20 of fewer is luck."""
CHOICES = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
"""Values of the setting `publish` whose cost is told."""
BINS = (0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1.0)
RIGHT_MATTERS = 0.96
"""Of the matters that are followed, by weights that never saw them: `python -m tracker.read.training.matters`."""
RIGHT_STARTS = 1.0
"""Of the starts that texts of laws tell: 101 of 101 of the replayed record of one city, a development figure."""
RIGHT_ROWS = 0.998
"""Of the rows of the sheet of agreements whose place and day are right: 656 of 657, a development figure."""
RIGHT_EDITS = 0.941
"""Of the edits of policies that are told to change a rule: .956 of 183 that nothing is learnt from, less one standard
error (`policy_edits.py`). Place, stage and date of all 24 entries of the 28 replaced documents are right, a development
figure: no reason to call one sure, since three departments print these dates."""
STAGES_OF_RECORDS = {"proposed": "introduction", "adopted": "vote", "rejected": "vote", "effective": "start"}
"""What the shares of records are measured of."""
KIND = f"-{sha256(RECORDED.read_bytes()).hexdigest()[:12]}"
"""Names the readings by both witnesses: those of other recorded answers are others."""
OUT = Path(how_sure.__file__).parent / "data" / how_sure.DATA
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sample:
    """Entries as rows of features, whether each is right (1 or 0), and the fold of its story."""

    features: Floats
    right: Floats
    fold: NDArray[np.int64]


def samples() -> dict[str, Sample]:
    """The entries of all stories as the encoder reads them `alone`, and of those all of whose articles have a recorded
    answer as both witnesses read them, where a model is `heard`."""
    told = list(stories())
    alone = readings(record for story in told for record in story.articles)
    opinions = recorded()
    asked = [story for story in told if all(record["url"] in opinions for record in story.articles)]
    both = readings((record for story in asked for record in story.articles), Witnessed(Reader(), Trust.fitted()), KIND)
    return {
        "alone": _sample([(story, entry) for story in told for entry in entries(story, alone)]),
        "heard": _sample([(story, entry) for story in asked for entry in entries(story, both, opinions)]),
    }


def _sample(found: Sequence[tuple[Story, Entry]]) -> Sample:
    return Sample(
        np.array([list(how_sure.features_of(entry).values()) for _, entry in found]),
        np.array([float(is_right(entry, story)) for story, entry in found]),
        np.array([int(sha256(story.name.encode()).hexdigest(), 16) % FOLDS for story, _ in found]),
    )


def fitted(features: Floats, right: Floats, ridge: float = 1.0) -> Floats:
    """The weights of a logistic regression, the intercept first (it is not pulled)."""
    rows = np.hstack([np.ones((len(features), 1)), features])
    pull = np.diag([0.0] + [ridge] * features.shape[1])
    weights = np.zeros(rows.shape[1])
    for _ in range(STEPS):
        chance = _chances(weights, features)
        slope = rows.T @ (right - chance) - pull @ weights
        weights += np.linalg.solve((rows * (chance * (1 - chance))[:, None]).T @ rows + pull, slope)
    return weights


def _chances(weights: Floats, features: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-(weights[0] + features @ weights[1:]))))


def crossed(data: Sample, ridge: float, without: int = -1) -> Floats:
    """The chance of each entry by weights of the other folds; NaN for the fold `without`, which no weights saw."""
    found = np.full(len(data.right), np.nan)
    for fold in set(range(FOLDS)) - {without}:
        train = (data.fold != fold) & (data.fold != without)
        here = data.fold == fold
        found[here] = _chances(fitted(data.features[train], data.right[train], ridge), data.features[here])
    return found


def threshold(chances: Floats, right: Floats, target: float) -> float | None:
    """The lowest chance from which on so many are right, counted over all who reach it, and by one standard error more,
    since the luckiest of many thresholds is chosen; None where there is none that `LEAST` entries reach."""
    order = np.argsort(-chances, kind="stable")
    reached = np.arange(1, len(order) + 1)
    share = np.cumsum(right[order]) / reached
    enough = (share - np.sqrt(share * (1 - share) / reached) >= target) & (reached >= LEAST)
    return float(chances[order][np.flatnonzero(enough)[-1]]) if enough.any() else None


def thresholds(chances: Floats, right: Floats) -> dict[str, float | None]:
    """The chance from which on an entry is sure, and that from which on the rest is likely."""
    sure = threshold(chances, right, TARGETS["sure"])
    rest = chances < (sure if sure is not None else np.inf)
    return {"sure": sure, "likely": threshold(chances[rest], right[rest], TARGETS["likely"])}


def named(chances: Floats, by: dict[str, float | None]) -> NDArray[np.str_]:
    """The word of each chance."""
    words = how_sure.SureWeights(0.0, {}, by["sure"], by["likely"])
    return np.array([str(words.word(chance)) for chance in chances])


def measured(data: Sample, by: dict[str, float | None], ridge: float) -> dict[str, dict[str, float]]:
    """Share and rightness of each word, thresholds and weights chosen without the entry's fold. A word that no entry
    will bear (`by`) is not measured: what would have borne it is uncertain."""
    words = np.full(len(data.right), "", dtype="<U9")
    for fold in range(FOLDS):
        inner = crossed(data, ridge, without=fold)
        kept = ~np.isnan(inner)
        here, rest = data.fold == fold, data.fold != fold
        chances = _chances(fitted(data.features[rest], data.right[rest], ridge), data.features[here])
        chosen = thresholds(inner[kept], data.right[kept])
        words[here] = named(chances, {word: chosen[word] if by[word] is not None else None for word in by})
    return {
        str(word): {
            "entries": int((words == word).sum()),
            "share": round(float((words == word).mean()), 3),
            "right": round(float(data.right[words == word].mean()), 3) if (words == word).any() else 0.0,
        }
        for word in how_sure.SureWord
    }


def reliability(chances: Floats, right: Floats) -> list[str]:
    """One line a range of chances: how many entries, the chance told, how many were right."""
    lines = ["chance told    entries  told  right"]
    for low, high in pairwise(BINS):
        here = (chances >= low) & (chances < high)
        if here.any():
            lines.append(
                f"{low:.2f} to {high:.2f}  {here.sum():8}  {chances[here].mean():.2f}  {right[here].mean():.2f}"
            )
    return lines


def choices(chances: Floats, right: Floats) -> list[str]:
    """One line a value of `publish`: the share of the entries that it shows, and how many of these are right."""
    lines = ["publish  shown  right"]
    for least in CHOICES:
        here = chances >= least
        if here.any():
            lines.append(f"{least:7.2f}  {here.mean():5.1%}  {right[here].mean():5.1%}")
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    groups = {name: judged(name, data, RIDGES[name]) for name, data in samples().items()}
    groups["records"] = record_shares()
    if args.write:
        OUT.write_text(json.dumps({"reader": READER_VERSION} | groups, indent=2) + "\n", encoding="utf-8")


def record_shares() -> dict[str, Any]:
    """The share of right entries of records: matters that are rightly followed, times steps whose stage and day are
    right in the stories of `councils/`; printed too. Votes that decide are few of each stage, and are one share."""
    told = defaultdict[str, list[bool]](list)
    for part in ("dev", "kept"):
        known = labels(part)
        wanted = {(step["client"], str(step["history"])): (step["stage"], step["date"]) for step in known.steps}
        for key, item in rows(known):
            stage = item.finding.stage.value
            told[STAGES_OF_RECORDS[stage]].append(wanted.get(key) == (stage, str(item.finding.date)))
    right = {name: sum(found) / len(found) for name, found in told.items()} | {"start": RIGHT_STARTS}
    print("\nsteps of records: ", {name: f"{sum(found)} of {len(found)} right" for name, found in told.items()})
    shares = {stage: round(RIGHT_MATTERS * right[name], 3) for stage, name in STAGES_OF_RECORDS.items()}
    texts = {"adopted": RIGHT_EDITS, "effective": RIGHT_EDITS}
    return {"file": shares, "row": {"adopted": RIGHT_ROWS}, "text": texts, "unmeasured": min(shares.values())}


def judged(name: str, data: Sample, ridge: float) -> dict[str, Any]:
    """Weights, thresholds and what was measured of a sample; printed too."""
    chances = crossed(data, ridge)
    by, weights = thresholds(chances, data.right), fitted(data.features, data.right, ridge)
    found = measured(data, by, ridge)
    for word, target in TARGETS.items():
        if by[word] is not None and found[word]["right"] < target:  # a word that does not keep its promise is not used
            by[word] = None
            found = measured(data, by, ridge)
    print(f"\n{name}: {len(data.right)} entries, {data.right.mean():.3f} of them right; reader {READER_VERSION}")
    print("\n".join(reliability(chances, data.right)))
    print("\n".join(choices(chances, data.right)))
    for word, told in found.items():
        print(f"{word:10} {told['share']:6.1%} of the entries, {told['right']:6.1%} of them right ({told['entries']})")
    for feature, weight in zip(("intercept", *how_sure.FEATURES), weights, strict=True):
        print(f"  {feature:14} {weight:+.2f}")
    print(f"thresholds {by}")
    return _record(weights, by, found)


def _record(weights: Floats, by: dict[str, float | None], found: dict[str, Any]) -> dict[str, Any]:
    told = {name: round(float(weight), 4) for name, weight in zip(how_sure.FEATURES, weights[1:], strict=True)}
    cut = {word: None if value is None else round(value, 4) for word, value in by.items()}
    return {"intercept": round(float(weights[0]), 4), "weights": told} | cut | {"measured": found}


if __name__ == "__main__":
    main()
