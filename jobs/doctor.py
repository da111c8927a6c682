"""`tracker doctor`: tells everything that is looked at (`jobs/checks`), with the remedy for what is wrong."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime

import typer

from jobs.checks import machine
from jobs.checks.check import Level, Problem, Result
from jobs.packages import is_foreign, told
from jobs.terminal.console import State, one_line, state
from jobs.terminal.options import AsJson
from tracker.characters import escaped
from tracker.errors import SettingsError, TrackerError


def command(
    ctx: typer.Context,
    as_json: AsJson = False,
) -> None:
    """Check everything a run needs, and say what to do about what is wrong.

    Looks at Python, packages, the clock, the settings, the reader's model, the gazetteer, the data folder, the
    database, its backups, the workers where they share the work, the feeds, the other sources, the articles and, where
    they are set, the model that is asked for second opinions and the mail server. The exit status is 1 if there is a
    problem, such as no feed that answers. A warning is none.

    Imports every package. Reads the whole database where it is SQLite, which takes 10 to 40 seconds a gigabyte.

    Example: tracker doctor
    """
    problems = 0
    for found in results(state(ctx)):
        problems += found.level is Level.PROBLEM
        record = {"level": found.level, "name": found.name, "says": found.says}
        text = f"{found.level:<8} {found.name:<10} {one_line(found.says)}"
        print(escaped(json.dumps(record, ensure_ascii=False)) if as_json else text, flush=True)
    if problems:
        raise typer.Exit(1)


def results(given: State) -> Iterator[Result]:
    """Of all checks; what stops several of them is told once, where it is met first."""
    seen = set()
    for found in _looked(given):
        if found.says not in seen:
            yield found
        seen.add(found.says)


def _looked(given: State) -> Iterator[Result]:
    yield machine.python()
    yield from _guarded("packages", machine.packages())
    yield machine.clock(datetime.now(UTC))
    try:
        settings = given.settings
        from jobs.checks.catalogue import THOROUGH
        from jobs.checks.settings import settings as settings_given
    except (SettingsError, ImportError) as error:
        yield _failed("settings", error)
        return
    yield from settings_given(settings, given)
    for name, check in THOROUGH:
        yield from _guarded(name, check(settings))


def _guarded(name: str, found: Iterator[Result]) -> Iterator[Result]:
    try:
        yield from found
    except (TrackerError, OSError, ImportError) as error:
        yield _failed(name, error)


def _failed(name: str, error: Exception) -> Problem:
    if isinstance(error, ImportError) and not is_foreign(error):
        raise error
    return Problem(name, told(error) if isinstance(error, ImportError) else str(error), grave=True)
