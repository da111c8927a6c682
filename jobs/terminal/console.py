"""What the commands share on the terminal: lines on stderr, progress bars, the state behind `ctx.obj`."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from tracker.characters import visible

if TYPE_CHECKING:
    from rich.progress import Progress
    from rich.text import Text

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


def on_terminal() -> bool:
    """True where somebody can be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def show_help_alone(ctx: typer.Context) -> None:
    """What a group of commands does when no command is given: show them."""
    if ctx.invoked_subcommand is None:
        print(ctx.get_help())


def one_line(text: object) -> str:
    """The door out: nothing that steers a terminal, turns a line around or hides; line breaks and tabs are spaces."""
    return " ".join(visible(str(text)).split())


def cell(text: object, style: str = "") -> "Text":
    """The same for a table, where `[bold]` is no markup; what stands on lines of its own stays there."""
    from rich.text import Text

    return Text("\n".join(map(one_line, str(text).split("\n"))), style=style)


def say(text: object) -> None:
    """One line on stderr: news about the run, never its result."""
    print(one_line(text), file=sys.stderr, flush=True)


def warn(text: object) -> None:
    """One line on stderr about something that failed while the run goes on."""
    say(f"warning: {text}")


def fail(text: object) -> None:
    """One line on stderr about why the command failed."""
    say(f"error: {text}")


class Steps:
    """How far one kind of work has come, shown where there is a bar."""

    def __init__(self, bar: "Progress | None", name: str, total: int | None) -> None:
        self._bar, self._total = bar, total or 0
        self._task = bar.add_task(name, total=total) if bar else None

    def expect(self, total: int) -> None:
        """How many there are in all, as far as is known now."""
        self._total = total
        if self._bar and self._task is not None:
            self._bar.update(self._task, total=total)

    def expect_more(self, number: int) -> None:
        """That many more than were known."""
        self.expect(self._total + number)

    def done(self, number: int = 1) -> None:
        """That many more are done."""
        if self._bar and self._task is not None:
            self._bar.advance(self._task, number)

    def reach(self, number: int) -> None:
        """So many are done in all."""
        if self._bar and self._task is not None:
            self._bar.update(self._task, completed=number)

    def close(self) -> None:
        """Takes the work off the bar."""
        if self._bar and self._task is not None:
            self._bar.remove_task(self._task)


@contextmanager
def steps(bar: "Progress | None", name: str, total: int | None = 0) -> Iterator[Steps]:
    """Work of so many steps (None: nobody knows how many), on a bar or, where nobody looks, on none."""
    shown = Steps(bar, name, total)
    try:
        yield shown
    finally:
        shown.close()


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
