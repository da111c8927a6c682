"""Listings that users added are kept, and replaced by their new form."""

from datetime import UTC, date, datetime

from sqlalchemy import Engine

from db.engine import reading
from db.sessions import session
from db.sources import listings
from tracker.gather.sources.directory import Listing
from tracker.kinds import ListingKind

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
MILWAUKEE = "ocd-division/country:us/state:wi/place:milwaukee"


def test_listings_are_kept_and_a_newer_one_of_the_same_takes_its_place(engine: Engine) -> None:
    police = Listing(MILWAUKEE, ListingKind.POLICE, "http://www.a.example/orders/", "Orders", "https://b.example/")
    moved = Listing(MILWAUKEE, ListingKind.POLICE, "https://a.example/orders", "Orders", answered=date(2026, 3, 1))
    council = Listing(MILWAUKEE, ListingKind.COUNCIL, "legistar:milwaukee")
    other = Listing(MILWAUKEE, ListingKind.COUNCIL, "https://town.granicus.com/")
    jail = Listing(MILWAUKEE, ListingKind.JAIL, "https://a.example/orders", "Half a character: \ud800")
    for added in ([police, council], [moved, other, jail], [moved, other, jail], []):
        with session(engine) as opened:
            listings.save(opened, added, NOW)
    with reading(engine) as opened:
        kept = listings.own_listings(opened)
    assert kept[0] == other
    assert kept[1].url == jail.url
    assert kept[2:] == [moved]
