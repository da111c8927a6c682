"""`tracker doctor`: checks everything that a run needs and names the remedy for what is wrong.

One file a subject; a check is a function that yields lines. To add one, write it in its subject's file and name it in
`LOOKS`.
"""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import typer

from jobs.choice import AsJson
from jobs.console import State, state
from jobs.doctor import backup, gathering, health, machine, mail, opinions, reading, stored, workers
from jobs.doctor.check import Check, Level
from jobs.doctor.settings import settings as settings_given
from tracker.characters import escaped
from tracker.errors import SettingsError, TrackerError

if TYPE_CHECKING:
    from jobs.settings import Settings

LOOKS: "tuple[tuple[str, Callable[[Settings], Iterator[Check]]], ...]" = (
    ("model", machine.model),
    ("gazetteer", machine.gazetteer),
    ("data", stored.data_dir),
    ("data", stored.folders),
    ("database", stored.database),
    ("backup", backup.backup),
    ("clock", stored.clock),
    ("workers", workers.workers),
    ("health", health.problems),
    ("feeds", gathering.feeds),
    ("items", gathering.put_aside),
    ("articles", reading.unreadable),
    ("opinions", opinions.opinions),
    ("mail", mail.doubts),
    ("mail", mail.sender),
    ("mail", mail.mail),
    ("alerts", health.alerts),
)
"""What is looked at once the settings are known, in an order in which the first problem explains the later ones."""


def command(
    ctx: typer.Context,
    as_json: AsJson = False,
) -> None:
    """Check everything a run needs, and say what to do about what is wrong.

    Looks at Python, packages, the clock, the settings, the reader's model, the gazetteer, the data folder, the
    database, its backups, the workers where they share the work, the feeds, the articles and, where they are set, the
    model that is asked for second opinions and the mail server. The exit status is 1 if there is a problem, such as no
    feed that answers. A warning is none.

    Imports every package. Reads the whole database where it is SQLite, which takes 10 to 40 seconds a gigabyte.

    Example: tracker doctor
    """
    problems = 0
    for check in checks(state(ctx)):
        problems += check.level is Level.PROBLEM
        print(escaped(json.dumps(vars(check), ensure_ascii=False)) if as_json else check, flush=True)
    if problems:
        raise typer.Exit(1)


def checks(given: State) -> Iterator[Check]:
    """All checks, line by line; what stops several of them is told once, where it is met first."""
    told = set()
    for check in _looked(given):
        if check.says not in told:
            yield check
        told.add(check.says)


def _looked(given: State) -> Iterator[Check]:
    yield machine.python()
    yield from _guarded("packages", machine.packages())
    yield machine.clock(datetime.now(UTC))
    try:
        settings = given.settings
    except (SettingsError, ImportError) as error:
        yield _failed("settings", error)
        return
    yield from settings_given(settings, given)
    for name, look in LOOKS:
        yield from _guarded(name, look(settings))


def _guarded(name: str, looked: Iterator[Check]) -> Iterator[Check]:
    try:
        yield from looked
    except (TrackerError, OSError, ImportError) as error:
        yield _failed(name, error)


def _failed(name: str, error: Exception) -> Check:
    if isinstance(error, ImportError):
        from jobs.packages import is_foreign, told

        if not is_foreign(error):
            raise error
        return Check(Level.PROBLEM, name, told(error))
    return Check(Level.PROBLEM, name, str(error))
