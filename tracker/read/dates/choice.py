"""Which of its possible values an expression has: by its own words, by the tense around it, by what is nearer."""

from datetime import date

from tracker.model import Basis
from tracker.partial_date import PartialDate
from tracker.read.dates.ground import Ground
from tracker.read.dates.mention import DateKind, Direction
from tracker.read.dates.sense import Sense
from tracker.read.dates.tense import lean
from tracker.read.dates.verb_groups import Lean, Strength

FAR_BACK = 210
"""Days. News gives the year of a day of another year (AP style); so a day without one, likely past, that would lie this
far back in another year, while the coming one is nearer and of this year, is the coming one."""
THIS_YEAR, OTHER_YEAR = 240, 120
"""Days. The same for a day that was to come at some time: the one of this year, up to THIS_YEAR away, or any distance
away if the other one is further than OTHER_YEAR."""
JUST_OVER = 2
"""Days. "The ban was to start Wednesday": this long after a Wednesday that one is meant, later the coming one."""
YEAR_BACK = 335
"""Days. Even a clear past tense does not mean a day without a year that lies this far back, if it is about to come."""
FAR_AHEAD, JUST_PAST = 300, 21
"""Days. The same for a day read as coming that would lie nearly a year ahead, while one has just passed."""


def choose(ground: Ground, start: int, end: int, meant: Sense) -> tuple[Direction, PartialDate | None]:
    """The direction and the value as read."""
    if meant.kind in {DateKind.DURATION, DateKind.VAGUE} or (meant.past is None and meant.future is None):
        return meant.fixed or Direction.NONE, None
    if meant.fixed:
        return meant.fixed, meant.past if meant.fixed is Direction.PAST else meant.future
    if meant.past == meant.future and meant.past:
        if meant.past.last_day() < ground.published:
            return Direction.PAST, meant.past
        if meant.past.first_day() > ground.published:
            return Direction.FUTURE, meant.past
    return _by_tense(ground.published, meant, lean(ground.text, start, end))


def _by_tense(published: date, meant: Sense, leaning: Lean) -> tuple[Direction, PartialDate | None]:
    if meant.past is None or meant.future is None or meant.past == meant.future:
        return leaning.direction, meant.past or meant.future
    if leaning.direction is Direction.NONE and meant.coming:
        return Direction.FUTURE, meant.future
    back = (published - meant.past.last_day()).days
    ahead = (meant.future.first_day() - published).days
    direction = _settle(published, meant, leaning, back, ahead)
    return direction, meant.future if direction is Direction.FUTURE else meant.past


def _settle(published: date, meant: Sense, leaning: Lean, back: int, ahead: int) -> Direction:
    """What the tense says, corrected by what is nearer: for days that were to come and for dates without a year."""
    calendar = meant.basis is Basis.STATED
    nearer = Direction.FUTURE if ahead < back else Direction.PAST
    if leaning.strength is Strength.NEAREST and meant.kind is DateKind.DAY and not calendar:
        if leaning.direction is Direction.PAST:
            return nearer
        return Direction.PAST if back <= JUST_OVER and back < ahead else Direction.FUTURE
    if leaning.strength is Strength.NEAREST:
        return _of_this_year(published, meant, back, ahead) or nearer
    if calendar and leaning.direction is Direction.NONE:
        return nearer
    misread = calendar and _misread(published, meant, leaning, back, ahead)
    return nearer if misread else leaning.direction


def _of_this_year(published: date, meant: Sense, back: int, ahead: int) -> Direction | None:
    """The direction of the day that lies in the year of publication, unless that is far and the other is near."""
    if meant.past is None or meant.future is None or meant.past.day is None or meant.past.year == meant.future.year:
        return None
    if meant.past.year == published.year and (back < THIS_YEAR or ahead > OTHER_YEAR):
        return Direction.PAST
    if meant.future.year == published.year and (ahead < THIS_YEAR or back > OTHER_YEAR):
        return Direction.FUTURE
    return None


def _misread(published: date, meant: Sense, leaning: Lean, back: int, ahead: int) -> bool:
    """True where the tense would put a date without a year where news would have said the year."""
    if meant.past is None or meant.future is None:
        return False
    if leaning.direction is Direction.FUTURE:
        return ahead > FAR_AHEAD and back <= JUST_PAST
    if back > YEAR_BACK and ahead <= JUST_PAST:
        return True
    of_this_year = meant.past.year < published.year == meant.future.year
    return leaning.strength is Strength.LIKELY and meant.past.day is not None and back > FAR_BACK and of_this_year
