"""What stands on the pages of an order and is no part of it: running heads and feet, page numbers, copyright lines."""

import re
from collections import Counter
from collections.abc import Sequence

from tracker.gather.documents.layout import Line
from tracker.gather.documents.numbering import label

EDGE = 5
"""Lines at the top and at the foot of a page among which running ones are looked for."""
REPEATED, FEWEST = 0.4, 3
"""Share of the pages on which a line is a running one, since odd and even pages may have different ones; and pages,
where there are so many behind the first: two that begin alike are chance."""
NEAR = 5.0
"""Points by which the height of a running line differs from page to page."""
PAGE_NUMBER = re.compile(
    r"(?:page|pg\.?|p\.)\s*(?:no\.?\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?|\d{1,4}\s+of\s+\d{1,4}|[-–—]\s*\d{1,4}\s*[-–—]",
    re.I,
)
_BARE_NUMBER = re.compile(r"(?:\w{1,3}-)?\d{1,4}|[ivxl]{1,6}")
"""At the first or last line of a page: however it counts, from a title or within a chapter."""
_COUNTED = re.compile(r"\bpage \d{1,4}(?: of \d{1,4})?$", re.I)
"""How a running line ends, behind a title or a number."""
COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright\b)[^\n]{0,120}\b(?:19|20)\d\d\b[^\n]{0,150}", re.I)
"""A line of its own; "copyright" in a sentence has no year behind it, or much before it."""
_PRINTED = re.compile(
    r"(?:date )?(?:printed|last (?:saved|modified|printed)|generated)(?: on)?:?\s+\S*\d[^\n]{0,60}", re.I
)
_DIGITS = re.compile(r"\d+")
_LAST_NUMBER = re.compile(r"(?:[-–—|]|\bpage)\s*\d{1,4}(?: of \d{1,4})?$")


def without_furniture(pages: Sequence[Sequence[Line]]) -> list[Line]:
    """The lines of all pages that are the order's own."""
    running, titles = _running(pages), _titles(pages)
    found = []
    for page in pages:
        outer = _outermost(page, running, len(pages))
        for place, line in enumerate(page):
            title = _is_over_number(place, page) and _key(line.text) in titles
            if _is_label(line.text) or not (line in outer or title or is_furniture(line.text)):
                found.append(line)
    return found


def _outermost(page: Sequence[Line], running: set[tuple[str, int]], pages: int) -> set[Line]:
    """The running lines of a page: from its top, and from its foot, up to the first line of another kind."""
    found = set()
    for rows in (sorted(page, key=_bottom), sorted(page, key=_bottom, reverse=True)):
        for place, line in enumerate(rows):
            counted = place == 0 and (_COUNTED.search(line.text) or _is_number(line.text, pages))
            if not counted and (_key(line.text), _height(line)) not in running:
                break
            found.add(line)
    return found


def _is_number(text: str, pages: int) -> bool:
    return text == "1" or (pages > 1 and _BARE_NUMBER.fullmatch(text) is not None)


def _bottom(line: Line) -> float:
    return line.bottom


def is_furniture(text: str) -> bool:
    """Whether a line is a page number, a copyright notice or the day of a print, wherever it stands."""
    return any(pattern.fullmatch(text) for pattern in (PAGE_NUMBER, COPYRIGHT, _PRINTED))


def _is_label(text: str) -> bool:
    """Whether the line is the number of a paragraph and nothing else: those stand at the same height by chance."""
    own = label(text)
    return own is not None and not own.rest


def _running(pages: Sequence[Sequence[Line]]) -> set[tuple[str, int]]:
    """Lines that most pages have at the same height, each with its heights, where from the second page on nothing else
    stands: there the text of the order never comes."""
    numbers: dict[tuple[str, int], set[int]] = {}
    heights: dict[int, set[str]] = {}
    for number, page in enumerate(pages):
        edges = sorted({_height(line) for line in page})
        for line in page:
            height = _height(line)
            if height in (*edges[:EDGE], *edges[-EDGE:]) and not _is_label(line.text):
                for near in (height - 1, height, height + 1):
                    numbers.setdefault((_key(line.text), near), set()).add(number)
            if number:
                heights.setdefault(height, set()).add(_key(line.text))
    least = max(2, REPEATED * len(pages), min(len(pages) - 1, FEWEST))
    often = {(key, height) for (key, height), on in numbers.items() if len(on) >= least}
    busy = {height for height, keys in heights.items() if any((key, height) not in often for key in keys)}
    return {(key, height) for key, height in often if busy.isdisjoint((height - 1, height, height + 1))}


def _titles(pages: Sequence[Sequence[Line]]) -> set[str]:
    """Lines that stand over page numbers twice, or once where the page begins: running titles, also of an order that
    was set anew with them between its lines."""
    over: Counter[str] = Counter()
    for number, page in enumerate(pages):
        for place, line in enumerate(page):
            if _is_over_number(place, page):
                over[_key(line.text)] += 2 if number and not place else 1
    return {key for key, times in over.items() if times >= 2}


def _is_over_number(place: int, page: Sequence[Line]) -> bool:
    """Whether the next line is a page number, and not that at the page's foot."""
    return place + 2 < len(page) and PAGE_NUMBER.fullmatch(page[place + 1].text) is not None


def _key(text: str) -> str:
    """What is the same in a running line on every page: all but its numbers; behind a label all but the page's."""
    if label(text):
        return _LAST_NUMBER.sub("#", text.casefold())
    return _DIGITS.sub("#", text.casefold())


def _height(line: Line) -> int:
    return round(line.bottom / NEAR)
