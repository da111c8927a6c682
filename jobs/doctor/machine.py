"""What the machine brings: Python, packages, the clock, the gazetteer, the language model."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, requires, version
from typing import TYPE_CHECKING

from jobs.doctor.check import Check, Level

if TYPE_CHECKING:
    from jobs.settings import Settings

PACKAGE = "procedure-tracker"
OLDEST_PYTHON = (3, 11)
BUILT = datetime(2025, 1, 1, tzinfo=UTC)
"""Older than this program: a clock that shows less is wrong, and every relative date with it."""


def python() -> Check:
    if sys.version_info < OLDEST_PYTHON:
        return Check(Level.PROBLEM, "python", f"{sys.version.split()[0]} is too old; install Python 3.11 or newer")
    return Check(Level.OK, "python", sys.version.split()[0])


def packages() -> Check:
    from packaging.requirements import Requirement

    needed = [Requirement(text) for text in requires(PACKAGE) or []]
    wrong = [
        r for r in needed if (r.marker is None or r.marker.evaluate({"extra": ""})) and not _fits(r.name, r.specifier)
    ]
    if wrong:
        names = ", ".join(str(requirement) for requirement in wrong)
        return Check(Level.PROBLEM, "packages", f"missing or of another version: {names}; run `uv sync`")
    return Check(Level.OK, "packages", f"{PACKAGE} {version(PACKAGE)} and the {len(needed)} it needs")


def _fits(name: str, wanted: object) -> bool:
    try:
        return version(name) in wanted  # type: ignore[operator]
    except PackageNotFoundError:
        return False


def clock(now: datetime) -> Check:
    if now < BUILT:
        return Check(Level.PROBLEM, "clock", f"it shows {now:%Y-%m-%d}, which is past; set the system's clock")
    return Check(Level.OK, "clock", f"{now:%Y-%m-%d %H:%M} UTC")


def model(settings: "Settings") -> Iterator[Check]:
    import spacy

    try:
        spacy.load(settings.model, exclude=["ner"])
    except (OSError, ValueError, ImportError) as error:
        remedy = "run `uv sync`, or correct the setting `model`"
        yield Check(Level.PROBLEM, "model", f"{settings.model} cannot be loaded ({error}); {remedy}")
        return
    yield Check(Level.OK, "model", settings.model)


def gazetteer(_settings: "Settings") -> Iterator[Check]:
    from tracker.read.gazetteer import load

    yield Check(Level.OK, "gazetteer", f"{len(load().states())} states")
