"""What the machine brings, looked at before anything else of the program is imported: Python, packages, the clock."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import version

from jobs.checks.check import Passed, Problem, Result
from jobs.packages import PACKAGE, broken, lacking, missing_told, told

OLDEST_PYTHON = (3, 11)
BUILT = datetime(2025, 1, 1, tzinfo=UTC)
"""Older than this program: a clock that shows less is wrong, and every relative date with it."""


def python() -> Result:
    running = sys.version.split()[0]
    if sys.version_info < OLDEST_PYTHON:
        return Problem("python", f"{running} is too old", "install Python 3.11 or newer", grave=True)
    return Passed("python", running)


def packages() -> Iterator[Result]:
    """What is written down about them, then what happens when they are imported, as a poll does."""
    missing = lacking()
    says = [missing_told(missing)] if missing else [told(error) for error in broken()]
    yield from (Problem("packages", line, grave=True) for line in says)
    if not says:
        yield Passed("packages", f"{PACKAGE} {version(PACKAGE)} and all that it needs can be imported")


def clock(now: datetime) -> Result:
    if now < BUILT:
        return Problem("clock", f"it shows {now:%Y-%m-%d}, which is past", "set the system's clock", grave=True)
    return Passed("clock", f"{now:%Y-%m-%d %H:%M} UTC")
