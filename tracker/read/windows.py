"""Document → the short row in which the big look reads one marked sentence: the head, the first two sentences and what
stands around the mark. A short article is whole."""

import numpy as np

from tracker.read.mentions import Mentions, Span
from tracker.read.rows import Row, Tokens, inside_of, row_of, where

LONGEST_LEAD, MOST_OF_ROOM = 64, 0.45
"""Tokens of the text's first two sentences that go with a mark from far behind, and their share of a short row: they
name the place and the news."""


def window(found: Tokens, mentions: Mentions, span: Span, longest: int) -> Row:
    """The row of at most `longest` tokens in which the sentence, or part of one, at `span` is marked."""
    room = longest - 2 - len(found.head)
    lead, body = _ranges(found, mentions, span, room)
    row = row_of(found, lead, body)
    inside = inside_of(row, span, found)
    marks = np.zeros_like(row.ids)
    marks[inside.start : inside.stop] = 1
    return Row(row.ids, row.kinds, marks, lead, body)


def _ranges(found: Tokens, mentions: Mentions, span: Span, room: int) -> tuple[range, range]:
    """The tokens of the beginning and of the surroundings; the first is empty where the second begins the text."""
    size = len(found.text)
    if size <= room or span.in_title:
        return range(0), range(min(size, room))
    at, sentences = where(found, span), [unit for unit in mentions.units[1:3] if unit is not None]
    told = int(np.searchsorted(found.text_at[:, 0], sentences[-1].end)) if sentences else 0
    lead = min(LONGEST_LEAD, told, int(room * MOST_OF_ROOM))
    start = min((at.start + at.stop) // 2 - (room - lead) // 2, size - (room - lead))
    if start <= lead:
        return range(0), range(room)
    return range(lead), range(start, start + room - lead)
