"""The articles that stand in the repository: labelled ones, and ordinary stories that report no change."""

import json
from pathlib import Path
from typing import Any

EVAL = Path(__file__).parents[2] / "eval"

Record = dict[str, Any]


def read_lines(path: Path) -> list[Record]:
    """The articles of a JSON lines file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def stories(path: Path) -> list[tuple[str, str]]:
    """(title, text) of the stories of a plain file: a remark, then a story a block, its title in the first line."""
    text = path.read_text("utf-8").partition("\n\n")[2]
    blocks = [block.strip().split("\n") for block in text.split("\n\n") if block.strip()]
    return [(title, "\n\n".join(paragraphs)) for title, *paragraphs in blocks]
