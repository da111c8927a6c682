"""Which common matters of local rules a text names, and in which words: by `data/matters.toml`.

A reader's subject is a bag of telling words, good for comparison and hard to read; a matter has a name that reads well.
Texts are looked up word by word, since thousands of findings ask.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from tracker.model import Evidence
from tracker.timeline.vocabulary import plain_words, singular, table, word_spans

ANY = "*"
"""Stands for any ending of a word."""
SHORTEST = 2
"""Letters of the shortest beginning in the list."""
_QUOTES = re.compile('[“”"]')
_JOINTS = frozenset({"of", "for", "on", "to", "in", "at", "with", "and", "the", "a", "an", "by"})


class Phrase(NamedTuple):
    """The words of a line of the list, the topic and name of its matter, and the number of that in the file, which puts
    the special before the general."""

    words: tuple[str, ...]
    topic: str
    name: str
    number: int


class Match(NamedTuple):
    """A phrase in a text, from one word to before another."""

    phrase: Phrase
    first: int
    end: int


@cache
def _phrases() -> dict[str, list[Phrase]]:
    """The list by the first word of each phrase; `polic*` for what is a beginning only."""
    found: dict[str, list[Phrase]] = defaultdict(list)
    named = [(topic, name, phrases) for topic, names in table("matters").items() for name, phrases in names.items()]
    for number, (topic, name, phrases) in enumerate(named):
        for phrase in phrases:
            # `agreement* with ice` → (`agreement*`, `with`, `ice`)
            words = tuple(word + ANY * part.endswith(ANY) for part in phrase.split() for word in plain_words(part))
            found[words[0]].append(Phrase(words, topic, name, number))
    return found


def _matches(topic: str | None, words: Sequence[str]) -> Iterator[Match]:
    """Those of the topic by any word, others by two or more, which mean the same whatever the topic. None: by any."""
    for first, word in enumerate(words):
        keys = [word, *(word[:end] + ANY for end in range(SHORTEST, len(word) + 1))]
        for phrase in (phrase for key in keys for phrase in _phrases().get(key, ())):
            end = first + len(phrase.words)
            if (topic in (None, phrase.topic) or len(phrase.words) > 1) and _is_at(phrase.words, words[first:end]):
                yield Match(phrase, first, end)


def _is_at(phrase: tuple[str, ...], words: Sequence[str]) -> bool:
    return len(phrase) == len(words) and all(
        word.startswith(wanted[:-1]) if wanted.endswith(ANY) else word == wanted
        for wanted, word in zip(phrase, words, strict=True)
    )


@lru_cache(maxsize=20_000)
def matters_named(topic: str, text: str) -> frozenset[str]:
    """The names of the matters that a text tells of."""
    return frozenset(match.phrase.name for match in _matches(topic, plain_words(text)))


def names_matter(name: str, text: str) -> bool:
    """True where a text names the matter, by whatever word of the list."""
    return any(match.phrase.name == name for match in _matches(None, plain_words(text)))


def matter_in(topic: str, text: str) -> tuple[str, str]:
    """(the matter that a text names, the words for it), both empty for none; those of the topic first."""
    if not matters_named(topic, text):
        return "", ""
    spans = word_spans(text)
    best = min(
        _matches(topic, [word for word, _, _ in spans]),
        key=lambda match: (match.phrase.topic != topic, match.phrase.number, match.first),
    )
    start, end = spans[best.first][1], spans[best.end - 1][2]
    found = text[start - (text[start - 1 : start] == "$") : end]
    return best.phrase.name, _worded(best.phrase.name, _QUOTES.sub("", found), text)


def _worded(name: str, found: str, text: str) -> str:
    """What of the matter's usual name stands in the text, a run of words with one of those found; else these as the
    text has them: `no-knock warrants`, `warrants`, `face scanning`."""
    run = _without_joints([word for word in name.split() if stems(word) <= stems(text)])
    said = _without_joints(found.split())
    if " ".join(run) in name and stems(" ".join(run)) & stems(found) and len(run) >= len(said):
        return " ".join(run)
    words = " ".join(said)
    return words.lower() if text.isupper() or (text.startswith(found) and words[1:].islower()) else words


def _without_joints(words: Sequence[str]) -> list[str]:
    """`with immigration authorities` → `immigration authorities`."""
    kept = [place for place, word in enumerate(words) if word.lower() not in _JOINTS]
    return list(words[kept[0] : kept[-1] + 1]) if kept else []


def leading_matter(topic: str, evidence: Sequence[Evidence]) -> str:
    """The matter that most independent reports name, in their sentences, else in the headlines of their news; of equals
    the one told first. By its usual name where all words of that stand in them, else by the most words of one."""
    voices: dict[str, dict[str, str]] = {}
    for item in evidence:
        texts = [item.finding.said, *([item.title] if item.finding.primary else [])]
        name, words = next((found for text in texts if (found := matter_in(topic, text))[0]), ("", ""))
        if name:
            voices.setdefault(name, {}).setdefault(item.report, words)
    best = max(voices, key=lambda name: len(voices[name]), default="")
    if stems(best) <= stems(" ".join(f"{item.finding.said} {item.title}" for item in evidence)):
        return best
    return max(voices[best].values(), key=len)


def stems(text: str) -> frozenset[str]:
    """The words of a text, singular, without small ones."""
    return frozenset(singular(word) for word in plain_words(text) if word not in _JOINTS)
