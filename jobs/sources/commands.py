"""`tracker feeds`: subscriptions."""

from typing import TYPE_CHECKING, Annotated

import typer

from jobs.store import read_store, stored
from jobs.terminal import shell_completion
from jobs.terminal.console import fail, on_terminal, one_line, say, show_help_alone, state, warn
from jobs.terminal.options import AsJson
from jobs.terminal.output import named, written
from tracker.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Engine
    from sqlmodel import Session

    from db.values import Feed
    from tracker.gather.feeds.opml import OpmlFeed

app = typer.Typer(
    help="Subscribe to feeds, look at their health, exchange them as OPML.",
    rich_markup_mode="rich",
)
app.callback(invoke_without_command=True)(show_help_alone)
Url = Annotated[str, typer.Argument(metavar="URL", help="The address of the feed, or of a page of its site.")]
KNOWN = "Address or id, as in `tracker feeds list`."
LIST_SHOWS = "`tracker feeds list` shows all"


@app.command("add")
def add(
    ctx: typer.Context,
    url: Url,
    home: Annotated[str, typer.Option(help='The place that the outlet serves: "Milwaukee, WI" or an OCD id.')] = "",
    title: Annotated[str, typer.Option(help="A name for it; without one, the feed's own.")] = "",
    no_check: Annotated[bool, typer.Option("--no-check", help="Do not fetch it first.")] = False,
) -> None:
    """Subscribe to a feed, or to the feed of a site.

    The address is fetched, to see that it is a feed. Of a page, be it the home page of a site or an article, the feeds
    are looked for: those that it names, else at a few usual addresses. Of several you choose one. A host that does not
    answer just now is tried again by itself. A home makes places much surer: set it where you can.

    Example: tracker feeds add https://www.example.org/ --home "Milwaukee, WI"
    """
    from jobs.sources import lookup, subscriptions

    place = subscriptions.home_id(home)
    address, name, site = url, "", ""
    if not no_check:
        ask = on_terminal()
        found, told = lookup.look_up(state(ctx).settings, url, ask=ask)
        address, name, site = found.url, found.title, found.site
        if told:
            say(told)
    with stored(ctx) as engine:
        feed, is_new = subscriptions.subscribe(engine, address, title or name, site, place)
    what = "Subscribed to" if is_new else "Already subscribed, brought up to date:"
    print(one_line(f"{what} {feed.title or feed.url}"))
    if is_new and not place:
        say('It has no home. `tracker feeds add URL --home "City, ST"` names one later.')


@app.command("list")
def list_feeds(ctx: typer.Context, as_json: AsJson = False) -> None:
    """Show all feeds and how well each is heard.

    A feed is new (not polled yet), healthy, quiet (it answers, but brought nothing new for 30 days), failing (the last
    poll failed; it is tried again, at the next poll that is shown) or retired (the server said that it is gone).
    Entries are those of the timeline that rest on an article which the feed brought.

    Example: tracker feeds list --json
    """
    from db.feeds import feeds
    from db.ops import incidents
    from jobs.sources import table
    from tracker.coverage import NETWORK

    with read_store(ctx) as session:
        table.show(feeds.all_feeds(session), feeds.entry_counts(session), as_json=as_json)
        outage = incidents.by_name(session, NETWORK)
    if outage:
        warn(f"{outage.what} (since {outage.since:%Y-%m-%d %H:%M} UTC)")


@app.command("show")
def show(
    ctx: typer.Context, feed: Annotated[str, typer.Argument(metavar="FEED", help=KNOWN)], as_json: AsJson = False
) -> None:
    """Show everything known about one feed: its health, what it brought, and why items of it have no article.

    Example: tracker feeds show https://www.example.org/news.xml
    """
    from db.feeds import feeds
    from jobs.sources import table

    with read_store(ctx) as session:
        known = _known(session, feed)
        entries = feeds.entry_counts(session).get(known.id, 0)
        brought = feeds.items_of(session, known.id)
        former = feeds.former_addresses(session, known.id)
    table.show_one(known, entries, brought, former, as_json=as_json)


