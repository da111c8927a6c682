"""The articles that stand in the repository: labelled ones, the demo's, and ordinary stories that report no change."""

import json
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
EVAL = ROOT / "tests" / "eval"
DEMO = ROOT / "jobs" / "demo_site" / "articles"
LABELLED = (
    "articles",
    "clusters",
    "own_articles",
    "own_articles_2",
    "own_articles_3",
    "own_articles_4",
    "own_articles_5",
    "own_articles_6",
    "own_articles_7",
    "own_articles_8",
)

Record = dict[str, Any]


def read_lines(path: Path) -> list[Record]:
    """The articles of a JSON lines file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def labelled() -> list[Record]:
    """Every labelled article that is there."""
    paths = [EVAL / f"{name}.jsonl" for name in LABELLED]
    return [record for path in paths if path.exists() for record in read_lines(path)]


def demo_articles() -> list[Record]:
    """The demo's articles in the same form."""
    found = []
    for path in sorted(DEMO.glob("*.toml")):
        for number, item in enumerate(tomllib.loads(path.read_text("utf-8"))["article"]):
            day = str(item["published"])[:10]
            record = {"id": f"{path.stem}-{number}", "url": f"https://news.example/{item['slug']}", "published": day}
            found.append(
                record | {"title": item["title"], "text": item["text"].strip(), "is_change": bool(item.get("expect"))}
            )
    return found


def stories(path: Path) -> list[tuple[str, str]]:
    """(title, text) of the stories of a plain file: a remark, then a story a block, its title in the first line."""
    text = path.read_text("utf-8").partition("\n\n")[2]
    blocks = [block.strip().split("\n") for block in text.split("\n\n") if block.strip()]
    return [(title, "\n\n".join(paragraphs)) for title, *paragraphs in blocks]
