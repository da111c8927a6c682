"""A light reading of tense: does the act around a time expression lie before or after the publication?

Not a parser: it looks for the verb group that most likely governs the expression, in its own clause, nearest on the left
first, and on the right where the expression opens its clause. What it cannot tell it leaves open.
"""

import re
from dataclasses import dataclass

from tracker.read.dates.mention import Direction
from tracker.read.dates.words import verbs

LEFT_REACH = 260
RIGHT_REACH = 160
"""Characters on each side that are read; sentences of news seldom need more."""
CLOSE = 5
"""Words between a present-tense verb of a timetable and its date: "takes effect for all stores Thursday"."""
ABBREVIATION = re.compile(
    r"(?:\b(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Gov|Sens?|Reps?|St|Mr|Mrs|Ms|Dr|Jr|Sr|Lt|Col|Gen|Sgt|Capt|Inc|Corp|Co|Ltd|No|vs|Ave|Blvd|Rev|Hon|Atty|Supt|Calif|Wis|Ill|Mich|Minn|Mass|Conn|Pa|Va|Md"
    r"|Fla|Ga|Ala|Tenn|Ky|Ind|Okla|Ariz|Colo|Wash|Ore|Nev|Ark|Miss|La|Mo|Kan|Neb|Del)|\b[A-Za-z]|\.[A-Za-z])\.$"
)
BREAK = re.compile(r"[.!?][\"”’')\]]*\s+|\n")
TOKEN = re.compile(r"[A-Za-z]+(?:[’'-][A-Za-z]+)*|\d[\w.,/-]*|--|[,;:()—–\"“”]")
FUTURE_MODALS = frozenset("will shall won't cannot can must should ought gonna ’ll 'll".split())
OPEN_MODALS = frozenset("would may might could wouldn't couldn't".split())
BE_NOW = frozenset("is are am isn't aren't be being it's that's he's she's they're we're i'm".split())
BE_THEN = frozenset("was were wasn't weren't".split())
HAVE = frozenset("has have hasn't haven't having".split())
ADVERBS = frozenset(
    "not also now still already then never only just once again both all each finally later first to be been".split()
)
CLAUSE_OPENERS = frozenset(
    ', ; : — – -- ( " “ ” and but or that while when if because after before as which who'.split()
)
BETWEEN = frozenset(
    "on in at by the a an its their his her since until through from during for starting beginning effective of late early mid and last this next both".split()
)
"""Words that may stand between the opening of a clause and its time expression."""
NOMINAL = frozenset(
    "a an the its their his her our my this that these those with of for from by on in at into new more most some many any no other and or between against about under over among".split()
)
AFTER_VERB = frozenset(
    "by in on at to for with from the a an its their his her that it them as into after before against up out down off over when and or but not , . ; unanimously".split()
)
STARTERS = frozenset("starting beginning effective commencing".split())
DEADLINES = frozenset("until till through by".split())


@dataclass(frozen=True, slots=True)
class Lean:
    """Which way, and whether the words leave no doubt."""

    direction: Direction = Direction.NONE
    strong: bool = False


PAST, FUTURE = Lean(Direction.PAST, True), Lean(Direction.FUTURE, True)
WEAK_PAST, WEAK_FUTURE = Lean(Direction.PAST), Lean(Direction.FUTURE)
OPEN = Lean()


def _words(text: str) -> list[str]:
    return [token.replace("’", "'") for token in TOKEN.findall(text)]


def _sentence_start(text: str, position: int) -> int:
    floor = max(0, position - LEFT_REACH)
    start = floor
    for found in BREAK.finditer(text, floor, position):
        if found.group() == "\n" or not ABBREVIATION.search(text, max(floor, found.start() - 6), found.start() + 1):
            start = found.end()
    return start


def _sentence_end(text: str, position: int) -> int:
    ceiling = min(len(text), position + RIGHT_REACH)
    for found in BREAK.finditer(text, position, ceiling):
        if found.group() == "\n" or not ABBREVIATION.search(text, max(position, found.start() - 6), found.start() + 1):
            return found.start()
    return ceiling


def lean(text: str, start: int, end: int) -> Lean:
    """Which way the act lies that `text[start:end]` belongs to."""
    left = _words(text[_sentence_start(text, start) : start])
    right = _words(text[end : _sentence_end(text, end)])
    marked = _marker(left)
    if marked:
        return marked
    if _opens_clause(left):
        found = _on_the_right(right)
        if found.direction is not Direction.NONE:
            return found
    found = _on_the_left(left)
    return found if found.direction is not Direction.NONE else _on_the_right(right)


def _marker(left: list[str]) -> Lean | None:
    """A preposition that decides by itself."""
    near = [word.lower() for word in left[-3:]]
    if "since" in near[-2:]:
        return PAST
    if near and near[-1] in {"upcoming", "coming"}:
        return FUTURE
    if STARTERS.intersection(near[-2:]):
        governing = _on_the_left(left[:-2])
        return governing if governing.direction is Direction.FUTURE else WEAK_FUTURE
    if near and near[-1] in DEADLINES:
        return _deadline(left)
    if near and near[-1] == "for":
        found = next(
            (word.lower() for word in reversed(left[-7:-1]) if word.lower() in verbs().pending | verbs().put_off), None
        )
        return FUTURE if found else None
    return None


