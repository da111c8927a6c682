"""A labelled article as a page brings it: with stamps, by-lines, captions, links to other stories, boxes and comments around its
text, paragraphs run together, its end cut off. What of it the cleaning leaves must not move what is read."""

import json
from collections.abc import Sequence
from functools import cache
from random import Random

from tracker.read.training.corpus import EVAL, Record, proven

MOST_PIECES = 7
"""Around one text."""
RUN_TOGETHER, CUT = 0.2, 0.15
"""Shares of the articles whose paragraphs lose their blank lines, and that end in the middle of a sentence."""
LINKS = ("Related: {}", "Read more: {}", "READ ALSO: {}", "More: {}", "» {}", "Watch: {}", "Photos: {}")
"""How a page leads to another story."""
COMMENTS = ("Reply: {}", "2 days ago: {}", "Reader in town says: {}")
"""How a reader's remark stands there."""


def furnished(record: Record, headlines: Sequence[str], chance: Random) -> Record:
    """The record with furniture around its text; its quotes stay in it. `headlines`: of other articles."""
    paragraphs = record["text"].split("\n\n")
    pieces = [_piece(headlines, chance) for _ in range(chance.randint(1, MOST_PIECES))]
    for where, lines in pieces:
        at = {"top": 0, "end": len(paragraphs)}.get(where, chance.randint(0, len(paragraphs)))
        paragraphs[at:at] = lines
    text = ("\n" if chance.random() < RUN_TOGETHER else "\n\n").join(paragraphs)
    if chance.random() < CUT:
        text = _cut(text, record, chance)
    return record | {"text": text}


def _piece(headlines: Sequence[str], chance: Random) -> tuple[str, list[str]]:
    """Where a piece stands, and its lines: one of those that were written, or a link to another article."""
    if chance.random() < 1 / 3:
        form = chance.choice(LINKS if chance.random() < 0.8 else COMMENTS)
        return chance.choice(("middle", "end")), [form.format(chance.choice(headlines))]
    known = chance.choice(_written())
    return known["at"], list(known["lines"])


@cache
def _written() -> list[Record]:
    """The half that was looked at when the cleaning was written; the other half measures."""
    lines = (EVAL / "furniture.jsonl").read_text("utf-8").splitlines()
    return [known for known in map(json.loads, lines) if known["half"] == "develop"]


def _cut(text: str, record: Record, chance: Random) -> str:
    """The text without its end, behind all that proves a step."""
    ends = [text.find(entry["quote"]) + len(entry["quote"]) for entry in proven(record)]
    whole = not record["is_change"] or (ends and len(ends) == len(record["entries"] or ()))
    last = max([*ends, len(text) // 2])
    return text[: chance.randint(last, len(text))].rsplit(" ", 1)[0] if whole and last < len(text) else text
