"""A look at an address that somebody names: is it a feed, and if it is a page, which feeds are behind it?

Politely, one request after another, and bounded: the page, at most six feeds that it names, or the usual addresses up
to the first that is one. The client's guard and limits hold for all of them.
"""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from tracker.errors import FeedError, GatherError, HttpStatusError
from tracker.gather.feeds.discovery import LinkedFeed, asks_to_log_in, is_page, linked_feeds, usual_feeds
from tracker.gather.feeds.parser import ParsedFeed, newest, parse_feed
from tracker.gather.feeds.poll import ACCEPT
from tracker.gather.http.client import GONE, Fetcher, Response
from tracker.gather.text.charset import to_text

Tell = Callable[[str], None]
"""Takes one line about what is being done."""


@dataclass(frozen=True, slots=True)
class FoundFeed:
    """A feed that answered. `url` is its lasting address, `asked` the one under which it was found; `newest` the latest
    date of its items. `comments`: it brings what readers say, and no news."""

    asked: str
    url: str
    title: str
    site: str
    items: int
    newest: datetime | None = None
    comments: bool = False


@dataclass(frozen=True, slots=True)
class FeedProbe:
    """What an address answered: `feed` and `parsed`, or `error`. Of a page also its address, the feeds that it names,
    whether it asks to log in, and, once they were tried, the `feeds` that answered and those `tried` in vain, each with
    the reason; `body`: the page as sent."""

    asked: str
    feed: FoundFeed | None = None
    parsed: ParsedFeed | None = None
    error: GatherError | None = None
    page: str = ""
    named: tuple[LinkedFeed, ...] = ()
    login: bool = False
    feeds: tuple[FoundFeed, ...] = ()
    tried: tuple[tuple[str, str], ...] = ()
    body: bytes = b""


async def probe(client: Fetcher, url: str, comments: bool = False) -> FeedProbe:
    """Asks once. Never raises what can be expected."""
    try:
        response = await client.get(url, headers={"Accept": ACCEPT})
        if response.status == GONE:
            raise HttpStatusError(url, GONE)
    except GatherError as error:
        return FeedProbe(url, error=error)
    return await asyncio.to_thread(_read, url, response, comments)


def _read(url: str, response: Response, comments: bool) -> FeedProbe:
    kind = response.headers.get("content-type", "")
    try:
        parsed = parse_feed(response.body, response.url, kind)
    except FeedError as error:
        text = to_text(response.body, kind).strip()
        if not is_page(text):
            return FeedProbe(url, error=error)
        here = response.url
        named = linked_feeds(text, here)  # a page with feeds may have a field for passwords, but is no locked door
        login = not named and asks_to_log_in(text, here)
        return FeedProbe(url, error=error, page=here, named=named, login=login, body=response.body)
    lasting = response.permanent_url or url
    comments = comments or LinkedFeed(lasting, parsed.title).comments
    found = FoundFeed(url, lasting, parsed.title, parsed.site, len(parsed.items), newest(parsed.items), comments)
    return FeedProbe(url, feed=found, parsed=parsed)


async def feeds_behind(client: Fetcher, look: FeedProbe, tell: Tell = lambda _line: None) -> FeedProbe:
    """The look at a page with the feeds behind it: those that it names, else the first at one of the usual addresses.
    News come before comments, full feeds before empty ones, and a feed that stands in two forms counts once."""
    if not look.page:
        return look
    tried, found = list[tuple[str, str]](), dict[object, FoundFeed]()
    for linked in look.named or _usual(look.page):
        if found and not look.named:
            break
        tell(f"looking at {linked.url}")
        answer = await probe(client, linked.url, linked.comments)
        if answer.feed is None or answer.parsed is None:
            tried.append((linked.url, str(answer.error)))
            continue
        links = frozenset(item.url for item in answer.parsed.items)
        found.setdefault(links or answer.feed.url, answer.feed)
    ordered = sorted(found.values(), key=lambda feed: (feed.comments, not feed.items))
    return replace(look, feeds=tuple(ordered), tried=tuple(tried))


def _usual(page: str) -> Iterator[LinkedFeed]:
    return (LinkedFeed(address) for address in usual_feeds(page))
