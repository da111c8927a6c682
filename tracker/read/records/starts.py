"""When a matter takes effect, by the clause of its own text: "takes effect 180 days after it becomes law"."""

import re
from dataclasses import dataclass
from datetime import date

from tracker.model import Basis
from tracker.read.dates import find_dates
from tracker.read.dates.almanac import shift_days, shift_months
from tracker.read.dates.words import number

CLAUSE = re.compile(
    r"(?:this|the)\s+(?:local\s+law|ordinance|resolution|act|law|measure|chapter)\s+"
    r"(?:(?:shall\s+(?:take\s+effect|become\s+effective|be\s+effective|be\s+in\s+(?:full\s+)?force(?:\s+and\s+effect)?))"
    r"|takes\s+effect|becomes\s+effective|is\s+effective|goes\s+into\s+effect|shall\s+go\s+into\s+effect)\s*"
    r"(?P<when>[^.]{0,1200})",
    re.I,
)
"""The clause as laws write it, up to its full stop."""
AFTER = re.compile(
    r"^(?:(?:on|from|and\s+after|upon|within|in)\s+)*(?:the\s+)?(?P<count>\d+|[a-z]+(?:-[a-z]+)?)(?:\s*\(\d+\))?(?:st|nd|rd|th)?\s+"
    r"(?P<unit>day|month|year)s?\s+(?:after|from|following)\s+"
    r"(?:it\s+becomes\s+(?:a\s+)?law|(?:its|the)?\s*(?:becoming\s+(?:a\s+)?law|enactment|adoption|passage|approval|final\s+passage|date\s+of\s+(?:its\s+)?(?:enactment|adoption|passage)))",
    re.I,
)
AT_ONCE = re.compile(r"^(?:immediately|upon\s+(?:its\s+)?(?:enactment|adoption|passage|becoming\s+law))", re.I)
SAME_DAY = re.compile(r"^(?:on|retroactive)?\s*(?:the\s+)?same\s+date", re.I)
PARTLY = re.compile(
    r"\b(?:except\s+that|provided(?:,\s*however,?)?\s+that)\b[^.]*\b(?:take|takes|effective|due)\b", re.I
)
FURTHEST = len("on and after the first day of ")
"""Characters behind the verb at which a day may begin."""
EPOCH = date(2000, 1, 1)
"""Stands in for an unknown day of enactment: a printed day with its year needs none."""
ORDINALS = {"thirtieth": 30, "sixtieth": 60, "ninetieth": 90}
"""As laws count days: "the thirtieth day after"."""
MONTHS_IN = {"month": 1, "year": 12}


@dataclass(frozen=True, slots=True)
class Start:
    """The day on which a law starts. `start` and `end`: the clause, in characters of the text; `partly`: some of it
    starts at another time. The basis is STATED for a printed day, RELATIVE for one that was counted."""

    day: date
    basis: Basis
    start: int
    end: int
    partly: bool


def start_of(text: str, enacted: date | None) -> Start | None:
    """The last such clause of a text that gives a day: `enacted` is the day on which it became law, from which others
    are counted. None where no clause can be dated ("on the same date as …"), or the day to count from is unknown."""
    for clause in reversed(list(CLAUSE.finditer(text))):
        when = clause["when"].strip()
        found = _day(when, enacted)
        if found:
            return Start(found[0], found[1], clause.start(), clause.end(), bool(PARTLY.search(when)))
    return None


def _day(when: str, enacted: date | None) -> tuple[date, Basis] | None:
    if SAME_DAY.match(when):
        return None
    counted = AFTER.match(when)
    if counted:
        count = ORDINALS.get(counted["count"].lower()) or number(counted["count"])
        day = _later(enacted, count, counted["unit"].lower()) if enacted and count else None
        return (day, Basis.RELATIVE) if day else None
    if AT_ONCE.match(when):
        return (enacted, Basis.RELATIVE) if enacted else None
    return _printed(when, enacted)


def _printed(when: str, enacted: date | None) -> tuple[date, Basis] | None:
    """A printed day right behind the verb: one further on is about something else."""
    first = next(iter(find_dates(when, enacted or EPOCH)), None)
    if first is None or first.start > FURTHEST or first.basis is not Basis.STATED or first.date is None:
        return None
    printed = first.date
    return (date(printed.year, printed.month, printed.day), Basis.STATED) if printed.month and printed.day else None


def _later(day: date, count: int, unit: str) -> date | None:
    """Months and years by the calendar (New York General Construction Law 30), days one by one; None outside of it."""
    if unit == "day":
        return shift_days(day, count)
    month = shift_months(day, count * MONTHS_IN[unit])
    return date(month.year, month.month or 1, min(day.day, month.last_day().day)) if month else None
