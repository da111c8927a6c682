"""`tracker report`: the timeline as pages."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jobs.console import state
from jobs.output import named

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from jobs.settings import Settings
    from tracker.publish.report import SiteResult


def command(
    ctx: typer.Context,
    out: Annotated[
        str, typer.Option("--out", metavar="DIR", parser=named, help="The folder of the report.")
    ] = "report",
) -> None:
    """Write the timeline report: pages that work from a file, offline and without JavaScript.

    Only pages that changed are written. A reader never sees half a page. What else is in the folder stays.

    Example: tracker report --out site
    """
    from jobs.store import open_store

    settings, folder = state(ctx).settings, Path(out)
    with open_store(settings) as engine:
        result = write(engine, settings, folder, datetime.now(UTC))
    print(f"{result.entries} entries of {result.places} places: {(folder / 'index.html').absolute()}")


def write(engine: "Engine", settings: "Settings", out: Path, now: datetime) -> "SiteResult":
    """Writes the report into a folder. Days are counted in the zone of the settings. Raises StorageError."""
    from zoneinfo import ZoneInfo

    from db import feeds, troubles
    from db.engine import reading
    from db.filters import ALL
    from db.timelines import timelines
    from jobs.offers import remark_url, sign_up_url
    from tracker.publish.report import write_site
    from tracker.publish.selection import published
    from tracker.read.places import gazetteer

    with reading(engine) as session:
        every = timelines(session, gazetteer.load().get, ALL)  # what was rejected keeps its address
        return write_site(
            (published(timeline, settings.publish) for timeline in every),
            out,
            now=now.astimezone(ZoneInfo(settings.timezone)),
            public_url=settings.report_url,
            contact=settings.contact,
            licence=settings.data_licence,
            remark_url=remark_url(settings),
            sign_up_url=sign_up_url(settings),
            coverage=feeds.coverage(session),
            troubles=troubles.told(session),
        )
