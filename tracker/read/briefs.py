"""Several briefs on one page: each is read by itself, so that none takes a date or a place of another.

A brief begins at a dateline of a place, with the lines of its heading. What ran together stays one article, with one
address; only what is told of each brief comes from its own words.
"""

import re
from bisect import bisect_right
from itertools import pairwise

from tracker.read.mentions import Mentions
from tracker.read.text.document import PARAGRAPH, Document
from tracker.read.text.sentences import datelines

FEWEST_PLACES = 2
"""Places in datelines. One place with several is a report that begins anew, or a page on one town."""
MOST = 20
"""Briefs of a page; those met have three to eight. Each is read by itself, and a register of hundreds would take
minutes."""
SHORTEST = 200
"""Characters of a brief. Pages of shorter ones are lists of headlines, and one sentence tells too little by itself."""
TELLING = 4
"""Letters of a word by which the page's headline is known to be a brief's."""
_WORD = re.compile(r"[^\W\d_]+")
_STOPS = tuple('.!?:;…"”’)')


def briefs(document: Document, mentions: Mentions) -> list[Document]:
    """The briefs of a page, in order; none of an ordinary article. The headline goes with the brief that it names."""
    text = document.read.text
    opened = [span for span in datelines(text) if text[: span[1]].rstrip().endswith(("-", "–", "—"))]
    begins = [start for start, _ in opened]
    places: dict[int, str] = {}
    for place in mentions.places:
        at = bisect_right(begins, place.span.start) - 1
        if not place.span.in_title and at >= 0 and place.span.start < opened[at][1]:
            places.setdefault(at, place.placed.jurisdiction.id)
    if len(set(places.values())) < FEWEST_PLACES or len(places) > MOST:
        return []
    starts = [_with_heading(text, begins[at]) for at in sorted(places)]
    spans = [(start, end - len(PARAGRAPH)) for start, end in pairwise([0, *starts[1:], len(text) + len(PARAGRAPH)])]
    return _parted(document, spans) if all(end - start >= SHORTEST for start, end in spans) else []


def _with_heading(text: str, start: int) -> int:
    """Where a brief begins whose dateline stands at `start`: at the lines without a full stop before it."""
    while start:
        line = text.rfind(PARAGRAPH, 0, start - len(PARAGRAPH))
        line = line + len(PARAGRAPH) if line >= 0 else 0
        if text[line : start - len(PARAGRAPH)].endswith(_STOPS) or not text[line:start].strip():
            break
        start = line
    return start


def _parted(document: Document, spans: list[tuple[int, int]]) -> list[Document]:
    texts = [document.read.text[start:end] for start, end in spans]
    named = _words(document.read.title)
    own = max(range(len(spans)), key=lambda at: len(named & _words(texts[at])))
    parts = []
    for at, span in enumerate(spans):
        title = document.read.title if at == own else ""
        read = document.read.model_copy(update={"title": title, "text": texts[at]})
        parts.append(Document(document.given, read, document.text.kept([span]), document.title, document.aside))
    return parts


def _words(text: str) -> set[str]:
    return {word for word in _WORD.findall(text.lower()) if len(word) >= TELLING}
