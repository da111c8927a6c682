"""Listings of the directory on the terminal and in files; what subscriptions say in the directory's words."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import UTC

from sqlmodel import Session

from db.feeds import feeds
from db.sources import listings as stored_listings
from db.values import Feed
from jobs.json_lines import open_lines, to_json
from jobs.terminal.table import Column
from jobs.terminal.table import show as show_table
from tracker.errors import BadInput
from tracker.gather.canonical import address_form
from tracker.gather.sources.directory import (
    DOCUMENTS,
    Listing,
    all_listings,
    read_listings,
    same_listing,
)
from tracker.gather.sources.legistar import api_address, client_of
from tracker.kinds import ListingKind, SourceKind
from tracker.read.places import gazetteer

MOST_BYTES = 20_000_000
"""Of a file to import: the most listings, each ten times as long as usual."""
OF_SOURCE = {
    SourceKind.FEED: ListingKind.FEED,
    SourceKind.LEGISTAR: ListingKind.COUNCIL,
    SourceKind.DOCUMENTS: ListingKind.POLICIES,
}
"""What a subscription is in the directory; the sheet of 287(g) agreements is of no place."""
COLUMNS = (
    *(Column(name) for name in ("Place", "Kind", "System")),
    Column("Listing", ratio=1),
    Column("Address", below=True),
    Column("Found in", below=True, lead="found in "),
    Column("Answered", below=True, lead="answered "),
)


def place_id(place: str) -> str:
    """The OCD id of "Milwaukee, WI"; empty for nothing. Raises UnknownPlace."""
    return gazetteer.load().parse_home(place).id if place.strip() else ""


def subscribed_addresses(session: Session) -> frozenset[str]:
    """The forms of the addresses that are subscribed to."""
    return frozenset(address_form(one.url) for one in feeds.all_feeds(session) if not one.retired_at)


def added(session: Session) -> list[Listing]:
    """What users added: what was imported, and the subscriptions that have a home, with the day of their last answer.
    What was imported says more, and is kept."""
    imported = stored_listings.own_listings(session)
    known = {(one.home, address_form(one.url)): one for one in all_listings(imported) if one.kind in DOCUMENTS}
    merged = {same_listing(one): one for one in imported}
    for source in feeds.all_feeds(session):
        if _is_listed(source):
            here = _of_subscription(source, known)
            there = merged.setdefault(same_listing(here), here)
            if address_form(there.url) == address_form(here.url):
                merged[same_listing(here)] = replace(there, answered=here.answered or there.answered)
    return sorted(merged.values(), key=lambda one: (one.home, one.kind, one.url))


def _is_listed(source: Feed) -> bool:
    """A news search is of no government and of no outlet."""
    return bool(source.home) and source.kind in OF_SOURCE and not source.engine and not source.retired_at


def _of_subscription(source: Feed, known: dict[tuple[str, str], Listing]) -> Listing:
    """Documents keep the kind that the directory has them under."""
    home, day = source.home or "", source.heard_at.astimezone(UTC).date() if source.heard_at else None
    listed = known.get((home, address_form(source.url)))
    kind = listed.kind if listed and source.kind is SourceKind.DOCUMENTS else OF_SOURCE[source.kind]
    url = _short(source.url) if source.kind is SourceKind.LEGISTAR else source.url
    if listed and kind is listed.kind:
        return replace(listed, answered=day)
    return Listing(home, kind, url, source.title, answered=day)


def _short(url: str) -> str:
    """`legistar:milwaukee` for the API's own address of it."""
    short = f"legistar:{client_of(url)}"
    return short if api_address(short) == url else url


def from_file(path: str) -> tuple[list[Listing], list[str]]:
    """(the listings of a file, what is wrong with its other lines). Raises BadInput."""
    with open_lines(path) as file:
        content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise BadInput(f"{path}: more than {MOST_BYTES // 1_000_000} MB; split the file")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(f"{path}: not UTF-8 (byte {error.start}); save it as CSV in UTF-8") from None
    places = gazetteer.load()
    return read_listings(text, lambda place: places.parse_home(place).id)


def show(found: Sequence[Listing], imported: Iterable[Listing], subscribed: Collection[str], *, as_json: bool) -> None:
    """Prints listings: a table for people, JSON lines for programs."""
    ours = {same_listing(one) for one in imported}
    if as_json:
        for one in found:
            print(to_json(_record(one, same_listing(one) in ours, _is_subscribed(one, subscribed))))
    elif found:
        show_table(COLUMNS, [_cells(one) for one in found])
    else:
        print("Nothing is known to be published there. `tracker sources directory import` takes what you know.")


def _is_subscribed(one: Listing, subscribed: Collection[str]) -> bool:
    polled = api_address(one.url) if one.source_kind is SourceKind.LEGISTAR else one.url
    return address_form(polled or one.url) in subscribed


def _record(one: Listing, is_own: bool, is_subscribed: bool) -> dict[str, object]:
    """For programs: `polled_as` is null where sources of this system cannot be polled."""
    return {
        "home": one.home,
        "place": gazetteer.load().label(one.home),
        "kind": one.kind.value,
        "system": one.system,
        "url": one.url,
        "title": one.title,
        "found_in": one.found_in,
        "answered": one.answered.isoformat() if one.answered else None,
        "polled_as": one.source_kind.value if one.source_kind else None,
        "own": is_own,
        "subscribed": is_subscribed,
    }


def _cells(one: Listing) -> tuple[str, ...]:
    day = one.answered.isoformat() if one.answered else ""
    return gazetteer.load().label(one.home), one.kind, one.system, one.title, one.url, one.found_in, day
