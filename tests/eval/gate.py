"""The accuracy gate: reads every labelled file here, fails where a figure is below its floor in baseline.json.

usage: uv run python tests/eval/gate.py [--raise] [--lower FILE.FIGURE]

--raise   writes today's figures as floors where they are higher: floors go up only
--lower   lets one floor go down to today's figure; the commit that does it says why
Figures named `false_alarms` are ceilings. One article more or less must not break a build: see SLACK.
"""

import argparse
import json
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from itertools import product
from pathlib import Path

from splits import part

from tracker.read.evaluate import evaluate
from tracker.read.reader import Reader

HERE = Path(__file__).parent
BASELINE = HERE / "baseline.json"
OWN = tuple(f"own_articles_{number}" for number in range(2, 9))
FILES = ("articles", "clusters", "own_articles", *OWN, "kept_aside", "kept_aside_2")
PARTED = ("retold", "retold_2")
"""Files of which the parts for choosing and the parts that are kept are measured (splits.py)."""
PARTS = ("dev", "kept")
SLACK = 0.004
"""The parse may differ in a few sentences between machines; half an article of the smallest file."""
CEILINGS = frozenset({"false_alarms"})


def sets() -> dict[str, list[str]]:
    """Name → labelled articles, a line each."""
    found = {name: _lines(name) for name in FILES}
    for name, wanted in product(PARTED, PARTS):
        found[f"{name}_{wanted}"] = [line for line in _lines(name) if part(json.loads(line)) == wanted]
    return found


def _lines(name: str) -> list[str]:
    return (HERE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()


def figures_of(lines: list[str]) -> dict[str, float]:
    """What the reader of this process makes of them."""
    return evaluate(lines, reader()).figures()


@cache
def reader() -> Reader:
    """One a process: it takes seconds to load."""
    return Reader()


def measured() -> dict[str, dict[str, float]]:
    """Name → figures. As many sets at once as there are processors."""
    given = sets()
    with ProcessPoolExecutor(os.cpu_count()) as processes:
        return dict(zip(given, processes.map(figures_of, given.values()), strict=True))


def broken(name: str, figures: dict[str, float], floors: dict[str, float]) -> list[str]:
    """One line for each figure on the wrong side of its floor."""
    lines = []
    for figure, floor in floors.items():
        value = figures[figure]
        if value > floor + SLACK if figure in CEILINGS else value < floor - SLACK:
            lines.append(f"{name}: {figure} is {value:.3f}, the floor is {floor:.3f}")
    return lines


def better(figure: str, a: float, b: float) -> float:
    """The stricter of two floors."""
    return min(a, b) if figure in CEILINGS else max(a, b)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--raise", dest="raised", action="store_true")
    parser.add_argument("--lower", action="append", default=[], metavar="FILE.FIGURE")
    args = parser.parse_args()
    floors: dict[str, dict[str, float]] = json.loads(BASELINE.read_text(encoding="utf-8")) if BASELINE.exists() else {}
    failures: list[str] = []
    for name, figures in measured().items():
        print(
            f"{name:16} " + "  ".join(f"{key.removeprefix('primary_')} {value:.3f}" for key, value in figures.items())
        )
        known = floors.setdefault(name, {})
        for figure in list(known):
            if f"{name}.{figure}" in args.lower:
                known[figure] = figures[figure]
        failures += broken(name, figures, known)
        if args.raised:
            floors[name] = {key: better(key, value, known.get(key, value)) for key, value in figures.items()}
    if args.raised or args.lower:
        BASELINE.write_text(json.dumps(floors, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    for line in failures:
        print(line, file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
