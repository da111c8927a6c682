"""The labels of paragraphs in an order: I., A., 1., (a), 5.2.1, bullets, NOTE: - and which label follows which."""

import re
from dataclasses import dataclass, field

BULLET = "•"
"""Stands for every bullet: the same list has another glyph in another font."""
_BULLETS = "•‣⁃∙◦○●◘▪▫■□▲►➢➤✓✔❖❑♦\uf0a7\uf0b7\uf0d8\uf076\uf0fc·*–—-"
"""Word writes some as characters of private use, from its fonts of symbols; its second level is the letter o."""
_BULLET = re.compile(rf"(?:[{re.escape(_BULLETS)}]|o(?= ))(?=\s|$)\s*")
_DECIMAL = re.compile(r"\d{1,3}(?:\.\d{1,3}){1,5}(?:\.(?:[a-z]|[ivx]{1,4}))?[.)]?(?=\s|$)\s*")
_PLAIN = re.compile(
    r"(?:\d{1,3}|[A-Za-z]|[A-Z]{2}|[a-z]{2}|[IVXL]{1,7}|[ivxl]{1,7})[.)](?=\s|$|(?<=\d[.)])[A-Z][a-z])\s*"
)
_PARENTHESES = re.compile(r"\((?:\d{1,3}|[A-Za-z]{1,2}|[IVXLivxl]{1,7})\)(?=\s|$)\s*")
_SECTION = re.compile(r"(?:Sec(?:tion|\.)?|SECTION|Article|ARTICLE|§)\s?\d[\w.-]{0,8}[.:](?=\s|$)\s*")
_REMARK = re.compile(
    r"(?:NOTES?|EXCEPTIONS?|EXAMPLES?|IMPORTANT|WARNING|CAUTION|REMINDER)(?: \d{1,2})?:(?=\s|$)\s*", re.I
)
_HEADING = re.compile(
    r"(?:purpose|policy|policy statement|scope|introduction|background|definitions?|"
    r"general(?: information| policy)?|overview|discussion|procedures?|preamble|summary|intent|"
    r"objectives?|philosophy|authority)"
    r"(?: (?:and|&|/) [a-z]+){0,2}\s*:?",
    re.I,
)
"""With which orders begin behind their head, and their parts."""
_DOUBLE = re.compile(r"([a-z])\1|([A-Z])\2")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}
OPEN = 400
"""Labels back to which a list may still go on; lists of a manual are shorter."""


@dataclass(frozen=True, slots=True)
class Label:
    """`number` as printed (a bullet as `BULLET`), `rest` of the text behind it. `ranks`: each way to count it, as
    (style, place in its list): "i." is the first of a Roman list or the ninth of letters. None for bullets, sections
    and notes."""

    number: str
    rest: str
    ranks: tuple[tuple[str, int], ...] = ()


def label(text: str) -> Label | None:
    """The label that a text begins with, if it has one."""
    if found := _BULLET.match(text):
        return Label(BULLET, text[found.end() :])
    for pattern in (_REMARK, _SECTION):
        if found := pattern.match(text):
            return Label(found[0].strip(), text[found.end() :])
    if found := _DECIMAL.match(text):
        return Label(found[0].strip(), text[found.end() :], (("decimal", int(_last_number(found[0]))),))
    for pattern in (_PLAIN, _PARENTHESES):
        if (found := pattern.match(text)) and (ranks := _ranks(found[0].strip())):
            return Label(found[0].strip(), text[found.end() :], ranks)
    return None


def is_section(text: str) -> bool:
    """Whether a line is one of the usual headings and nothing else: PURPOSE, Policy:."""
    return _HEADING.fullmatch(text) is not None and text[:1].isupper()


def _last_number(number: str) -> str:
    return str(re.findall(r"\d+", number)[-1])


def _ranks(number: str) -> tuple[tuple[str, int], ...]:
    """Styles keep case and signs apart: "(a)" does not follow "a."."""
    bare = number.strip("().")
    signs = number.replace(bare, "#", 1)
    if bare.isdigit():
        return ((f"1{signs}", int(bare)),)
    case = "A" if bare.isupper() else "a"
    ranks = []
    if len(bare) == 1:
        ranks.append((f"{case}{signs}", ord(bare.lower()) - ord("a") + 1))
    elif _DOUBLE.fullmatch(bare):
        ranks.append((f"{case}{signs}", ord(bare[0].lower()) - ord("a") + 27))
    if (value := _roman(bare.lower())) is not None:
        ranks.append((f"{case}roman{signs}", value))
    return tuple(ranks)


def _roman(letters: str) -> int | None:
    """Up to 89; None where it is not written as Romans are numbered today."""
    if not letters or any(letter not in _ROMAN for letter in letters):
        return None
    values = [_ROMAN[letter] for letter in letters]
    total = sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))
    return total if roman(total) == letters else None


def roman(value: int) -> str:
    """A number from 1 to 89 in small Roman letters."""
    pairs = ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
    text = ""
    for size, letters in pairs:
        while value >= size:
            text, value = text + letters, value - size
    return text


@dataclass(slots=True)
class Lists:
    """The lists that are open while an order is read."""

    seen: list[tuple[str, int]] = field(default_factory=list)

    def goes_on(self, one: Label) -> bool:
        """Whether the label follows one that was seen."""
        return any((style, place - 1) in self.seen[-OPEN:] for style, place in one.ranks)

    def begins(self, one: Label) -> bool:
        """Whether the label is the first of a list."""
        return any(place == 1 for _, place in one.ranks)

    def add(self, one: Label) -> None:
        self.seen.extend(one.ranks)


def following(one: Label) -> tuple[str, ...]:
    """How the next label of its list is printed, in each way to count it."""
    bare = one.number.strip("().")
    after = [str(int(bare) + 1)] if bare.isdigit() else []
    for style, place in one.ranks if not bare.isdigit() else ():
        text = roman(place + 1) if "roman" in style else chr(ord("a") + place) if place < 26 else ""
        after.append(text.upper() if bare.isupper() else text)
    return tuple(one.number.replace(bare, text, 1) for text in after if text)
