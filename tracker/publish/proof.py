"""A quote among the sentences around it, with the proof of each field marked: what an entry's page shows. Pure."""

import re
from itertools import pairwise
from typing import NamedTuple

from tracker.characters import CUT_WORD, visible
from tracker.model import Finding
from tracker.publish.words import series

FIELDS = ("stage", "date", "place", "body", "instrument")
"""In the order in which they are named."""
ELSEWHERE = "elsewhere in the article"
IN_TITLE = "in its headline"
_BLANKS = re.compile(r"\s+")


class QuotePart(NamedTuple):
    """Some words: whether they are of the quote itself, and the fields that they prove."""

    text: str
    quoted: bool
    fields: tuple[str, ...] = ()


def quote_parts(finding: Finding) -> list[QuotePart]:
    """What is shown, from the first word to the last. Without marks, and without words around it, the quote alone."""
    begin, end = finding.start - len(finding.before), finding.end + len(finding.after)
    whole = finding.before + finding.quote + finding.after
    if not (finding.before or finding.after or finding.marks):
        return [QuotePart(visible(finding.said), True)]
    if not finding.marks:
        pieces = [QuotePart(finding.before, False), QuotePart(finding.quote, True), QuotePart(finding.after, False)]
        return [part for piece in pieces if (part := _plain(piece)).text]
    spans = [(max(mark.start, begin), min(mark.end, end), mark.field) for mark in finding.marks if not mark.in_title]
    spans = [span for span in spans if span[0] < span[1]]
    edges = sorted({begin, end, finding.start, finding.end, *(edge for span in spans for edge in span[:2])})
    found = []
    for left, right in pairwise(edges):
        fields = tuple(name for name in FIELDS if any(s <= left and right <= e and f == name for s, e, f in spans))
        quoted = finding.start <= left and right <= finding.end
        found.append(_plain(QuotePart(whole[left - begin : right - begin], quoted, fields)))
    return [part for part in found if part.text]


def _plain(part: QuotePart) -> QuotePart:
    """On one line, blanks at the ends kept: the words before and behind stand in other parts."""
    return part._replace(text=_BLANKS.sub(" ", visible(CUT_WORD.sub("", part.text))))


def proof_elsewhere(finding: Finding) -> str:
    """`the place elsewhere in the article, the date in its headline`: what has its proof outside the words shown; empty
    where all that was found stands in them."""
    begin, end = finding.start - len(finding.before), finding.end + len(finding.after)
    within = {mark.field for mark in finding.marks if not mark.in_title and mark.start < end and begin < mark.end}
    titled = {mark.field for mark in finding.marks if mark.in_title} - within
    outside = {mark.field for mark in finding.marks} - within - titled
    told = [f"the {name} {IN_TITLE if name in titled else ELSEWHERE}" for name in FIELDS if name in titled | outside]
    return series(told)
