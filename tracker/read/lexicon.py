"""The word lists in `data/*.toml`, loaded once and made ready to match; and fitted weights of words (`data/*.csv`)."""

import csv
import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from math import sqrt
from typing import Any

_Tree = dict[str, "_Tree"]
_END = ""
"""In a tree of letters: a phrase may end here."""


RULE = "rule"
ALWAYS, NEEDED = (RULE, "always"), (RULE, "needed")
"""Of a table of fitted weights: the constant, and the log-odds from which the answer is yes."""
Feature = tuple[str, str]
"""(where, letters): ("text", "city council")."""


@cache
def table(name: str) -> dict[str, Any]:
    """The data file `name`.toml as it is written."""
    return tomllib.loads(files("tracker.read.data").joinpath(f"{name}.toml").read_text(encoding="utf-8"))


def weights(name: str, folder: str = "tracker.read.data") -> Iterator[tuple[tuple[str, ...], float]]:
    """The fitted weights of the data file `name`.csv: what each is of, and the weight."""
    text = files(folder).joinpath(f"{name}.csv").read_text(encoding="utf-8")
    for *of, weight in csv.reader(line for line in text.splitlines() if line and not line.startswith("#")):
        yield tuple(of), float(weight)


def log_odds(known: Mapping[Feature, float], found: Collection[Feature]) -> float:
    """Of what has these features, by weights with their constant: many features weigh no more than few."""
    return known[ALWAYS] + sum(known.get(feature, 0.0) for feature in found) / sqrt(max(1, len(found)))


@cache
def words(name: str, *keys: str) -> frozenset[str]:
    """One word list: `words("bodies", "county")`."""
    node: Any = table(name)
    for key in keys:
        node = node[key]
    return frozenset(node)


@cache
def dull() -> frozenset[str]:
    """Words that say nothing of what a change is about, and are no part of a rule's name."""
    return words("common", "function") | words("common", "frequent")


def alternation(phrases: Iterable[str], flags: int = re.IGNORECASE) -> re.Pattern[str]:
    """A pattern that finds the longest of the phrases at word boundaries; spaces match any run of white space."""
    body = longest_of((" ".join(phrase.split()) for phrase in phrases), space=r"\s+")
    return re.compile(rf"(?<![\w-]){body}(?![\w])", flags)


def longest_of(phrases: Iterable[str], space: str = " ") -> str:
    """A group that matches the longest of the phrases; `space` is written for their spaces.

    It is a tree of letters, since Python tries the branches of a pattern one after another: 300 phrases are found eight
    times as fast as in a list.
    """
    tree: _Tree = {}
    for phrase in phrases:
        node = tree
        for letter in phrase:
            node = node.setdefault(space if letter == " " else re.escape(letter), {})
        node[_END] = {}
    return f"(?:{_branches(tree)})"


def _branches(tree: _Tree) -> str:
    """What may follow, the longest first."""
    branches = [letter + _branches(rest) for letter, rest in sorted(tree.items()) if letter != _END]
    if not branches:
        return ""
    if len(branches) == 1 and _END not in tree:
        return branches[0]
    return f"(?:{'|'.join(branches)}){'?' if _END in tree else ''}"
