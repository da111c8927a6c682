"""Capitalised words of a text: which of them are names of people, and which are no places in news."""

import re
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from tracker.read.lexicon import words
from tracker.read.places.levels import body_phrases

POSSESSIVE = re.compile(r"(?:'s|’s|(?<=s)['’])$")
_WORD = re.compile(
    r"[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ'’-]*"
    r"(?:(?<=\b[A-Za-z])\.(?:[A-Za-z]\.)*|(?<=\bSt)\.|(?<=\bMt)\.|(?<=\bFt)\.|(?<=\bSte)\.)?"
)


class Word(NamedTuple):
    """A word of a text with its offsets; full stops of "St." and of initials belong to it. `capital` is True for one
    that may be part of a name."""

    text: str
    start: int
    end: int
    capital: bool


def words_of(text: str) -> list[Word]:
    """The words of a text in order."""
    return [Word(word := match[0], *match.span(), _is_capital(word)) for match in _WORD.finditer(text)]


def _is_capital(word: str) -> bool:
    """True for "Alene" and for "d'Alene"."""
    return word[0].isupper() or (word[:2] in ("d'", "d’") and word[2:3].isupper())


def together(text: str, run: list[Word]) -> bool:
    """True where only spaces part the words of a run, and none but a known one ("Prince George's") is a possessive."""
    if any(text[a.end : b.start] not in (" ", "\u00a0", "") for a, b in pairwise(run)):
        return False
    parts = words("mentions", "possessive_parts")
    return not any(POSSESSIVE.search(w.text) and w.text.replace("’", "'") not in parts for w in run[:-1])


def surnames(tokens: list[Word], text: str, sure: bool = False) -> frozenset[str]:
    """Last words of runs such as "Mike Sharp" or "Keybo Taylor", which a later bare "Taylor" repeats. `sure`: only
    those behind a first name or a title that is known."""
    no_name = words("mentions", "before") | never_places()
    names = set()
    for first, last in pairwise(tokens):
        if not (first.capital and last.capital and text[first.end : last.start] == " "):
            continue
        if first.text.isupper() and len(first.text) > 2:
            continue
        stranger = first.text.lower() not in no_name and not POSSESSIVE.search(first.text)
        if (stranger and not sure) or first.text.lower() in _first_names():
            names.add(POSSESSIVE.sub("", last.text))
    return frozenset(names)


@cache
def never_places() -> frozenset[str]:
    """Words that are no places in news: those of the list, and every single word of bodies.toml."""
    single = {word for phrase in body_phrases() for word in phrase.split()}
    return words("mentions", "never") | words("mentions", "abroad") | single | {"city township"}


@cache
def _first_names() -> frozenset[str]:
    return words("names", "first") | words("names", "titles")
