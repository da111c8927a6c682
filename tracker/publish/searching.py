"""What people type into the search, and where a text answers to it. Pure; both databases and the pages read it so.

Ordinary words, all of which must be there, `"words in this order"`, and `-word` for what must not be there. Whatever is
typed means something: there is no wrong syntax.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tracker.model import Entry
from tracker.publish import geography, words
from tracker.publish.folding import Folded

LONGEST = 300
"""Characters that are read of what was typed: three lines, longer than any sentence that one looks for."""
MOST_TERMS = 16
"""Words and phrases that are looked for; each costs a walk through the index, and nobody types more by hand."""
ENDINGS = ("ing", "ies", "ed", "es", "s", "e", "y")
"""Endings without which a word of a text is held against one that was typed, the longest first."""
ROOT = 3
"""Letters that must be left of a word without its ending."""
_TERM = re.compile(r'(?:(?<=\s)|^)(-?)"([^"]*)"?|(\S+)')
_TOKEN = re.compile(r"[^\W_]+")

Phrase = tuple[str, ...]
"""Folded words that stand side by side; nearly always one."""


@dataclass(frozen=True)
class Words:
    """What is looked for: every phrase of `wanted`, and none of `without`."""

    given: str = ""
    wanted: tuple[Phrase, ...] = ()
    without: tuple[Phrase, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.wanted or self.without)


def tokens(text: str) -> Phrase:
    """The words of a text as they are compared: letters and digits, without case and accents."""
    return tuple(_TOKEN.findall(Folded(text).text))


def parse(given: str) -> Words:
    """What somebody typed, as what is looked for."""
    given = given[:LONGEST].strip()
    wanted, without = list[Phrase](), list[Phrase]()
    for leave_out, phrase in _terms(Folded(given).text):
        if phrase and len(wanted) + len(without) < MOST_TERMS:
            (without if leave_out else wanted).append(phrase)
    return Words(given, tuple(dict.fromkeys(wanted)), tuple(dict.fromkeys(without)))


def _terms(folded: str) -> Iterator[tuple[bool, Phrase]]:
    for found in _TERM.finditer(folded):
        minus, quoted, word = found.groups()
        if word is None:
            yield bool(minus), tuple(_TOKEN.findall(quoted))
        else:
            yield word.startswith("-"), tuple(_TOKEN.findall(word))


def texts_of(entry: Entry) -> dict[str, list[str]]:
    """What of a published entry is searched: what it is called, what it is about, what was said."""
    place = geography.name_of(entry.jurisdiction)
    topic = words.topic(entry.topic)
    return {
        "title": [entry.title, words.label(entry), entry.policy_name],
        "about": [entry.jurisdiction_name, place, topic, entry.body, entry.instrument, entry.identifier],
        "quotes": [text for item in entry.evidence for text in (item.finding.said, item.title)],
    }


def marked(text: str, words: Words) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it is one of the words that are looked for, in whatever form."""
    roots = {_root(word) for phrase in words.wanted for word in phrase}
    pieces, done = list[tuple[str, bool]](), 0
    for found in _TOKEN.finditer(text) if roots else ():
        if _root("".join(tokens(found.group()))) in roots:
            pieces += [(text[done : found.start()], False), (found.group(), True)]
            done = found.end()
    return [piece for piece in (*pieces, (text[done:], False)) if piece[0]]


def answers(text: str, words: Words) -> int:
    """How many different words that are looked for stand in a text."""
    roots = {_root(word) for phrase in words.wanted for word in phrase}
    return len(roots & {_root(word) for word in tokens(text)}) if roots else 0


def _root(word: str) -> str:
    """`detainer` for `detainers`: near enough to show why a text was found, which the databases decide themselves."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= ROOT:
            return word.removesuffix(ending)
    return word
