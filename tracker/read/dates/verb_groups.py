"""Verb groups: what "will vote", "was scheduled to", "has approved", "takes effect" say about the time of an act.

Words are given as the tokens of one sentence; a group is read from its first word.
"""

from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from tracker.read.dates.mention import Direction
from tracker.read.dates.tense_words import (
    ADVERBS,
    AFTER_VERB,
    BE_NOW,
    BE_THEN,
    BEFORE_BARE,
    BEFORE_NOUN,
    CLAUSE_HEADS,
    HAVE,
    JOINS_PARTICIPLE,
    KEEPS_QUIET,
    LOOKS_AHEAD_AT,
    MAYBE_PAST,
    MODALS,
    NO_HEAD,
    NOMINAL,
    NOT_BEFORE_NOUN,
    PENDING_ALONE,
    PLURAL_HEADS,
    PROMISES,
    RIGHT_TIMETABLE,
    SINGULAR_HEADS,
    SUBORDINATES,
)
from tracker.read.dates.words import verbs


class Strength(IntEnum):
    """How much the words say: NEAREST that it was to come at some time, so the nearer day is meant."""

    NEAREST = 0
    LIKELY = 1
    SURE = 2


@dataclass(frozen=True, slots=True)
class Lean:
    """Which way the act lies; OPEN where nothing tells."""

    direction: Direction = Direction.NONE
    strength: Strength = Strength.LIKELY


PAST, FUTURE = Lean(Direction.PAST, Strength.SURE), Lean(Direction.FUTURE, Strength.SURE)
LIKELY_PAST, LIKELY_FUTURE = Lean(Direction.PAST), Lean(Direction.FUTURE)
WAS_TO_COME = Lean(Direction.FUTURE, Strength.NEAREST)
HAD_BEEN_TO_COME = Lean(Direction.PAST, Strength.NEAREST)
""" "The vote had been planned for Tuesday": the nearer Tuesday, as likely behind as ahead."""
OPEN = Lean()

CLOSE = 7
"""Words between a present-tense verb of a timetable and its date: "takes effect for all stores Thursday"."""
FAR = 14
"""Words; a past verb further to the left than this may not govern the date."""
VERY_CLOSE = 3
"""Words between "is" and its date: "is on Tuesday", "is due back Tuesday"."""


def on_the_left(left: list[str]) -> Lean:
    for index in range(len(left) - 1, -1, -1):
        if left[index] == ";" or left[index].lower() in SUBORDINATES:
            return OPEN
        distance = len(left) - index - 1
        found = _verb(left, index, distance)
        if found:
            return LIKELY_PAST if found == PAST and distance > FAR else found
    return OPEN


def on_the_right(right: list[str], opens: bool) -> Lean:
    """The first verb after the expression; beyond the opening of a clause it may stand further off."""
    for index, word in enumerate(right):
        if word == ";" or (word.lower() in SUBORDINATES and index):
            return OPEN
        timetable = word in verbs().timetable and word not in RIGHT_TIMETABLE
        found = None if word == "to" or timetable else _verb(right, index, 0 if opens else 2 * index)
        if found and found.direction is not Direction.NONE:
            return found
    return OPEN


def _verb(words: list[str], index: int, distance: int) -> Lean | None:
    """What the word at `index` says, if it opens a verb group or is a finite verb; None if it is neither."""
    word, lower = words[index], words[index].lower()
    if (lower in MODALS and (lower != "may" or word == "may")) or lower.endswith("'ll"):
        return _after_modal(words, index)
    if lower == "to":
        return _infinitive(words, index)
    if lower in BE_NOW:
        return _present_be(_next(words, index), distance)
    if lower in HAVE:
        return _perfect(words, index)
    if lower in BE_THEN or lower in {"had", "hadn't"}:
        if _next(words, index) not in verbs().pending:
            return PAST
        return WAS_TO_COME if lower in BE_THEN else HAD_BEEN_TO_COME
    return _finite(words, index, distance)


def _next(words: list[str], index: int) -> str:
    """The word after an auxiliary, adverbs left out."""
    following = (word.lower() for word in words[index + 1 :])
    return next((word for word in following if word not in ADVERBS and not word.endswith("ly")), "")


def _after_modal(words: list[str], index: int) -> Lean:
    rest = [word.lower() for word in words[index + 1 : index + 3]]
    modal = words[index].lower()
    if modal == "couldn't" or (modal == "could" and "not" in rest):
        return PAST
    if modal in {"would", "wouldn't"} and KEEPS_QUIET.intersection(rest):
        return PAST
    return LIKELY_PAST if "have" in rest and modal in MAYBE_PAST else FUTURE


def _present_be(following: str, distance: int) -> Lean:
    if following in verbs().pending:
        return FUTURE
    if following in verbs().past_state:
        return LIKELY_PAST
    if following.endswith("ing"):
        return LIKELY_FUTURE if following in _timetable_ing() else OPEN
    near = CLOSE if is_past(following) else VERY_CLOSE
    return LIKELY_FUTURE if distance <= near else OPEN


