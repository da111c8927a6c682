"""Which words of a sentence changed: runs that stay, go and come."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_TOKEN = re.compile(r"\w+(?:[.'’/-]\w+)*|[^\w\s]")
LARGEST = 4_000_000
"""Old times new words that are compared one by one: two sentences of 2,000 words, which no sentence has."""
ISLAND = 2
"""Words that stay alone between changed ones, at most: marked one by one, "the" and "of" tear a phrase to pieces."""


class RunKind(StrEnum):
    """What became of a run of words."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class WordRun:
    """Neighbouring words that stay, go or come, with the space behind them. Those that stay and come are the new
    sentence to the letter; those that stay and go have the words of the old one."""

    kind: RunKind
    text: str


def tokens(text: str) -> list[str]:
    """Its words ("5.2", "on-duty", "officer's") and marks."""
    return _TOKEN.findall(text)


def word_runs(old: str, new: str) -> tuple[WordRun, ...]:
    """How the words of one sentence become those of the other; what goes stands before what comes in its place."""
    mine, theirs = list(_TOKEN.finditer(old)), list(_TOKEN.finditer(new))
    if len(mine) * len(theirs) > LARGEST:
        return WordRun(RunKind.REMOVED, old), WordRun(RunKind.ADDED, new)
    words = [item[0] for item in mine], [item[0] for item in theirs]
    steps = SequenceMatcher(None, *words, autojunk=False).get_opcodes()
    runs: list[WordRun] = []
    for kept, i, k, j, m in _without_islands(steps):
        if kept:
            runs.append(WordRun(RunKind.SAME, _part(new, theirs, j, m)))
            continue
        runs += [WordRun(RunKind.REMOVED, _part(old, mine, i, k))] if i < k else []
        runs += [WordRun(RunKind.ADDED, _part(new, theirs, j, m))] if j < m else []
    return tuple(runs)


def _part(text: str, words: Sequence[re.Match[str]], first: int, end: int) -> str:
    """The words from `first` to `end`, with what stands before the next one."""
    start = words[first].start() if first else 0
    return text[start : words[end].start() if end < len(words) else len(text)]


def _without_islands(steps: Sequence[tuple[str, int, int, int, int]]) -> list[tuple[bool, int, int, int, int]]:
    """(stays, old from, old to, new from, new to), neighbours of one kind as one: a word or two that stay between
    longer changes go with them."""
    found: list[tuple[bool, int, int, int, int]] = []
    for number, (tag, i, k, j, m) in enumerate(steps):
        inner = 0 < number < len(steps) - 1
        kept = tag == "equal" and not (inner and k - i <= ISLAND and _both_larger(steps, number))
        if found and found[-1][0] == kept:
            _, i, _, j, _ = found.pop()
        found.append((kept, i, k, j, m))
    return found


def _both_larger(steps: Sequence[tuple[str, int, int, int, int]], number: int) -> bool:
    """True where more words change on each side of an island than it has."""
    size = steps[number][2] - steps[number][1]
    around = (steps[number - 1], steps[number + 1])
    return all(max(k - i, m - j) > size for _, i, k, j, m in around)
