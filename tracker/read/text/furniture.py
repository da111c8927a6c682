"""What stands around an article on its page and is no part of it: stamps of time, by-lines, captions, links to other
stories, boxes, buttons, copyright lines. Whole paragraphs, told by how they are built (`furniture_lines`) and by what
they stand behind, never by what they mean: the article's sentences and the items of its lists stay.

Of a text that would be nothing else without it, all stays.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import takewhile

from tracker.read.lexicon import longest_of, table
from tracker.read.text.furniture_lines import (
    BY_WORDS,
    EDGE,
    LONGEST,
    LONGEST_LINE,
    NAMED,
    STOPPED,
    WHO,
    WORDS_IN_LINK,
    TextLine,
    first_words,
    is_furniture,
    line_at,
    names_writers,
    phrases,
    words_of,
)

MOST_PARAGRAPHS = 1_000
"""Paragraphs that are looked at; the longest articles have 300, a register of thousands is no page of news."""
MOST_IN_BOX = 12
"""Lines behind a box's heading that belong to it: ten links, and what is written below them."""
WORDS_IN_HEADING = 6
"""Of the heading of a box."""
LEAST_REPEATED = 30
"""Letters of a headline or a summary that are no chance where the text begins with them again."""
TELLING, TOLD_AGAIN = 4, 2
"""Letters of a word that tells something, and how many such words of a headline the sentence behind it repeats: a
headline that is itself the sentence's beginning is followed by other words."""
_NEXT_SENTENCE = re.compile(r"[\s.:–—-]+(?=[A-Z“\"])")


def furniture(paragraphs: Sequence[str], title: str = "", byline: str = "") -> frozenset[int]:
    """The numbers of the paragraphs that are furniture. `byline`: the names of the article's writers."""
    looked_at = paragraphs[:MOST_PARAGRAPHS]
    lines = [line_at(text, at, len(looked_at) - at - 1) for at, text in enumerate(looked_at)]
    names = {*_writers(lines), *filter(None, (name.strip() for name in byline.split(",")))}
    found = {line.place for line in lines if len(line.text) <= LONGEST and (is_furniture(line) or _about(line, names))}
    found |= {line.place for line in _in_boxes(lines)} | _repeated(lines, title)
    rest = (text for at, text in enumerate(paragraphs) if at not in found)
    return frozenset(found) if found and any(STOPPED.search(text) for text in rest) else frozenset()


def _about(line: TextLine, names: set[str]) -> bool:
    """About who wrote it, below the text."""
    if line.left >= EDGE or line.place == 0:
        return False
    named = NAMED.match(line.text)
    if named is None:
        return False
    wrote = WHO.sub("", line.plain[named.end() :])
    return any(line.plain.startswith(name.lower()) for name in names) or phrases("writes").match(wrote) is not None


def _writers(lines: Sequence[TextLine]) -> Iterator[str]:
    """The names in the by-lines."""
    for line in lines[:EDGE]:
        if names_writers(line) and (named := NAMED.search(BY_WORDS.sub("", line.text))):
            yield " ".join(named.group().split()[:2])


def _in_boxes(lines: Sequence[TextLine]) -> Iterator[TextLine]:
    """Each box's heading with the lines that belong to it."""
    for line in lines:
        if (
            line.first in first_words("boxes", "box_begins")
            and _heads().match(line.plain)
            and len(line.words) <= WORDS_IN_HEADING
        ):
            inside = list(takewhile(_link, lines[line.place + 1 : line.place + 1 + MOST_IN_BOX]))
            author = line.plain.startswith("about the") and line.left
            if inside or author:
                yield from (line, *inside, *([lines[line.place + 1]] if author else []))


def _link(line: TextLine) -> bool:
    return not STOPPED.search(line.text) and not line.item and len(line.words) <= WORDS_IN_LINK


def _repeated(lines: Sequence[TextLine], title: str) -> set[int]:
    """The headline or the feed's summary before the text that begins with it again."""
    if len(lines) < 2:
        return set()
    first, second = _letters(lines[0].text), _letters(lines[1].text)
    again = len(first) >= LEAST_REPEATED and second.startswith(first)
    return {0} if again or first == _letters(title) else set()


def headline_again(text: str, title: str) -> int:
    """How many characters of a text's first paragraph are the headline, glued to a sentence that tells the same; 0 for
    none."""
    if len(title) < LEAST_REPEATED or not text.startswith(title):
        return 0
    rest = text[len(title) :]
    gap = _NEXT_SENTENCE.match(rest)
    again = {word for word in words_of(title) if len(word) >= TELLING} & {*words_of(rest[:LONGEST_LINE])}
    return len(title) + gap.end() if gap and len(again) >= TOLD_AGAIN else 0


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


@cache
def _heads() -> re.Pattern[str]:
    """The whole line that is the heading of a box."""
    boxes, begins = longest_of(table("furniture")["boxes"]), longest_of(table("furniture")["box_begins"])
    return re.compile(rf"(?:{boxes}:?|{begins}(?![\w’])[^.!?…]*)$")