@lru_cache(maxsize=1)
def _timetable_ing() -> frozenset[str]:
    """ "meeting", "voting", "beginning": the -ing forms of the timetable verbs, by every spelling rule."""
    bases = verbs().timetable
    return frozenset(stem + "ing" for base in bases for stem in (base, base[:-1], base + base[-1]))


def _perfect(words: list[str], index: int) -> Lean:
    following = _next(words, index)
    after = words[index + 1].lower() if index + 1 < len(words) else ""
    if after == "to" or following in verbs().pending:
        return FUTURE
    before = words[index - 1].lower() if index else ""
    if before in MODALS:
        return LIKELY_PAST if before in MAYBE_PAST else LIKELY_FUTURE
    return PAST if is_past(following) or "been" in (after, following) else OPEN


def is_past(word: str) -> bool:
    return word in verbs().irregular or (word.endswith("ed") and word not in verbs().not_past)


def _finite(words: list[str], index: int, distance: int) -> Lean | None:
    lower, known = words[index].lower(), verbs()
    before = words[index - 1].lower() if index else ""
    if lower in PENDING_ALONE or is_past(lower):
        return _past_form(words, index, lower)
    if words[index] != lower or before in NOT_BEFORE_NOUN or before in JOINS_PARTICIPLE:
        return None
    if before in BEFORE_BARE and not lower.endswith("s"):
        return None
    after = words[index + 1].lower() if index + 1 < len(words) else ""
    if lower in known.looking_ahead and after in LOOKS_AHEAD_AT and not _bare_noun(lower, before, after):
        return FUTURE
    if distance <= CLOSE and lower in known.timetable and not _noun(before, after):
        return FUTURE
    return LIKELY_FUTURE if distance <= CLOSE and _told_ahead(words, index) else None


def _told_ahead(words: list[str], index: int) -> bool:
    """ "It docks Thursday": a present tense of an event, at the opening of a clause."""
    if index == 0 or words[index - 1].lower() not in SINGULAR_HEADS or not words[index].endswith("s"):
        return False
    opens = index == 1 or words[index - 2].lower() in CLAUSE_HEADS
    return opens and words[index].lower() not in verbs().states


def _past_form(words: list[str], index: int, lower: str) -> Lean | None:
    before = next(
        (
            word if word == "May" else word.lower()
            for word in reversed(words[:index])
            if not word.endswith("ly") and word not in NO_HEAD
        ),
        "",
    )
    if before in JOINS_PARTICIPLE or before in {"than", "as"} or _adjectival(words, index):
        return None
    return WAS_TO_COME if lower in PENDING_ALONE else PAST


def _adjectival(words: list[str], index: int) -> bool:
    """ "with elected officials", "the proposed rule": a participle before its noun."""
    if not words[index].lower().endswith("ed") or index + 1 >= len(words):
        return False
    before = words[index - 1].lower() if index else ""
    return before in NOMINAL and words[index + 1].lower() not in AFTER_VERB


def _bare_noun(word: str, before: str, after: str) -> bool:
    """ "the first plan on Tuesday", "the merger plan for Friday": a bare form that no plural subject stands before."""
    if word.endswith("s") or after == "to":
        return False
    return before not in PLURAL_HEADS and (not before.endswith("s") or before == "'s")


def _noun(before: str, after: str) -> bool:
    """ "the vote", "a 5-1 vote", "took hold": a word that is a noun as often as a verb stands as one."""
    return before in BEFORE_NOUN or before[:1].isdigit() or after == "of"


def _infinitive(words: list[str], index: int) -> Lean | None:
    """ "plans to vote", "voted to ban", "asked them to leave"."""
    verb = words[index + 1] if index + 1 < len(words) else ""
    if not verb.isalpha() or not verb.islower() or verb in NOMINAL:
        return None
    rest = (word.lower() for word in reversed(words[:index]))
    heads = [word for word in rest if not word.endswith("ly") and word not in NO_HEAD]
    head, was = (*heads, "", "")[:2]
    if head in verbs().pending | verbs().looking_ahead | HAVE:
        return WAS_TO_COME if was in BE_THEN | {"had"} and head in verbs().pending else FUTURE
    if head in PROMISES | BE_THEN:
        return WAS_TO_COME
    if head in BE_NOW:
        return FUTURE
    if verb in verbs().later_start and head not in {"continued", "failed"}:
        return LIKELY_FUTURE
    return LIKELY_PAST if head in verbs().same_event else _purpose(words[:index])


def _purpose(left: list[str]) -> Lean:
    """The tense of the verb that an infinitive hangs on: "asked him to leave the room Tuesday"."""
    governing = on_the_left(left)
    if governing.direction is Direction.PAST:
        return LIKELY_PAST
    return governing if governing.direction is Direction.FUTURE else LIKELY_FUTURE
