"""Is a line's end a space, or the end of a paragraph? Some texts are broken at a fixed width, as in mail and wire copy;
others have one paragraph a line. The text itself tells which it is.

Where a text is broken at a width, most lines go on in lower case, and each is full: the next line's first word had no
room in it. Where each line is a paragraph, hardly any goes on in lower case.
"""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

FEWEST = 3
"""Line ends; fewer say nothing about the layout."""
MID_SENTENCE_SHARE = 0.3
"""In broken lines more than half go on in lower case, in paragraphs hardly any."""
HALF_FULL = 0.5
"""Where blank lines part the paragraphs, a line that is less full stands for itself: a by-line, an item of a list."""
NARROWEST = 40
"""Characters of a line that may have been broken for its length."""
_GOES_ON = re.compile(r"""["“‘'(\[]*[a-z]""")
_ENDED = re.compile(r"""[.!?:;…]["”’')\]]*$""")
_ITEM = re.compile(r"[•·*–—-]\s|\(?\d{1,2}[.)]\s")
_FIRST_WORD = re.compile(r"\S*")


class Break(NamedTuple):
    """A line's end with the lines before and after it."""

    before: str
    after: str

    @property
    def goes_on(self) -> bool:
        """The next line begins in the middle of a sentence; behind a colon or a semicolon it may be one of a list."""
        return _GOES_ON.match(self.after) is not None and not self.before.endswith((":", ";"))

    @property
    def widths(self) -> range:
        """The widths at which a line may have been broken here: it fits, and with the next word it does not."""
        return range(len(self.before), len(self.before) + 1 + len(_FIRST_WORD.match(self.after).group()))  # type: ignore[union-attr]  # matches anything


def spaces(breaks: Sequence[Break], longest: int, blank_lines: bool) -> list[bool]:
    """Which of the line ends of a text are spaces. `longest`: characters of its longest line; `blank_lines`: whether it
    has paragraphs that are parted by them."""
    if len(breaks) < FEWEST:
        return [each.goes_on or _broken(each, longest) for each in breaks]
    if not _at_a_width(breaks, longest):
        return [each.goes_on for each in breaks]
    width = _width(breaks)
    least = HALF_FULL * width if blank_lines else width
    return [each.goes_on or _full(each, width, least) for each in breaks]


def _at_a_width(breaks: Sequence[Break], longest: int) -> bool:
    """True for a text whose lines are broken at a fixed width."""
    going_on = sum(each.goes_on for each in breaks)
    return going_on >= MID_SENTENCE_SHARE * len(breaks) or (
        longest >= NARROWEST and all(each.widths.stop > longest for each in breaks)
    )


def _broken(each: Break, longest: int) -> bool:
    """One of very few: no sentence has ended, and the next word would have made the line the longest of all."""
    long = len(each.before) >= NARROWEST and each.widths.stop > longest
    return long and not _ENDED.search(each.before) and not _ITEM.match(each.after)


def _width(breaks: Sequence[Break]) -> int:
    """The width at which most of the lines may have been broken."""
    counted = Counter(width for each in breaks for width in each.widths)
    return max(counted, key=lambda width: (counted[width], width))


def _full(each: Break, width: int, least: float) -> bool:
    return each.widths.stop > width or (len(each.before) >= least and not _ITEM.match(each.after))
