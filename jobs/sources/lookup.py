"""`tracker sources add`: what an address is. A feed, a council's record or a sheet is taken; behind a page its feeds
and the councils' records that it links are looked for."""

import asyncio
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import typer

from jobs.network import client
from jobs.settings import Settings
from jobs.terminal.console import one_line, say
from jobs.terminal.table import Column
from jobs.terminal.table import show as show_table
from tracker.errors import BadInput
from tracker.gather.feeds.diagnosis import Diagnosis, FeedVerdict, failing
from tracker.gather.feeds.look import FeedProbe, FoundFeed, feeds_behind, probe
from tracker.gather.sources.addresses import kind_of_address, polled_address
from tracker.gather.sources.legistar import api_address, client_of, linked_clients
from tracker.gather.sources.look import look_at
from tracker.kinds import SourceKind

COLUMNS = (Column("No", right=True), Column("Items", right=True), Column("Newest"), Column("Source", ratio=1))
UNCHECKED = "--no-check subscribes to the address as it is"
MOST_COUNCILS = 3
"""Councils that one page may mean: a city's own, its county's, a neighbour's. A page of more is a list of cities."""


@dataclass(frozen=True, slots=True)
class FoundSource:
    """What an address is. `note`: what is to be said of it."""

    kind: SourceKind
    url: str
    title: str = ""
    site: str = ""
    note: str = ""


def as_written(address: str, kind: SourceKind | None) -> FoundSource:
    """The source without a look: of the kind that is named, else of the one that the address tells, else a feed. Raises
    BadValue for an address that cannot be of the kind."""
    kind = kind or kind_of_address(address) or SourceKind.FEED
    return FoundSource(kind, polled_address(address, kind))


def look_up(
    settings: Settings, address: str, kind: SourceKind | None = None, *, ask: bool, unchecked: str = UNCHECKED
) -> FoundSource:
    """The source at this address or behind this page. Among several a person chooses who can be asked. What does not
    answer just now is taken as it is. Raises BadInput that says why there is none, or which there are; `unchecked` is
    how to subscribe all the same."""
    told = as_written(address, kind)
    if told.kind is SourceKind.FEED:
        told = _feed_or_page(settings, address, is_feed=kind is SourceKind.FEED, ask=ask, unchecked=unchecked)
    if told.kind is SourceKind.FEED:
        return told
    return _noted(told, address, asyncio.run(_look(settings, told)), unchecked)


def _noted(found: FoundSource, address: str, seen: Diagnosis, unchecked: str) -> FoundSource:
    """With what a look saw. Raises BadInput where it failed for good."""
    says = "; ".join(filter(None, (seen.says, seen.remedy)))
    if seen.passes:
        return replace(found, note=f"It does not answer just now: {seen.says}. It is tried again by itself.")
    if seen.verdict is FeedVerdict.FAILING:
        raise BadInput(f"{address}: {says}; nothing was added; {unchecked}")
    return replace(found, note=f"{found.url}: {says}.")


async def _look(settings: Settings, found: FoundSource) -> Diagnosis:
    async with client(settings) as fetcher:
        return await look_at(fetcher, found.kind, found.url, token_of(settings, found.url), datetime.now(UTC))


def token_of(settings: Settings, url: str) -> str:
    """The token for a council's API; empty where the settings have none."""
    token = settings.legistar_tokens.get(client_of(url))
    return token.get_secret_value() if token else ""


def _feed_or_page(settings: Settings, url: str, *, is_feed: bool, ask: bool, unchecked: str) -> FoundSource:
    """`is_feed`: a person says so, so that nothing else is looked for."""
    look = asyncio.run(_probe(settings, url))
    if look.feed:
        return _found(look.feed)
    if not look.page:
        return _noted(FoundSource(SourceKind.FEED, url), url, failing(look), unchecked)
    councils = () if is_feed else linked_clients(look.body)
    councils = councils if len(councils) <= MOST_COUNCILS else ()
    if not look.feeds and not councils:
        raise BadInput(f"{url}: {_found_none(look)}; {unchecked}")
    return _chosen(url, look.feeds, councils, ask)


async def _probe(settings: Settings, url: str) -> FeedProbe:
    """A person who waits sees what is asked for: five seconds lie between two requests to a host."""
    tell = say if sys.stderr.isatty() else _nothing
    async with client(settings) as fetcher:
        look = await probe(fetcher, url)
        if look.page:
            tell(f"{url} is a web page; looking for its feeds …")
        return await feeds_behind(fetcher, look, tell)


def _nothing(_line: str) -> None: ...


def _found(feed: FoundFeed, note: str = "") -> FoundSource:
    return FoundSource(SourceKind.FEED, feed.url, feed.title, feed.site, note)


def _found_none(look: FeedProbe) -> str:
    what = "a page that asks to log in" if look.login else "a web page"
    how = "those that it names do not answer" if look.named else "it names none, and none is at the usual addresses"
    tried = "; ".join(f"{address}: {reason}" for address, reason in look.tried)
    return f"{what}, not a feed, and no feed was found behind it: {how} (tried {tried}); nothing was added"


def _chosen(url: str, feeds: Sequence[FoundFeed], councils: Sequence[str], ask: bool) -> FoundSource:
    """The only source, or the one that a person names. Comments are no news: they count where nothing else is. Where
    nobody can be asked the only feed is taken, and the councils are named."""
    news = [feed for feed in feeds if not feed.comments] or list(feeds)
    records = [f"the record legistar:{name} (`tracker sources add legistar:{name}`)" for name in councils]
    if len(news) == 1 and not (ask and councils):
        aside = [f"{feed.url} (comments)" for feed in feeds if feed.comments and feed not in news]
        left = "".join(f"; left aside: {one}" for one in (*aside, *records))
        return _found(news[0], f"Found a feed behind it: {_named(news[0])}{left}")
    if not ask:
        told = "; ".join((*map(_named, news), *records))
        what = f"{len(news)} feeds" if news else "no feed that is found"
        linked = ", and links the record of a council" if records else ""
        raise BadInput(f"{url} is a page of {what}{linked}: add one of them by its own address: {told}")
    number = _asked(news, councils)
    return _found(news[number]) if number < len(news) else _council(councils[number - len(news)])


def _council(name: str) -> FoundSource:
    address = f"legistar:{name}"
    return FoundSource(SourceKind.LEGISTAR, api_address(address) or address)


def _asked(news: Sequence[FoundFeed], councils: Sequence[str]) -> int:
    """The place of the one that a person names, councils counted after feeds."""
    rows = [_cells(number, feed) for number, feed in enumerate(news, 1)]
    rows += [
        (str(number), "", "", f"a council's record, legistar:{name}")
        for number, name in enumerate(councils, len(news) + 1)
    ]
    show_table(COLUMNS, rows)
    number = 0
    while not 1 <= number <= len(rows):
        number = int(typer.prompt(f"Which one (1 to {len(rows)})?", default=1, type=int))
    return number - 1


def _named(feed: FoundFeed) -> str:
    """`https://…/feed/ ("The Bugle", 10 items)`."""
    what = [f'"{one_line(feed.title)}"'] if feed.title else []
    what += [f"{feed.items} items", *(["comments"] if feed.comments else [])]
    return f"{feed.url} ({', '.join(what)})"


def _cells(number: int, feed: FoundFeed) -> tuple[str, ...]:
    newest = f"{feed.newest:%Y-%m-%d}" if feed.newest else ""
    title = f"{feed.title} (comments)" if feed.comments else feed.title
    return str(number), str(feed.items), newest, f"{title} {feed.url}".strip()
