"""`tracker poll`: one round of the whole way, from the feeds to recorded entries."""

from collections.abc import Callable
from datetime import datetime
from functools import cache, partial
from typing import TYPE_CHECKING, Annotated

import typer

from jobs.clock import now
from jobs.tally import Report, Tally
from jobs.terminal.console import one_line, progress, say, state, warn

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager

    from rich.progress import Progress
    from sqlalchemy import Engine

    from jobs.gather.source_context import SourceOptions
    from jobs.settings import Settings
    from tracker.gather.http.client import Fetcher


def command(
    ctx: typer.Context,
    everything: Annotated[bool, typer.Option("--all", help="Poll all sources, not only those that are due.")] = False,
    no_read: Annotated[
        bool, typer.Option("--no-read", help="Only gather feed items; the next poll or the daemon reads them.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="The counts as JSON, for programs.")] = False,
) -> None:
    """Poll the sources that are due, read what is new and record it.

    A source that fails is named, and the others go on. The exit status is 1 if one failed. A run that is interrupted
    loses nothing: the next one goes on from there.

    Example: tracker poll --all
    """
    from jobs.json_lines import to_json
    from jobs.store import open_store

    settings = state(ctx).settings
    with open_store(settings) as engine, progress() as bar:
        tally = run(engine, settings, bar, _warn_above(bar), everything=everything, read=not no_read)
        known = tally.feeds or _feeds(engine)
    print(to_json(tally.as_dict()) if as_json else tally.in_words())
    if not known:
        say("There are no sources yet: `tracker sources import --starter --state WI` takes the feeds of a state.")
    if tally.failed:
        raise typer.Exit(1)


def run(
    engine: "Engine",
    settings: "Settings",
    bar: "Progress",
    report: Report,
    *,
    everything: bool = False,
    read: bool = True,
    clock: Callable[[], datetime] = now,
    web: "Callable[[], AbstractAsyncContextManager[Fetcher]] | None" = None,
    in_order: bool = False,
) -> Tally:
    """One poll. Gathering comes first, all hosts at once; reading needs the processor and follows.

    `web` opens the network; without it, the polite client of the settings. `in_order` takes one feed and one article
    after another, so that the same input gives the same ids.
    """
    from jobs.gather.source_context import BY_HAND_S, SourceOptions
    from jobs.reader import has_unread, open_reader, reader_version

    tally, version, reader = Tally(), reader_version(settings), cache(partial(open_reader, settings))
    if _anything_to_gather(engine, clock(), version, everything=everything, read=read):
        options = SourceOptions.of(settings, reader, BY_HAND_S)
        wanted = {"everything": everything, "read": read, "in_order": in_order}
        _gather(engine, settings, bar, report, tally, clock, web, options, **wanted)
    if read and has_unread(engine, version):
        from jobs.opinions.answers import SecondOpinions
        from jobs.reading.batches import read_unread

        opinions = SecondOpinions.of(engine, settings, reader())
        read_unread(engine, reader(), clock, tally, report, bar, opinions=opinions)
    if read:
        from jobs.reading.page import prune

        prune(engine, settings, clock())
    return tally


def _anything_to_gather(engine: "Engine", now: datetime, version: str, *, everything: bool, read: bool) -> bool:
    """Whether there is a feed to poll or, where articles are wanted, an item to fetch or to look at again by the reader
    of a version: asked before what does the work is loaded, which takes longer than the asking."""
    from db.engine import reading
    from db.feeds import feeds, items

    with reading(engine) as opened:
        if feeds.polled(opened) if everything else feeds.due(opened, now):
            return True
        return read and bool(items.items_to_fetch(opened, now, 1) or items.to_screen_again(opened, version, 1))


def _gather(
    engine: "Engine",
    settings: "Settings",
    bar: "Progress",
    report: Report,
    tally: Tally,
    clock: Callable[[], datetime],
    web: "Callable[[], AbstractAsyncContextManager[Fetcher]] | None",
    options: "SourceOptions",
    *,
    everything: bool,
    read: bool,
    in_order: bool,
) -> None:
    import asyncio

    from jobs.gather.conversions import first_screen
    from jobs.gather.gathering import Gatherer
    from jobs.gather.network_tasks import AT_ONCE
    from jobs.network import client

    async def gather() -> None:
        async with web() if web else client(settings, engine) as fetcher:
            screening = first_screen(settings) if read else None
            gatherer = Gatherer(engine, fetcher, clock, report, 1 if in_order else AT_ONCE, screening, options)
            await gatherer.poll(gatherer.due(everything=everything), tally, bar)
            if read:
                await gatherer.fetch(tally, bar)

    asyncio.run(gather())


def _warn_above(bar: "Progress") -> Report:
    """Warnings as lines of their own: above the bar on a terminal, plain otherwise."""

    def report(line: str) -> None:
        if bar.disable:
            warn(line)
        else:
            bar.console.print(f"warning: {one_line(line)}", markup=False, highlight=False, soft_wrap=True)

    return report


def _feeds(engine: "Engine") -> int:
    from db.engine import reading
    from db.feeds import feeds

    with reading(engine) as opened:
        return len(feeds.all_feeds(opened))
