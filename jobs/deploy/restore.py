"""`tracker restore`: a copy of the database back in its place."""

import shutil
from contextlib import contextmanager
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated

import typer

from jobs.terminal.console import state
from jobs.terminal.output import named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.backup.carry_over import Restored
    from jobs.settings import Settings


def command(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", parser=named, help="A copy that `tracker backup` made.")],
) -> None:
    """Put a copy of the database in its place. End the daemon first.

    The copy is checked before anything is changed, and brought to this version. The old database is kept beside it.
    Killed at any moment, this leaves the one or the other whole, and can be run again.

    Who gets the digest, who left, and what everybody was told is taken from the old database, so that nothing is mailed
    twice. Where that cannot be read, mails wait until you say `tracker digest resume`.

    On PostgreSQL the role must own the database and nobody else may be connected; the old tables are kept in a schema
    of another name.

    Example: tracker restore tracker-data/backups/tracker-2026-01-05.db
    """
    from datetime import UTC, datetime

    from db.backup.restore import restore

    settings = state(ctx).settings
    with _alone(settings):
        done = restore(settings.database, Path(file), datetime.now(UTC))
        _take_secret(settings, Path(file))
    for line in told(done, file):
        print(line)


@contextmanager
def _alone(settings: "Settings") -> "Iterator[None]":
    """No daemon runs, no command has the database open, and neither begins."""
    from jobs.process.lock import only_one
    from jobs.store import alone, make_data_dir

    make_data_dir(settings)
    with only_one(settings.data_dir), alone(settings.data_dir):
        yield


def _take_secret(settings: "Settings", file: Path) -> None:
    """The secret of the links in mails that lies beside the copy, where the data folder has none."""
    ours = settings.secret_file
    theirs = file.with_name(ours.name)
    if theirs.exists() and not ours.exists():
        shutil.copy2(theirs, ours)


def told(done: "Restored", file: str) -> "Iterator[str]":
    """What was done, and what to do next, line by line."""
    now = f"{done.after.articles:,} articles, {done.after.entries:,} entries"
    before = f"{done.before.articles:,} articles, {done.before.entries:,} entries" if done.before else ""
    yield f"Restored from {file}: {now}{f' (before: {before})' if before else ''}."
    if done.kept:
        yield f"The old database is kept: {done.kept}. When you need it no more: {_removal(done.kept)}"
    if done.carried:
        yield "Subscribers and what they were told are as they were before the restore, so nothing is mailed twice."
    else:
        yield from _lost(done)
    yield "Next:"
    yield "  tracker doctor          check that everything is in place"
    yield "  tracker run             start the daemon; it polls what feeds still hold of the time since the copy"
    if done.mails_wait:
        yield "  tracker digest resume   when you have looked: let mails go out again"


def _removal(kept: str) -> str:
    """The command that removes the old database."""
    schema = kept.removeprefix("the schema ")
    return f"rm {quote(kept)}" if schema == kept else f'psql --command="DROP SCHEMA {schema} CASCADE"'


def _lost(done: "Restored") -> "Iterator[str]":
    if done.before or done.kept:
        yield "Subscribers and what they were told could not be read from the old database; they are as in the copy."
    if done.mails_wait:
        yield "Mails wait: whoever left since the copy was made would be written to again, and people told twice."
