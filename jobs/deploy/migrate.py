"""`tracker migrate`: brings the database's schema to this program's version, or moves a database to another place."""

from typing import TYPE_CHECKING, Annotated

import typer

from jobs.terminal.console import progress, say, state

if TYPE_CHECKING:
    from sqlalchemy import Engine


def command(
    ctx: typer.Context,
    source: Annotated[
        str | None, typer.Option("--from", metavar="ADDRESS", help="Move: the database that there is.")
    ] = None,
    target: Annotated[str | None, typer.Option("--to", metavar="ADDRESS", help="Move: an empty database.")] = None,
    backup: Annotated[
        bool, typer.Option("--backup/--no-backup", help="Whether an older database is copied before it is upgraded.")
    ] = True,
) -> None:
    """Bring the database to this version of the program, or move it to another place.

    Every command brings the database up to date by itself when it opens it, and copies it into backup_dir before. Use
    this to do it at a time of your choice, or without a copy where PostgreSQL's pg_dump is not installed.

    With --from and --to everything is copied from one database into another, empty one, from SQLite to PostgreSQL or
    the other way, and compared row by row before it counts. End the daemon first. What is ended half-way leaves the
    target empty: run it again. The old database is only read. At the end set database_url to the new address. A
    password that others on this machine must not see goes into PGPASSWORD or ~/.pgpass instead of the address.

    Example: tracker migrate --from sqlite:///tracker-data/tracker.db --to postgresql://tracker@db.example.org/tracker
    """
    if source is not None and target is not None:
        _move(source, target)
        return
    if source is not None or target is not None:
        raise typer.BadParameter("a move needs both --from and --to")
    from jobs.queue.schema import ready
    from jobs.store import open_store

    with open_store(state(ctx).settings, copied=backup) as engine:
        ready(engine, state(ctx).settings)
        print(f"The database is up to date: {engine.url.render_as_string()}")


def _move(source: str, target: str) -> None:
    from db.backup.transfer import move
    from db.failures import describe

    old, new = _opened(source, "--from"), _opened(target, "--to")
    if old.url == new.url:
        raise typer.BadParameter("--from and --to are the same database")
    try:
        with progress() as bar:
            tasks = {}

            def shown(table: str, done: int, total: int) -> None:
                if table not in tasks:
                    tasks[table] = bar.add_task(table, total=total)
                bar.update(tasks[table], completed=done)

            counts = move(old, new, shown)
    finally:
        old.dispose()
        new.dispose()
    rows, tables = sum(counts.values()), len(counts)
    print(f"Moved {rows:,} rows of {tables} tables, {counts['article']:,} articles among them; both are the same.")
    say(f"Now set database_url to the new address ({describe(new.url)}); the old database is as it was.")


def _opened(address: str, option: str) -> "Engine":
    """Raises BadParameter for what is no address of a database, and for an SQLite file to move from that is not there
    (opening it would make it)."""
    from pathlib import Path

    from db.engine import open_database
    from tracker.errors import SettingsError

    try:
        engine = open_database(address)
    except SettingsError as error:
        raise typer.BadParameter(str(error).replace("database_url", option)) from None
    file = engine.url.database or ""
    if option == "--from" and engine.dialect.name == "sqlite" and not Path(file).is_file():
        raise typer.BadParameter(f"{option}: there is no file {file or '(no name)'}")
    return engine
