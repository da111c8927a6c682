"""Labelled articles of `dev` as pages bring them: with furniture of 15 kinds around their text.

The lines of `furniture.jsonl` are our own, with places and days of elsewhere. Which of them stand on which page, and
where, follows from the article's id. Half of the lines (`develop`) were looked at when the cleaning was written, the
other half (`measure`) only measures it: the gate uses that half.
"""

import json
from collections.abc import Callable, Iterator
from functools import cache
from hashlib import sha256
from html import escape
from pathlib import Path
from random import Random
from typing import Any

from splits import part

from tracker.gather.pages.extraction import page_facts

HERE = Path(__file__).parent
FILES = ("retold", "retold_2", "retold_3", "articles", "clusters", "clusters_2")
PAGES = 150
KINDS_A_PAGE = 7
"""Of fifteen: what a page of a newspaper or of a television station has."""
FORMS = ("text", "page")
"""As paragraphs handed to `read`, or as HTML from which gathering takes the text; of the gate's pages half are each."""
Record = dict[str, Any]
MARKUP = {
    "top": ('<div class="{kind}">{inner}</div>', "<p>{line}</p>", "<div>{line}</div>"),
    "middle": ('<aside class="{kind}-box">{inner}</aside>', "<p><strong>{line}</strong></p>", "<p>{line}</p>"),
    "end": ('<div class="story-{kind}">{inner}</div>', "<p>{line}</p>", '<p><a href="/x">{line}</a></p>'),
}
"""How sites mark it: told by a class, or not at all."""


@cache
def furniture(half: str) -> dict[str, list[Record]]:
    """The lines of one half by kind."""
    found: dict[str, list[Record]] = {}
    for line in (HERE / "furniture.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        if record["half"] == half:
            found.setdefault(record["kind"], []).append(record)
    return found


def articles(number: int = PAGES) -> list[Record]:
    """The first of `dev` by the hash of their ids."""
    lines = (line for name in FILES for line in (HERE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines())
    records = [record for record in map(json.loads, lines) if part(record) == "dev"]
    return sorted(records, key=lambda record: sha256(record["id"].encode()).hexdigest())[:number]


def furnished(record: Record, half: str, form: str) -> Record:
    """The same record with furniture around its text."""
    chance = Random(record["id"])
    lines = furniture(half)
    pieces = [chance.choice(lines[kind]) for kind in chance.sample(sorted(lines), KINDS_A_PAGE)]
    paragraphs = record["text"].split("\n\n")
    middle = 1 if len(paragraphs) < 3 else chance.randrange(1, len(paragraphs) - 1)
    if form == "text":
        blocks = _placed(pieces, paragraphs, middle, lambda piece: "\n\n".join(piece["lines"]))
        return record | {"text": "\n\n".join(blocks)}
    marked_up = [f"<p>{escape(text)}</p>" for text in paragraphs]
    page = _page(record["title"], _placed(pieces, marked_up, middle, lambda piece: _marked_up(piece, chance)))
    return record | {"text": page_facts(page, record["url"], "text/html").text}


def _placed(pieces: list[Record], paragraphs: list[str], middle: int, piece: Callable[[Record], str]) -> list[str]:
    def at(where: str) -> list[str]:
        return [piece(each) for each in pieces if each["at"] == where]

    return [*at("top"), *paragraphs[:middle], *at("middle"), *paragraphs[middle:], *at("end")]


def _marked_up(piece: Record, chance: Random) -> str:
    shape = chance.choice(MARKUP[piece["at"]])
    lines = [escape(line) for line in piece["lines"]]
    if "{inner}" in shape:
        return shape.format(kind=piece["kind"], inner="".join(f"<p>{line}</p>" for line in lines))
    return "".join(shape.format(line=line) for line in lines)


def _page(title: str, blocks: list[str]) -> bytes:
    head = f"<title>{escape(title)}</title><meta property='og:title' content='{escape(title, quote=True)}'>"
    body = f"<article><h1>{escape(title)}</h1>{''.join(blocks)}</article>"
    return f"<!doctype html><html><head>{head}</head><body><main>{body}</main></body></html>".encode()


def pages(half: str = "measure", form: str | None = None) -> Iterator[str]:
    """The pages as records, a line each; half of them in each form where none is named."""
    for number, record in enumerate(articles()):
        yield json.dumps(furnished(record, half, form or FORMS[number % 2]))
