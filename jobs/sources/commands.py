"""`tracker sources`: subscriptions to feeds, councils' records and other sources."""

from typing import TYPE_CHECKING, Annotated

import typer

from jobs.sources import directory, exchange
from jobs.store import read_store, stored
from jobs.terminal.console import fail, on_terminal, one_line, say, show_help_alone, state, warn
from jobs.terminal.options import AKind, AsJson, Topics
from tracker.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlmodel import Session

    from db.values import Feed
    from jobs.sources.check import ToCheck

app = typer.Typer(
    help="Subscribe to feeds, councils' records and other sources, look at their health, exchange them as OPML.",
    rich_markup_mode="rich",
)
app.callback(invoke_without_command=True)(show_help_alone)
app.command("import")(exchange.import_sources)
app.command("export")(exchange.export_sources)
app.add_typer(directory.app, name="directory")
Address = Annotated[
    str,
    typer.Argument(
        metavar="ADDRESS",
        help="Of a feed or a page of its site; legistar:CLIENT or a council's site for its record.",
    ),
]
KNOWN = "Address or id, as in `tracker sources list`."
ASource = Annotated[str, typer.Argument(metavar="SOURCE", help=KNOWN)]
LIST_SHOWS = "`tracker sources list` shows all"


@app.command("add")
def add(
    ctx: typer.Context,
    address: Address,
    kind: AKind = "",
    home: Annotated[str, typer.Option(help='The place that it serves: "Milwaukee, WI" or an OCD id.')] = "",
    topics: Topics = None,
    all_topics: Annotated[
        bool, typer.Option("--all-topics", help="Of a record or documents: all topics again.")
    ] = False,
    title: Annotated[str, typer.Option(help="A name for it; without one, its own.")] = "",
    no_check: Annotated[bool, typer.Option("--no-check", help="Do not fetch it first.")] = False,
) -> None:
    """Subscribe to a feed, a council's record, the list of 287(g) agreements, or policies as they are published.

    The address is fetched, to see what it is. Of a page, be it the home page of a site or an article, the feeds are
    looked for: those that it names, else at a few usual addresses; and the council's record that it links. Of several
    you choose one. A host that does not answer just now is tried again by itself. A home makes places much surer: set
    it where you can; a council's record needs one.

    A council's record is what its clerks enter at Legistar: legistar:milwaukee, its site
    (https://milwaukee.legistar.com/), or an address of the API with --kind legistar. Only matters that change a
    standing rule are followed; --topic narrows them. Where the API asks for a token, it is said how to set one.

    With --kind documents a page that lists policies, or one policy, is followed: what changes in their text is told.
    A home says whose they are. The list of 287(g) agreements is the page https://www.ice.gov/identify-and-arrest/287g.

    Example: tracker sources add https://www.example.org/ --home "Milwaukee, WI"

    Example: tracker sources add legistar:milwaukee --home "Milwaukee, WI" --topic immigration
    """
    from jobs.sources import adding, lookup
    from jobs.terminal.options import known_kind

    wanted = adding.Wanted.of(home, topics, all_topics, title)
    named = known_kind(kind) if kind else None
    found = lookup.as_written(address, named)
    if not no_check:
        found = lookup.look_up(state(ctx).settings, address, named, ask=on_terminal())
        if found.note:
            say(found.note)
    adding.refuse_topics(found.kind, wanted)
    with stored(ctx) as engine:
        source, is_new = adding.add(engine, found, wanted, ask=on_terminal())
    what = "Subscribed to" if is_new else "Already subscribed, brought up to date:"
    print(one_line(f"{what} {source.title or source.url}"))
    if is_new and not source.home and (lacking := adding.WITHOUT_HOME.get(source.kind)):
        say(lacking.format(source.url))


@app.command("list")
def list_sources(ctx: typer.Context, as_json: AsJson = False) -> None:
    """Show all sources and how well each is heard.

    A source is new (not polled yet), healthy, quiet (it answers, but brought nothing new for 30 days), failing (the
    last poll failed; it is tried again, at the next poll that is shown) or retired (the server said that it is gone).
    Entries are those of the timeline that rest on what it brought: on the articles of a feed, on the actions of a
    council's record.

    Example: tracker sources list --json
    """
    from db.feeds import feeds
    from db.ops import incidents
    from jobs.sources import table
    from tracker.coverage import NETWORK

    with read_store(ctx) as session:
        table.show(feeds.all_feeds(session), table.brought(session), as_json=as_json)
        outage = incidents.by_name(session, NETWORK)
    if outage:
        warn(f"{outage.what} (since {outage.since:%Y-%m-%d %H:%M} UTC)")


@app.command("show")
def show(ctx: typer.Context, source: ASource, as_json: AsJson = False) -> None:
    """Show everything known about one source: its health, what it brought, and why items of a feed have no article.

    Example: tracker sources show https://www.example.org/news.xml
    """
    from db.feeds import feeds
    from db.sources import document_counts
    from jobs.sources import table

    with read_store(ctx) as session:
        known = _known(session, source)
        items, former = feeds.items_of(session, known.id), feeds.former_addresses(session, known.id)
        troubles = document_counts.troubles(session, known.id)
        table.show_one(known, table.brought(session), items, former, troubles, as_json=as_json)


