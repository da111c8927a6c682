"""What the words of a finding tell: rare words and how rare they are, numbers of instruments.

How rare a word is was counted in local news (`data/rarity.json`); the other lists are data too (`data/words.toml`).
Only small, fixed questions are answered here; nothing reads whole articles.
"""

import json
import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from math import log
from typing import Any

DOCUMENT = "document"
"""The kind of number by which a department's documents are told apart, whatever each calls itself."""
NUMBERED_FOR_GOOD = frozenset(
    {
        DOCUMENT,
        "sop",
        "general order",
        "standing order",
        "special order",
        "policy",
        "directive",
        "chapter",
        "section",
        "code",
    }
)
"""An ordinance, a bill or an order has a new number each time it amends one."""
WORD = re.compile(r"[a-z0-9][a-z0-9'’.()-]*")
_EDGES = ".()'’-"
JOINTS = re.compile(r"[-–—]")
"""What joins words to one: "cite-and-release" and a "program to cite and release" are of the same words."""
OTHER = "other"
"""The topic of a reader that could not tell: it contradicts no other topic."""
EVERYWHERE = 0.2
"""Words that stand in more articles than this share tell no policy from another."""
FEW = 50
"""The rarity of one rather rare word: a bag of less has little in common with any other."""
STEPS = 10
"""Rarities are kept as whole tenths, so that sums do not depend on an order."""


def table(name: str) -> dict[str, Any]:
    """A file of `data/` as it is written: `table("words")` is `words.toml`."""
    return tomllib.loads(files("tracker.timeline").joinpath(f"data/{name}.toml").read_text("utf-8"))


@cache
def _general() -> tuple[frozenset[str], tuple[str, ...]]:
    """(words that nearly every local rule has, beginnings of such words)."""
    words = table("words")["general"]
    whole = frozenset(word for word in words if not word.endswith("*"))
    return whole, tuple(word[:-1] for word in words if word.endswith("*"))


@dataclass(frozen=True)
class Rarities:
    """In how many of so many articles the commoner words stand."""

    articles: int
    words: dict[str, int]

    def of(self, word: str) -> int:
        """How rare a word is, in tenths of the logarithm of its share; 0 for what stands everywhere."""
        count = self.words.get(word, 0)
        return 0 if count > EVERYWHERE * self.articles else round(STEPS * log((self.articles + 1) / (count + 1)))


@cache
def rarities() -> Rarities:
    """`rarity.json`; read once."""
    return Rarities(**json.loads(files("tracker.timeline").joinpath("data/rarity.json").read_text("utf-8")))


def singular(word: str) -> str:
    """`bags` → `bag`, `agencies` → `agency`; nothing finer, so that no two things fall together."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def all_words(text: str) -> list[str]:
    """The words of a text, lower case and singular, in their order."""
    return [singular(_freed(raw)) for raw in WORD.findall(text.lower())]


def plain_words(text: str) -> list[str]:
    """The words of a text in lower case, those that a hyphen joins one by one."""
    return [_freed(raw) for raw in WORD.findall(JOINTS.sub(" ", text.lower()))]


def word_spans(text: str) -> list[tuple[str, int, int]]:
    """The plain words of a text, each with its first character and the one behind it."""
    found = WORD.finditer(JOINTS.sub(" ", text.lower()))
    return [(_freed(raw[0]), raw.start(), raw.start() + len(_shown(raw[0]))) for raw in found]


def _shown(raw: str) -> str:
    """`287(g),` → `287(g)`, `bags)` → `bags`."""
    raw = raw.rstrip(".'’-")
    return raw if "(" in raw else raw.rstrip(_EDGES)


def _freed(raw: str) -> str:
    return raw.strip(_EDGES).removesuffix("'s").removesuffix("’s")


@lru_cache(maxsize=20_000)
def tokens(text: str) -> tuple[str, ...]:
    """The words of a short text without the general ones, in their order."""
    general, beginnings = _general()
    words = (word for word in all_words(text) if len(word) > 1 and not word.isdigit())
    return tuple(word for word in words if word not in general and not word.startswith(beginnings))


def telling(text: str) -> frozenset[str]:
    """The same of a text whose words a hyphen may join."""
    return frozenset(tokens(JOINTS.sub(" ", text)))


Bag = dict[str, int]
"""Words with their weights."""


@lru_cache(maxsize=20_000)
def rare_words(text: str, place: str = "") -> Bag:
    """The rare words of a short text, each with its rarity; the name of the place is left out: everything there shares
    it. The result is shared: do not change it."""
    return rarities_of(text, place)


def rarities_of(text: str, place: str) -> Bag:
    """The same of a text that is too long to be kept."""
    named, known = set(all_words(place)), rarities()
    words = {
        word for word in all_words(JOINTS.sub(" ", text)) if len(word) > 1 and not word.isdigit() and word not in named
    }
    return {word: rarity for word in sorted(words) if (rarity := known.of(word))}


def shared(one: Bag, one_size: int, other: Bag, other_size: int) -> float:
    """The share of the lighter bag's weight that two bags have in common; they were summed over so many findings."""
    common = one.keys() & other.keys()
    if not common:
        return 0.0
    weight = sum(min(one[word] * other_size, other[word] * one_size) for word in common)
    lighter = min(sum(one.values()) * other_size, sum(other.values()) * one_size)
    return weight / max(lighter, FEW * one_size * other_size)


@lru_cache(maxsize=5_000)
def identifier_parts(identifier: str) -> tuple[str, str]:
    """(kind, number) of an identifier in its normal form: "sop 130" → ("sop", "130"); ("", "") for none."""
    kind, _, number = identifier.strip().lower().rpartition(" ")
    return kind, number


def is_numbered_for_good(identifier: str) -> bool:
    """True for a number that names a procedure for good: it is changed, not adopted."""
    return identifier_parts(identifier)[0] in NUMBERED_FOR_GOOD
