"""Whether a sentence says that a date was changed, and whether a date in it is the one that was given up."""

import re

from tracker.model import Stage
from tracker.partial_date import PartialDate

_MISPRINT = re.compile(r"\b(correction|corrected|misstated|earlier version|incorrect)", re.IGNORECASE)
_MOVED = re.compile(
    rf"{_MISPRINT.pattern}|\b(instead of|rather than|originally|initially|postpon|delay"
    r"|push(?:ed|es|ing)?(?: \w+){0,4} back|moved? (?:up|back|to)|reschedul|more time|extend"
    r"|new (?:effective|start) date)",
    re.IGNORECASE,
)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_OLD_DATE = re.compile(
    r"\b(?i:instead of|rather than|from|originally|initially|had been|was (?:first )?(?:to|set|due|scheduled)|were to"
    rf"|not(?: on)?(?= {_MONTH}))\b[^;]{{0,60}}?\b({_MONTH}(?:\s+\d{{1,2}}\b)?)"
)
_TO = re.compile(rf"\b[Ff]rom {_MONTH}(?:\s+\d{{1,2}})?(?:,\s+\d{{4}},?)?\s+to\s+({_MONTH}(?:\s+\d{{1,2}}\b)?)")
"""The second of two dates: whatever starts then was to start on the first."""


def says_moved(stage: Stage, said: str, day: PartialDate | None = None) -> bool:
    """True where a sentence on one line says that a start was changed, to `day`; of other stages, that a date was
    misprinted."""
    if stage is Stage.EFFECTIVE and day and day.month and _names_day(" ; ".join(_TO.findall(said)), day):
        return True
    changes = _MOVED if stage is Stage.EFFECTIVE else _MISPRINT
    return changes.search(said) is not None


def gives_up(said: str, day: PartialDate | None) -> bool:
    """True where the sentence names `day` only as the date that no longer holds ("instead of March 1")."""
    if day is None or day.month is None:
        return False
    given_up = " ; ".join(_OLD_DATE.findall(said))
    return 0 < _names_day(given_up, day) == _names_day(said, day)


def _names_day(text: str, day: PartialDate) -> int:
    """How often `text` writes the month (and the day, if known) of `day`, as in "March 1"."""
    month, _, _ = day.in_words().partition(" ")
    number = rf"\s+{day.day}\b" if day.day else ""
    return len(re.findall(rf"\b{month[:3]}[a-z]*\.?{number}", text))
