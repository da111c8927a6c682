"""Text as it is compared: without case, accents, unseen marks and the many forms of blanks, dashes and apostrophes; and
the way back to the characters that were given, so that what was found can be replaced."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cached_property, lru_cache

_ALIKE = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛ʼ`´＇", "'"),
        **dict.fromkeys("“”„‟«»", '"'),
        **dict.fromkeys("‐‑‒–—―−－", "-"),
        **dict.fromkeys("\u00a0\u202f\u2009\u200a\u2002\u2003", " "),
    }
)
"""Typographic forms of one mark."""
_UNSEEN = frozenset("\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")


class FoldedText:
    """A text, as it was given (`original`) and as `text` that is compared."""

    def __init__(self, original: str) -> None:
        self.original = original

    @cached_property
    def _pairs(self) -> tuple[str, Sequence[int]]:
        """(the folded text, for each of its characters the place of the one that it was made of)."""
        plain = self.original.translate(_ALIKE)
        if plain.isascii() and plain.isprintable() and "  " not in plain:
            return plain.lower(), range(len(plain))  # nearly every text, and a hundred times as fast
        return _letter_by_letter(self.original)

    @property
    def text(self) -> str:
        """What is compared: no blank at its ends."""
        return self._pairs[0].strip()

    def replace(self, wanted: "FoldedText", by: str) -> "FoldedText":
        """The text with every whole-word occurrence of another one replaced."""
        if not wanted.text or wanted.text not in self._pairs[0]:
            return self
        return self.substitute(_words(wanted.text), by)

    def substitute(self, pattern: re.Pattern[str], by: str) -> "FoldedText":
        """The text with everything replaced that a pattern finds in what is compared; never an empty match."""
        parts, done = list[str](), 0
        for start, end in self._spans(pattern):
            parts += [self.original[done:start], by]
            done = end
        return FoldedText("".join([*parts, self.original[done:]])) if parts else self

    def matches(self, pattern: re.Pattern[str]) -> list[str]:
        """What a pattern finds, as it was given."""
        return [self.original[start:end] for start, end in self._spans(pattern)]

    def _spans(self, pattern: re.Pattern[str]) -> list[tuple[int, int]]:
        """Where that stands among the characters that were given."""
        text, places = self._pairs
        found = pattern.finditer(text)
        return [(places[one.start()], _after(self.original, places[one.end() - 1])) for one in found]


def _letter_by_letter(given: str) -> tuple[str, list[int]]:
    letters, places = list[str](), list[int]()
    for place, one in enumerate(given):
        for letter in _folded(one):
            if letter != " " or (letters and letters[-1] != " "):
                letters.append(letter)
                places.append(place)
    return "".join(letters), places


def _folded(one: str) -> str:
    if one.isascii():
        return " " if one.isspace() else one.lower()
    if one in _UNSEEN:
        return ""
    if one.isspace():
        return " "
    apart = unicodedata.normalize("NFKD", one.translate(_ALIKE)).casefold()
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _after(given: str, place: int) -> int:
    """Behind a character and the marks that are put over it."""
    place += 1
    while place < len(given) and (unicodedata.combining(given[place]) or given[place] in _UNSEEN):
        place += 1
    return place


@lru_cache(maxsize=1000)
def _words(text: str) -> re.Pattern[str]:
    """Whole words only: "Roe" is not in "Roebuck"."""
    before, after = r"(?<!\w)" * text[0].isalnum(), r"(?!\w)" * text[-1].isalnum()
    return re.compile(f"{before}{re.escape(text)}{after}")
