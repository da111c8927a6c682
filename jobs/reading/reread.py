"""`tracker reread`: articles are read again after the reader improved; entries follow by revisions."""

from datetime import UTC, date, datetime
from typing import Annotated

import typer

from jobs.terminal.console import progress, state
from jobs.terminal.options import Since
from jobs.terminal.options import date as parsed


def command(
    ctx: typer.Context,
    since: Since = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change, and keep nothing.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="Also what this version of the reader has read.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="What changes, one JSON object a line.")] = False,
) -> None:
    """Read articles again that another version of the reader has read, and bring the timeline up to date.

    A reader with another model, other rules or other word lists is another version; `tracker doctor` shows which.
    Findings are replaced and entries change by revisions; nothing is doubled, and what people decided stands. A run
    that is interrupted is continued by the next one. Recording waits while --dry-run compares.

    Example: tracker reread --since 2024 --dry-run
    """
    from jobs.reading import rereading
    from jobs.store import open_store

    wanted = rereading.Wanted(parsed(since, "--since").first_day() if since else date.min, everything)
    settings, now = state(ctx).settings, datetime.now(UTC)
    with open_store(settings) as engine, progress() as bar:
        work = rereading.rehearse if dry_run else rereading.run
        tally, changes = work(engine, settings, wanted, now, bar)
    rereading.show(tally, changes, as_json=as_json, dry_run=dry_run)
    if tally.unreadable:
        raise typer.Exit(1)
