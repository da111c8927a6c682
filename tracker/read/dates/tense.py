"""Which of its possible values an expression has: by its own words, by the tense around it, by what is nearer. The
tense tells whether the act around a time expression lies before or after the publication.

Not a parser: it looks for the verb group that most likely governs the expression, in its own clause, nearest on the
left first, and on the right where the expression opens its clause. What it cannot tell it leaves open.

Measured by taking the rules away: without any (what is nearer, else the past) 4 of 72 values of TempEval-3's platinum
set, 5 of 339 of MEANTIME and 23 of the 302 days of `dev` that the tense decides are wrong that are right with them.
Rules that cost none of the three, and no file of tests/golden/dates its floor, are gone.
"""

import re
from datetime import date

from tracker.model import Basis
from tracker.partial_date import PartialDate
from tracker.read.dates.mention import Grain, Tense
from tracker.read.dates.sense import DateContext, Sense
from tracker.read.dates.verb_groups import (
    AUXILIARIES,
    BETWEEN,
    DEADLINES,
    FILLERS,
    FUTURE,
    GATHERINGS,
    HAD_BEEN_TO_COME,
    LIKELY_FUTURE,
    LIKELY_PAST,
    MOVED,
    OPENERS,
    PAST,
    PENDING_ALONE,
    PROMISES,
    STARTERS,
    TELLING,
    VERY_CLOSE,
    Lean,
    Strength,
    is_past,
    on_the_left,
    on_the_right,
)
from tracker.read.dates.words import verbs

LEFT_REACH, RIGHT_REACH = 260, 220
"""Characters on each side that are read; sentences of news seldom need more."""
_MONTHS = "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
_TITLES = "Gov|Sens?|Reps?|St|Mr|Mrs|Ms|Dr|Jr|Sr|Lt|Col|Gen|Sgt|Capt|Inc|Corp|Co|Ltd|No|vs|Ave|Blvd|Rev|Hon|Atty|Supt"
_STATES = (
    "Calif|Wis|Ill|Mich|Minn|Mass|Conn|Pa|Va|Md|Fla|Ga|Ala|Tenn|Ky|Ind|Okla|Ariz|Colo|Wash|Ore|Nev|Ark|Miss|Kan|Neb"
)
ABBREVIATION = re.compile(rf"(?:\b(?:{_MONTHS}|{_TITLES}|{_STATES})|\b[A-Za-z]|\.[A-Za-z])\.$")
BREAK = re.compile(r"[.!?][\"”’')\]]*\s+|\n")
TOKEN = re.compile(r"['’]s\b|[A-Za-z]+(?:[’'-][A-Za-z]+)*|\d[\w.,/-]*\w|\d|--|[,;:()—–\"“”]")
LONGEST_ABBREVIATION = 8
"""Characters to look back for an abbreviation before a full stop."""


def words_before(text: str, position: int) -> list[str]:
    """The words and marks of the sentence up to the position, apostrophes straight."""
    floor = max(0, position - LEFT_REACH)
    start = floor
    for found in BREAK.finditer(text, floor, position):
        if _ends_sentence(text, found, floor):
            start = found.end()
    return _words(text[start:position])


def words_after(text: str, position: int) -> list[str]:
    """The words and marks from the position to the end of the sentence, apostrophes straight."""
    ceiling = min(len(text), position + RIGHT_REACH)
    for found in BREAK.finditer(text, position, ceiling):
        if _ends_sentence(text, found, position):
            return _words(text[position : found.start()])
    return _words(text[position:ceiling])


def _ends_sentence(text: str, found: re.Match[str], floor: int) -> bool:
    if found.group() == "\n":
        return True
    return not ABBREVIATION.search(text, max(floor, found.start() - LONGEST_ABBREVIATION), found.start() + 1)


def _words(text: str) -> list[str]:
    return TOKEN.findall(text.replace("’", "'"))


PUT_OFF_REACH = 8
"""Words back to a verb that puts something off: "postponed its final vote on the plan until"."""
HOUR = re.compile(r"(?:\b(?:at|by)\s+)?(?<!\d)(?:\d{1,2}(?::\d\d)?\s*[ap]\.?m\.?|noon|midnight),?\s+(?:on\s+)?$")
HOUR_REACH = 24
"""Characters: "at 11:30 a.m. on "."""


def lean(text: str, start: int, end: int) -> Lean:
    """Which way the act lies that `text[start:end]` belongs to."""
    left, right = words_before(text, _before_hour(text, start)), words_after(text, end)
    found = _marked(left, right) or _governing(left, right)
    return LIKELY_PAST if found == PAST and _names_gathering(left, right) else found


def _names_gathering(left: list[str], right: list[str]) -> bool:
    """ "sent the plan to the July 15 council meeting": a date that names a gathering need not be that of the verb."""
    named = any(word in GATHERINGS for word in right[:VERY_CLOSE])
    return named and bool(left) and left[-1].lower() in {"a", "an", "the", "its", "their", "his", "her"}


def _before_hour(text: str, start: int) -> int:
    """The start, or that of the hour before it: "until 11 a.m. Friday"."""
    hour = HOUR.search(text, max(0, start - HOUR_REACH), start)
    return hour.start() if hour else start


