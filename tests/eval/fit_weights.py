"""Fits tracker/read/data/weights.toml: logistic regression of "this act is a labelled change" on the reader's signs.

usage: uv run python tests/eval/fit_weights.py LABELLED.jsonl [LABELLED.jsonl ...] [--without PREFIX,PREFIX] [--cross N]

An act is a positive where its article is a change and one of its labelled entries has the act's place and stage.
--without leaves articles out whose id starts so (a part kept aside); --cross N prints N-fold article accuracy and
writes nothing.
"""

import argparse
import json
import tomllib
from pathlib import Path

import numpy as np

from tracker.model import Article
from tracker.read.decide import article_score
from tracker.read.evaluate import place_id
from tracker.read.explain import Explanation
from tracker.read.reader import Reader

RIDGE = 5.0
"""Strength of the pull to zero: weights stay small where few acts speak for them."""
ROUNDS = 60
"""Newton steps; far more than it takes to converge."""
WEIGHTS = Path(__file__).parents[2] / "tracker" / "read" / "data" / "weights.toml"
SENTENCE = "#sentence"
"""Not a sign: where the act stands, for putting the acts of an article together."""
LATE = "#late"
"""Not a sign: read only because the article is a change, so no witness for that."""
HEADER = """# How much each sign speaks (log-odds): for an act being a local change, for its being one of a change's entries, for a
# date being its date, for a step being told among the others, for a step being the news. Fitted on the labelled
# articles, see tests/eval/README.md; do not edit by hand. The signs are told in signs.py, when.py and steps.py.
"""


def records(paths: list[str], without: tuple[str, ...]) -> list[dict]:
    """Labelled articles of all files, without those kept aside."""
    lines = [line for path in paths for line in Path(path).read_text(encoding="utf-8").splitlines() if line.strip()]
    found = [json.loads(line) for line in lines]
    return [record for record in found if not (without and record["id"].startswith(without))]


def gold_places(record: dict) -> set[tuple[str, str, str]]:
    """(OCD id, stage, date or "") of each labelled entry."""
    return {(place_id(e["jurisdiction"]), e["stage"], e["date"] or "") for e in record["entries"]}


Rows = list[tuple[dict[str, float], int]]


def acts(record: dict, reader: Reader) -> Rows:
    """Signs and label of every act that was found in an article."""
    return acts_of(record, reader.explain(Article.model_validate(record)))


def acts_of(record: dict, told: Explanation) -> Rows:
    """The same of an article that is explained."""
    gold = {(place, stage) for place, stage, _ in gold_places(record)}
    found = []
    for item in told.considered:
        candidate = item.candidate
        if candidate.government is not None:
            key = (candidate.government.jurisdiction.id, candidate.stage.value)
            signs = candidate.signs | {SENTENCE: float(candidate.sentence.index), LATE: float(candidate.late)}
            found.append((signs, int(record["is_change"] and key in gold)))
    return found


def fit(rows: list[tuple[dict[str, float], int]], names: list[str]) -> np.ndarray:
    """Ridge logistic regression by Newton's method; the first weight is not pulled."""
    x = np.array([[signs.get(name, 0.0) for name in names] for signs, _ in rows])
    y = np.array([label for _, label in rows], dtype=float)
    w = np.zeros(len(names))
    pull = np.full(len(names), RIDGE)
    pull[names.index("always")] = 0.01
    for _ in range(ROUNDS):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        gradient = x.T @ (y - p) - pull * w
        hessian = (x.T * (p * (1 - p))) @ x + np.diag(pull)
        w += np.linalg.solve(hessian, gradient)
    return w


def scores(rows: list[tuple[dict[str, float], int]], names: list[str], w: np.ndarray) -> list[float]:
    x = np.array([[signs.get(name, 0.0) for name in names] for signs, _ in rows])
    return list(1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))) if rows else []


def sign_names(rows: Rows) -> list[str]:
    """Every sign that stands in a row, and "always"."""
    return sorted(
        ({name for signs, _ in rows for name, value in signs.items() if value} | {"always"}) - {SENTENCE, LATE}
    )


def cross(data: dict[str, tuple[bool, Rows]], folds: int) -> None:
    """Article accuracy when each article is judged by weights that never saw it, for several thresholds."""
    ids = sorted(data)
    names = sign_names([row for _, rows in data.values() for row in rows])
    best: dict[str, float] = {}
    for fold in range(folds):
        held = set(ids[fold::folds])
        w = fit([row for i in ids if i not in held for row in data[i][1]], names)
        for i in held:
            points = scores(data[i][1], names, w)
            best[i] = article_score(
                [(p, int(signs[SENTENCE])) for p, (signs, _) in zip(points, data[i][1], strict=True)]
            )
    groups = sorted({i[:1] for i in ids})
    for group in groups:
        report(group, [i for i in ids if i.startswith(group)], data, best, (0.5,))
    report("all", ids, data, best, (0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65))


def report(
    name: str, ids: list[str], data: dict[str, tuple[bool, Rows]], best: dict[str, float], thresholds: tuple[float, ...]
) -> None:
    """Prints article accuracy of a group of articles at each threshold."""
    for threshold in thresholds:
        tp = sum(data[i][0] and best[i] >= threshold for i in ids)
        fp = sum(not data[i][0] and best[i] >= threshold for i in ids)
        fn = sum(data[i][0] and best[i] < threshold for i in ids)
        tn = len(ids) - tp - fp - fn
        print(
            f"{threshold:.2f}  F1 {2 * tp / max(1, 2 * tp + fp + fn):.3f}  P {tp / max(1, tp + fp):.3f}"
            f"  R {tp / max(1, tp + fn):.3f}  false alarms {fp / max(1, fp + tn):.3f}"
        )


def write(tables: dict[str, dict[str, float]]) -> None:
    """Puts these tables in the place of those of the same name; the others stay."""
    kept = tomllib.loads(WEIGHTS.read_text(encoding="utf-8")) if WEIGHTS.exists() else {}
    text = HEADER
    for question, weights in (kept | tables).items():
        text += f"\n[{question}]\n" + "".join(f'"{name}" = {value:.3f}\n' for name, value in weights.items())
    WEIGHTS.write_text(text, encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labelled", nargs="+")
    parser.add_argument("--without", default="")
    parser.add_argument("--cross", type=int, default=0)
    args = parser.parse_args()
    reader = Reader()
    without = tuple(part for part in args.without.split(",") if part)
    read = {r["id"]: (r["is_change"], acts(r, reader)) for r in records(args.labelled, without)}
    data = {i: (change, [row for row in rows if not row[0][LATE]]) for i, (change, rows) in read.items()}
    if args.cross:
        cross(data, args.cross)
        return
    tables = {}
    for question, articles in (("change", list(data.values())), ("entry", [item for item in read.values() if item[0]])):
        rows = [row for _, acts_of in articles for row in acts_of]
        names = sign_names(rows)
        w = fit(rows, names)
        tables[question] = dict(zip(names, map(float, w), strict=True))
        print(f"{question}: {len(rows)} acts of {len(articles)} articles, {len(names)} signs")
    write(tables)


if __name__ == "__main__":
    main()
