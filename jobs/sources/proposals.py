"""Which sources watch a place: what the directory knows of its council and its police, feeds of the catalogue, news
searches for it. Decides and proposes; adds nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from db.values import Feed
from tracker.gather.canonical import address_form
from tracker.gather.feeds.searches import engines, general_words, name_of, search_address
from tracker.gather.feeds.starter_feeds import StarterFeed, starter_feeds
from tracker.gather.sources.directory import Listing
from tracker.gather.sources.legistar import api_address, client_of
from tracker.kinds import ListingKind
from tracker.model import Jurisdiction, Kind, SourceKind
from tracker.read.places import gazetteer
from tracker.read.topics import search_words

WELL_KNOWN = 5
"""How many times as many people as the next of its name a place must have for its name alone to mean it in the news."""


@dataclass(frozen=True)
class Proposal:
    """A source that would watch the place. `why` says so in a few words; `wide`: it is of the whole state, and offered;
    `known`: it is subscribed to already; `search`: it is a news search."""

    url: str
    title: str
    site: str
    home: str
    why: str
    wide: bool = False
    known: bool = False
    search: bool = False
    kind: SourceKind = SourceKind.FEED


def proposals(
    place: Jurisdiction, topics: Sequence[str], known: Iterable[Feed], listings: Iterable[Listing]
) -> list[Proposal]:
    """What the directory lists of the place and can be polled first, the council before others; then feeds of outlets,
    the nearest first, then the news searches, one an engine and topic."""
    listed = [_of_listing(one, place) for one in listings if one.home == place.id and _can_be_polled(one)]
    official = [one for one in listed if one.kind is not SourceKind.FEED]
    feeds = [one for one in listed if one.kind is SourceKind.FEED]
    found = _once([*official, *_of_outlets(place), *feeds, *_searches(place, topics)])
    addresses, searched = _known(known)
    return [
        Proposal(**{**vars(one), "known": address_form(one.url) in addresses or (one.home, one.title) in searched})
        for one in found
    ]


def _known(feeds: Iterable[Feed]) -> tuple[frozenset[str], frozenset[tuple[str | None, str]]]:
    """(addresses, (home, title) of searches): a search is the same when later versions word it in another way."""
    polled = [feed for feed in feeds if not feed.retired_at]
    searched = frozenset((feed.home, feed.title) for feed in polled if feed.engine)
    return frozenset(address_form(feed.url) for feed in polled), searched


WHY = {
    ListingKind.COUNCIL: "the council's own record",
    ListingKind.POLICE: "orders of its police",
    ListingKind.SHERIFF: "policies of its sheriff",
    ListingKind.JAIL: "policies of its jail",
    ListingKind.POLICIES: "policies of the place",
    ListingKind.FEED: "a feed that you listed",
}


def _can_be_polled(one: Listing) -> bool:
    return one.source_kind is not None


def _of_listing(one: Listing, place: Jurisdiction) -> Proposal:
    kind, url, title, site = one.source_kind or SourceKind.FEED, one.url, one.title or one.url, ""
    if kind is SourceKind.LEGISTAR:
        url = api_address(one.url) or one.url
        title, site = f"Council record of {place.label}", f"https://{client_of(url)}.legistar.com/"
    elif kind is SourceKind.DOCUMENTS:
        title = f"{title}, {place.label}"
    return Proposal(url, title, site, place.id, WHY[one.kind], kind=kind)


def _once(found: Iterable[Proposal]) -> list[Proposal]:
    """Each address once, by the first that has it: the catalogue says more of a feed than a listing."""
    first: dict[str, Proposal] = {}
    for one in found:
        first.setdefault(address_form(one.url), one)
    return list(first.values())


def _of_outlets(place: Jurisdiction) -> list[Proposal]:
    """The outlets of the place; then those of its county, and, where the place has none, of the other places in it; of
    a county those of its places; last those of the whole state, which are offered."""
    feeds = starter_feeds(place.state)
    own = [feed for feed in feeds if feed.home == place.id]
    places = gazetteer.load()
    county = places.county_of(place.id)
    near = [feed for feed in feeds if _is_near(feed, place, county, alone=not own)]
    wide = [feed for feed in feeds if _is_state(feed.home)] if place.kind is not Kind.STATE else []
    return [
        *(_proposal(feed, "of the place itself") for feed in own),
        *(_proposal(feed, f"of {places.label(feed.home)}") for feed in near),
        *(_proposal(feed, f"of all {places.label(feed.home)}", wide=True) for feed in wide),
    ]


def _is_near(feed: StarterFeed, place: Jurisdiction, county: Jurisdiction | None, *, alone: bool) -> bool:
    if county is None or feed.home == place.id or _is_state(feed.home):
        return False
    if feed.home == county.id:
        return True
    around = gazetteer.load().county_of(feed.home)
    return (alone or place.kind is Kind.COUNTY) and around is not None and around.id == county.id


def _is_state(home: str) -> bool:
    place = gazetteer.load().get(home)
    return place is not None and place.kind is Kind.STATE


def _proposal(feed: StarterFeed, why: str, *, wide: bool = False) -> Proposal:
    return Proposal(feed.url, feed.title, feed.site, feed.home, f"{feed.kind} {why}", wide)


def _searches(place: Jurisdiction, topics: Sequence[str]) -> list[Proposal]:
    must = names(place)
    asked = [(topic, search_words(topic)) for topic in topics] or [("", general_words())]
    return [
        Proposal(
            search_address(engine, must, words),
            f"{engine.name}: {place.label}" + (f", {topic}" if topic else ""),
            "",
            place.id,
            "news search",
            search=True,
        )
        for topic, words in asked
        for engine in engines()
    ]


def names(place: Jurisdiction) -> list[str]:
    """What an article about the place names: its name, and its state too where a state or other places of that name
    are known."""
    if told := name_of(place.id):
        return [told]
    others = [other for other in gazetteer.load().named(place.name) if other.id != place.id]
    alone = place.population >= WELL_KNOWN * max((other.population for other in others), default=0)
    if place.kind is Kind.STATE or (alone and not any(other.kind is Kind.STATE for other in others)):
        return [place.name]
    return [place.name, gazetteer.load().state(place.state).name]
