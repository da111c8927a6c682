"""What the words of a finding tell about its policy: telling words, topics, branches, kinds of instrument.

The lists are data (`data/words.toml`). Only small, fixed questions are answered here; nothing reads whole articles.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

WORD = re.compile(r"[a-z0-9][a-z0-9'’.()-]*")
_EDGES = ".()'’-"
OTHER = "other"
"""The topic of a reader that could not tell: it contradicts no other topic."""


@dataclass(frozen=True, slots=True)
class Prefixes:
    """A set of words, and of beginnings of words, each with the word that it stands for."""

    exact: dict[str, str]
    beginnings: tuple[tuple[str, str], ...]

    def get(self, word: str) -> str | None:
        """What `word` stands for, or None."""
        found = self.exact.get(word)
        return found or next((name for start, name in self.beginnings if word.startswith(start)), None)


@dataclass(frozen=True)
class Lexicon:
    """`words.toml`, ready for look-ups."""

    general: Prefixes
    topical: dict[str, Prefixes]
    same: Prefixes
    related: dict[str, frozenset[str]]
    branches: tuple[tuple[str, re.Pattern[str]], ...]
    instruments: tuple[tuple[str, re.Pattern[str]], ...]


def _prefixes(groups: dict[str, list[str]]) -> Prefixes:
    pairs = [(word, name) for name, words in groups.items() for word in words]
    exact = {word: name for word, name in pairs if not word.endswith("*")}
    return Prefixes(exact, tuple((word[:-1], name) for word, name in pairs if word.endswith("*")))


def _patterns(groups: dict[str, list[str]]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (name, re.compile("|".join(rf"\b{re.escape(word)}" for word in words))) for name, words in groups.items()
    )


@cache
def lexicon() -> Lexicon:
    """The word lists; read once."""
    data = tomllib.loads(files("tracker.timeline").joinpath("data/words.toml").read_text("utf-8"))
    groups = [frozenset(group) for group in data["topics"].values()]
    topics = {topic for group in groups for topic in group}
    return Lexicon(
        general=_prefixes({"general": data["general"]}),
        topical={topic: _prefixes({topic: words}) for topic, words in data["topical"].items()},
        same=_prefixes(data["same"]),
        related={t: frozenset[str]().union(*(group for group in groups if t in group)) for t in topics},
        branches=_patterns(data["branches"]),
        instruments=_patterns(data["instruments"]),
    )


def singular(word: str) -> str:
    """`bags` → `bag`, `agencies` → `agency`; nothing finer, so that no two things fall together."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


@lru_cache(maxsize=20_000)
def tokens(text: str) -> tuple[str, ...]:
    """The words of a short text, lower case and singular, without the general ones, in their order."""
    general = lexicon().general
    words = (singular(raw.strip(_EDGES).removesuffix("'s").removesuffix("’s")) for raw in WORD.findall(text.lower()))
    return tuple(word for word in words if len(word) > 1 and not word.isdigit() and general.get(word) is None)


Bag = dict[str, int]
"""Words with their weights; whole numbers, so that sums do not depend on an order."""
FIRST_WEIGHT = 60
"""The most telling word of a subject stands first: the second weighs a half, the third a third, as in a title. Noise
(a mayor's name, a pallet of bags) stands behind."""
INSTRUMENT_WEIGHT = TOPIC_WEIGHT = 30
"""What only the instrument names, and what repeats the topic, weighs like a second word."""


@dataclass(frozen=True, slots=True)
class Telling:
    """`words` tell the policy from others of its topic, `topical` only repeat the topic."""

    words: Bag
    topical: Bag


@lru_cache(maxsize=20_000)
def telling(subject: str, instrument: str, topic: str, place: str = "") -> Telling:
    """The telling words of a subject and an instrument; synonyms fall together. The name of the place is left out:
    everything there shares it. The result is shared: do not change it."""
    lists, named = lexicon(), tokens(place)
    repeats = lists.topical.get(topic)
    words: Bag = {}
    topical: Bag = {}
    for number, word in enumerate((*tokens(subject), "", *tokens(instrument))):
        same = lists.same.get(word)
        if not word or word in named:
            continue
        if repeats and repeats.get(word) and not same:
            topical[word] = TOPIC_WEIGHT
        else:
            told = number < len(tokens(subject))
            words.setdefault(same or word, FIRST_WEIGHT // (len(words) + 1) if told else INSTRUMENT_WEIGHT)
    return Telling(words, topical)


def shared_words(one: Bag, one_size: int, other: Bag, other_size: int) -> tuple[frozenset[str], float]:
    """The common words of two bags that were summed over so many findings, and what share of the lighter bag's weight
    they have, 0 to 1."""
    common = one.keys() & other.keys()
    if not common:
        return frozenset(), 0.0
    weight = sum(min(one[word] * other_size, other[word] * one_size) for word in common)
    return frozenset(common), weight / min(sum(one.values()) * other_size, sum(other.values()) * one_size)


def topics_related(one: str, other: str) -> bool:
    """True where two readers may give the one or the other to the same act."""
    return one == other or OTHER in (one, other) or other in lexicon().related.get(one, frozenset())


@lru_cache(maxsize=5_000)
def branch(body: str) -> str:
    """`council`, `police`, `executive`, `court`, `voters`, `state`, or "" where the body does not say."""
    text = body.lower()
    found = [(match, name) for name, pattern in lexicon().branches for match in pattern.findall(text)]
    return max(found, key=lambda pair: len(pair[0]), default=("", ""))[1]


@lru_cache(maxsize=5_000)
def instrument_kind(instrument: str) -> str:
    """`ordinance`, `resolution`, `order`, `executive-order`, `agreement`, or "" where the words do not say."""
    text = instrument.lower()
    return next((name for name, pattern in lexicon().instruments if pattern.search(text)), "")


@lru_cache(maxsize=5_000)
def identifier_parts(identifier: str) -> tuple[str, str]:
    """(kind, number) of an identifier in its normal form: "sop 130" → ("sop", "130"); ("", "") for none."""
    kind, _, number = identifier.strip().lower().rpartition(" ")
    return kind, number
