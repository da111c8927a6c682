"""Other ways of writing what was typed into a search: `Saint Paul` for `St. Paul`, `287g` for `287(g)`. Pure.

The names that are written in several ways are data (`data/spellings.toml`).
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import islice, product

Phrase = tuple[str, ...]
"""Folded words that stand side by side; nearly always one."""
Either = tuple[Phrase, ...]
"""Ways of writing one thing, as it was typed first."""
MOST_WAYS = 12
"""Of one phrase: each is a walk through the index. Two names with three other ways each take as many."""
_NUMBERED = re.compile(r"(\d+)([a-z])")
"""A number and one letter, as laws are cited: `287(g)` is two words of a text, `287g` one. More letters are a word or a
name of its own (`20th`, `3rd`)."""


@cache
def same() -> tuple[Either, ...]:
    """`spellings.toml`, read once: the names that mean the same."""
    data = tomllib.loads(files("tracker.publish").joinpath("data/spellings.toml").read_text("utf-8"))
    return tuple(tuple(tuple(name.split()) for name in names) for names in data["same"])


def of_word(word: str) -> tuple[str, ...]:
    """A word, and the words that mean the same."""
    found = (names for names in same() if (word,) in names)
    return tuple(dict.fromkeys([word, *(name[0] for names in found for name in names if len(name) == 1)]))


def ways(phrase: Phrase, root: Callable[[str], str]) -> Either:
    """The phrase, and the other ways in which it is written; `root` takes the endings off a word."""
    found = product(*(choices for _, choices in parts(phrase, root)))
    joined = (sum(one, ()) for one in islice(found, MOST_WAYS))
    return tuple(dict.fromkeys(joined))


def parts(phrase: Phrase, root: Callable[[str], str]) -> Iterator[tuple[int, Either]]:
    """The phrase in pieces: how many words each has, and the ways of writing it, the given one first."""
    at = 0
    while at < len(phrase):
        length, others = _others(phrase[at:], root)
        yield length, (phrase[at : at + length], *others)
        at += length


def _others(words: Phrase, root: Callable[[str], str]) -> tuple[int, Sequence[Phrase]]:
    """How many of the first words belong together, and how else they are written."""
    if cited := _NUMBERED.fullmatch(words[0]):
        return 1, [(cited[1], cited[2])]
    if len(words) > 1 and _NUMBERED.fullmatch("".join(words[:2])):
        return 2, [("".join(words[:2]),)]
    for names in same():
        for name in sorted(names, key=len, reverse=True):
            if tuple(map(root, words[: len(name)])) == tuple(map(root, name)):
                return len(name), [other for other in names if other != name]
    return 1, ()
