"""`tracker doctor`: checks everything that a run needs and names the remedy for what is wrong.

One file a subject; a check is a function that yields lines. To add one, write it in its subject's file and name it in
`LOOKS`.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from jobs.console import State, state
from jobs.doctor import gathering, machine, mail, reading, stored, troubles
from jobs.doctor.check import Check, Level
from jobs.doctor.settings import settings as settings_given
from tracker.errors import SettingsError, TrackerError

if TYPE_CHECKING:
    from jobs.settings import Settings

LOOKS: "tuple[tuple[str, Callable[[Settings], Iterator[Check]]], ...]" = (
    ("model", machine.model),
    ("gazetteer", machine.gazetteer),
    ("data", stored.data_dir),
    ("database", stored.database),
    ("feeds", gathering.feeds),
    ("trouble", troubles.lasting),
    ("articles", reading.unreadable),
    ("mail", mail.mail),
)
"""What is looked at once the settings are known, in an order in which the first problem explains the later ones."""


def command(
    ctx: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line, for programs.")] = False,
) -> None:
    """Check everything a run needs, and say what to do about what is wrong.

    Looks at Python, packages, the clock, the settings, the language model, the gazetteer, the data folder, the
    database, the feeds, the articles and, where one is set, the mail server. The exit status is 1 if there is a
    problem. A warning is none.

    Example: tracker doctor
    """
    from jobs.wire import to_json

    problems = 0
    for check in checks(state(ctx)):
        problems += check.level is Level.PROBLEM
        print(to_json(vars(check)) if as_json else check, flush=True)
    if problems:
        raise typer.Exit(1)


def checks(given: State) -> Iterator[Check]:
    """All checks, line by line."""
    yield machine.python()
    yield machine.packages()
    yield machine.clock(datetime.now(UTC))
    try:
        settings = given.settings
    except SettingsError as error:
        yield Check(Level.PROBLEM, "settings", str(error))
        return
    yield from settings_given(settings, given)
    for name, look in LOOKS:
        yield from _guarded(name, look, settings)


def _guarded(name: str, look: Callable[["Settings"], Iterator[Check]], settings: "Settings") -> Iterator[Check]:
    try:
        yield from look(settings)
    except (TrackerError, OSError) as error:
        yield Check(Level.PROBLEM, name, str(error))