@app.command("matters")
def matters(
    ctx: typer.Context,
    source: ASource,
    aside: Annotated[bool, typer.Option("--aside", help="Those that were put aside instead.")] = False,
    unknown: Annotated[
        bool, typer.Option("--unknown", help="Instead, the actions that neither a table nor a person has explained.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Show the matters of a council's record that are followed, or what was put aside.

    A matter is followed where it changes a standing rule and its topic is wanted. The others are put aside, counted,
    and shown by --aside with what they were taken for. Actions that no table explains make no step; --unknown shows
    each with a matter that has it.

    Example: tracker sources matters legistar:milwaukee --aside
    """
    from jobs.sources import matters as record

    if aside and unknown:
        raise typer.BadParameter("--aside and --unknown show different things: give one of them")
    with read_store(ctx) as session:
        known = record.of_council(_known(session, source))
        if unknown:
            record.show_unknown(session, known, as_json=as_json)
        else:
            record.show(session, known, followed=not aside, as_json=as_json)


@app.command("backfill")
def backfill(
    ctx: typer.Context,
    source: ASource,
    since: Annotated[str, typer.Option("--since", metavar="DATE", help="2018, 2018-03 or 2018-03-15: from then on.")],
) -> None:
    """Bring in what a council's record held before it was subscribed to.

    Everything that changed since the date is asked for, a thousand matters at once, and the histories of those that
    change a standing rule, one each, with the usual pause between two requests: a large city's ten years take a night.
    A run that is ended, in whatever way, loses nothing: the same command goes on from there. Feeds have no back-fill;
    `tracker ingest` takes articles of an archive.

    Example: tracker sources backfill legistar:milwaukee --since 2018
    """
    from db.engine import reading
    from jobs.sources.backfill import first_moment, run

    moment = first_moment(since)
    with stored(ctx) as engine:
        with reading(engine) as session:
            known = _known(session, source)
        run(engine, state(ctx).settings, known, moment)


@app.command("remove")
def remove(ctx: typer.Context, names: Annotated[list[str], typer.Argument(metavar="SOURCE...", help=KNOWN)]) -> None:
    """End subscriptions. Their articles and records, and what they prove, stay.

    Example: tracker sources remove https://www.example.org/news.xml
    """
    from db.feeds import feeds
    from db.sessions import session

    failed = False
    with stored(ctx) as engine:
        for name in dict.fromkeys(names):
            try:
                with session(engine) as opened:
                    url = _known(opened, name).url
                    feeds.remove(opened, url)
            except BadInput as error:
                fail(error)
                failed = True
                continue
            print(one_line(f"Removed {url}"))
    if failed:
        raise typer.Exit(1)


@app.command("check")
def check(
    ctx: typer.Context,
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[SOURCE...]", help=f"{KNOWN} Or the address of another one. All without it."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Fetch sources now and say what is wrong with each and what to do about it. Changes nothing.

    Behind a page the feeds are looked for. A warning is given for a feed that answers and brings little: it moved, is
    empty, old, without dates, or closed to us by robots.txt; and for a council's record that is kept no more. The exit
    status is 1 if one does not answer as a source of its kind.

    Example: tracker sources check
    """
    from jobs.sources import check as source_check

    with read_store(ctx) as session:
        wanted = _to_check(session, names or ())
    if source_check.check_all(state(ctx).settings, wanted, as_json=as_json):
        raise typer.Exit(1)


def _to_check(session: "Session", names: "Sequence[str]") -> "list[ToCheck]":
    from db.feeds import feeds
    from jobs.sources.check import ToCheck

    known = feeds.all_feeds(session)
    dead_ends = feeds.count_dead_ends(session, [source.id for source in known if source.engine])
    if names:
        return [_one_to_check(session, name, dead_ends) for name in dict.fromkeys(names)]
    return [ToCheck(one.url, one.kind, dead_ends.get(one.id, 0)) for one in known if not one.retired_at]


def _one_to_check(session: "Session", name: str, dead_ends: "Mapping[int, int]") -> "ToCheck":
    """A known source, or one that is to be looked at before it is subscribed to. Raises BadInput."""
    from jobs.sources.check import ToCheck
    from jobs.sources.lookup import as_written

    try:
        known = _known(session, name)
    except BadInput as error:
        if not name.lower().startswith(("http://", "https://", "legistar:")):
            raise
        say(f"{error}. It is fetched all the same.")
        other = as_written(name, None)
        return ToCheck(other.url, other.kind)
    return ToCheck(known.url, known.kind, dead_ends.get(known.id, 0))


def _known(session: "Session", name: str) -> "Feed":
    """The source of this address, today's or a former one, as people write it, or of this id. Raises BadInput with the
    nearest ones."""
    from db.feeds import feeds
    from tracker.gather.sources.addresses import as_polled
    from tracker.nearest import remedy

    name = name.strip()
    known, moved = feeds.all_feeds(session), feeds.by_url(session, name)
    written = (name, as_polled(name))
    for source in known:
        if source.url in written or str(source.id) == name:
            return source
    if moved:
        return moved
    raise BadInput(f"there is no source {name}; {remedy(name, [source.url for source in known], LIST_SHOWS)}")
