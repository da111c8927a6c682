"""What the commands share on the terminal: lines on stderr, progress bars, the state behind `ctx.obj`."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from rich.progress import Progress

    from jobs.settings import Settings

START_HERE = "Start here"
EVERY_DAY = "Every day"
DATA = "Data in and out"
INSIDE = "Looking inside"


@dataclass
class State:
    """What the options before the command say; the settings are read when first needed."""

    config: Path | None = field(default=None)

    @cached_property
    def settings(self) -> "Settings":
        """Raises SettingsError."""
        from jobs.settings import load

        return load(self.config)


def state(ctx: typer.Context) -> State:
    """The state of this call of the program."""
    return ctx.ensure_object(State)


def show_help_alone(ctx: typer.Context) -> None:
    """What a group of commands does when no command is given: show them."""
    if ctx.invoked_subcommand is None:
        print(ctx.get_help())


def one_line(text: object) -> str:
    """Line breaks, tabs and control characters folded, so that a message stays one line and cannot steer a terminal."""
    return " ".join("".join(c if c.isprintable() else " " for c in str(text)).split())


def say(text: object) -> None:
    """One line on stderr: news about the run, never its result."""
    print(one_line(text), file=sys.stderr, flush=True)


def warn(text: object) -> None:
    """One line on stderr about something that failed while the run goes on."""
    say(f"warning: {text}")


def fail(text: object) -> None:
    """One line on stderr about why the command failed."""
    say(f"error: {text}")


@contextmanager
def progress(*, beside_output: bool = False) -> Iterator["Progress"]:
    """A progress bar on stderr where stderr is a terminal, and nothing otherwise.

    `beside_output`: results go to stdout meanwhile; no bar where both would meet on one terminal.
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    shown = console.is_terminal and not (beside_output and sys.stdout.isatty())
    with Progress(*columns, console=console, disable=not shown, transient=True) as bar:
        yield bar
