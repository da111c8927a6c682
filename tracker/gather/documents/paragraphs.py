"""Lines of an order → its paragraphs: where one ends, and words that were parted at a line's end."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from tracker.gather.documents.fields import USUAL_FIELD
from tracker.gather.documents.layout import Line
from tracker.gather.documents.numbering import BULLET, Label, Lists, following, is_section, label
from tracker.gather.documents.policy_text import Paragraph

WIDE_PITCH = 1.2
"""Times the usual distance of lines: white space between paragraphs. A line with a raised figure has a tenth more."""
EVEN, EVEN_WIDE = 1.03, 1.08
"""Where nine of ten lines keep the same distance so nearly, less is white space too."""
MUCH_ROOM = 0.3
"""Share of the column behind a line: only a paragraph's last line leaves so much. Less is also left by a long word, or
by an order that was set anew line by line in another font."""
LARGER = 1.15
"""Times the height of the line before: another size, so a heading."""
SHIFTED = 0.7
"""Heights by which a line stands further left or right than the line before."""
MOST_LABELS = 3
"""That stand one behind another: "II. A. 1."."""
CAPITALS = 0.8
"""Share of the words of more than three letters that are capitalised in a heading."""
LOOK_AHEAD = 80
"""Lines in which the next number of a list is looked for."""
LEAST_ROOM, MOST_ROOM = 0.03, 0.12
"""Shares of the column: what a word's width is wrong by; and where lines are broken by a program, more is left free by
a paragraph's last line alone. In orders that were set anew line by line much is left by all."""
SPACE = 0.25
"""Width of a space, in heights."""
SYLLABLES = 0.02
"""Share of the lines that end within a word, neither half of which the document has, where a program parts words by
syllables: some 5 to 10 in 100. Else such an end is a hyphen that the writer set."""
WITH_HYPHEN = frozenset(
    {
        "twenty",
        "thirty",
        "forty",
        "fifty",
        "sixty",
        "seventy",
        "eighty",
        "ninety",
        "one",
        "two",
        "three",
        "four",
        "five",
    }
    | {
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "non",
        "self",
        "ex",
        "co",
        "well",
        "on",
        "off",
        "in",
        "re",
        "pre",
        "post",
    }
)
"""First halves of words that are mostly written with a hyphen."""
SINGLE, LEAST_STEP, FEWEST_STEPS = 1.1, 0.7, 3
"""Heights from line to line of single-spaced text, and at least: less is a raised figure. The pitch is measured on
three lines that go on, else it is the smallest."""
AROUND = 10
"""Lines before and behind a line that show how far to the right the text runs there."""
CENTRED, LONGEST_CENTRED, APART = 0.02, 0.8, 0.1
"""Shares of the column: by which the axes of centred lines differ at most, and that one fills at most; heights by which
their left ends differ at least."""
_ENDED = re.compile(r"[.:;!?][\"'”’)\]]*$")
_PARTED = re.compile(r"(?:[.:;,]|\b(?:and|or))[\"'”’)\]]*$")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_CUT = re.compile(r"([^\W\d_]+)-$")
_UNPARTED = re.compile(r"[^\W_]-$|\S/$")
"""Line ends behind which no space belongs: within a number ("5-" / "12"), within "and/or"."""
_AND = re.compile(r"(?:and|or|to)\s")
"""Behind a hyphen that stands for a word to come: "two- / and three-year plans"."""


def paragraphs(lines: Sequence[Line]) -> list[Paragraph]:
    """The paragraphs of the lines, which are in reading order and without page furniture."""
    lines, setting = _measured(lines)
    words = _words(lines)
    built: list[list[Line]] = []
    lists = Lists()
    for place, line in enumerate(lines):
        own = label(line.text)
        if not built or _begins(built[-1], line, own, lists, setting, lines[place + 1 : place + LOOK_AHEAD]):
            built.append([line])
            if own:
                lists.add(own)
        else:
            built[-1].append(line)
    return with_labels(one for block in built for one in labelled(joined([line.text for line in block], words)))


def labelled(text: str) -> list[Paragraph]:
    """The paragraph of this text, with its label apart; "1. (c) No person" is two, the first without text."""
    found: list[Paragraph] = []
    while (own := label(text)) and len(found) < MOST_LABELS:
        found.append(Paragraph(own.number, ""))
        text = own.rest
    return with_labels([*found, Paragraph("", text)] if text or not found else found)


def with_labels(blocks: Iterable[Paragraph]) -> list[Paragraph]:
    """The paragraphs with each label that stood alone put before the text that follows it."""
    found: list[Paragraph] = []
    for block in blocks:
        if found and found[-1].number and not found[-1].text and not block.number:
            found[-1] = Paragraph(found[-1].number, block.text)
        else:
            found.append(block)
    return found


