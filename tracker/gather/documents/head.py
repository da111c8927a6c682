"""The head of an order, which names it and its dates, parted from what it rules; and its title."""

import re
from collections.abc import Iterator, Sequence

from tracker.gather.documents.fields import BETWEEN_FIELDS, FIELD, LONGEST_FIELD, NAMED_FIELD
from tracker.gather.documents.numbering import is_section, label
from tracker.gather.documents.policy_text import Paragraph

LONGEST_HEAD = 40
"""Paragraphs. The longest that was seen has 16 fields."""
LONGEST_TITLE = 80
"""Characters of a title with its number before it."""
_SENTENCE = re.compile(r"(?:\S+\s+){3}.*[a-z,)][.;]$")
"""Of four words at least: "Harmon Police Dept.", "Revision No." are none."""
_NO_TITLE = re.compile(
    r"\W*(?:original|last|date|effective|issued?|reissue|revis|review|updated?|amended|adopted|approved|published|version)"
    r"|.*\d[/.-]\d+[/.-]\d|.*\b(?:19|20)\d\d\b|.*\b(?:manual|number|no\.?|page \d.*)$|.*\d$",
    re.I,
)
"""Lines with dates, and names of fields without their value."""
_TITLE_FIELD = re.compile(r"(?:[a-z]+ ){0,3}(?:title|subject)\s*:\s*(.+)", re.I)
_OF_AN_OFFICE = re.compile(
    r"\b(?:department|police|sheriff'?s?|office|county|city of|town of|general order|special order|"
    r"standard operating procedure|directive|policy manual|policies and procedures|sop|page)\b",
    re.I,
)
"""Names of who issues it, and of what kind of order it is: no title."""


def parted(blocks: Sequence[Paragraph]) -> tuple[tuple[str, ...], list[Paragraph]]:
    """The lines of the head, fields with their values, and the paragraphs behind it."""
    end = _end(blocks)
    return tuple(_fields([_text(block) for block in blocks[:end]])), list(blocks[end:])


def _end(blocks: Sequence[Paragraph]) -> int:
    """Where the order itself begins: at a section, a number or a sentence; 0 where none of them is near."""
    for place, block in enumerate(blocks[:LONGEST_HEAD]):
        before, after = (blocks[near] if 0 <= near < len(blocks) else None for near in (place - 1, place + 1))
        if _is_rule(block, before, after):
            return place
    return 0


def _is_rule(block: Paragraph, before: Paragraph | None, after: Paragraph | None) -> bool:
    heading = is_section(block.text)
    if before and not before.number and before.text.endswith(":") and FIELD.fullmatch(before.text):
        return heading and bool(block.number)  # else the value of a field
    if heading and not block.number and after and FIELD.match(after.text) and not _SENTENCE.search(after.text):
        return False  # what kind of order it is
    if block.number and after and len(block.text) < LONGEST_TITLE and NAMED_FIELD.match(after.text):
        return False  # its own number and title
    if block.number or heading:
        return True
    return len(block.text) > LONGEST_FIELD or bool(_SENTENCE.search(block.text) and not FIELD.match(block.text))


def _fields(lines: Sequence[str]) -> list[str]:
    """The lines with each value behind the field that it belongs to."""
    found: list[str] = []
    for line in (one for text in lines for one in _apart(text)):
        if found and found[-1].endswith(":") and not FIELD.match(line):
            found[-1] += f" {line}"
        else:
            found.append(line)
    return found


def _apart(line: str) -> Iterator[str]:
    """The fields of one line, each with its value."""
    field = ""
    for piece in BETWEEN_FIELDS.split(line):
        if field and ":" not in field:
            field += f" {piece}"
            continue
        if field:
            yield field
        field = piece
    yield field


def _text(block: Paragraph) -> str:
    return f"{block.number} {block.text}".strip()


def title(head: Sequence[str], declared: str) -> str:
    """The title by the field that names it, else the longest line of the head that is neither a field nor who issues
    the order, rather one that stands in what the document declares; else that."""
    for line in head:
        if named := _TITLE_FIELD.fullmatch(line):
            return named[1]
    plain = [line for line in head if not FIELD.match(line) and not _OF_AN_OFFICE.search(line) and not label(line)]
    same = [line for line in plain if _same(line, declared)]
    likely = [line for line in plain if not _NO_TITLE.match(line)]
    return max(same or likely or plain, key=len, default=declared)


def _same(line: str, declared: str) -> bool:
    return bool(declared) and (line.casefold() in declared.casefold() or declared.casefold() in line.casefold())
