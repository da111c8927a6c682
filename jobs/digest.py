"""`tracker digest`: the weekly mail."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jobs.choice import Places, Topics, entry_filter
from jobs.console import show_help_alone, state

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from db.filters import EntryFilter
    from jobs.settings import Settings
    from tracker.publish.digest import Digest

app = typer.Typer(help="The weekly mail.", rich_markup_mode="rich")
app.callback(invoke_without_command=True)(show_help_alone)
WEEK = 7
"""Days between two mails."""


@app.command("preview")
def preview(
    ctx: typer.Context,
    place: Places = None,
    topic: Topics = None,
    days: Annotated[int, typer.Option(min=0, metavar="N", help="What was found in so many days; 0: ever.")] = WEEK,
    out: Annotated[str, typer.Option("--out", metavar="DIR", help="Write digest.html and digest.txt there.")] = "",
) -> None:
    """Show the mail that somebody who follows these places and topics would get now. Sends nothing.

    Example: tracker digest preview --place Wisconsin --days 30
    """
    from jobs.store import open_store

    settings, now = state(ctx).settings, datetime.now(UTC)
    since = now - timedelta(days=days) if days else None
    with open_store(settings) as engine:
        mail = compose(engine, settings, entry_filter(place, topic, ""), now, since)
    if not out:
        print(f"Subject: {mail.subject}\n\n{mail.text}", end="")
    else:
        for path in write(mail, Path(out)):
            print(path.absolute())


def compose(
    engine: "Engine", settings: "Settings", wanted: "EntryFilter", now: datetime, since: datetime | None
) -> "Digest":
    """The mail about the wanted entries found after `since` (None: all). Days are those of the settings' zone."""
    from zoneinfo import ZoneInfo

    from db import feeds
    from db.engine import reading
    from db.timelines import entries
    from tracker.publish import digest

    with reading(engine) as session:
        return digest.compose(
            entries(session, wanted),
            now=now.astimezone(ZoneInfo(settings.timezone)),
            since=since,
            coverage=feeds.coverage(session),
            public_url=settings.public_url,
            contact=settings.contact,
        )


def write(mail: "Digest", folder: Path) -> tuple[Path, Path]:
    """Writes digest.html and digest.txt and returns their paths. Raises StorageError."""
    from jobs.output import make_dir, written

    make_dir(folder)
    pages = (folder / "digest.html", mail.html), (folder / "digest.txt", f"Subject: {mail.subject}\n\n{mail.text}")
    for path, text in pages:
        with written(str(path)) as file:
            file.write(text.encode())
    return pages[0][0], pages[1][0]
