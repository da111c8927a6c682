"""`tracker backup`: a consistent copy of the database while it is in use."""

from pathlib import Path
from typing import Annotated

import typer

from jobs.terminal.console import state
from jobs.terminal.output import named


def command(
    ctx: typer.Context,
    file: Annotated[
        str | None,
        typer.Argument(
            metavar="FILE",
            parser=named,
            help="Where to write, over an older copy. Without it: the day's file in the folder of backups.",
        ),
    ] = None,
) -> None:
    """Copy the database to a file while everything runs. The copy is read back before it takes its place.

    The daemon makes one every night in backup_dir and removes those older than backup_keep_days.

    A damaged database is not copied, and one with fewer articles than an older copy does not replace it.

    `tracker restore FILE` puts a copy in its place again. PostgreSQL is copied with pg_dump, and needs its client
    programs. Keep tracker.toml as well, and beside FILE the data folder's mail.secret, which is put into backup_dir by
    itself: with another secret the links in mails that were sent no longer work.

    Example: tracker backup backups/tracker-2026-01-05.db
    """
    from datetime import UTC, datetime

    from db.backup.backup import backup
    from jobs.backups import make, path_of
    from jobs.store import open_store

    settings = state(ctx).settings
    with open_store(settings) as engine:
        path = Path(file) if file else path_of(settings, engine, datetime.now(UTC))
        size = backup(engine, path) if file else make(engine, settings, path)
    print(f"Copied to {path} ({size:,} bytes), read back and found sound.")
