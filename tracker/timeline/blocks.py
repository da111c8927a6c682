"""Blocks of a rule: by whom, and of how much of it. Only a court or a higher government blocks a local rule."""

import re
from functools import cache

from tracker.model import Entry
from tracker.timeline.naming import OUTSIDE
from tracker.timeline.phrases import lists
from tracker.timeline.words import branch, branches

LONGEST = 160
"""Characters of a quoted sentence behind a standing; a longer one ends at a word."""


def is_from_outside(block: Entry) -> bool:
    """True where the body that blocked is a court or a higher government, or a quoted sentence or its headline names
    one; what a person set as the body decides alone."""
    if branch(block.body) in OUTSIDE or "body" in block.locked:
        return branch(block.body) in OUTSIDE
    told = (f"{item.title}. {item.finding.said}".lower() for item in block.evidence)
    return any(branches(text) & OUTSIDE or _has(text, "higher") for text in told)


def is_partial(block: Entry) -> bool:
    """True where a quoted sentence names a part of the rule: a provision, a section, a requirement."""
    return any(_has(item.finding.said.lower(), "parts") for item in block.evidence)


def names_rule(block: Entry) -> bool:
    """True where a quoted sentence holds the words by which the rule is named; a person's own word is enough."""
    if "instrument" in block.locked or not block.evidence:
        return True
    return any(block.instrument and block.instrument.lower() in item.finding.said.lower() for item in block.evidence)


def quoted(block: Entry) -> str:
    """The sentence of the first report, in quotation marks, cut at a word."""
    if not block.evidence:
        return ""
    said = block.evidence[0].finding.said
    short = said if len(said) <= LONGEST else f"{said[:LONGEST].rpartition(' ')[0]} …"
    return f"“{short}”"


def _has(text: str, kind: str) -> bool:
    return _words(kind).search(text) is not None


@cache
def _words(kind: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(lists().rules[kind])))})\b")
