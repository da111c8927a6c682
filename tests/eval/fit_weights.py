"""Fits tracker/read/data/weights.toml: logistic regression of "this act is a labelled change" on the reader's signs.

usage: uv run python tests/eval/fit_weights.py LABELLED.jsonl [LABELLED.jsonl ...] [--without PREFIX,PREFIX] [--cross N]

An act is a positive where its article is a change and one of its labelled entries has the act's place and stage.
--without leaves articles out whose id starts so (a part kept aside); --cross N prints N-fold article accuracy and
writes nothing.
"""

import argparse
import json
import re
import tomllib
from math import exp
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

import numpy as np
from fit_glance import sample, story_of
from fit_glance import unseen as unseen_looks

from tracker.model import Article
from tracker.read.evaluate import place_id
from tracker.read.explain import Explanation
from tracker.read.reader import Reader
from tracker.read.verdict import Witness, article_signs, witness, words_against

RIDGE = 5.0
"""Strength of the pull to zero: weights stay small where few acts speak for them."""
ROUNDS, SMALL_STEP = 60, 1e-4
"""Newton steps at most, and the step that is as good as none."""
INNER = 8
"""Parts for the weights that never saw an article."""
WEIGHTS = Path(__file__).parents[2] / "tracker" / "read" / "data" / "weights.toml"
CLOSE_TO_LIFE = 3.0
"""How much an article counts that was rewritten from a real report, or by a writer who knew nothing of the reader. Our
other articles were made for their difficulties: more dates, more steps and more neighbours than news has."""
_CLOSE = re.compile(r"[abc]\d\d")
SENTENCE = "#sentence"
"""Not a sign: where the act stands, for putting the acts of an article together."""
COUNTS = "#counts"
"""Not a sign: how much the article counts."""
LATE = "#late"
"""Not a sign: read only because the article is a change, so no witness for that."""
HEADER = """# How much each sign speaks (log-odds): for an act being a local change (change), for an article being one
# (article), for an act being one of a change's entries (entry), for a date being an act's (date), for a step being told
# among the others (step), for a step being the news (news), for a place being the one that acts (place). Fitted on the
# labelled articles, see tests/eval/README.md; do not edit by hand. The signs are told in signs.py, verdict.py, when.py,
# steps.py and focus.py.
"""


Rows = list[tuple[dict[str, float], int]]


def arguments(description: str | None) -> argparse.ArgumentParser:
    """What all the fitting scripts take: labelled files, and the ids that are left out."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labelled", nargs="+")
    parser.add_argument("--without", default=(), type=lambda text: tuple(part for part in text.split(",") if part))
    return parser


def records(paths: list[str], without: tuple[str, ...]) -> list[dict]:
    """Labelled articles of all files, without those kept aside."""
    lines = [line for path in paths for line in Path(path).read_text(encoding="utf-8").splitlines() if line.strip()]
    found = [json.loads(line) for line in lines]
    return [record for record in found if not (without and record["id"].startswith(without))]


def weight_of(record: dict) -> float:
    """How much an article counts in the choice of dates, steps and news."""
    return CLOSE_TO_LIFE if _CLOSE.match(record["id"]) else 1.0


def gold_places(record: dict) -> set[tuple[str, str, str]]:
    """(OCD id, stage, date or "") of each labelled entry."""
    return set(gold_list(record))


def gold_list(record: dict) -> list[tuple[str, str, str]]:
    """The same in the order of the record."""
    return [(place_id(e["jurisdiction"]), e["stage"], e["date"] or "") for e in record["entries"]]


def acts_of(record: dict, told: Explanation) -> Rows:
    """Signs and label of every act that was found in an article."""
    gold = {(place, stage) for place, stage, _ in gold_places(record)}
    found = []
    for item in told.considered:
        candidate = item.candidate
        if candidate.government is not None:
            key = (candidate.government.jurisdiction.id, candidate.stage.value)
            signs = candidate.signs | {SENTENCE: float(candidate.sentence.index), LATE: float(candidate.late)}
            found.append((signs, int(record["is_change"] and key in gold)))
    return found


class Story(NamedTuple):
    """An article's label, the acts that it is judged by (rows and witnesses in the same order), and acts of others;
    `words`: what its words say against it by weights that never saw it."""

    change: bool
    rows: Rows
    ours: list[Witness]
    others: list[Witness]
    words: float = 0.0


Data = dict[str, Story]


def story(record: dict, told: Explanation) -> Story:
    """What the article is judged by: acts that were read only because it is a change are no witnesses."""
    seen = [c.candidate for c in told.considered if not c.candidate.late]
    return Story(
        record["is_change"],
        [row for row in acts_of(record, told) if not row[0][LATE]],
        [witness(c) for c in seen if c.government is not None],
        [witness(c) for c in seen if c.government is None],
    )


def fit(rows: Rows, names: list[str], ridge: float = RIDGE) -> np.ndarray:
    """Ridge logistic regression by Newton's method; the first weight is not pulled. A row counts as COUNTS says."""
    count = np.array([signs.get(COUNTS, 1.0) for signs, _ in rows])
    x = np.array([[signs.get(name, 0.0) for name in names] for signs, _ in rows])
    y = np.array([label for _, label in rows], dtype=float)
    w = np.zeros(len(names))
    pull = np.full(len(names), ridge)
    pull[names.index("always")] = 0.01
    for _ in range(ROUNDS):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        gradient = x.T @ (count * (y - p)) - pull * w
        hessian = (x.T * (count * p * (1 - p))) @ x + np.diag(pull)
        step = np.linalg.solve(hessian, gradient)
        w += step
        if np.abs(step).max() < SMALL_STEP:
            break
    return w


