"""Fits the tables `step` and `news` of tracker/read/data/weights.toml: which steps are entries, and which is the news.

usage: uv run python tests/eval/fit_steps.py LABELLED.jsonl [LABELLED.jsonl ...] [--without PREFIX,PREFIX] [--cross]

A step is right where a labelled entry has its place, stage and date. The worth of its act is taken from weights that
never saw the article (FOLDS folds), as it will be for an article that is new. --cross prints entry figures by step
weights that never saw the article either, for several values of KEEP, and writes nothing. Run it last: the signs
depend on the tables of fit_dates.py and fit_weights.py.
"""

from dataclasses import dataclass, replace
from math import exp

import numpy as np
from fit_dates import fit as fit_choice
from fit_dates import sign_names as choice_names
from fit_weights import (
    COUNTS,
    LATE,
    acts_of,
    arguments,
    fit,
    gold_list,
    gold_places,
    records,
    sign_names,
    weight_of,
    write,
)

from tracker.model import Article
from tracker.read.evaluate import same_day
from tracker.read.explain import Explanation
from tracker.read.reader import Reader
from tracker.read.steps import steps_of

FOLDS = 10
"""Parts that the articles are divided into; each is judged by weights of the other nine."""
THRESHOLDS = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6)


@dataclass
class Story:
    """The signs of each step of one article, which of them are labelled entries, which is the labelled news, and
    how much the article counts."""

    labelled: int
    signs: list[dict[str, float]]
    right: list[bool]
    news: list[bool]
    counts: float = 1.0


def weighed(signs: dict[str, float], names: list[str], w: np.ndarray) -> float:
    points = sum(w[names.index(n)] * v for n, v in signs.items() if n in names)
    return 1 / (1 + exp(-max(-30.0, min(30.0, points))))


def story(record: dict, told: Explanation, names: dict[str, list[str]], w: dict[str, np.ndarray]) -> Story:
    """The steps of an article whose acts are weighed by `w`."""
    article = Article.model_validate(record)
    again = [
        replace(
            c.candidate,
            score=weighed(c.candidate.signs, names["change"], w["change"]),
            worth=weighed(c.candidate.signs, names["entry"], w["entry"]),
        )
        for c in told.considered
    ]
    gold = gold_places(record)
    news = {g for g, e in zip(gold_list(record), record["entries"], strict=True) if e.get("primary")}
    result = Story(len(gold), [], [], [], weight_of(record))
    if told.scene is None or not any(c.government for c in again):
        return result
    for step in steps_of(told.scene, again):
        c = step.candidate
        key = (c.government.jurisdiction.id, c.stage.value)
        result.signs.append(step.signs)
        result.right.append(any(g[:2] == key and same_day(c.date, g[2], article) for g in gold))
        result.news.append(any(g[:2] == key and same_day(c.date, g[2], article) for g in news))
    return result


def fit_step(stories: list[Story]) -> tuple[list[str], np.ndarray]:
    pairs = [(s, signs, right) for s in stories for signs, right in zip(s.signs, s.right, strict=True)]
    rows = [(signs | {COUNTS: s.counts}, int(right)) for s, signs, right in pairs]
    names = sign_names(rows)
    return names, fit(rows, names)


def fit_news(stories: list[Story]) -> tuple[list[str], np.ndarray]:
    told = [s for s in stories if any(s.news) and len(s.news) > 1]
    data = [(s.signs, s.news) for s in told]
    names = choice_names(data)
    return names, fit_choice(data, names, [s.counts for s in told])


def cross(stories: list[Story]) -> None:
    """Entry F1 and the share of right news, each article judged by weights that never saw it."""
    counts = {t: [0, 0, 0] for t in THRESHOLDS}
    news = total = 0
    for fold in range(FOLDS):
        train = [s for i, s in enumerate(stories) if i % FOLDS != fold]
        names, w = fit_step(train)
        news_names, v = fit_news(train)
        for s in stories[fold::FOLDS]:
            worth = [weighed(signs, names, w) for signs in s.signs]
            points = [sum(v[news_names.index(n)] * x for n, x in g.items() if n in news_names) for g in s.signs]
            first = int(np.argmax(points)) if points else -1
            news += bool(s.signs) and s.news[first]
            total += 1
            for t, count in counts.items():
                kept = [r for i, (r, p) in enumerate(zip(s.right, worth, strict=True)) if p >= t or i == first]
                count[0] += sum(kept)
                count[1] += len(kept) - sum(kept)
                count[2] += s.labelled - sum(kept)
    print(f"news right in {news} of {total} ({news / total:.3f})")
    for t, (hit, extra, missed) in counts.items():
        print(
            f"{t:.2f}  entry F1 {2 * hit / (2 * hit + extra + missed):.3f}  P {hit / (hit + extra):.3f}"
            f"  R {hit / (hit + missed):.3f}"
        )


def judged(read: list[tuple[dict, Explanation]], fold: int) -> list[Story]:
    """The stories of one fold, their acts weighed by weights of the other folds."""
    seen = [pair for i, pair in enumerate(read) if i % FOLDS != fold]
    changes = [row for r, told in seen for row in acts_of(r, told) if not row[0][LATE]]
    entries = [row for r, told in seen if r["is_change"] for row in acts_of(r, told)]
    names = {"change": sign_names(changes), "entry": sign_names(entries)}
    w = {"change": fit(changes, names["change"]), "entry": fit(entries, names["entry"])}
    mine = [(r, told) for i, (r, told) in enumerate(read) if i % FOLDS == fold]
    return [story(r, told, names, w) for r, told in mine if r["is_change"] and told.reading.is_change]


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--cross", action="store_true")
    args = parser.parse_args()
    reader = Reader()
    read = [(r, reader.explain(Article.model_validate(r))) for r in records(args.labelled, args.without)]
    stories = [s for fold in range(FOLDS) for s in judged(read, fold)]
    if args.cross:
        cross(stories)
        return
    step_names, w_step = fit_step(stories)
    news_names, w_news = fit_news(stories)
    write(
        {
            "step": dict(zip(step_names, map(float, w_step), strict=True)),
            "news": dict(zip(news_names, map(float, w_news), strict=True)),
        }
    )
    print(f"{sum(len(s.signs) for s in stories)} steps of {len(stories)} articles, {len(step_names)} signs")


if __name__ == "__main__":
    main()
