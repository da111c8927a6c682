"""What `tracker feeds` does: looking addresses up, subscribing, OPML in and out."""

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from jobs.choice import known_state
from jobs.console import one_line, progress, warn
from jobs.network import client
from jobs.settings import Settings
from jobs.wire import to_json
from tracker.errors import BadInput, GatherError
from tracker.gather import starter
from tracker.gather.feeds import parse_feed
from tracker.gather.http import GONE, Fetcher
from tracker.gather.opml import OpmlFeed, read_opml, write_opml
from tracker.gather.outage import Listening, Signs, Trust, host_of, in_words, is_ours
from tracker.read.places import gazetteer

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from db.values import Feed


@dataclass(frozen=True)
class Found:
    """A feed that answered: its lasting address and what it says of itself; `items` it holds now."""

    url: str
    title: str
    site: str
    items: int = 0


def home_id(home: str) -> str | None:
    """The OCD id of "Milwaukee, WI", None for nothing. Raises UnknownPlace."""
    return gazetteer.load().parse_home(home).id if home.strip() else None


def look_up(settings: Settings, url: str) -> Found:
    """Fetches one feed. Raises BadInput that says why it cannot be used."""

    async def run() -> Found:
        async with client(settings) as fetcher:
            return await _found(fetcher, url)

    try:
        return asyncio.run(run())
    except GatherError as error:
        raise BadInput(f"{url}: {error}; correct the address, or use --no-check to subscribe all the same") from None


async def _found(fetcher: Fetcher, url: str) -> Found:
    """Raises GatherError."""
    response = await fetcher.get(url)
    if response.status == GONE:
        raise GatherError(url, "the server says that it is gone for good (HTTP 410)")
    feed = parse_feed(response.body, response.url, response.headers.get("content-type", ""))
    return Found(response.permanent_url or url, feed.title, feed.site, len(feed.items))


def subscribe(engine: "Engine", url: str, title: str, site: str, home: str | None) -> "tuple[Feed, bool]":
    """The feed, and whether it is new. Raises BadInput for an address that is none."""
    from db import feeds
    from db.engine import session

    if not url.lower().startswith(("http://", "https://")):
        raise BadInput(f"{one_line(url)[:200]} is no web address; write it with http:// or https://")
    with session(engine) as opened:
        name = "" if title == url else title  # OPML must name every feed, so the address stands in
        return feeds.add(opened, url, datetime.now(UTC), title=name, site=site, home=home)


def opml_feeds(path: str) -> list[OpmlFeed]:
    """The feeds of a subscription list. Raises BadInput."""
    from jobs.articles_in import open_lines

    with open_lines(path) as file:
        return read_opml(file.read())


def starter_feeds(states: Sequence[str]) -> list[OpmlFeed]:
    """The feeds of the catalogue, of all states or of those named in any spelling. Raises BadValue and BadInput."""
    found = []
    for postal in dict.fromkeys(map(known_state, states)) or (None,):
        feeds = starter.starter_feeds(postal)
        if not feeds:
            known = sorted({feed.state for feed in starter.starter_feeds()})
            raise BadInput(f"the catalogue has no feeds of {postal}; it has those of {' '.join(known)}")
        found += [OpmlFeed(feed.url, feed.title, feed.site, feed.home) for feed in feeds]
    return found


def as_opml(feeds: "Iterable[Feed]") -> bytes:
    """The subscriptions as OPML; a retired feed is none any more. Homes are written as people write them."""
    places = gazetteer.load()

    def listed() -> Iterator[OpmlFeed]:
        for feed in feeds:
            if not feed.retired_at:
                home = places.get(feed.home) if feed.home else None
                yield OpmlFeed(feed.url, feed.title, feed.site, home.id if home else "")

    return write_opml(listed())


def check_all(settings: Settings, urls: Sequence[str], *, as_json: bool) -> int:
    """Prints how each feed answers, in the order of the answers, and returns how many did not."""

    signs = Signs()

    async def run() -> int:
        failed = 0
        async with client(settings) as fetcher:
            listening = Listening(fetcher, signs)
            with progress(beside_output=True) as bar:
                task = bar.add_task("checking feeds", total=len(urls))
                for answer in asyncio.as_completed([_check(listening, url) for url in urls]):
                    url, items, error = await answer
                    failed += bool(error)
                    print(_check_line(url, items, error, as_json), flush=True)
                    bar.advance(task)
        return failed

    failed = asyncio.run(run())
    hosts = {host_of(url): Trust.NEW for url in urls}
    if is_ours(hosts, signs.silent.keys(), hosts):
        warn(in_words(signs.silent))
    return failed


async def _check(fetcher: Fetcher, url: str) -> tuple[str, int, str]:
    try:
        return url, (await _found(fetcher, url)).items, ""
    except GatherError as error:
        return url, 0, one_line(error)


def _check_line(url: str, items: int, error: str, as_json: bool) -> str:
    if as_json:
        return to_json({"url": url, "ok": not error, "items": items, "error": error})
    return f"failing  {url}: {error}" if error else f"ok       {url}: {items} items"
