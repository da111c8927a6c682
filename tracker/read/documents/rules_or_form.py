"""Is an edit of a sentence one *of rule* (what somebody must, may or must not do, on which condition, how long, who
decides, what is recorded) or *of form* (dates, numbering, names, codes, wording that leaves the meaning)? A logistic
regression on the words that were taken away and put in; where an encoder is at hand, by the labelled edits that are
nearest in what those words say and mean. Both fitted by `tracker.read.training.rules_or_form`. Precision first: what is
not surely of rule is of form."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from importlib.resources import files

import numpy as np

from tracker.read.documents.edit_vectors import edit_vector
from tracker.read.documents.policy_words import PolicyWord, Sort, classes, policy_words, unmatched
from tracker.read.lexicon import NEEDED, Feature, log_odds, weights
from tracker.read.scorer import Floats, Vectors

ADDED, REMOVED, BOTH = "added", "removed", "both"
SIDES = {ADDED: "came", REMOVED: "went", "whole": "is in it"}
LIKE = 0.75
"""Of the letters that two words share, from which one may be the other's spelling."""
LONGEST_SPELLING = 60
"""Letters; what is longer was written anew."""
SIZES = (0, 1, 2, 3, 5, 8, 13)
"""Words of an edit are counted in these steps."""
MODALS = ("must", "may", "should", "not")
MOST_TOLD = 4
"""Words that are shown of those that tell."""
CLEARLY_FORM = -3.0
"""Log-odds by words below which no vector is asked for: by cross-validation 1 in 77 of those is of rule."""
OF_WORDS, OF_VECTORS = 0.5, 1.2
"""What both are multiplied with, so that a step in the one counts as much as in the other; 0.8 does nearly as well."""
SPREAD = 0.1
"""How fast a labelled edit counts less the further away it is; twice or half of it do nearly as well."""
Hunk = tuple[tuple[PolicyWord, ...], tuple[PolicyWord, ...], str]
"""What was taken away, what was put in, the word before."""


@dataclass(frozen=True, slots=True)
class EditWeights:
    """The labelled edits by their edit_features [edits, features], what each counts for an edit that is the same, and a
    constant, in log-odds; from which on an edit is of rule. `graphs`: hashes of what the vectors were fitted to."""

    taught: Floats
    weights: Floats
    constant: float
    needed: float
    graphs: tuple[str, ...]


def changes_rule(old: str, new: str, by: Vectors | None = None) -> bool:
    """True where an edit of a sentence surely changes a rule; one of both is empty where a sentence is new or gone.
    Without vectors (`by`: Reader.vectors) it is told by words alone, and fewer are found. Raises ScorerFault."""
    return rule_odds(old, new, by) >= needed(by)


def telling_words(old: str, new: str) -> str:
    """The words of the edit that tell most whether the edit is of rule, for people: `“must” came +1.20`."""
    known = _weights()
    told = sorted(feature for feature in features(old, new) if feature[0] in SIDES and feature[1] not in SIDES)
    found = {feature: known.get(feature, 0.0) for feature in told}
    most = sorted(found.items(), key=lambda one: -abs(one[1]))[:MOST_TOLD]
    return ", ".join(f"“{word}” {SIDES[side]} {weight:+.2f}" for (side, word), weight in most if weight)


def needed(by: Vectors | None = None) -> float:
    """The log-odds from which an edit is of rule."""
    return edit_weights().needed if by else _weights()[NEEDED]


def rule_odds(old: str, new: str, by: Vectors | None = None) -> float:
    """The log-odds that the edit changes a rule. What is of form by its words is not asked of the encoder."""
    odds = log_odds(_weights(), features(old, new))
    if by is None or odds < CLEARLY_FORM:
        return odds
    known = edit_weights()
    return float(nearness(edit_features(odds, old, new, by)[None], known.taught)[0] @ known.weights) + known.constant


def nearness(some: Floats, others: Floats) -> Floats:
    """How near edits are to others by their edit_features [some, others]: 1 where they are the same, 0 far away."""
    lengths = [np.einsum("ij,ij->i", each, each) for each in (some, others)]
    apart = lengths[0][:, None] + lengths[1][None] - 2 * some @ others.T
    return np.asarray(np.exp(-SPREAD * apart), np.float32)


def edit_features(odds: float, old: str, new: str, by: Vectors) -> Floats:
    """What is weighed beside one another: the log-odds by words, and the edit's vector. Raises ScorerFault."""
    return np.concatenate([np.array([OF_WORDS * odds], np.float32), OF_VECTORS * edit_vector(old, new, by)])


def features(old: str, new: str) -> set[Feature]:
    """Everything that is weighed; never empty."""
    before, after = policy_words(old), policy_words(new)
    if not before or not after:
        return set(_of_whole(before or after, ADDED if after else REMOVED))
    found = set(_of_edit(before, after))
    return found | set(_of_context(before, after)) if found else {("edit", "none")}


def _of_whole(words: Sequence[PolicyWord], side: str) -> Iterator[Feature]:
    """Of a sentence that is new or gone."""
    yield "whole", side
    yield "whole size", _size(len(words))
    yield "whole capitals", _share(sum(word.capital for word in words), len(words))
    yield from (("whole first", word.text if word.sort is Sort.WORD else word.sort.value) for word in words[:1])
    for word in words:
        yield "whole", _letters(word)
        yield from (("whole class", name) for name in _classes(word))


