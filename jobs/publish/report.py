"""`tracker report`: the timeline as pages."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jobs.terminal.console import state
from jobs.terminal.output import named

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from jobs.settings import Settings
    from tracker.publish.report import SiteResult


def command(
    ctx: typer.Context,
    out: Annotated[
        str, typer.Option("--out", metavar="DIR", parser=named, help="The folder of the report.")
    ] = "report",
    whole: Annotated[
        bool, typer.Option("--whole", help="Look at every place and every file, whatever the folder remembers.")
    ] = False,
    search_index: Annotated[
        bool,
        typer.Option(
            "--search-index",
            help="Also make the full-text index of the page search/, for a web server of your own. "
            "Needs the extra search-index.",
        ),
    ] = False,
) -> None:
    """Write the timeline report: pages that work from a file, offline and without JavaScript.

    Only pages that changed are written, and only places that changed are looked at: the folder remembers the last
    build. After files of it were lost or changed by hand, --whole mends it. A reader never sees half a page. What else
    is in the folder stays.

    Example: tracker report --out site
    """
    from jobs.publish.search_index import program
    from jobs.store import open_store

    if search_index:
        program()  # what is missing is said before the pages are written

    settings, folder = state(ctx).settings, Path(out)
    with open_store(settings) as engine:
        result = write(engine, settings, folder, datetime.now(UTC), whole=whole, search_index=search_index)
    print(f"{result.entries} entries of {result.places} places: {(folder / 'index.html').absolute()}")


def write(
    engine: "Engine",
    settings: "Settings",
    out: Path,
    now: datetime,
    *,
    whole: bool = False,
    search_index: bool = False,
) -> "SiteResult":
    """Writes the report into a folder, on demand with its search index; one that no longer fits goes in any case. Days
    are counted in the zone of the settings. Raises StorageError."""
    from db.ops import incidents
    from db.report.catalogue import catalogue
    from jobs.publish.search_index import keep
    from jobs.publish.site import site
    from tracker.publish.report import update_site
    from tracker.read.places import gazetteer

    about = site(settings, now)
    with catalogue(engine, gazetteer.load().get, settings.publish, about.today) as made_of:
        troubles = incidents.shown_to_readers(made_of.session)
        result = update_site(made_of, out, about, coverage=made_of.coverage, troubles=troubles, whole=whole)
        keep(out, made_of, wanted=search_index, whole=whole)
    return result
