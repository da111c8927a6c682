"""Whether anybody reported a change of a policy that its published text shows. Pure."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

WINDOW = timedelta(days=30)
"""A report tells of the change where it ran so long before it was met, or after: a month is the time in which a local
paper tells of a council's meeting, and a document may stand at its address some weeks before a visit meets it."""


class Reporting(StrEnum):
    """What the news made of a change."""

    REPORTED = "reported"
    OPEN = "open"  # not reported, and the window is not over
    QUIET = "quiet"  # the window is over, and nobody reported it


def reporting(met: date, reports: Iterable[date], today: date) -> Reporting:
    """Of a change that a visit met on a day; `reports` are the days on which reports on its policy ran."""
    if any(abs(day - met) <= WINDOW for day in reports):
        return Reporting.REPORTED
    return Reporting.QUIET if today > met + WINDOW else Reporting.OPEN
