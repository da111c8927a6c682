"""Which common matters a text names: `data/matters.toml` looked up word by word, since thousands of findings ask."""

import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files

from tracker.timeline.words import plain_words

ANY = "*"
"""Stands for any ending of a word."""
SHORTEST = 2
"""Letters of the shortest beginning in the list."""
Words = tuple[str, ...]
Named = tuple[Words, str, str]


@dataclass(slots=True)
class Index:
    """What is looked for by its first word: (all its words, topic and name of the matter); `begun` where that is a
    beginning only."""

    whole: dict[str, list[Named]] = field(default_factory=lambda: defaultdict(list))
    begun: dict[str, list[Named]] = field(default_factory=lambda: defaultdict(list))

    def at(self, word: str) -> Iterator[Named]:
        """What can begin with a word of a text."""
        yield from self.whole.get(word, ())
        for end in range(SHORTEST, len(word) + 1):
            yield from self.begun.get(word[:end], ())


@cache
def _index() -> Index:
    data = tomllib.loads(files("tracker.timeline").joinpath("data/matters.toml").read_text("utf-8"))
    index = Index()
    for topic, named in data.items():
        for name, phrases in named.items():
            for words in map(_words_of, phrases):
                (index.begun if words[0].endswith(ANY) else index.whole)[words[0].removesuffix(ANY)].append(
                    (words, topic, name)
                )
    return index


def _words_of(phrase: str) -> Words:
    """`agreement* with ice` → (`agreement*`, `with`, `ice`)."""
    return tuple(word + ANY * part.endswith(ANY) for part in phrase.split() for word in plain_words(part))


@lru_cache(maxsize=20_000)
def matters_named(topic: str, text: str) -> frozenset[str]:
    """The names of the matters that a text tells of: those of its topic by any word, others by two or more, which mean
    the same whatever the topic."""
    words = plain_words(text)
    return frozenset(
        name
        for at, word in enumerate(words)
        for phrase, of, name in _index().at(word)
        if (of == topic or len(phrase) > 1) and _stands(phrase, words[at:])
    )


def _stands(phrase: Words, words: list[str]) -> bool:
    if len(phrase) > len(words):
        return False
    pairs = zip(phrase, words, strict=False)
    return all(word.startswith(told[:-1]) if told.endswith(ANY) else word == told for told, word in pairs)
