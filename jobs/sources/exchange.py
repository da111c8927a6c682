"""`tracker sources import|export`: subscription lists as OPML."""

from typing import TYPE_CHECKING, Annotated

import typer

from jobs.store import read_store, stored
from jobs.terminal import shell_completion
from jobs.terminal.console import fail
from jobs.terminal.options import Out
from jobs.terminal.output import written
from tracker.errors import BadInput

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from tracker.gather.feeds.opml import OpmlFeed


def import_sources(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="[FILE.opml]", help="A subscription list; - is standard input.")] = "",
    starter: Annotated[bool, typer.Option("--starter", help="The catalogue that ships with the tracker.")] = False,
    states: Annotated[
        list[str] | None,
        typer.Option(
            "--state",
            metavar="STATE",
            help="With --starter: only this state, as Wisconsin or WI. Repeatable.",
            autocompletion=shell_completion.states,
        ),
    ] = None,
) -> None:
    """Subscribe to many sources at once: from an OPML file, or to the catalogue of feeds that ships with the tracker.

    Example: tracker sources import --starter --state WI
    """
    from jobs.sources import subscriptions

    if bool(file) == starter or (states and not starter):
        raise typer.BadParameter("give either a FILE.opml or --starter (and --state only with --starter)")
    wanted = subscriptions.starter_feeds(states or []) if starter else subscriptions.opml_feeds(file)
    with stored(ctx) as engine:
        new, bad = _subscribe_all(engine, wanted)
    what = "sources" if any(one.kind != "feed" for one in wanted) else "feeds"
    print(f"{len(wanted) - len(bad)} {what} read, {new} of them new.")
    for problem in bad:
        fail(problem)
    if bad:
        raise typer.Exit(1)


def export_sources(
    ctx: typer.Context,
    out: Out = "-",
) -> None:
    """Write all sources as OPML, which this program and, as far as they are feeds, every feed reader can import.

    Example: tracker sources export --out sources.opml
    """
    from db.feeds import feeds
    from jobs.sources import subscriptions

    with read_store(ctx) as session:
        document = subscriptions.as_opml(feeds.all_feeds(session))
    with written(out) as file:
        file.write(document)


def _subscribe_all(engine: "Engine", wanted: "list[OpmlFeed]") -> tuple[int, list[str]]:
    """(how many were new, what was wrong with the others)."""
    from jobs.sources import subscriptions

    new, bad = 0, []
    for one in wanted:
        try:
            new += subscriptions.subscribe_listed(engine, one)
        except BadInput as error:
            bad.append(f"{one.url}: {error}")
    return new, bad