@dataclass(frozen=True, slots=True)
class Setting:
    """How an order is set. `wide`: from which distance of lines on, in heights, white space parts them; `room`: share
    of the column that may stay free behind a line that is not a paragraph's last."""

    wide: float
    room: float


def _measured(lines: Sequence[Line]) -> tuple[list[Line], Setting]:
    """The lines with their reach, and how they are set: by the places where a sentence surely goes on."""
    lines = list(_with_edges(lines))
    pairs = [(one, other) for one, other in pairwise(lines) if _is_below(one, other) and _goes_on(one.text, other.text)]
    steps = _steps(pairs)
    pitch = median(steps) if len(steps) >= FEWEST_STEPS else min(_steps(pairwise(lines)), default=SINGLE)
    free = _usual_room(pairs)
    if free > MOST_ROOM:
        lines = [replace(line, reach=_reach(lines, place)) for place, line in enumerate(lines)]
        free = MUCH_ROOM
    even = len(steps) >= FEWEST_STEPS and sorted(steps)[int(len(steps) * 0.9)] < EVEN * pitch
    return lines, Setting(pitch * (EVEN_WIDE if even else WIDE_PITCH), max(free, LEAST_ROOM))


def _steps(pairs: Iterable[tuple[Line, Line]]) -> list[float]:
    """The distances between lines, in heights."""
    below = [(one, other) for one, other in pairs if _is_below(one, other) and _is_alike(one, other)]
    return [step for one, other in below if (step := (one.bottom - other.bottom) / other.height) > LEAST_STEP]


def _usual_room(pairs: Sequence[tuple[Line, Line]]) -> float:
    """The share of the column that stays free behind nine of ten lines that go on."""
    rooms = sorted(_room(one, other) / max(one.end - one.start, 1.0) for one, other in pairs)
    return rooms[int(len(rooms) * 0.9)] if len(rooms) >= FEWEST_STEPS else LEAST_ROOM


