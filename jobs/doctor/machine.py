"""What the machine brings: Python, packages, the clock, the gazetteer, the reader's model."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from jobs.doctor.check import Check, Level

if TYPE_CHECKING:
    from jobs.settings import Settings

OLDEST_PYTHON = (3, 11)
BUILT = datetime(2025, 1, 1, tzinfo=UTC)
"""Older than this program: a clock that shows less is wrong, and every relative date with it."""


def python() -> Check:
    if sys.version_info < OLDEST_PYTHON:
        return Check(Level.PROBLEM, "python", f"{sys.version.split()[0]} is too old; install Python 3.11 or newer")
    return Check(Level.OK, "python", sys.version.split()[0])


def packages() -> Iterator[Check]:
    """What is written down about them, then what happens when they are imported, as a poll does."""
    from jobs.packages import PACKAGE, broken, lacking, missing_told, told

    if missing := lacking():
        yield Check(Level.PROBLEM, "packages", missing_told(missing))
        return
    errors = list(broken())
    yield from (Check(Level.PROBLEM, "packages", told(error)) for error in errors)
    if not errors:
        from importlib.metadata import version

        yield Check(Level.OK, "packages", f"{PACKAGE} {version(PACKAGE)} and all that it needs can be imported")


def clock(now: datetime) -> Check:
    if now < BUILT:
        return Check(Level.PROBLEM, "clock", f"it shows {now:%Y-%m-%d}, which is past; set the system's clock")
    return Check(Level.OK, "clock", f"{now:%Y-%m-%d %H:%M} UTC")


def model(settings: "Settings") -> Iterator[Check]:
    from jobs.reading.open_reader import open_reader
    from tracker.errors import ScorerFault

    reader = open_reader(settings)
    try:
        reader.warm()
    except ScorerFault as fault:
        yield Check(Level.PROBLEM, "model", str(fault))
        return
    except Exception as error:  # whatever a broken installation makes the rules and places raise
        yield Check(Level.PROBLEM, "model", f"the reader cannot be loaded ({error}); install the tracker again")
        return
    yield Check(Level.OK, "model", f"reader {reader.version}{_looks(settings)}")


def _looks(settings: "Settings") -> str:
    return "" if settings.big_look else ", with the small look alone (`big_look` is off)"


def gazetteer(_settings: "Settings") -> Iterator[Check]:
    from tracker.read.places.gazetteer import load

    yield Check(Level.OK, "gazetteer", f"{len(load().states())} states")
