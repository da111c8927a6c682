"""`tracker watch`: the known sources of a place, and news searches for it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from jobs.terminal.console import on_terminal, one_line, say, state
from jobs.terminal.options import Topics
from tracker.errors import BadInput

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from jobs.settings import Settings
    from jobs.sources.proposals import Proposal
    from tracker.gather.sources.directory import Listing
    from tracker.model import Jurisdiction


def command(
    ctx: typer.Context,
    place: Annotated[str, typer.Argument(metavar="PLACE", help='"Milwaukee, WI", "Dane County, WI" or an OCD id.')],
    topics: Topics = None,
    yes: Annotated[bool, typer.Option("--yes", help="Add them without asking; for scripts.")] = False,
    statewide: Annotated[bool, typer.Option("--statewide", help="Feeds of outlets of the whole state too.")] = False,
    no_search: Annotated[bool, typer.Option("--no-search", help="No news searches.")] = False,
    no_record: Annotated[bool, typer.Option("--no-record", help="Not the council's record.")] = False,
    no_documents: Annotated[bool, typer.Option("--no-documents", help="No orders of police, sheriff or jail.")] = False,
) -> None:
    """Watch a place: its feeds, its council's record and its police's orders, as far as they are known; news searches.

    Shows what it would add and why, asks, and adds. Records and documents, those of a sheriff and a jail too, are what
    `tracker sources directory` knows, for many places none; each is tried first, and named where it does not answer. A
    council is proposed where it publishes by Legistar. A news search is a feed of Google News and one of Bing News, for
    each topic that is named; topics narrow records and documents too. Run again, it adds nothing twice.

    Example: tracker watch "Milwaukee, WI" --topic immigration
    """
    from jobs.store import stored
    from jobs.terminal.options import known_topic
    from tracker.kinds import SourceKind
    from tracker.read.places import gazetteer

    home = gazetteer.load().parse_home(place)
    wanted = list(dict.fromkeys(map(known_topic, topics or ())))
    with stored(ctx) as engine:
        found = [one for one in _proposed(engine, home, wanted) if not (no_search and one.search)]
        left = {SourceKind.LEGISTAR: no_record, SourceKind.DOCUMENTS: no_documents}
        found = [one for one in found if not left.get(one.kind)]
        shown = answering(state(ctx).settings, [one for one in found if statewide or not one.wide])
        _show(shown)
        new = [one for one in shown if not one.known]
        _offer(sum(one.wide and not one.known for one in found if not statewide))
        if not new:
            print(f"Nothing to add for {home.label}.")
        elif yes or _agreed(len(new)):
            _add(engine, new, wanted)
            told = (
                "`tracker sources check` tells how they answer; the next poll reads them, and tries again what fails."
            )
            print(f"{len(new)} sources added. {told}")
        else:
            print("Nothing was added.")


def _proposed(engine: "Engine", home: "Jurisdiction", topics: list[str]) -> "list[Proposal]":
    """A feed that moved is known by the address that the catalogue still has."""
    from dataclasses import replace

    from db.engine import reading
    from db.feeds import feeds
    from db.sources.listings import own_listings
    from jobs.sources.proposals import proposals
    from tracker.gather.sources.directory import all_listings, of_place

    with reading(engine) as session:
        listings = of_place(all_listings(own_listings(session)), home.id)
        _tell_of_others(home, listings)
        found = proposals(home, topics, feeds.all_feeds(session), listings)
        there = [feeds.by_url(session, one.url) for one in found]
    return [
        replace(one, known=one.known or bool(feed and not feed.retired_at))
        for one, feed in zip(found, there, strict=True)
    ]


def _tell_of_others(home: "Jurisdiction", listings: "Sequence[Listing]") -> None:
    """A council whose system cannot be polled is named, so that nobody takes its silence for none."""
    for one in listings:
        if one.home == home.id and one.source_kind is None:
            by = f"by {one.system}" if one.system else "on a site of its own"
            say(f"The council of {home.label} publishes {by}, which cannot be polled yet: {one.url}")


def answering(settings: "Settings", shown: "Sequence[Proposal]") -> "list[Proposal]":
    """Without new records and documents that do not answer, which are named: a list of addresses grows old, and a
    record that asks for a token is of no use without it."""
    from tracker.kinds import SourceKind

    if not any(one.kind is not SourceKind.FEED and not one.known for one in shown):
        return list(shown)
    from jobs.sources.check import ToCheck, check_now
    from tracker.gather.feeds.diagnosis import FeedVerdict

    heard = []
    for one in shown:
        if one.kind is not SourceKind.FEED and not one.known:
            seen = check_now(settings, ToCheck(one.url, one.kind))
            if seen.verdict is FeedVerdict.FAILING:
                again = f"`tracker sources add {one.url} --kind {one.kind}` tries again"
                say(f"Left out: {one.title}, which was asked: {seen.says}. {again}.")
                continue
        heard.append(one)
    return heard


def _show(shown: "Sequence[Proposal]") -> None:
    from jobs.terminal.table import Column, show

    columns = (Column("State"), Column("Why"), Column("Source", ratio=1), Column("Address", below=True))
    show(columns, [("known" if one.known else "new", one.why, one.title, one.url) for one in shown])


def _offer(wide: int) -> None:
    if wide:
        say(f"Left out: {wide} feeds of outlets of the whole state; --statewide adds them.")


def _agreed(number: int) -> bool:
    """Raises BadInput where nobody can be asked."""
    if on_terminal():
        return typer.confirm(f"Add these {number} sources?" if number > 1 else "Add this source?", default=True)
    from tracker.publish.counts import count

    raise BadInput(f"nothing was added, since nobody can be asked here; --yes adds {count(number, 'source')}")


def _add(engine: "Engine", new: "Sequence[Proposal]", topics: "Sequence[str]") -> None:
    from jobs.sources.subscriptions import subscribe
    from tracker.kinds import SourceKind

    for one in new:
        narrowed = topics if one.kind is not SourceKind.FEED else None
        source, _ = subscribe(engine, one.url, one.title, one.site, one.home, one.kind, narrowed)
        print(one_line(f"Added {source.title}"))
