"""`tracker report`: the timeline as pages."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jobs.console import state

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from jobs.settings import Settings
    from tracker.publish.report import SiteResult


def command(
    ctx: typer.Context,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="The folder of the report.")] = Path("report"),
) -> None:
    """Write the timeline report: pages that work from a file, offline and without JavaScript.

    Only pages that changed are written. A reader never sees half a page.

    Example: tracker report --out site
    """
    from jobs.store import open_store

    settings = state(ctx).settings
    with open_store(settings) as engine:
        result = write(engine, settings, out, datetime.now(UTC))
    print(f"{result.entries} entries of {result.places} places: {(out / 'index.html').absolute()}")


def write(engine: "Engine", settings: "Settings", out: Path, now: datetime) -> "SiteResult":
    """Writes the report into a folder. Days are counted in the zone of the settings. Raises StorageError."""
    from zoneinfo import ZoneInfo

    from db import feeds, troubles
    from db.engine import reading
    from db.timelines import timelines
    from tracker.publish.report import write_site
    from tracker.read import gazetteer

    with reading(engine) as session:
        return write_site(
            timelines(session, gazetteer.load().get),
            out,
            now=now.astimezone(ZoneInfo(settings.timezone)),
            public_url=settings.public_url,
            contact=settings.contact,
            coverage=feeds.coverage(session),
            troubles=troubles.told(session),
        )
