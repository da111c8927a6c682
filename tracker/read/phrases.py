"""Many lists of phrases, looked for in one go."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Generic, TypeVar

from tracker.read.lexicon import longest_of

K = TypeVar("K")


class PhraseLists(Generic[K]):
    """Finds what `re.findall` finds with a pattern a list: at each start of a word the longest phrase of the list,
    none overlapping another of its list.

    The text is searched once for the phrases of all lists. Whatever a list has at a place is a beginning of the longest
    phrase that any list has there, so that a table tells the rest.
    """

    def __init__(self, lists: Mapping[K, Iterable[str]]) -> None:
        owners: dict[str, list[K]] = defaultdict(list)
        for key, phrases in lists.items():
            for phrase in dict.fromkeys(phrases):
                owners[phrase].append(key)
        self._begun = {phrase: _beginnings(phrase, owners) for phrase in owners}
        self._pattern = re.compile(rf"(?<![\w-])(?=({longest_of(owners)}))") if owners else None

    def found(self, text: str) -> dict[K, list[str]]:
        """The phrases of each list that stand in a text, in order; lists without any are left out."""
        found: dict[K, list[str]] = {}
        free: dict[K, int] = {}
        for match in self._pattern.finditer(text) if self._pattern else ():
            start = match.start()
            for key, phrase in self._begun[match[1]]:
                if free.get(key, 0) <= start:
                    found.setdefault(key, []).append(phrase)
                    free[key] = start + len(phrase)
        return found


def _beginnings(phrase: str, owners: Mapping[str, Iterable[K]]) -> list[tuple[K, str]]:
    """The lists that have a beginning of a phrase, each with the longest one."""
    longest: dict[K, str] = {}
    for end in range(1, len(phrase) + 1):
        longest |= dict.fromkeys(owners[phrase[:end]], phrase[:end]) if phrase[:end] in owners else {}
    return list(longest.items())
