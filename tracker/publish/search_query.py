"""What people type into the search, and where a text answers to it. Pure; both databases and the pages read it so.

Ordinary words, all of which must be there, `"words in this order"`, and `-word` for what must not be there. Whatever is
typed means something: there is no wrong syntax.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice, product

from tracker.model import Entry
from tracker.publish import geography, words
from tracker.publish.folding import FoldedText
from tracker.timeline.labels import label

Phrase = tuple[str, ...]
"""Folded words that stand side by side; nearly always one."""
Spellings = tuple[Phrase, ...]
"""Ways of writing one thing, as it was typed first."""
MOST_WAYS = 12
"""Of one phrase: each is a walk through the index. Two names with three other ways each take as many."""
_NUMBERED = re.compile(r"(\d+)([a-z])")
"""A number and one letter, as laws are cited: `287(g)` is two words of a text, `287g` one. More letters are a word or a
name of its own (`20th`, `3rd`)."""
MAX_QUERY = 300
"""Characters that are read of what was typed: three lines, longer than any sentence that one looks for."""
MOST_TERMS = 16
"""Words and phrases that are looked for; each costs a walk through the index, and nobody types more by hand."""
MAX_NAME_TERMS = 3
"""Terms that may be one name of `spellings.toml`: as many as the longest has words."""
ENDINGS = ("ing", "ies", "ed", "es", "s", "e", "y")
"""Endings without which a word of a text is held against one that was typed, the longest first."""
ROOT = 3
"""Letters that must be left of a word without its ending."""
_TERM = re.compile(r'(?:(?<=\s)|^)(-?)"([^"]*)"?|(\S+)')
_TOKEN = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class SearchQuery:
    """What is looked for: every phrase of `wanted`, and none of `without`, each in any of its spellings."""

    typed: str = ""
    wanted: tuple[Spellings, ...] = ()
    without: tuple[Spellings, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.wanted or self.without)


def tokens(text: str) -> Phrase:
    """The words of a text as they are compared: letters and digits, without case and accents."""
    return tuple(_TOKEN.findall(FoldedText(text).text))


def tokens_by_line(text: str) -> list[str]:
    """The words of a long text: line by line, as long ones are folded a hundred times as slow with line breaks."""
    return [word for line in text.splitlines() for word in tokens(line)]


def parse(typed: str) -> SearchQuery:
    """What somebody typed, as what is looked for."""
    typed = typed[:MAX_QUERY].strip()
    terms = [term for term in _terms(FoldedText(typed).text) if term[1]][:MOST_TERMS]
    wanted = dict.fromkeys(_spelt([(phrase, quoted) for minus, phrase, quoted in terms if not minus]))
    without = dict.fromkeys(spellings(phrase) for minus, phrase, _ in terms if minus)
    return SearchQuery(typed, tuple(wanted), tuple(without))


def _terms(folded: str) -> Iterator[tuple[bool, Phrase, bool]]:
    """(whether it must not be there, its words, whether it is quoted)."""
    for found in _TERM.finditer(folded):
        minus, quoted, word = found.groups()
        phrase = tuple(_TOKEN.findall(quoted if word is None else word))
        yield bool(minus) if word is None else word.startswith("-"), phrase, word is None


def _spelt(terms: Sequence[tuple[Phrase, bool]]) -> Iterator[Spellings]:
    """Each with its spellings. Several may be one name, if they are not quoted: `body cameras` is found where both
    stand, however far apart, and where another spelling of it does."""
    at = 0
    while at < len(terms):
        length, others = _name(terms[at : at + MAX_NAME_TERMS])
        for phrase, _ in terms[at : at + length]:
            yield (phrase, *others) if others else spellings(phrase)
        at += length


def _name(terms: Sequence[tuple[Phrase, bool]]) -> tuple[int, Sequence[Phrase]]:
    """How many of the first terms are one name, and its other spellings."""
    for length in range(len(terms), 1, -1):
        if not any(quoted for _, quoted in terms[:length]):
            pieces = list(_named_pieces(tuple(word for phrase, _ in terms[:length] for word in phrase)))
            if len(pieces) == 1:
                return length, pieces[0][1][1:]
    return 1, ()


@cache
def spelling_groups() -> tuple[Spellings, ...]:
    """`spellings.toml`, read once: the names that mean the same."""
    data = tomllib.loads(files("tracker.publish").joinpath("data/spellings.toml").read_text("utf-8"))
    return tuple(tuple(tuple(name.split()) for name in names) for names in data["same"])


def spellings_of_word(word: str) -> tuple[str, ...]:
    """A word, and the words that mean the same."""
    found = (names for names in spelling_groups() if (word,) in names)
    return tuple(dict.fromkeys([word, *(name[0] for names in found for name in names if len(name) == 1)]))


def spellings(phrase: Phrase) -> Spellings:
    """The phrase, and the other ways in which it is written."""
    found = product(*(choices for _, choices in _named_pieces(phrase)))
    joined = (sum(one, ()) for one in islice(found, MOST_WAYS))
    return tuple(dict.fromkeys(joined))


def _named_pieces(phrase: Phrase) -> Iterator[tuple[int, Spellings]]:
    """The phrase in pieces: how many words each has, and the ways of writing it, the given one first."""
    at = 0
    while at < len(phrase):
        length, others = _others(phrase[at:])
        yield length, (phrase[at : at + length], *others)
        at += length


def _others(words: Phrase) -> tuple[int, Sequence[Phrase]]:
    """How many of the first words belong together, and how else they are written."""
    if cited := _NUMBERED.fullmatch(words[0]):
        return 1, [(cited[1], cited[2])]
    if len(words) > 1 and _NUMBERED.fullmatch("".join(words[:2])):
        return 2, [("".join(words[:2]),)]
    for names in spelling_groups():
        for name in sorted(names, key=len, reverse=True):
            if tuple(map(_root, words[: len(name)])) == tuple(map(_root, name)):
                return len(name), [other for other in names if other != name]
    return 1, ()


def searchable_texts(entry: Entry) -> dict[str, list[str]]:
    """What of a published entry is searched: what it is called, what it is about, what was said."""
    place = geography.name_of(entry.jurisdiction)
    topic = words.topic(entry.topic)
    return {
        "title": [entry.title, label(entry), entry.policy_name],
        "about": [entry.jurisdiction_name, place, topic, entry.body, entry.instrument, entry.identifier],
        "quotes": [text for item in entry.evidence for text in (item.finding.said, item.title)],
    }


def highlighted(text: str, words: SearchQuery) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it is one of the words that are looked for, in whatever form."""
    roots = _roots(words)
    pieces, done = list[tuple[str, bool]](), 0
    for found in _TOKEN.finditer(text) if roots else ():
        if _root("".join(tokens(found.group()))) in roots:
            pieces += [(text[done : found.start()], False), (found.group(), True)]
            done = found.end()
    return [piece for piece in (*pieces, (text[done:], False)) if piece[0]]


def count_matches(text: str, words: SearchQuery) -> int:
    """How many different words that are looked for stand in a text."""
    roots = _roots(words)
    return len(roots & {_root(word) for word in tokens(text)}) if roots else 0


def contains_all(texts: Iterable[str], words: SearchQuery) -> bool:
    """True where the texts have all that is looked for: else it was found in an article that is not shown."""
    roots = {_root(word) for text in texts for word in tokens(text)}
    return all(any({_root(word) for word in phrase} <= roots for phrase in either) for either in words.wanted)


def replace_word(given: str, word: str, other: str) -> str:
    """What was typed, with another word in the place of one: `policy sanctuary` for `policy sanctuery`."""
    return _TOKEN.sub(lambda found: other if tokens(found.group()) == (word,) else found.group(), given)


def _roots(words: SearchQuery) -> set[str]:
    return {_root(word) for either in words.wanted for phrase in either for word in phrase}


def _root(word: str) -> str:
    """`detainer` for `detainers`: near enough to show why a text was found, which the databases decide themselves."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= ROOT:
            return word.removesuffix(ending)
    return word
