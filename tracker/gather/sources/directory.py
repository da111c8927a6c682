"""The directory: what the governments of a place publish, and where; one listing a line. What ships stands in
`data/directory.csv`, with the clients of Legistar and the catalogue of feeds beside it (data/README.md)."""

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from io import StringIO
from urllib.parse import urlsplit

from tracker.characters import as_seen
from tracker.errors import BadInput, BadValue
from tracker.gather.canonical import LONGEST_ADDRESS, address_form, is_of_site
from tracker.gather.feeds.starter_feeds import starter_feeds
from tracker.gather.sources.addresses import kind_of_address, polled_address
from tracker.gather.sources.clients import all_clients
from tracker.kinds import ListingKind, SourceKind
from tracker.model import OcdId
from tracker.nearest import member

MOST_LISTINGS = 20_000
"""Of one file: every county and every town of ten thousand people, each with two."""
COLUMNS = ("home", "place", "kind", "url", "title", "found_in", "answered")


LONGEST_TITLE = 200
"""Characters of a title, and of where a listing was found."""
DOCUMENTS = frozenset({ListingKind.POLICE, ListingKind.SHERIFF, ListingKind.JAIL, ListingKind.POLICIES})


@dataclass(frozen=True, slots=True)
class Listing:
    """`url`: http(s), or legistar:CLIENT. `found_in`: the page that names it, `itself` where a copy of it was seen;
    `answered`: the day on which it was last seen to answer; both empty where that is not known."""

    home: OcdId
    kind: ListingKind
    url: str
    title: str = ""
    found_in: str = ""
    answered: date | None = None

    @property
    def system(self) -> str:
        """The system that publishes it (Granicus), as far as the address tells; else empty."""
        return _system(self.url)

    @property
    def source_kind(self) -> SourceKind | None:
        """As which kind of source it would be polled; None for councils' systems that cannot be."""
        if self.kind in DOCUMENTS:
            return SourceKind.DOCUMENTS
        if self.kind is ListingKind.FEED:
            return SourceKind.FEED
        return SourceKind.LEGISTAR if kind_of_address(self.url) is SourceKind.LEGISTAR else None


def all_listings(own: Iterable[Listing]) -> list[Listing]:
    """All listings, by place and kind. Own ones win over shipped ones of the same address, and over the shipped council
    of their place, since a place has one."""
    mine = {same_listing(one): one for one in own}
    shipped = {same_listing(one): one for one in _shipped() if same_listing(one) not in mine}
    return sorted([*mine.values(), *shipped.values()], key=lambda one: (one.home, list(ListingKind).index(one.kind)))


def of_place(listings: Iterable[Listing], home: str = "", kind: ListingKind | None = None) -> list[Listing]:
    """Those of a place (an OCD id; empty means everywhere) and of what its id holds, as a state's its cities, and of
    the kind, in their order."""
    inside = f"{home}/"
    return [
        one
        for one in listings
        if (not home or one.home == home or one.home.startswith(inside)) and kind in (None, one.kind)
    ]