def _deadline(left: list[str]) -> Lean:
    governing = _on_the_left(left[:-1])
    if governing.direction is Direction.PAST and governing.strong:
        recent = {word.lower() for word in left[-9:]}
        waits = recent & verbs().put_off or recent & verbs().for_later or "to" in recent
        return WEAK_FUTURE if waits else WEAK_PAST
    return FUTURE


def _opens_clause(left: list[str]) -> bool:
    for word in reversed(left):
        if word.lower() in BETWEEN:
            continue
        return word in CLAUSE_OPENERS and word != ","
    return True


def _on_the_left(left: list[str]) -> Lean:
    for index in range(len(left) - 1, -1, -1):
        found = _verb(left, index, len(left) - index - 1)
        if found:
            return found
    return OPEN


def _on_the_right(right: list[str]) -> Lean:
    for index, word in enumerate(right):
        if word == "to":
            continue
        found = _verb(right, index, CLOSE)
        if found and found.direction is not Direction.NONE:
            return found
    return OPEN


def _verb(words: list[str], index: int, distance: int) -> Lean | None:
    """What the word at `index` says, if it is the first word of a verb group or a finite verb; None if it is not."""
    word, lower = words[index], words[index].lower()
    if lower in FUTURE_MODALS or lower.endswith("'ll"):
        return _after_modal(words, index, FUTURE)
    if word in OPEN_MODALS:
        return _after_modal(words, index, WEAK_FUTURE)
    if lower == "to":
        return _infinitive(words, index)
    following = _next(words, index)
    if lower in BE_NOW:
        return _present_be(following)
    if lower in HAVE:
        return _perfect(words, index, following)
    if lower in BE_THEN or lower == "had":
        return WEAK_FUTURE if following in verbs().pending else PAST
    return _finite(words, index, distance)


def _next(words: list[str], index: int) -> str:
    return next(
        (
            word.lower()
            for word in words[index + 1 :]
            if word.lower() not in ADVERBS and not word.lower().endswith("ly")
        ),
        "",
    )


def _after_modal(words: list[str], index: int, plain_reading: Lean) -> Lean:
    rest = [word.lower() for word in words[index + 1 : index + 3]]
    if "have" in rest and words[index].lower() in {"may", "might", "could", "must"}:
        return WEAK_PAST
    return plain_reading


def _present_be(following: str) -> Lean:
    if following in verbs().pending:
        return FUTURE
    return WEAK_PAST if following in verbs().past_state else WEAK_FUTURE


def _perfect(words: list[str], index: int, following: str) -> Lean:
    after = words[index + 1].lower() if index + 1 < len(words) else ""
    if after == "to" or following in verbs().pending:
        return FUTURE
    return PAST if _is_past(following) or after == "been" else WEAK_FUTURE


def _is_past(word: str) -> bool:
    return word in verbs().irregular or (word.endswith("ed") and word not in verbs().not_past)


def _finite(words: list[str], index: int, distance: int) -> Lean | None:
    lower = words[index].lower()
    if lower in verbs().pending and lower not in {"about", "going", "looking", "sure", "certain", "ready", "likely"}:
        return WEAK_FUTURE if not _adjectival(words, index) else None
    if _is_past(lower):
        return PAST if not _adjectival(words, index) else None
    if words[index] != lower:
        return None
    if lower in verbs().looking_ahead:
        return FUTURE
    if distance <= CLOSE and lower in verbs().timetable and not _noun(words, index):
        return FUTURE
    return None


def _adjectival(words: list[str], index: int) -> bool:
    """ "with elected officials", "the proposed rule": a participle before its noun."""
    if not words[index].lower().endswith("ed") or index + 1 >= len(words):
        return False
    before = words[index - 1].lower() if index else ""
    return before in NOMINAL and words[index + 1].lower() not in AFTER_VERB


def _noun(words: list[str], index: int) -> bool:
    before = words[index - 1].lower() if index else ""
    return before in NOMINAL - {"and", "that", "or"} or before in {"'s", "final", "first", "special"}


def _infinitive(words: list[str], index: int) -> Lean | None:
    """ "plans to vote", "voted to ban", "asked them to leave"."""
    verb = words[index + 1].lower() if index + 1 < len(words) else ""
    if not verb.isalpha() or verb in NOMINAL or not verb.islower() or words[index + 1] != verb:
        return None
    head = next(
        (word.lower() for word in reversed(words[:index]) if not word.lower().endswith("ly") and word != "not"), ""
    )
    if head in verbs().pending or head in verbs().looking_ahead or head in verbs().for_later:
        return FUTURE
    if verb in verbs().later_start and head not in {"continued", "failed"}:
        return WEAK_FUTURE
    if head in verbs().same_event:
        return WEAK_PAST
    return _purpose(words[:index])


def _purpose(left: list[str]) -> Lean:
    governing = _on_the_left(left)
    if governing.direction is not Direction.PAST:
        return governing if governing.direction is Direction.FUTURE else WEAK_FUTURE
    asked = any(word.lower() in verbs().for_later for word in left[-6:])
    return WEAK_FUTURE if asked else WEAK_PAST
