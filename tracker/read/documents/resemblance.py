"""Which new sentence an old one became: by the words that both have, the rarest first. Pure, bounded in time."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import pairwise

from tracker.read.documents.policy_sentences import PolicySentence
from tracker.read.documents.word_runs import tokens

SAME_GAP = 0.35
"""Likeness from which a sentence is the other one changed, where both stand between the same neighbours."""
ALONE = 0.15
"""And where they are the only ones there, under one label: "the chief" for "the deputy chief of the watch"."""
FEWEST_WORDS = 5
"""Words of a sentence that is looked for elsewhere: a heading is like anything that names it."""
ELSEWHERE = 0.6
"""And where they do not: it was moved and changed. Below stand two sentences of one form ("The sergeant will …")."""
GAIN = 0.1
"""By how much a neighbour must make two sentences more alike to be the other half of one."""
COMMON = 40
"""A word that more of the sentences have finds none: it would compare each with all."""
TRIED = 6
"""Sentences with the most rare words in common that are compared in full."""

Bag = Counter[object]


def likeness(one: Bag, other: Bag) -> float:
    """0 to 1: the share of words and of pairs of words that both have (Dice)."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def bag_of(text: str) -> Bag:
    """Its words and pairs of neighbours, in small letters."""
    words = [token.lower() for token in tokens(text) if token[0].isalnum()]
    bag: Bag = Counter(words)
    bag.update(pairwise(words))
    return bag


class Leftover:
    """A sentence that the other version does not have. `gap` counts the sentences before it that both have: two of one
    gap stand between the same neighbours."""

    def __init__(self, sentence: PolicySentence, gap: int) -> None:
        self.sentence, self.gap = sentence, gap

    @cached_property
    def bag(self) -> Bag:
        """Its words."""
        return bag_of(self.sentence.text)

    @property
    def words(self) -> int:
        """How many of them."""
        return (self.bag.total() + 1) // 2


def pairs(old: Sequence[Leftover], new: Sequence[Leftover]) -> list[tuple[int, int]]:
    """Which of the old ones became which of the new ones, by number; the most alike first, each once."""
    by_gap: dict[int, list[int]] = defaultdict(list)
    for number, item in enumerate(old):
        by_gap[item.gap].append(number)
    crowd, words = Counter(item.gap for item in [*old, *new]), _words(old)
    rated = [
        (rate, -abs(old[mine].gap - item.gap), mine, theirs)
        for theirs, item in enumerate(new)
        for mine in _candidates(item, words, by_gap.get(item.gap, ()))
        if (rate := likeness(old[mine].bag, item.bag)) >= _needed(old[mine], item, crowd[item.gap])
    ]
    taken: tuple[set[int], set[int]] = (set(), set())
    found: list[tuple[int, int]] = []
    for _, _, mine, theirs in sorted(rated, key=lambda item: (-item[0], -item[1], item[2], item[3])):
        if mine not in taken[0] and theirs not in taken[1]:
            taken[0].add(mine)
            taken[1].add(theirs)
            found.append((mine, theirs))
    return found


def _needed(one: Leftover, other: Leftover, crowd: int) -> float:
    """The likeness from which one became the other; `crowd` are the sentences of the gap, on both sides."""
    if one.gap != other.gap:
        return ELSEWHERE if min(one.words, other.words) >= FEWEST_WORDS else 1.0
    return ALONE if crowd == len((one, other)) and one.sentence.number == other.sentence.number else SAME_GAP


def _words(items: Sequence[Leftover]) -> Mapping[object, Sequence[int]]:
    """Who has a word or a pair of words, those that many have left out."""
    found: dict[object, list[int]] = defaultdict(list)
    for number, item in enumerate(items):
        for word in item.bag:
            found[word].append(number)
    return {word: numbers for word, numbers in found.items() if len(numbers) <= COMMON}


def _candidates(item: Leftover, words: Mapping[object, Sequence[int]], near: Sequence[int]) -> Iterable[int]:
    """Those with the most rare words in common, and those of the same gap where it is a small one."""
    shared = Counter(number for word in item.bag for number in words.get(word, ()))
    likely = [number for number, _ in shared.most_common(TRIED)]
    return dict.fromkeys([*likely, *(near if len(near) <= COMMON else ())])
