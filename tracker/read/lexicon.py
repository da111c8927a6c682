"""The word lists in `data/*.toml`, loaded once and made ready to match."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """The data file `name`.toml as it is written."""
    return tomllib.loads(files("tracker.read.data").joinpath(f"{name}.toml").read_text(encoding="utf-8"))


@cache
def words(name: str, *keys: str) -> frozenset[str]:
    """One word list: `words("acts", "decide", "verbs")`."""
    node: Any = table(name)
    for key in keys:
        node = node[key]
    return frozenset(node)


def alternation(phrases: Iterable[str], flags: int = re.IGNORECASE) -> re.Pattern[str]:
    """A pattern that finds the longest of the phrases at word boundaries; spaces match any run of white space."""
    ordered = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    body = "|".join(r"\s+".join(map(re.escape, phrase.split())) for phrase in ordered)
    return re.compile(rf"(?<![\w-])(?:{body})(?![\w])", flags)
