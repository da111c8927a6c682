"""The accuracy gate: reads every labelled file here, fails where a figure is below its floor in baseline.json.

usage: uv run python tests/eval/gate.py [--raise] [--lower FILE.FIGURE]

--raise   writes today's figures as floors where they are higher: floors go up only
--lower   lets one floor go down to today's figure; the commit that does it says why
Figures named `false_alarms` are ceilings. One article more or less must not break a build: see SLACK.
"""

import argparse
import json
import sys
from pathlib import Path

from splits import part

from tracker.read.evaluate import Evaluation, evaluate
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


def measured() -> dict[str, Evaluation]:
    """File name → figures, for the files that are there."""
    reader = Reader()
    found = {}
    for name in FILES:
        path = HERE / f"{name}.jsonl"
        if path.exists():
            found[name] = evaluate(path.read_text(encoding="utf-8").splitlines(), reader)
    for name in PARTED:
        lines = (HERE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        for wanted in PARTS:
            found[f"{name}_{wanted}"] = evaluate([line for line in lines if part(json.loads(line)) == wanted], reader)
    return found


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
    for name, evaluation in measured().items():
        figures = evaluation.figures()
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
