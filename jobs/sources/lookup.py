"""`tracker feeds add`: what an address is. A feed is taken; behind a page its feeds are looked for."""

import asyncio
import sys
from collections.abc import Sequence

import typer

from jobs.network import client
from jobs.settings import Settings
from jobs.terminal.console import one_line, say
from jobs.terminal.table import Column
from jobs.terminal.table import show as show_table
from tracker.errors import BadInput
from tracker.gather.feeds.diagnosis import failing
from tracker.gather.feeds.look import FeedProbe, FoundFeed, feeds_behind, probe

COLUMNS = (Column("No", right=True), Column("Items", right=True), Column("Newest"), Column("Feed", ratio=1))
UNCHECKED = "--no-check subscribes to the address as it is"


def look_up(settings: Settings, url: str, *, ask: bool, unchecked: str = UNCHECKED) -> tuple[FoundFeed, str]:
    """(the feed at this address or behind this page, what is to be said of it). Among several a person chooses who can
    be asked. What does not answer just now is taken as it is. Raises BadInput that says why there is none, or which
    there are; `unchecked` is how to subscribe all the same."""
    look = asyncio.run(_look(settings, url))
    if look.feed:
        return look.feed, ""
    if not look.page:
        found = failing(look)
        if not found.passes:
            raise BadInput(f"{url}: {found.says}; {found.remedy}; nothing was added; {unchecked}")
        return FoundFeed(
            url, url, "", "", 0
        ), f"It does not answer just now: {found.says}. It is tried again by itself."
    if not look.feeds:
        raise BadInput(f"{url}: {_found_none(look)}; {unchecked}")
    return _chosen(url, look.feeds, ask)


async def _look(settings: Settings, url: str) -> FeedProbe:
    """A person who waits sees what is asked for: five seconds lie between two requests to a host."""
    tell = say if sys.stderr.isatty() else _nothing
    async with client(settings) as fetcher:
        look = await probe(fetcher, url)
        if look.page:
            tell(f"{url} is a web page; looking for its feeds …")
        return await feeds_behind(fetcher, look, tell)


def _nothing(_line: str) -> None: ...


def _found_none(look: FeedProbe) -> str:
    what = "a page that asks to log in" if look.login else "a web page"
    how = "those that it names do not answer" if look.named else "it names none, and none is at the usual addresses"
    tried = "; ".join(f"{address}: {reason}" for address, reason in look.tried)
    return f"{what}, not a feed, and no feed was found behind it: {how} (tried {tried}); nothing was added"


def _chosen(url: str, feeds: Sequence[FoundFeed], ask: bool) -> tuple[FoundFeed, str]:
    """The only feed of news, or the one that a person names. Comments are no news: they count where nothing else is."""
    news = [feed for feed in feeds if not feed.comments] or list(feeds)
    if len(news) == 1:
        aside = "".join(f"; left aside: {feed.url} (comments)" for feed in feeds if feed.comments and feed not in news)
        return news[0], f"Found a feed behind it: {_named(news[0])}{aside}"
    if not ask:
        told = "; ".join(map(_named, feeds))
        raise BadInput(f"{url} is a page of {len(feeds)} feeds: add one of them by its own address: {told}")
    show_table(COLUMNS, [_cells(number, feed) for number, feed in enumerate(feeds, 1)])
    number = 0
    while not 1 <= number <= len(feeds):
        number = int(typer.prompt(f"Which one (1 to {len(feeds)})?", default=1, type=int))
    return feeds[number - 1], ""


def _named(feed: FoundFeed) -> str:
    """`https://…/feed/ ("The Bugle", 10 items)`."""
    what = [f'"{one_line(feed.title)}"'] if feed.title else []
    what += [f"{feed.items} items", *(["comments"] if feed.comments else [])]
    return f"{feed.url} ({', '.join(what)})"


def _cells(number: int, feed: FoundFeed) -> tuple[str, ...]:
    newest = f"{feed.newest:%Y-%m-%d}" if feed.newest else ""
    title = f"{feed.title} (comments)" if feed.comments else feed.title
    return str(number), str(feed.items), newest, f"{title} {feed.url}".strip()
