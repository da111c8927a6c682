"""What the first screen lets pass of items as feeds show them.

usage: uv run python tests/eval/first_screen_score.py [ARTICLES.jsonl]

Without a file: the headlines and summaries of summaries.jsonl, written for articles of which nothing was learnt. With
one: the titles of labelled articles with the first 200 characters of their texts.
"""

import json
import sys
from collections.abc import Iterable
from pathlib import Path

from tracker.read.first_screen import may_report

HERE = Path(__file__).parent
OPENING = 200
"""Characters of a text that stand for its summary."""


def figures(items: Iterable[dict[str, str]]) -> dict[str, float]:
    """`recall`: the share of changes that pass; `ordinary_pass`, `hard_pass`: those of the other kinds."""
    passed: dict[str, list[bool]] = {}
    for item in items:
        passed.setdefault(item["kind"], []).append(may_report(item["title"], item["summary"]))
    shares = {kind: round(sum(each) / len(each), 4) for kind, each in sorted(passed.items())}
    return {"recall" if kind == "change" else f"{kind}_pass": share for kind, share in shares.items()}


def summaries() -> list[dict[str, str]]:
    """The items that the gate measures."""
    return [json.loads(line) for line in (HERE / "summaries.jsonl").read_text(encoding="utf-8").splitlines()]


def openings(path: Path) -> Iterable[dict[str, str]]:
    """Labelled articles as items."""
    for record in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        kind = "change" if record["is_change"] else "other"
        yield {"kind": kind, "title": record["title"], "summary": record["text"][:OPENING].rpartition(" ")[0]}


if __name__ == "__main__":
    print(json.dumps(figures(openings(Path(sys.argv[1])) if sys.argv[1:] else summaries())))
