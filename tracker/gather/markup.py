"""Feed markup made safe before a parser sees it. Every step takes time that is linear in the text."""

import re

_ROOT = re.compile(r"<(?:[\w.-]{1,30}:)?(?:rss|rdf|feed|channel)(?=[\s>/])", re.I)
_OPEN = re.compile(r"<(?:[\w.-]{1,30}:)?(?:item|entry)(?=[\s>/])", re.I)
_CLOSE = re.compile(r"</(?:[\w.-]{1,30}:)?(?:item|entry)\s{0,9}>", re.I)
LONGEST_TAIL = 10_000
"""Characters after the last item that are kept: the closing tags of the document are among them."""
SEARCHED_TAIL = 100_000
"""Characters at the end in which the last item's end is looked for."""


def trimmed(text: str, max_items: int) -> str | None:
    """The document from its root element on, with at most `max_items` items; None if there is no feed's root.

    What stands before the root is dropped: the declaration (the text is decoded already), the document type with all
    entities it declares, so that none can be expanded, and the warnings that broken sites print there. Items are cut
    here and not after parsing, since ten megabytes of empty items would take minutes to parse.
    """
    root = _ROOT.search(text)
    if root is None:
        return None
    text = text[root.start() :]
    for number, item in enumerate(_OPEN.finditer(text), start=1):
        if number > max_items:
            return text[: item.start()] + _tail(text)
    return text


def _tail(text: str) -> str:
    """What follows the last item, so that the document stays well formed; nothing if that is not clear."""
    end = 0
    for close in _CLOSE.finditer(text, max(0, len(text) - SEARCHED_TAIL)):
        end = close.end()
    return text[end:] if end and len(text) - end <= LONGEST_TAIL else ""
