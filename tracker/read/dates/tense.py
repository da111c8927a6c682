"""A light reading of tense: does the act around a time expression lie before or after the publication?

Not a parser: it looks for the verb group that most likely governs the expression, in its own clause, nearest on the
left first, and on the right where the expression opens its clause. What it cannot tell it leaves open.
"""

import re

from tracker.read.dates.clause import words_after, words_before
from tracker.read.dates.mention import Direction
from tracker.read.dates.tense_words import (
    AUXILIARIES,
    BETWEEN,
    COMING,
    DEADLINES,
    DETERMINERS,
    FILLERS,
    GATHERINGS,
    MOVED,
    NOMINAL,
    OPENERS,
    PENDING_ALONE,
    PROMISES,
    SAYINGS,
    STARTERS,
    TELLING,
)
from tracker.read.dates.verb_groups import (
    FUTURE,
    HAD_BEEN_TO_COME,
    LIKELY_FUTURE,
    LIKELY_PAST,
    PAST,
    VERY_CLOSE,
    Lean,
    Strength,
    is_past,
    on_the_left,
    on_the_right,
)
from tracker.read.dates.words import verbs

PUT_OFF_REACH = 8
"""Words back to a verb that puts something off: "postponed its final vote on the plan until"."""
AS_OF_REACH = 10
"""Words from "as of Tuesday" to its verb."""
HOUR = re.compile(r"(?:\b(?:at|by)\s+)?(?<!\d)(?:\d{1,2}(?::\d\d)?\s*[ap]\.?m\.?|noon|midnight),?\s+(?:on\s+)?$")
HOUR_REACH = 24
"""Characters: "at 11:30 a.m. on "."""


def lean(text: str, start: int, end: int) -> Lean:
    """Which way the act lies that `text[start:end]` belongs to."""
    left, right = words_before(text, _before_hour(text, start)), words_after(text, end)
    found = _marked(left, right) or _governing(left, right)
    doubtful = found == PAST and _names_gathering(left, right)
    return LIKELY_PAST if doubtful else found


def _before_hour(text: str, start: int) -> int:
    """The start, or that of the hour before it: "until 11 a.m. Friday"."""
    hour = HOUR.search(text, max(0, start - HOUR_REACH), start)
    return hour.start() if hour else start


def _governing(left: list[str], right: list[str]) -> Lean:
    opens = _opens_clause(left)
    if opens or _in_subject(left, right):
        found = on_the_right(right, opens)
        if found.direction is not Direction.NONE:
            return found
    found = on_the_left(left)
    return found if found.direction is not Direction.NONE else on_the_right(right, opens)


def _names_gathering(left: list[str], right: list[str]) -> bool:
    """ "sent the plan to the July 15 council meeting": a date that names a gathering need not be that of the verb."""
    named = any(word in GATHERINGS for word in right[:VERY_CLOSE])
    return named and bool(left) and left[-1].lower() in DETERMINERS


def _marked(left: list[str], right: list[str]) -> Lean | None:
    """What a preposition decides by itself: "until", "until at least", "by the end of"."""
    left = _without_fillers(left)
    near = [word.lower() for word in left[-2:]]
    if not near:
        return None
    if "since" in near:
        return PAST
    if near[-1] in {"upcoming", "coming"}:
        return FUTURE
    if near[-1] == "earlier":
        return PAST
    if near[-1] == "ending":
        return LIKELY_FUTURE
    if near == ["retroactive", "to"]:
        return PAST
    if near == ["as", "of"]:
        return _as_of(right)
    if STARTERS.intersection(near):
        return _started(left)
    if near[-1] in DEADLINES:
        return _deadline(left, right)
    if near[-1] in SAYINGS and len(near) > 1 and near[-2] in NOMINAL:
        return PAST
    if near[-1] in {"from", "to"} and MOVED.intersection(word.lower() for word in left[-PUT_OFF_REACH:-1]):
        return LIKELY_FUTURE if near[-1] == "to" else LIKELY_PAST
    if near[-1] == "for":
        return _appointed(left)
    if near[-1] == "after" and on_the_left(left[:-1]).direction is Direction.NONE:
        return LIKELY_PAST
    return None


def _without_fillers(left: list[str]) -> list[str]:
    """The words up to a preposition that says much, if only fillers follow it; else all of them."""
    end = len(left)
    while end and left[end - 1].lower() in FILLERS:
        end -= 1
    return left[:end] if end and left[end - 1].lower() in TELLING else left


def _started(left: list[str]) -> Lean:
    governing = on_the_left(left[:-2])
    return governing if governing.direction is Direction.FUTURE else LIKELY_FUTURE


def _deadline(left: list[str], right: list[str]) -> Lean:
    governing = on_the_left(left[:-1])
    if governing.direction is Direction.NONE and _opens_clause(left[:-1]):
        governing = on_the_right(right, True)
    if governing.direction is not Direction.PAST or governing.strength is not Strength.SURE:
        return FUTURE if governing == FUTURE else LIKELY_FUTURE
    recent = {word.lower() for word in left[-PUT_OFF_REACH:]}
    waits = recent & (verbs().put_off | verbs().for_later)
    return LIKELY_FUTURE if waits else LIKELY_PAST


def _as_of(right: list[str]) -> Lean:
    """ "As of Tuesday, nobody may": the nearer Tuesday, unless the verb tells; "may" and "must" tell what is so now."""
    found = on_the_right(right, True)
    if found.direction is Direction.PAST or COMING.intersection(word.lower() for word in right[:AS_OF_REACH]):
        return found
    return HAD_BEEN_TO_COME


def _appointed(left: list[str]) -> Lean | None:
    """ "scheduled for Tuesday", "set a hearing for Tuesday"."""
    governing = on_the_left(left[:-1])
    if governing.direction is Direction.FUTURE or governing.strength is Strength.NEAREST:
        return governing
    recent = {word.lower() for word in left[-PUT_OFF_REACH:]}
    return LIKELY_FUTURE if recent & (PENDING_ALONE | verbs().put_off | GATHERINGS | PROMISES) else None


def _opens_clause(left: list[str]) -> bool:
    """Nothing, or the opening of a clause, stands before the expression: "and on Tuesday the council will"."""
    for back, word in enumerate(reversed(left)):
        lower = word.lower()
        if lower in BETWEEN:
            continue
        before = left[-back - 2] if back + 2 <= len(left) else ""
        return lower in OPENERS or (lower in {"and", "or"} and (back > 0 or before == ","))
    return True


def _in_subject(left: list[str], right: list[str]) -> bool:
    """ "the vote Tuesday will decide": an auxiliary follows and no verb stands right before."""
    after = next((word.lower() for word in right if not word.endswith("ly")), "")
    return after in AUXILIARIES and bool(left) and not is_past(left[-1].lower()) and left[-1] not in {",", "on"}
