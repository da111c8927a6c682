"""What `tracker feeds` does: subscribing, OPML in and out."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from jobs.terminal.console import one_line
from jobs.terminal.options import known_state
from tracker.errors import BadInput
from tracker.gather.feeds import starter_feeds as starter
from tracker.gather.feeds.opml import OpmlFeed, read_opml, write_opml
from tracker.read.places import gazetteer

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from db.values import Feed


def home_id(home: str) -> str | None:
    """The OCD id of "Milwaukee, WI", None for nothing. Raises UnknownPlace."""
    return gazetteer.load().parse_home(home).id if home.strip() else None


def subscribe(engine: "Engine", url: str, title: str, site: str, home: str | None) -> "tuple[Feed, bool]":
    """The feed, and whether it is new. Raises BadInput for an address that is none."""
    from db.feeds import feeds
    from db.sessions import session

    if not url.lower().startswith(("http://", "https://")):
        raise BadInput(f"{one_line(url)[:200]} is no web address; write it with http:// or https://")
    with session(engine) as opened:
        name = "" if title == url else title  # OPML must name every feed, so the address stands in
        return feeds.add(opened, url, datetime.now(UTC), title=name, site=site, home=home)


def opml_feeds(path: str) -> list[OpmlFeed]:
    """The feeds of a subscription list. Raises BadInput."""
    from jobs.json_lines import open_lines

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