def _with_edges(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines with the edges of their columns. On pages of one column the right one is at least that of most pages:
    a page may hold short lines only."""
    columns: dict[tuple[int, int], list[Line]] = {}
    for line in lines:
        columns.setdefault((line.page, line.column), []).append(line)
    several = {page for page, column in columns if column}
    edges = {key: (min(one.left for one in on), max(one.right for one in on)) for key, on in columns.items()}
    ends = sorted(end for (page, _), (_, end) in edges.items() if page not in several)
    for line in lines:
        start, end = edges[line.page, line.column]
        usual = end if line.page in several else max(end, ends[len(ends) // 2])
        yield replace(line, start=start, end=usual, reach=usual)


def _reach(lines: Sequence[Line], place: int) -> float:
    """How far to the right the text around a line runs, of an order that is set narrower in parts."""
    around = lines[max(0, place - AROUND) : place + AROUND + 1]
    return max(one.right for one in around if one.column == lines[place].column)


@dataclass(frozen=True, slots=True)
class Words:
    """How often a document has each word and each part of one with hyphens; halves of parted words do not count.
    `hyphenated`: its lines end within words by syllables."""

    count: Counter[str]
    hyphenated: bool


def _words(lines: Sequence[Line]) -> Words:
    count: Counter[str] = Counter()
    cuts = []
    before = ""
    for line in lines:
        text = _CUT.sub("", line.text)
        if (cut := _CUT.search(before)) and (rest := _WORD.match(text)):
            cuts.append((cut[1].lower(), rest[0].lower()))
            text = text[rest.end() :]
        for word in _WORD.findall(text.lower()):
            count.update({word, *word.split("-")})
        before = line.text
    syllables = sum(not count[first] and not count[second] for first, second in cuts)
    return Words(count, syllables > max(len(cuts) / 2, SYLLABLES * len(lines)))


def _goes_on(before: str, text: str) -> bool:
    """Whether a sentence surely goes on with the next line."""
    alone = label(before)
    return text[:1].islower() and not label(text) and not _ENDED.search(before) and not (alone and not alone.rest)


def _is_below(before: Line, line: Line) -> bool:
    return (before.page, before.column) == (line.page, line.column) and before.bottom > line.bottom


def _begins(
    block: list[Line], line: Line, own: Label | None, lists: Lists, setting: Setting, ahead: Sequence[Line]
) -> bool:
    """Whether a paragraph begins with the line; `block` is the one before, as far as it goes."""
    before = block[-1]
    if len(block) == 1 and (alone := label(before.text)) and not alone.rest:
        return own is not None
    if is_section(line.text) or USUAL_FIELD.match(line.text):
        return True
    goes_on_small = line.text[:1].islower()
    wide = _is_below(before, line) and before.bottom - line.bottom > setting.wide * line.height
    if own and _is_label(block, line, own, lists, wide, ahead):
        return True
    if not _is_alike(before, line) or _are_centred(before, line):
        return not goes_on_small
    if line.text.isupper() and not before.text.isupper() and _ENDED.search(before.text):
        return True
    if wide:
        return not (goes_on_small and not _ENDED.search(before.text))
    if goes_on_small and not own:
        return False
    room = _room(before, line)
    if room > setting.room * (line.reach - line.start):
        return True
    if room > SPACE * line.height:
        return bool(_ENDED.search(before.text)) or (_is_heading(block) and not _is_title_case(line.text))
    same_column = abs(before.start - line.start) < SHIFTED * line.height
    return (_is_below(before, line) or (same_column and bool(_ENDED.search(before.text)))) and _is_shifted(block, line)


def _is_shifted(block: Sequence[Line], line: Line) -> bool:
    """Whether the line stands further left or right than the paragraph, whose first line may be indented or begin with
    a label."""
    return len(block) > 1 and abs(line.left - block[-1].left) > SHIFTED * line.height


def _is_alike(before: Line, line: Line) -> bool:
    """Whether both are of one size."""
    return max(before.height, line.height) < LARGER * max(min(before.height, line.height), 0.1)


def _is_heading(block: Sequence[Line]) -> bool:
    return all(_is_title_case(line.text) for line in block)


def _is_title_case(text: str) -> bool:
    """Whether the longer words begin with capitals, as in headings."""
    longer = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) > 3]
    return sum(1 for word in longer if word[0].isupper()) >= CAPITALS * len(longer)


def _room(before: Line, line: Line) -> float:
    """Points that are left behind a line when the first word of the next is put there too; negative: no room for it."""
    width = line.word - line.left + SPACE * line.height
    return before.reach - before.right - width


def _are_centred(before: Line, line: Line) -> bool:
    """Whether the two stand on one axis, and on no common left edge."""
    column = line.end - line.start
    axis = abs(before.left + before.right - line.left - line.right) / 2 < CENTRED * column
    short = max(before.right - before.left, line.right - line.left) < LONGEST_CENTRED * column
    return axis and short and abs(before.left - line.left) > APART * line.height


def _is_label(block: list[Line], line: Line, own: Label, lists: Lists, wide: bool, ahead: Sequence[Line]) -> bool:
    """Whether what looks like a label is one, and no word of a sentence that was broken here: "item 1. or / 2."."""
    before = block[-1]
    remark = own.number.isupper() and own.number.endswith(":")
    if wide or remark or not _is_alike(before, line):
        return True
    shifted = _is_below(before, line) and _is_shifted(block, line)
    if own.number == BULLET:
        return bool(shifted or _room(before, line) > 0 or _ENDED.search(before.text))
    if not own.ranks or own.ranks[0][0] == "decimal":
        return bool(_ENDED.search(before.text) or _room(before, line) > MUCH_ROOM * (line.reach - line.start))
    if lists.goes_on(own):
        return bool(shifted or _room(before, line) > 0 or _PARTED.search(before.text))
    if _room(before, line) > 0:
        return lists.begins(own) or shifted or bool(_ENDED.search(before.text))
    inside = own.number.startswith("(") and not _ENDED.search(before.text)
    return lists.begins(own) and not inside and _is_taken_up(own, line, ahead)


def _is_taken_up(own: Label, line: Line, ahead: Sequence[Line]) -> bool:
    """Whether the next number of the list begins a line before it stands inside one."""
    numbers = following(own)
    for one in (line, *ahead):
        if one.text.startswith(numbers):
            return True
        if any(f" {number} " in one.text for number in numbers):
            return False
    return False


def joined(lines: Sequence[str], words: Words) -> str:
    """The lines as one; `words` of the whole document tell which hyphens belong to a word."""
    text = ""
    for line in lines:
        if _AND.match(line):
            text = f"{text} ".lstrip()
        elif (cut := _CUT.search(text)) and (rest := _WORD.match(line)):
            text = text if _keeps_hyphen(cut[1], rest[0], words) else text[:-1]
        elif text and not _UNPARTED.search(text):
            text += " "
        text += line
    return text


def _keeps_hyphen(first: str, second: str, words: Words) -> bool:
    """Whether "first-second" is written with its hyphen within a line too: by the document's own words."""
    second = second.split("-")[0]
    if second[0].isupper() and not first.isupper():
        return True
    first, second = first.lower(), second.lower()
    if words.count[f"{first}-{second}"] or first in WITH_HYPHEN:
        return True
    if words.count[f"{first}{second}"]:
        return False
    return not words.hyphenated or bool(words.count[first] and words.count[second])