def _governing(left: list[str], right: list[str]) -> Lean:
    opens = _opens_clause(left)
    if opens or _in_subject(left, right):
        found = on_the_right(right, opens)
        if found.direction is not Tense.NONE:
            return found
    found = on_the_left(left)
    return found if found.direction is not Tense.NONE else on_the_right(right, opens)


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
    if near == ["as", "of"]:
        return HAD_BEEN_TO_COME
    if STARTERS.intersection(near):
        return LIKELY_FUTURE
    if near[-1] in DEADLINES:
        return _deadline(left, right)
    if near[-1] in {"from", "to"} and MOVED.intersection(word.lower() for word in left[-PUT_OFF_REACH:-1]):
        return LIKELY_FUTURE if near[-1] == "to" else LIKELY_PAST
    return _appointed(left) if near[-1] == "for" else None


def _without_fillers(left: list[str]) -> list[str]:
    """The words up to a preposition that says much, if only fillers follow it; else all of them."""
    end = len(left)
    while end and left[end - 1].lower() in FILLERS:
        end -= 1
    return left[:end] if end and left[end - 1].lower() in TELLING else left


def _deadline(left: list[str], right: list[str]) -> Lean:
    governing = on_the_left(left[:-1])
    if governing.direction is Tense.NONE and _opens_clause(left[:-1]):
        governing = on_the_right(right, True)
    if governing.direction is not Tense.PAST or governing.strength is not Strength.SURE:
        return LIKELY_FUTURE
    recent = {word.lower() for word in left[-PUT_OFF_REACH:]}
    waits = recent & (verbs().put_off | verbs().for_later)
    return LIKELY_FUTURE if waits else LIKELY_PAST


def _appointed(left: list[str]) -> Lean | None:
    """ "scheduled for Tuesday", "set a hearing for Tuesday"."""
    governing = on_the_left(left[:-1])
    if governing.direction is Tense.FUTURE or governing.strength is Strength.NEAREST:
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


FAR_BACK = 210
"""Days. News gives the year of a day of another year (AP style); so a day without one, likely past, that would lie this
far back in another year, while the coming one is nearer and of this year, is the coming one."""
JUST_OVER = 2
"""Days. "The ban was to start Wednesday": this long after a Wednesday that one is meant, later the coming one."""
YEAR_BACK = 335
"""Days. Even a clear past tense does not mean a day without a year that lies this far back, if it is about to come."""
FAR_AHEAD, JUST_PAST = 300, 21
"""Days. The same for a day read as coming that would lie nearly a year ahead, while one has just passed."""


def choose(ground: DateContext, start: int, end: int, meant: Sense) -> tuple[Tense, PartialDate | None]:
    """The direction and the value as read."""
    if meant.kind in {Grain.DURATION, Grain.VAGUE} or (meant.past is None and meant.future is None):
        return meant.fixed or Tense.NONE, None
    if meant.fixed:
        return meant.fixed, meant.past if meant.fixed is Tense.PAST else meant.future
    if meant.past == meant.future and meant.past:
        if meant.past.last_day() < ground.published:
            return Tense.PAST, meant.past
        if meant.past.first_day() > ground.published:
            return Tense.FUTURE, meant.past
    return _by_tense(ground.published, meant, lean(ground.text, start, end))


def _by_tense(published: date, meant: Sense, leaning: Lean) -> tuple[Tense, PartialDate | None]:
    if meant.past is None or meant.future is None or meant.past == meant.future:
        return leaning.direction, meant.past or meant.future
    if leaning.direction is Tense.NONE and meant.coming:
        return Tense.FUTURE, meant.future
    back = (published - meant.past.last_day()).days
    ahead = (meant.future.first_day() - published).days
    direction = _settle(published, meant, leaning, back, ahead)
    return direction, meant.future if direction is Tense.FUTURE else meant.past


def _settle(published: date, meant: Sense, leaning: Lean, back: int, ahead: int) -> Tense:
    """What the tense says, corrected by what is nearer: for days that were to come and for dates without a year."""
    calendar = meant.basis is Basis.STATED
    nearer = Tense.FUTURE if ahead < back else Tense.PAST
    if leaning.strength is Strength.NEAREST and meant.kind is Grain.DAY and not calendar:
        if leaning.direction is Tense.PAST:
            return nearer
        return Tense.PAST if back <= JUST_OVER and back < ahead else Tense.FUTURE
    if leaning.strength is Strength.NEAREST or (calendar and leaning.direction is Tense.NONE):
        return nearer
    misread = calendar and _misread(published, meant, leaning, back, ahead)
    return nearer if misread else leaning.direction


def _misread(published: date, meant: Sense, leaning: Lean, back: int, ahead: int) -> bool:
    """True where the tense would put a date without a year where news would have said the year."""
    if meant.past is None or meant.future is None:
        return False
    if leaning.direction is Tense.FUTURE:
        return ahead > FAR_AHEAD and back <= JUST_PAST
    if back > YEAR_BACK and ahead <= JUST_PAST:
        return True
    of_this_year = meant.past.year < published.year == meant.future.year
    return leaning.strength is Strength.LIKELY and meant.past.day is not None and back > FAR_BACK and of_this_year
