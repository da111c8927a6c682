"""Fits the table `date` of tracker/read/data/weights.toml: which time expression is the day of an act.

usage: uv run python tests/eval/fit_dates.py LABELLED.jsonl [LABELLED.jsonl ...] [--without PREFIX,PREFIX] [--cross N]

A conditional logit (McFadden 1974): each act that a label names chooses one of its options, "no date" among them. An
option is right where a labelled entry of the act's place and stage has its date; an act whose labelled date is not
among its options should choose none. Where one of several right ones hangs on the act ("this month" and none are the
same to a label), that one is right. --cross N prints the share chosen right by weights that never saw the article.
Run it before fit_weights.py, whose signs depend on the dates.
"""

import numpy as np
from fit_weights import arguments, gold_places, records, weight_of, write

from tracker.model import Article
from tracker.read.evaluate import same_day
from tracker.read.reader import Reader

RIDGE = 5.0
"""Strength of the pull to zero: a sign that is seen a few times decides little."""
ROUNDS, SMALL_STEP = 40, 1e-4
"""Newton steps at most, and the step that is as good as none."""

Choice = tuple[list[dict[str, float]], list[bool]]


def choices(record: dict, reader: Reader) -> list[Choice]:
    """For every act that is a labelled entry but for its date: the signs of each option, and which are right."""
    article = Article.model_validate(record)
    found = []
    gold = gold_places(record)
    for item in reader.explain(article).considered:
        c = item.candidate
        if c.government is None or len(c.dates) < 2:
            continue
        days = [day for place, stage, day in gold if (place, stage) == (c.government.jurisdiction.id, c.stage.value)]
        if not days:
            continue
        right = [any(same_day(option.date, day, article) for day in days) for option in c.dates]
        told = [r and "hangs on the act" in o.signs for r, o in zip(right, c.dates, strict=True)]
        if not any(right):
            right[0] = True
        elif any(told):
            right = told
        found.append(([option.signs for option in c.dates], right))
    return found


def fit(data: list[Choice], names: list[str], counts: list[float] | None = None) -> np.ndarray:
    """Weights that make the right options likeliest, by Newton's method on the penalised likelihood. `counts`: how much
    each choice does."""
    each = counts if counts is not None else [1.0] * len(data)
    sets = [np.array([[signs.get(name, 0.0) for name in names] for signs in options]) for options, _ in data]
    rights = [np.array(right, dtype=float) for _, right in data]
    w = np.zeros(len(names))
    for _ in range(ROUNDS):
        gradient = -RIDGE * w
        hessian = RIDGE * np.eye(len(names))
        for x, right, count in zip(sets, rights, each, strict=True):
            p = softmax(x @ w)
            q = p * right / max(1e-12, float(p @ right))
            gradient += count * (x.T @ (q - p))
            hessian += count * ((x.T * p) @ x - np.outer(x.T @ p, x.T @ p))
        step = np.linalg.solve(hessian, gradient)
        w += step
        if np.abs(step).max() < SMALL_STEP:
            break
    return w


def softmax(points: np.ndarray) -> np.ndarray:
    e = np.exp(points - points.max())
    return e / e.sum()


def chosen_right(data: list[Choice], names: list[str], w: np.ndarray) -> int:
    """How many acts choose a right option."""
    total = 0
    for options, right in data:
        points = [sum(w[names.index(n)] * v for n, v in signs.items() if n in names) for signs in options]
        total += right[int(np.argmax(points))]
    return total


def sign_names(data: list[Choice]) -> list[str]:
    """Every sign of every option."""
    return sorted({name for options, _ in data for signs in options for name in signs})


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--cross", type=int, default=0)
    args = parser.parse_args()
    reader = Reader()
    changes = [r for r in records(args.labelled, args.without) if r["is_change"]]
    data = [choices(r, reader) for r in changes]
    counts = [[weight_of(r)] * len(of) for r, of in zip(changes, data, strict=True)]
    if args.cross:
        right = total = 0
        for fold in range(args.cross):
            train = [c for i, of in enumerate(data) if i % args.cross != fold for c in of]
            test = [c for i, of in enumerate(data) if i % args.cross == fold for c in of]
            names = sign_names(train)
            counted = [n for i, of in enumerate(counts) if i % args.cross != fold for n in of]
            right += chosen_right(test, names, fit(train, names, counted))
            total += len(test)
        print(f"{right} of {total} acts choose a right date ({right / total:.3f})")
        return
    rows = [c for of in data for c in of]
    names = sign_names(rows)
    w = fit(rows, names, [n for of in counts for n in of])
    print(f"{len(rows)} acts, {len(names)} signs; {chosen_right(rows, names, w) / len(rows):.3f} chosen right")
    write({"date": dict(zip(names, map(float, w), strict=True))})


if __name__ == "__main__":
    main()