def _of_edit(before: Sequence[PolicyWord], after: Sequence[PolicyWord]) -> Iterator[Feature]:
    """Of what was taken away and put in; nothing where both are the same."""
    if [word.text for word in before] == [word.text for word in after]:
        return
    hunks = list(_hunks(before, after))
    gone, new = unmatched(before, after), unmatched(after, before)
    if not gone and not new:
        yield "edit", "moved"
    for side, words in ((REMOVED, gone), (ADDED, new)):
        yield f"{side} size", _size(len(words))
        for word in words:
            yield side, _letters(word)
            yield BOTH, _letters(word)
    yield "edit size", _size(len(gone) + len(new))
    yield "hunks", _size(len(hunks))
    yield "capitals", _share(sum(word.capital for word in (*gone, *new)), len(gone) + len(new))
    yield "quoted", _share(sum(word.quoted for word in (*gone, *new)), len(gone) + len(new))
    yield "share", _share(len(gone) + len(new), len(before) + len(after))
    yield from (("term", unit) for unit in _numbers(gone) & _numbers(new))
    yield from _of_classes(gone, new)
    for hunk in hunks:
        yield from _of_hunk(*hunk)


def _numbers(words: Sequence[PolicyWord]) -> set[str]:
    """Numbers by their units: where one has another value, and stands elsewhere, a term was changed all the same."""
    return {_letters(word) for word in words if word.sort is Sort.NUMBER}


def _of_classes(gone: Sequence[PolicyWord], new: Sequence[PolicyWord]) -> Iterator[Feature]:
    lost, won = (Counter(name for word in words for name in _classes(word)) for words in (gone, new))
    for name in {*lost, *won}:
        yield "class", name
        if lost[name] != won[name]:
            yield "class net", name
            yield f"class {ADDED if won[name] > lost[name] else REMOVED}", name
    sorts = ({word.sort for word in gone}, {word.sort for word in new})
    for sort in Sort:
        if sort in sorts[0] or sort in sorts[1]:
            yield "sort", sort.value
            if (sort in sorts[0]) != (sort in sorts[1]):
                yield "sort net", sort.value
    yield "modal", f"{_modals(gone)} > {_modals(new)}"
    if sorts[0] | sorts[1] <= {Sort.DATE, Sort.CODE, Sort.ADDRESS}:
        yield "edit", "no words"
    if all(not _classes(word) and word.sort is Sort.WORD for word in (*gone, *new)):
        yield "edit", "plain words"


def _modals(words: Sequence[PolicyWord]) -> str:
    """Of must, may, should and not those that are among the words."""
    return " ".join(name for name in MODALS if any(name in _classes(word) for word in words))


def _of_hunk(gone: Sequence[PolicyWord], new: Sequence[PolicyWord], before: str) -> Iterator[Feature]:
    kind = "replaced" if gone and new else ADDED if new else REMOVED
    yield "hunk", kind
    yield f"hunk {kind} size", _size(max(len(gone), len(new)))
    yield "word before", before
    if len(gone) == len(new) == 1:
        yield "swap", " > ".join(_letters(word) for word in (*gone, *new))
        yield "swap", " <> ".join(sorted(_letters(word) for word in (*gone, *new)))
        yield "swap sorts", f"{gone[0].sort} > {new[0].sort}"
    if kind == "replaced" and not any(word.sort is Sort.NUMBER for word in (*gone, *new)):
        yield "spelling", str(_alike("".join(word.text for word in gone), "".join(word.text for word in new)))


def _alike(one: str, other: str) -> bool:
    """True where one may be the other's spelling."""
    if max(len(one), len(other)) > LONGEST_SPELLING:
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= LIKE


def _of_context(before: Sequence[PolicyWord], after: Sequence[PolicyWord]) -> Iterator[Feature]:
    """Of the sentence around the edit."""
    kept = Counter(word.text for word in before) & Counter(word.text for word in after)
    yield "kept size", _size(sum(kept.values()))
    names = {name for word in kept for name in classes().get(word, ())}
    yield from (("kept class", name) for name in names)
    yield from (("kept sort", word.sort.value) for word in after if word.text in kept and word.sort is not Sort.WORD)


def _hunks(before: Sequence[PolicyWord], after: Sequence[PolicyWord]) -> Iterator[Hunk]:
    matcher = SequenceMatcher(None, [word.text for word in before], [word.text for word in after], autojunk=False)
    for kind, start, end, from_, to in matcher.get_opcodes():
        if kind != "equal":
            yield tuple(before[start:end]), tuple(after[from_:to]), before[start - 1].text if start else ""


def _letters(word: PolicyWord) -> str:
    if word.sort is Sort.WORD:
        return word.text
    unit = word.text.partition(" ")[2] if word.sort is Sort.NUMBER else ""
    return f"<{word.sort} {unit}>" if unit else f"<{word.sort}>"


def _classes(word: PolicyWord) -> frozenset[str]:
    return classes().get(word.text, frozenset())


def _size(count: int) -> str:
    return str(max(size for size in SIZES if size <= count))


def _share(part: int, whole: int) -> str:
    """In quarters: "0" none, "4" all."""
    return "0" if not part else str(1 + min(3, 4 * part // max(1, whole)))


@cache
def _weights() -> dict[Feature, float]:
    """Log-odds of each feature, from rules_or_form.csv."""
    return {(kind, letters): weight for (kind, letters), weight in weights("rules_or_form", "tracker.read.documents")}


@cache
def edit_weights() -> EditWeights:
    """Those that ship, from rules_or_form.npz; the labelled edits as 8-bit numbers, each column with its step."""
    with files("tracker.read.documents").joinpath("rules_or_form.npz").open("rb") as file, np.load(file) as arrays:
        taught = arrays["taught"].astype(np.float32) * arrays["steps"]
        constant, limit = (float(arrays[name]) for name in ("constant", "needed"))
        return EditWeights(taught, arrays["weights"], constant, limit, tuple(map(str, arrays["graphs"])))
