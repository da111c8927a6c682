"""`tracker sources directory`: what the governments of a place publish and where; export and import."""

from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from jobs.store import read_store, write_store
from jobs.terminal import shell_completion
from jobs.terminal.console import fail
from jobs.terminal.options import AsJson, Out
from jobs.terminal.output import named, written


class _ShowsByItself(TyperGroup):
    """`directory "Milwaukee, WI"` is `directory show "Milwaukee, WI"`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        known = {*self.commands, *self.get_help_option_names(ctx)}
        return super().parse_args(ctx, args if args and args[0] in known else ["show", *args])


app = typer.Typer(
    cls=_ShowsByItself,
    help="Which councils, police, sheriffs and jails publish where, as far as we know. A place's name shows its own.",
    rich_markup_mode="rich",
)


@app.command("show")
def show(
    ctx: typer.Context,
    place: Annotated[
        str, typer.Argument(metavar="[PLACE]", help='"Milwaukee, WI", "Wisconsin" or an OCD id; all without it.')
    ] = "",
    kind: Annotated[
        str,
        typer.Option(
            "--kind",
            metavar="KIND",
            help="council, police, sheriff, jail, policies or feed.",
            autocompletion=shell_completion.listing_kinds,
        ),
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Show what is known to be published for a place, and where.

    The addresses that ship with the tracker were found named in public pages, not tried: `tracker watch` tries each
    before it proposes it. Where the council's system is not Legistar it cannot be polled yet, and its name and address
    are shown. What you imported or subscribed to wins over what ships.

    Example: tracker sources directory "Seattle, WA" --kind police --json
    """
    from jobs.sources import listings
    from tracker.gather.sources.directory import all_listings, known_listing_kind, of_place

    home = listings.place_id(place)
    wanted = known_listing_kind(kind) if kind else None
    with read_store(ctx) as session:
        own, subscribed = listings.added(session), listings.subscribed_addresses(session)
    found = of_place(all_listings(own), home, wanted)
    listings.show(found, own, subscribed, as_json=as_json)


@app.command("export")
def export_directory(
    ctx: typer.Context,
    out: Out = "-",
    shipped: Annotated[bool, typer.Option("--all", help="What ships with the tracker too.")] = False,
) -> None:
    """Write what you added as lines that others can import: CSV, one listing a line.

    That is what you imported, and each subscription that has a home (`tracker sources add URL --home PLACE`), with the
    day on which it last answered. Send it to us, and the next version ships it.

    Example: tracker sources directory export --out directory.csv
    """
    from jobs.sources import listings
    from tracker.gather.sources.directory import all_listings, as_csv
    from tracker.read.places import gazetteer

    with read_store(ctx) as session:
        added = listings.added(session)
    document = as_csv(all_listings(added) if shipped else added, gazetteer.load().label)
    with written(out) as file:
        file.write(document.encode())


@app.command("import")
def import_directory(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE.csv", parser=named, help="- is standard input.")],
) -> None:
    """Take listings from a file that `directory export` wrote, or of the same columns.

    Each line is checked: a known place, a known kind, an http(s) address. Bad lines are named and the others taken; the
    exit status is then 1. They win over what ships, and over what was imported before. Nothing is subscribed to.

    Example: tracker sources directory import directory.csv
    """
    from datetime import UTC, datetime

    from db.sources import listings as stored_listings
    from jobs.sources import listings
    from tracker.publish.counts import count

    found, bad = listings.from_file(file)
    with write_store(ctx) as session:
        stored_listings.save(session, found, datetime.now(UTC))
    print(f"{count(len(found), 'listing')} taken.")
    for problem in bad:
        fail(problem)
    if bad:
        raise typer.Exit(1)
