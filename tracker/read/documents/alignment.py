"""Which sentences of two versions are the same: in their order, parted otherwise, or elsewhere. Pure, and bounded in
time: by sentences that are unique on both sides first (patience diff), then between those."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from difflib import SequenceMatcher

Pair = tuple[int, int]
"""Places of an old and of a new sentence that are the same."""
LARGEST_GAP = 90_000
"""Old times new sentences between two anchors that are compared one by one; what is larger and has no sentence that is
unique was written anew, and sentences that stand in both are found as moved."""
MOST_STARTS = 20
"""Sentences with one beginning that are tried; of what is said more often, any will do."""
PREFIX = 8
"""Letters by which parts of a sentence are looked up: "officers" begins a hundred of them, not ten thousand."""


def in_order(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """The equal keys that stand in the same order, by place: a longest run, as far as it is cheap to find."""
    anchors = _longest_run(_unique_pairs(old, new))
    found: list[Pair] = []
    begin = (0, 0)
    for anchor in [*anchors, (len(old), len(new))]:
        found += _between(old, new, begin, anchor)
        if anchor != (len(old), len(new)):
            found.append(anchor)
        begin = (anchor[0] + 1, anchor[1] + 1)
    return found


def _unique_pairs(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """The keys that each side has once, by the place in the old one."""
    once, there = Counter(old), Counter(new)
    places = {key: place for place, key in enumerate(new) if there[key] == 1}
    return [(place, places[key]) for place, key in enumerate(old) if once[key] == 1 and key in places]


def _longest_run(pairs: Sequence[Pair]) -> list[Pair]:
    """The longest part of the pairs whose new places rise (Fredman 1975)."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        at = bisect_left(ends, place)
        before.append(last[at - 1] if at else -1)
        ends[at : at + 1], last[at : at + 1] = [place], [number]
    run: list[Pair] = []
    number = last[-1] if last else -1
    while number >= 0:
        run.append(pairs[number])
        number = before[number]
    return run[::-1]


def _between(old: Sequence[str], new: Sequence[str], begin: Pair, end: Pair) -> Iterator[Pair]:
    """The equal keys of a gap between two anchors."""
    while begin[0] < end[0] and begin[1] < end[1] and old[begin[0]] == new[begin[1]]:
        yield begin
        begin = (begin[0] + 1, begin[1] + 1)
    mine, theirs = old[begin[0] : end[0]], new[begin[1] : end[1]]
    if not mine or not theirs or len(mine) * len(theirs) > LARGEST_GAP:
        return
    for block in SequenceMatcher(None, mine, theirs, autojunk=False).get_matching_blocks():
        for step in range(block.size):
            yield begin[0] + block.a + step, begin[1] + block.b + step


def elsewhere(old: Sequence[str], new: Sequence[str], left: Sequence[int], right: Sequence[int]) -> list[Pair]:
    """The equal keys among what is left on both sides: sentences that were moved."""
    places: dict[str, list[int]] = defaultdict(list)
    for place in reversed(right):
        places[new[place]].append(place)
    return [(place, places[old[place]].pop()) for place in left if places.get(old[place])]


def parted_otherwise(
    old: Sequence[str], new: Sequence[str], left: Sequence[int], right: Sequence[int]
) -> list[tuple[range, range]]:
    """The runs of neighbours that say the same in other sentences, a stop or a line end apart; by their keys without
    stops. One for one is no such run: there a comma came or went."""
    starts = _starts(new, right, {old[place] for place in left if len(old[place]) < PREFIX})
    mine, theirs = set(left), set(right)
    found: list[tuple[range, range]] = []
    for place in left:
        others = [other for start in _beginnings(old[place]) for other in starts.get(start, ())[:MOST_STARTS]]
        for other in others:
            runs = _same_runs(old, new, place, other)
            if (
                runs
                and len(runs[0]) + len(runs[1]) > len(runs)
                and mine.issuperset(runs[0])
                and theirs.issuperset(runs[1])
            ):
                found.append(runs)
                mine.difference_update(runs[0])
                theirs.difference_update(runs[1])
                break
    return found


def _beginnings(letters: str) -> list[str]:
    """What a sentence may be looked up by: the longest first, since a short part ("If") begins many."""
    return [letters[:size] for size in range(min(PREFIX, len(letters)), 0, -1)]


def _starts(new: Sequence[str], right: Sequence[int], short: Collection[str]) -> Mapping[str, list[int]]:
    """New places by how they begin: the first letters, all of a short part, and the `short` parts of the old ones."""
    starts: dict[str, list[int]] = defaultdict(list)
    for place in right:
        first, *shorter = _beginnings(new[place]) or [""]
        for start in [first, *(start for start in shorter if start in short)]:
            starts[start].append(place)
    return starts


def _same_runs(old: Sequence[str], new: Sequence[str], place: int, other: int) -> tuple[range, range] | None:
    """The shortest runs from two places that say the same; None where they part company first."""
    mine, theirs = old[place], new[other]
    end, until = place + 1, other + 1
    while mine != theirs:
        if mine.startswith(theirs) and until < len(new):
            theirs += new[until]
            until += 1
        elif theirs.startswith(mine) and end < len(old):
            mine += old[end]
            end += 1
        else:
            return None
    return range(place, end), range(other, until)
