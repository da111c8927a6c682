"""Verb groups: what "will vote", "was scheduled to", "has approved", "takes effect" say about the time of an act.

Words are given as the tokens of one sentence; a group is read from its first word.
"""

from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from tracker.read.dates.mention import Tense
from tracker.read.dates.words import verbs


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


MODALS = _set("will shall won't cannot can must should ought would may might could wouldn't couldn't shouldn't gonna")
MAYBE_PAST = _set("may might could must")
""" "may have": about something past."""
BE_NOW = _set("is are am isn't aren't it's that's he's she's they're we're i'm")
BE_THEN = _set("was were wasn't weren't")
HAVE = _set("has have hasn't haven't having")
AUXILIARIES = MODALS | BE_NOW | BE_THEN | HAVE | _set("had hadn't did didn't does do doesn't don't")
JOINS_PARTICIPLE = AUXILIARIES | _set("be been being to get gets got stay stays remain remains keep keeps")
ADVERBS = _set(
    "not also now still already then never only just once again both all each finally later first to be been"
)
OPENERS = _set("; : — – -- ( that while when if because but")
BETWEEN = _set(
    "on in at by the a an its their his her through from during for of late early mid last this next both around about"
)
"""Words that may stand between the opening of a clause and its time expression."""
NOMINAL = _set(
    "a an the its their his her our my this that these those with of for from by on in at into new more most some many"
    " any no other and or between against about under over among"
)
NOT_BEFORE_NOUN = NOMINAL - _set("and or that")
FILLERS = _set("at least about around approximately early late mid the end middle beginning start of as soon on")
""" "until at least Friday", "by the end of March"."""
TELLING = _set("since until till through by for from to after starting beginning effective")
SINGULAR_HEADS = _set("it he she")
MOVED = _set("moved postponed delayed rescheduled pushed shifted changed")
""" "moved from April 7 to June 2": neither day is that of the moving."""
STARTERS = _set("starting beginning effective commencing")
BEFORE_NOUN = _set("'s final first special close unanimous public took taken")
""" "The final vote", "took hold": a word that is a noun as often as a verb stands behind these as one."""
DEADLINES = _set("until till through by")
PENDING_ALONE = _set("scheduled rescheduled slated set expected planned due payable booked projected anticipated")
""" "a hearing scheduled Tuesday": these look ahead without a form of "be" as well."""
SUBORDINATES = _set("that which who what when while if because although")
"""A verb beyond one of these is of another clause."""
RIGHT_TIMETABLE = _set("meets begins starts convenes opens resumes expires")
""" "Tuesday's meeting begins"; but "Tuesday's vote leaves the ban in place"."""
PROMISES = _set("agreed promised vowed pledged planned threatened hoped wanted intended offered")
""" "agreed to vote Tuesday": to come at that time; the nearer day is meant."""
GATHERINGS = _set(
    "hearing meeting vote session election trial date deadline primary ballot match game event concert runoff"
)
NO_HEAD = _set("not also once first")


class Strength(IntEnum):
    """How much the words say: NEAREST that it was to come at some time, so the nearer day is meant."""

    NEAREST = 0
    LIKELY = 1
    SURE = 2


@dataclass(frozen=True, slots=True)
class Lean:
    """Which way the act lies; OPEN where nothing tells."""

    direction: Tense = Tense.NONE
    strength: Strength = Strength.LIKELY


PAST, FUTURE = Lean(Tense.PAST, Strength.SURE), Lean(Tense.FUTURE, Strength.SURE)
LIKELY_PAST, LIKELY_FUTURE = Lean(Tense.PAST), Lean(Tense.FUTURE)
WAS_TO_COME = Lean(Tense.FUTURE, Strength.NEAREST)
HAD_BEEN_TO_COME = Lean(Tense.PAST, Strength.NEAREST)
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
        if found and found.direction is not Tense.NONE:
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
    return LIKELY_PAST if "have" in rest and modal in MAYBE_PAST else FUTURE


def _present_be(following: str, distance: int) -> Lean:
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
    after = words[index + 1].lower() if index + 1 < len(words) else ""
    if lower in known.looking_ahead or (distance <= CLOSE and lower in known.timetable and not _noun(before, after)):
        return FUTURE
    event = lower.endswith("s") and lower not in known.states
    return LIKELY_FUTURE if event and before in SINGULAR_HEADS and distance <= CLOSE else None  # "it docks Thursday"


def _past_form(words: list[str], index: int, lower: str) -> Lean | None:
    heads = (word if word == "May" else word.lower() for word in reversed(words[:index]) if not word.endswith("ly"))
    before = next(heads, "")
    if before in JOINS_PARTICIPLE:
        return None
    return WAS_TO_COME if lower in PENDING_ALONE else PAST


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
    if verb in verbs().later_start and head not in {"continued", "failed"}:
        return LIKELY_FUTURE
    return _purpose(words[:index])


def _purpose(left: list[str]) -> Lean:
    """The tense of the verb that an infinitive hangs on: "asked him to leave the room Tuesday"."""
    return LIKELY_PAST if on_the_left(left).direction is Tense.PAST else LIKELY_FUTURE
