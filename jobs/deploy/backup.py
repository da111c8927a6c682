"""`tracker backup`: a consistent copy of the database while it is in use."""

from pathlib import Path
from typing import Annotated

import typer

from jobs.console import state
from jobs.output import named


def command(
    ctx: typer.Context,
    file: Annotated[
        str, typer.Argument(metavar="FILE", parser=named, help="Where to write; an older copy there is replaced.")
    ],
) -> None:
    """Copy the database to a file while everything runs. The copy is read back before it takes its place.

    A damaged database is not copied, and one with fewer articles than an older copy does not replace it.

    `tracker restore FILE` puts a copy in its place again. PostgreSQL is copied with pg_dump, and needs its client
    programs. Keep tracker.toml and mail.secret of the data folder as well: with another secret the links in mails that
    were sent no longer work.

    Example: tracker backup backups/tracker-2026-01-05.db
    """
    from db.backup import backup
    from jobs.store import open_store

    with open_store(state(ctx).settings) as engine:
        size = backup(engine, Path(file))
    print(f"Copied to {file} ({size:,} bytes), read back and found sound.")
