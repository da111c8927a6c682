"""Feed markup made safe before a parser sees it. Every step takes time that is linear in the text."""

import re
from xml.parsers import expat

_ROOT = re.compile(r"<(?:[\w.-]{1,30}:)?(?:rss|rdf|feed|channel)(?=[\s>/])", re.I)
_OPEN = re.compile(r"<(?:[\w.-]{1,30}:)?(?:item|entry)(?=[\s>/])", re.I)
_CLOSE = re.compile(r"</(?:[\w.-]{1,30}:)?(?:item|entry)\s{0,9}>", re.I)
MAX_ELEMENTS = 300_000
"""Elements of a well-formed feed: 2,000 items of 150 each. The parser behind takes some microseconds for each."""
BROKEN_LENGTH = 2 * 1024 * 1024
BROKEN_TAGS = 100_000
"""Characters and tags that are read of a feed that is not well-formed. The lenient parser behind is slow; the newest
items come first, and a broken feed of this size has more than enough of them."""
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
            return _bounded(text[: item.start()] + _tail(text))
    return _bounded(text)


def _tail(text: str) -> str:
    """What follows the last item, so that the document stays well formed; nothing if that is not clear."""
    end = 0
    for close in _CLOSE.finditer(text, max(0, len(text) - SEARCHED_TAIL)):
        end = close.end()
    return text[end:] if end and len(text) - end <= LONGEST_TAIL else ""


def _bounded(text: str) -> str:
    """The markup, cut where a hostile one would keep the parser behind busy for minutes."""
    elements = _elements(text)
    if elements is not None and elements <= MAX_ELEMENTS:
        return text
    return first_tags(text, BROKEN_LENGTH, BROKEN_TAGS)


def without_declaration(text: str) -> str:
    """Without the XML declaration at its head, which names the encoding of bytes that are text by now."""
    return text.partition("?>")[2] if text.startswith("<?xml") else text


def first_tags(text: str, length: int, tags: int) -> str:
    """At most so many characters and so many tags from the start."""
    text = text[:length]
    at = -1
    for _ in range(tags):
        at = text.find("<", at + 1)
        if at < 0:
            return text
    return text[:at]


def _elements(text: str) -> int | None:
    """How many elements a well-formed document has, up to one more than is allowed; None if it is not well-formed."""
    count = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal count
        count += 1
        if count > MAX_ELEMENTS:
            raise OverflowError

    parser = expat.ParserCreate("utf-8", namespace_separator=" ")
    if text.count("<") > MAX_ELEMENTS:  # else there is no need to count, and expat alone is fast
        parser.StartElementHandler = start
    try:
        parser.Parse(text.encode(), True)
    except expat.ExpatError:
        return None
    except OverflowError:
        pass
    return count


def is_damaged(markup: str) -> bool:
    """Whether the XML is broken before its root element ends; what a site prints behind that does no harm. Nor do
    entities that are not declared: the document type, which may do that, was dropped with what stands before the
    root."""
    depth, ended = 0, False

    def start(_name: str, _attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1

    def end(_name: str) -> None:
        nonlocal depth, ended
        depth -= 1
        ended = ended or not depth

    parser = expat.ParserCreate("utf-8")
    parser.UseForeignDTD(True)  # entities may be declared elsewhere; nothing is asked for
    parser.StartElementHandler, parser.EndElementHandler = start, end
    try:
        parser.Parse(markup.encode(), True)
    except expat.ExpatError:
        return not ended
    return False
