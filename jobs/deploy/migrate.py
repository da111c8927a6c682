"""`tracker migrate`: brings the database's schema to this program's version."""

import typer

from jobs.console import state


def command(ctx: typer.Context) -> None:
    """Bring the database to this version of the program.

    Every command does this by itself when it opens the database. Use it to do it at a time of your choice, after a
    backup.

    Example: tracker migrate
    """
    from jobs.store import open_store

    with open_store(state(ctx).settings) as engine:
        print(f"The database is up to date: {engine.url.render_as_string()}")