def scores(rows: list[tuple[dict[str, float], int]], names: list[str], w: np.ndarray) -> list[float]:
    x = np.array([[signs.get(name, 0.0) for name in names] for signs, _ in rows])
    return list(1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))) if rows else []


def sign_names(rows: Rows) -> list[str]:
    """Every sign that stands in a row, and "always"."""
    return sorted(
        ({name for signs, _ in rows for name, value in signs.items() if value} | {"always"}) - {SENTENCE, LATE, COUNTS}
    )


def unseen(data: Data, folds: int) -> dict[str, list[Witness]]:
    """The witnesses of each article, weighed by weights that never saw it."""
    ids = sorted(data, key=lambda i: crc32(i.encode()))
    found = {}
    for fold in range(folds):
        held = ids[fold::folds]
        rows = [row for i in ids if i not in set(held) for row in data[i].rows]
        names = sign_names(rows)
        w = fit(rows, names)
        for i in held:
            points = scores(data[i].rows, names, w)
            found[i] = [one._replace(score=p) for one, p in zip(data[i].ours, points, strict=True)] + data[i].others
    return found


def with_words(data: Data, labelled: list[dict]) -> Data:
    """The same with what the words of each article say against it, by a glance that was fitted without it."""
    samples = [sample(r, "change" if r["is_change"] else "other", story_of(r["id"])) for r in labelled]
    looks = unseen_looks(samples, 0)
    pairs = zip(labelled, samples, looks, strict=True)
    return {
        r["id"]: data[r["id"]]._replace(words=words_against(None if each.brief else look)) for r, each, look in pairs
    }


def fit_article(data: Data, found: dict[str, list[Witness]]) -> dict[str, float]:
    """The table `article`: logistic regression on what the witnesses of each article say."""
    rows = [(article_signs(of, data[i].words), int(data[i].change)) for i, of in found.items() if of]
    names = sign_names(rows)
    return dict(zip(names, map(float, fit(rows, names, 1.0)), strict=True))


def cross(data: Data, folds: int) -> None:
    """Article accuracy when each article is judged by weights that never saw it, for several thresholds."""
    best: dict[str, float] = {}
    ids = sorted(data, key=lambda i: crc32(i.encode()[::-1]))
    for fold in range(folds):
        held = ids[fold::folds]
        train = {i: data[i] for i in ids if i not in set(held)}
        rows = [row for of in train.values() for row in of.rows]
        names = sign_names(rows)
        w = fit(rows, names)
        table = fit_article(train, unseen(train, INNER))
        for i in held:
            points = scores(data[i].rows, names, w)
            of = [one._replace(score=p) for one, p in zip(data[i].ours, points, strict=True)] + data[i].others
            odds = sum(table.get(name, 0.0) * value for name, value in article_signs(of, data[i].words).items())
            best[i] = 1 / (1 + exp(-odds)) if data[i].ours else 0.0
    for group in sorted({i[:1] for i in ids}):
        report(group, [i for i in ids if i.startswith(group)], data, best, (0.4, 0.45, 0.5))
    report("all", ids, data, best, (0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65))


def report(name: str, ids: list[str], data: Data, best: dict[str, float], thresholds: tuple[float, ...]) -> None:
    """Prints article accuracy of a group of articles at each threshold."""
    for threshold in thresholds:
        tp = sum(data[i].change and best[i] >= threshold for i in ids)
        fp = sum(not data[i].change and best[i] >= threshold for i in ids)
        fn = sum(data[i].change and best[i] < threshold for i in ids)
        tn = len(ids) - tp - fp - fn
        print(
            f"{name}  {threshold:.2f}  F1 {2 * tp / max(1, 2 * tp + fp + fn):.3f}  P {tp / max(1, tp + fp):.3f}"
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
    parser = arguments(__doc__)
    parser.add_argument("--cross", type=int, default=0)
    args = parser.parse_args()
    reader = Reader()
    told = {r["id"]: (r, reader.explain(Article.model_validate(r))) for r in records(args.labelled, args.without)}
    data = with_words({i: story(r, explained) for i, (r, explained) in told.items()}, [r for r, _ in told.values()])
    if args.cross:
        cross(data, args.cross)
        return
    changes = [row for of in data.values() for row in of.rows]
    entries = [row for r, explained in told.values() if r["is_change"] for row in acts_of(r, explained)]
    tables = {}
    for question, rows in (("change", changes), ("entry", entries)):
        names = sign_names(rows)
        tables[question] = dict(zip(names, map(float, fit(rows, names)), strict=True))
        print(f"{question}: {len(rows)} acts of {len(data)} articles, {len(names)} signs")
    tables["article"] = fit_article(data, unseen(data, INNER))
    write(tables)


if __name__ == "__main__":
    main()
