"""Texts whose lines are broken at a fixed width, as in wire copy and mail: line ends are spaces there."""

import re

_LINE_END = re.compile(r"(?<!\n)\n(?=[^\s\n])")
_MID_SENTENCE = re.compile(r"(?<!\n)\n(?=[a-z])")
FEWEST_LINES = 3
"""Fewer line ends say nothing about the layout."""
MID_SENTENCE_SHARE = 0.3
"""In broken lines more than half go on in lower case; in paragraphs hardly any."""


def unbroken(text: str) -> str:
    """The text with the line ends inside its paragraphs as spaces, where its lines are broken; of the same length."""
    ends = sum(1 for _ in _LINE_END.finditer(text))
    if ends < FEWEST_LINES or sum(1 for _ in _MID_SENTENCE.finditer(text)) < ends * MID_SENTENCE_SHARE:
        return text
    return _LINE_END.sub(" ", text)