@app.command("remove")
def remove(ctx: typer.Context, names: Annotated[list[str], typer.Argument(metavar="FEED...", help=KNOWN)]) -> None:
    """End subscriptions. Their articles, and what they prove, stay.

    Example: tracker feeds remove https://www.example.org/news.xml
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


@app.command("import")
def import_feeds(
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
    """Subscribe to many feeds at once: from an OPML file, or from the catalogue that ships with the tracker.

    Example: tracker feeds import --starter --state WI
    """
    from jobs.sources import subscriptions

    if bool(file) == starter or (states and not starter):
        raise typer.BadParameter("give either a FILE.opml or --starter (and --state only with --starter)")
    wanted = subscriptions.starter_feeds(states or []) if starter else subscriptions.opml_feeds(file)
    with stored(ctx) as engine:
        new, bad = _subscribe_all(engine, wanted)
    print(f"{len(wanted) - len(bad)} feeds read, {new} of them new.")
    for problem in bad:
        fail(problem)
    if bad:
        raise typer.Exit(1)


@app.command("export")
def export_feeds(
    ctx: typer.Context,
    out: Annotated[
        str, typer.Option("--out", metavar="FILE", parser=named, help="Where to write; standard output without it.")
    ] = "-",
) -> None:
    """Write all feeds as OPML, which every feed reader and this one can import.

    Example: tracker feeds export --out feeds.opml
    """
    from db.feeds import feeds
    from jobs.sources import subscriptions

    with read_store(ctx) as session:
        document = subscriptions.as_opml(feeds.all_feeds(session))
    with written(out) as file:
        file.write(document)


@app.command("check")
def check(
    ctx: typer.Context,
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[FEED...]", help=f"{KNOWN} Or the address of another one. All without it."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Fetch feeds now and say what is wrong with each and what to do about it. Changes nothing.

    Behind a page the feeds are looked for. A warning is given for a feed that answers and brings little: it moved, is
    empty, old, without dates, or closed to us by robots.txt. The exit status is 1 if one does not answer as a feed.

    Example: tracker feeds check
    """
    from jobs.sources import check as feed_check

    with read_store(ctx) as session:
        urls, dead_ends = _to_check(session, names or ())
    if feed_check.check_all(state(ctx).settings, urls, dead_ends, as_json=as_json):
        raise typer.Exit(1)


def _to_check(session: "Session", names: "Sequence[str]") -> tuple[list[str], dict[str, int]]:
    """(the addresses that are meant, of how many items of each the link led only to Google's own page)."""
    from db.feeds import feeds

    known = feeds.all_feeds(session)
    found = feeds.count_dead_ends(session, [feed.id for feed in known if feed.engine])
    dead_ends = {feed.url: found[feed.id] for feed in known if feed.id in found}
    if names:
        return [_address(session, name) for name in dict.fromkeys(names)], dead_ends
    return [feed.url for feed in known if not feed.retired_at], dead_ends


def _address(session: "Session", name: str) -> str:
    """The address of a known feed, or of one that is to be looked at before it is subscribed to. Raises BadInput."""
    try:
        return _known(session, name).url
    except BadInput as error:
        if not name.lower().startswith(("http://", "https://")):
            raise
        say(f"{error}. It is fetched all the same.")
        return name


def _known(session: "Session", name: str) -> "Feed":
    """The feed of this address, today's or a former one, or of this id. Raises BadInput with the nearest ones."""
    from db.feeds import feeds
    from tracker.nearest import remedy

    known, moved = feeds.all_feeds(session), feeds.by_url(session, name.strip())
    for feed in known:
        if name.strip() in (feed.url, str(feed.id)):
            return feed
    if moved:
        return moved
    raise BadInput(f"there is no feed {name}; {remedy(name, [feed.url for feed in known], LIST_SHOWS)}")


def _subscribe_all(engine: "Engine", wanted: "list[OpmlFeed]") -> tuple[int, list[str]]:
    """(how many were new, what was wrong with the others)."""
    from jobs.sources import subscriptions

    new, bad = 0, []
    for feed in wanted:
        try:
            new += subscriptions.subscribe(engine, feed.url, feed.title, feed.site, subscriptions.home_id(feed.home))[1]
        except BadInput as error:
            bad.append(f"{feed.url}: {error}")
    return new, bad
