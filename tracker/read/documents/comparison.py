"""Two versions of a policy, compared by sentence: what was added, removed and changed. What only moved, was numbered
anew or stands in other lines is none of it. Pure; a document of 500 pages is compared in seconds."""

from bisect import bisect
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from tracker.gather.documents.policy_text import DocumentText
from tracker.read.documents.alignment import Pair, elsewhere, in_order, parted_otherwise
from tracker.read.documents.policy_sentences import PolicySentence, joined, key_without_stops, sentences_of
from tracker.read.documents.resemblance import GAIN, SAME_GAP, Leftover, bag_of, likeness, pairs
from tracker.read.documents.word_runs import WordRun, word_runs

MOST_PARTS = 4
"""Parts of one sentence that are put together: a long list that was one sentence is no matter of line ends."""


class EditKind(StrEnum):
    """What became of a sentence."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class SentenceEdit:
    """A sentence that differs. `old` is None where it was added, `new` where it was removed; a changed one has both,
    and its words in `words`. `moved`: it was changed and stands elsewhere."""

    kind: EditKind
    old: PolicySentence | None
    new: PolicySentence | None
    words: tuple[WordRun, ...] = ()
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two versions. `edits` in the order of the new version, removed ones where they stood;
    `moved` and `renumbered` are sentences that stay, (old, new): they stand elsewhere, or under another label."""

    edits: tuple[SentenceEdit, ...]
    moved: tuple[tuple[PolicySentence, PolicySentence], ...]
    renumbered: tuple[tuple[PolicySentence, PolicySentence], ...]


def compare(old: DocumentText, new: DocumentText) -> Comparison:
    """What another version of a document changed in its text; heads and titles are not compared."""
    mine, theirs = sentences_of(old), sentences_of(new)
    before, after = [item.key for item in mine], [item.key for item in theirs]
    same = in_order(before, after)
    left, right = _without(range(len(mine)), _firsts(same)), _without(range(len(theirs)), _seconds(same))
    moved = elsewhere(before, after, left, right)
    left, right = _without(left, _firsts(moved)), _without(right, _seconds(moved))
    loose = [[key_without_stops(item.text) for item in side] for side in (mine, theirs)]
    for one, other in parted_otherwise(loose[0], loose[1], left, right):
        left, right = _without(left, one), _without(right, other)
    edits = _edits(_leftover(mine, left, _firsts(same)), _leftover(theirs, right, _seconds(same)))
    both = [(mine[i], theirs[j]) for i, j in [*same, *moved]]
    return Comparison(
        tuple(_in_reading_order(edits, same)),
        tuple((mine[i], theirs[j]) for i, j in moved),
        tuple((one, other) for one, other in both if one.number != other.number),
    )


def _firsts(found: Iterable[Pair]) -> list[int]:
    return [place for place, _ in found]


def _seconds(found: Iterable[Pair]) -> list[int]:
    return [place for _, place in found]


def _without(places: Iterable[int], gone: Iterable[int]) -> list[int]:
    aside = set(gone)
    return [place for place in places if place not in aside]


def _leftover(sentences: Sequence[PolicySentence], left: Sequence[int], anchors: Sequence[int]) -> list[Leftover]:
    return [Leftover(sentences[place], bisect(anchors, place)) for place in left]


def _edits(old: Sequence[Leftover], new: Sequence[Leftover]) -> list[SentenceEdit]:
    """The leftovers of both versions as edits: those that became each other, then those that came or went."""
    found = pairs(old, new)
    lone = [{item.sentence.place: item for item in side} for side in (old, new)]
    for i, j in found:
        del lone[0][old[i].sentence.place], lone[1][new[j].sentence.place]
    edits = [edit for i, j in found if (edit := _changed(old[i], new[j], lone))]
    edits += _rewritten(lone)
    edits += [SentenceEdit(EditKind.REMOVED, item.sentence, None) for item in lone[0].values()]
    return edits + [SentenceEdit(EditKind.ADDED, None, item.sentence) for item in lone[1].values()]


def _changed(one: Leftover, other: Leftover, lone: Sequence[dict[int, Leftover]]) -> SentenceEdit | None:
    """A pair as an edit, with the neighbour that is its other half where a sentence was parted or joined as well; None
    where nothing differs then."""
    theirs = _completed(one.sentence, other.sentence, lone[1])
    mine = _completed(theirs, one.sentence, lone[0])
    if mine.key == theirs.key:
        return None
    return SentenceEdit(EditKind.CHANGED, mine, theirs, word_runs(mine.text, theirs.text), one.gap != other.gap)


def _rewritten(lone: Sequence[dict[int, Leftover]]) -> list[SentenceEdit]:
    """What is left of a gap on both sides as one edit, where it is a few sentences that are alike only together."""
    gaps = [{gap: list(items) for gap, items in groupby(side.values(), key=lambda item: item.gap)} for side in lone]
    edits = []
    for gap in gaps[0].keys() & gaps[1].keys():
        mine, theirs = (joined([item.sentence for item in side[gap]]) for side in gaps)
        if (
            max(len(side[gap]) for side in gaps) > MOST_PARTS
            or likeness(bag_of(mine.text), bag_of(theirs.text)) < SAME_GAP
        ):
            continue
        for side, items in zip(lone, gaps, strict=True):
            for item in items[gap]:
                del side[item.sentence.place]
        edits.append(SentenceEdit(EditKind.CHANGED, mine, theirs, word_runs(mine.text, theirs.text)))
    return edits


def _completed(whole: PolicySentence, part: PolicySentence, lone: dict[int, Leftover]) -> PolicySentence:
    """The part with its unpaired neighbours, while they make it more like the whole; they are taken from `lone`."""
    first = last = part.place
    target, rate = bag_of(whole.text), likeness(bag_of(whole.text), bag_of(part.text))
    for _ in range(MOST_PARTS):
        for place in (last + 1, first - 1):
            wider = joined([part, lone[place].sentence]) if place in lone else part
            if (better := likeness(target, bag_of(wider.text))) > rate + GAIN:
                part, rate, first, last = wider, better, min(first, place), max(last, place)
                del lone[place]
                break
        else:
            return part
    return part


def _in_reading_order(edits: Iterable[SentenceEdit], same: Sequence[Pair]) -> list[SentenceEdit]:
    """By place in the new version; what was removed stands behind the sentence that stood before it."""
    anchors = _firsts(same)

    def place(edit: SentenceEdit) -> tuple[int, int, int]:
        if edit.new:
            return edit.new.place, 0, 0
        assert edit.old
        before = bisect(anchors, edit.old.place) - 1
        return same[before][1] if before >= 0 else -1, 1, edit.old.place

    return sorted(edits, key=place)
