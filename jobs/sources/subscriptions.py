"""What `tracker sources` does: subscribing, whose council a record is, OPML in and out."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from jobs.terminal.console import one_line
from jobs.terminal.options import known_kind, known_state, known_topic
from tracker.errors import BadInput
from tracker.gather.feeds import starter_feeds as starter
from tracker.gather.feeds.opml import OpmlFeed, read_opml, write_opml
from tracker.gather.sources.clients import home_of_client
from tracker.gather.sources.legistar import client_of
from tracker.kinds import Kind, SourceKind
from tracker.read.places import gazetteer

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from db.values import Feed


def home_id(home: str) -> str | None:
    """The OCD id of "Milwaukee, WI", None for nothing. Raises UnknownPlace."""
    return gazetteer.load().parse_home(home).id if home.strip() else None


def subscribe(
    engine: "Engine",
    url: str,
    title: str,
    site: str,
    home: str | None,
    kind: SourceKind = SourceKind.FEED,
    topics: Sequence[str] | None = None,
) -> "tuple[Feed, bool]":
    """The source, and whether it is new. `topics` narrow a record, empty: all of it, None: as it is. Raises BadInput
    for an address that is none, is subscribed to as another kind, or is a council's of which nobody said whose."""
    from db.feeds import feeds
    from db.sessions import session
    from db.sources import councils

    if not url.lower().startswith(("http://", "https://")):
        raise BadInput(f"{one_line(url)[:200]} is no web address; write it with http:// or https://")
    with session(engine) as opened:
        name = "" if title == url else title  # OPML must name every feed, so the address stands in
        now = datetime.now(UTC)
        source, is_new = feeds.add(opened, url, now, title=name, site=site, home=home, kind=kind, topics=topics)
        if source.kind is not kind:
            raise BadInput(f"{url} is subscribed to as {source.kind}; `tracker sources remove {source.id}` ends that")
        if kind is SourceKind.LEGISTAR and not source.home:
            raise BadInput(f"{url}: {home_wanted(likely_home(url))}")
        if topics is not None and not is_new:
            councils.follow(opened, source.id, topics)
        return source, is_new


def subscribe_listed(engine: "Engine", listed: OpmlFeed) -> bool:
    """Subscribes to a source of a list; whether it is new. Raises BadInput."""
    from jobs.sources.lookup import as_written

    kind = known_kind(listed.kind)
    url = as_written(listed.url, kind).url
    topics = list(map(known_topic, listed.topics)) if kind is not SourceKind.FEED else None
    return subscribe(engine, url, listed.title, listed.site, home_id(listed.home), kind, topics)[1]


def home_wanted(likely: str = "") -> str:
    """What to do where nobody said whose council a record is."""
    return f'say whose council it is, with --home "{likely or "City, ST"}"'


def likely_home(url: str) -> str:
    """Whose council a client may be, by its name, to be proposed: "Milwaukee, WI"; empty where nothing is likely."""
    client, places = client_of(url), gazetteer.load()
    if known := home_of_client(client):
        return places.label(known)
    plain = re.sub(r"^(?:the)?cityof|gov$", "", client.lower())
    spaced = re.sub(r"(?<=\w)(?=county$)", " ", plain.replace("-", " "))
    return next((place.label for place in places.named(spaced.title()) if place.kind is not Kind.STATE), "")


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
    """The subscriptions as OPML; a retired source is none any more. Homes are written as people write them."""
    places = gazetteer.load()

    def listed() -> Iterator[OpmlFeed]:
        for feed in feeds:
            if not feed.retired_at:
                home = places.get(feed.home) if feed.home else None
                yield OpmlFeed(feed.url, feed.title, feed.site, home.id if home else "", feed.kind, feed.topics)

    return write_opml(listed())
