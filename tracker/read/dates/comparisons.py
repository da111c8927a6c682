"""Comparisons with an earlier period: what "a year earlier" means beside a quarter, and "the same month last year".

TIMEX3 gives such an expression the granularity of the period that it is compared with (TimeML annotation guidelines
1.2.1, temporal functions): after "the third quarter", "a year earlier" is a quarter, which a PartialDate cannot write.
"""

import re

from tracker.read.dates import almanac, sense
from tracker.read.dates.ground import Ground
from tracker.read.dates.mention import DateKind
from tracker.read.dates.sense import Sense

PERIOD_REACH = 400
"""Characters back to the quarter that a report compares with: a few sentences of figures."""
_SAME = re.compile(
    r"\b(?:same|corresponding|comparable|year-earlier|year-ago)\s+(?P<unit>quarter|period|half|month)"
    r"\s+(?:of\s+|in\s+)?(?:the\s+)?$",
    re.IGNORECASE,
)
_PERIOD_BEHIND = re.compile(
    r"\s+(?:fiscal\s+)?(?:(?:first|second|third|fourth)[\s-]+(?:quarter|half)|quarter|period)\b", re.IGNORECASE
)
_PERIODS = frozenset({DateKind.MONTH, DateKind.YEAR, DateKind.DECADE, DateKind.SEASON})


def of_quarter(ground: Ground) -> bool:
    """True where the period named last is a quarter; a day named since does not end it."""
    for mention in reversed(ground.mentions):
        if ground.position - mention.end > PERIOD_REACH or mention.kind in _PERIODS:
            return False
        if mention.kind is DateKind.QUARTER:
            return True
    return False


def same_period(ground: Ground, start: int, end: int, year: int) -> Sense | None:
    """The sense of a year at `start` that only tells which one of "the same quarter" or "the same month" is meant; None
    where the year stands for itself."""
    same = _SAME.search(ground.before(start))
    if same and same["unit"].lower() == "month" and ground.reference_month():
        return sense.relative(DateKind.MONTH, almanac.make(year, ground.reference_month()))
    if same or _PERIOD_BEHIND.match(ground.after(end)):
        return sense.relative(DateKind.QUARTER, almanac.make(year))
    return None
