"""A text cut into words for finding names of places: runs of words, and the mentions found; which capitalised words are
names of people, and which are no places in news."""

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from tracker.model import Jurisdiction
from tracker.read.lexicon import words
from tracker.read.places.levels import GovernmentLevel, body_phrases

POSSESSIVE = re.compile(r"(?:'s|’s|(?<=s)['’])$")
_WORD = re.compile(
    r"[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ'’-]*"
    r"(?:(?<=\b[A-Za-z])\.(?:[A-Za-z]\.)*|(?<=\bSt)\.|(?<=\bMt)\.|(?<=\bFt)\.|(?<=\bSte)\.)?"
)


class TextWord(NamedTuple):
    """A word of a text with its offsets; full stops of "St." and of initials belong to it. `capital` is True for one
    that may be part of a name."""

    text: str
    start: int
    end: int
    capital: bool


def words_of(text: str) -> list[TextWord]:
    """The words of a text in order."""
    return [TextWord(word := match[0], *match.span(), _is_capital(word)) for match in _WORD.finditer(text)]


def _is_capital(word: str) -> bool:
    """True for "Alene" and for "d'Alene"."""
    return word[0].isupper() or (word[:2] in ("d'", "d’") and word[2:3].isupper())


def together(text: str, run: list[TextWord]) -> bool:
    """True where only spaces part the words of a run, and none but a known one ("Prince George's") is a possessive."""
    if any(text[a.end : b.start] not in (" ", "\u00a0", "") for a, b in pairwise(run)):
        return False
    parts = words("mentions", "possessive_parts")
    return not any(POSSESSIVE.search(w.text) and w.text.replace("’", "'") not in parts for w in run[:-1])


def surnames(tokens: list[TextWord], text: str, sure: bool = False) -> frozenset[str]:
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


@dataclass(frozen=True, slots=True)
class NameMention:
    """A place name in the text: `candidates` are the places of that name, `body` the government words beside it.

    `body` is in lower case; `state` is the postal code if the state is written right behind the name. Offsets cover
    the name with its body.
    """

    start: int
    end: int
    name: str
    candidates: tuple[Jurisdiction, ...]
    level: GovernmentLevel
    body: str = ""
    state: str | None = None
    dateline: bool = False


@dataclass(frozen=True, slots=True)
class TokenizedText:
    """A text cut into words: `lower` are those without a capital, `surnames` those that follow a first name,
    `counties` what a county's name means without "County" ("Wake had been in the programme"), `listed` the names of
    "Benton and Washington counties" by where they begin, `short_words` with which words all these begin."""

    text: str
    tokens: list[TextWord]
    lower: frozenset[str]
    surnames: frozenset[str]
    dateline_end: int
    parish: bool
    counties: dict[str, tuple[Jurisdiction, ...]]
    listed: dict[int, str]
    short_words: frozenset[str]

    def personal(self, name: str) -> bool:
        """True for a name that the text gives to a person, or uses as a word."""
        return name in self.surnames or name.lower() in self.lower


@dataclass(frozen=True, slots=True)
class NameRun:
    """Words that are the name of some place: `length` tokens from `first`, text[start:end] without a possessive."""

    first: int
    length: int
    name: str
    start: int
    end: int
    candidates: tuple[Jurisdiction, ...]