def as_csv(listings: Iterable[Listing], label_of: Callable[[str], str]) -> str:
    """The lines of a file that `read_listings` takes; `label_of`: an OCD id → the place for people."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in listings:
        day = one.answered.isoformat() if one.answered else ""
        writer.writerow((one.home, label_of(one.home), one.kind, one.url, one.title, one.found_in, day))
    return text.getvalue()


def read_listings(text: str, home_of: Callable[[str], OcdId]) -> tuple[list[Listing], list[str]]:
    """(the listings, what is wrong with the other lines). `home_of`: an OCD id or a place for people → its OCD id;
    raises BadValue for one that is not known. Raises BadInput for a file without the columns."""
    reader = csv.DictReader(StringIO(text.removeprefix("\ufeff"), newline=""))
    missing = {"kind", "url"} - set(_names(reader))
    if missing or not {"home", "place"} & set(_names(reader)):
        raise BadInput(f"this is no directory: its first line must name {', '.join(COLUMNS)}")
    found: dict[tuple[str, str, str], Listing] = {}
    problems: list[str] = []
    for number, row in _rows(reader, problems):
        if len(found) >= MOST_LISTINGS:
            problems.append(f"line {number}: more than {MOST_LISTINGS:,} listings; the rest was not read")
            break
        try:
            one = _listing(row, home_of)
            found[same_listing(one)] = one
        except BadValue as error:
            problems.append(f"line {number}: {error}")
    return list(found.values()), problems


def known_listing_kind(name: str) -> ListingKind:
    """The kind of this name. Raises BadValue with the nearest one."""
    return member(ListingKind, "kind of listing", as_seen(name)[:50])


def _names(reader: "csv.DictReader[str]") -> Sequence[str]:
    try:
        return reader.fieldnames or ()
    except csv.Error:
        return ()


def _rows(reader: "csv.DictReader[str]", problems: list[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """(line, its cells); a line that is no CSV is put down as a problem."""
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            problems.append(f"line {reader.line_num}: {error}")
        else:
            yield reader.line_num, {name: value.strip() for name, value in row.items() if isinstance(value, str)}


def _listing(row: Mapping[str, str], home_of: Callable[[str], OcdId]) -> Listing:
    kind = known_listing_kind(row.get("kind", ""))
    home = home_of(row.get("home", "") or row.get("place", ""))
    url = checked_address(row.get("url", ""), kind)
    title, found_in = (as_seen(row.get(name, ""))[:LONGEST_TITLE] for name in ("title", "found_in"))
    return Listing(home, kind, url, title, found_in, _day(row.get("answered", "")))


def checked_address(url: str, kind: ListingKind) -> str:
    """The address as it is. Raises BadValue for one that is not http(s), too long, or no Legistar client."""
    if kind is ListingKind.COUNCIL and url.lower().startswith("legistar:"):
        polled_address(url, SourceKind.LEGISTAR)
        return url
    if len(url) > LONGEST_ADDRESS:
        raise BadValue(f"an address of {len(url):,} characters; {LONGEST_ADDRESS:,} are the most")
    try:
        parts = urlsplit(url)
        fits = parts.scheme in ("http", "https") and bool(parts.hostname) and as_seen(url) == url and " " not in url
    except ValueError:
        fits = False
    if not fits:
        raise BadValue(f"{as_seen(url)[:100]!r} is no address that begins with http:// or https://")
    return url


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadValue(f"{as_seen(text)[:30]!r} is no day: write 2026-03-01, or nothing") from None


def same_listing(one: Listing) -> tuple[str, str, str]:
    """What makes two listings the same: place, kind and address; a place has one council."""
    if one.kind is ListingKind.COUNCIL:
        return one.home, one.kind, ""
    return one.home, one.kind, address_form(one.url)


@cache
def _shipped() -> tuple[Listing, ...]:
    councils = (Listing(home, ListingKind.COUNCIL, f"legistar:{client}") for home, client in all_clients().items())
    feeds = (Listing(one.home, ListingKind.FEED, one.url, one.title) for one in starter_feeds())
    return (*_own_file(), *councils, *feeds)


def _own_file() -> list[Listing]:
    listings, problems = read_listings(_data("directory.csv"), lambda home: home)
    if problems:
        raise ValueError("; ".join(problems))
    return listings


def _system(url: str) -> str:
    if kind_of_address(url) is SourceKind.LEGISTAR:
        return "Legistar"
    parts = urlsplit(url.lower())
    host = parts.hostname or ""
    for row in _systems():
        of_host = not row["host"] or is_of_site(host, row["host"])
        if of_host and parts.path.startswith(row["path"]):
            return row["system"]
    return ""


@cache
def _systems() -> tuple[Mapping[str, str], ...]:
    return tuple(csv.DictReader(_data("publishing_systems.csv").splitlines()))


def _data(name: str) -> str:
    return files("tracker.gather").joinpath("data", name).read_text(encoding="utf-8")
