"""The directory: what ships, what a file of listings may hold, whose listing wins."""

import csv
from collections import Counter
from datetime import date
from importlib.resources import files
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.errors import BadInput
from tracker.gather.canonical import address_form
from tracker.gather.sources.directory import (
    DOCUMENTS,
    MOST_LISTINGS,
    Listing,
    ListingKind,
    all_listings,
    as_csv,
    of_place,
    read_listings,
)
from tracker.kinds import SourceKind
from tracker.read.places import gazetteer

PLACES = gazetteer.load()
MILWAUKEE = PLACES.parse_home("Milwaukee, WI").id
HEAD = "home,place,kind,url,title,found_in,answered\n"


def home_of(place: str) -> str:
    return PLACES.parse_home(place).id


def label_of(home: str) -> str:
    place = PLACES.get(home)
    assert place is not None
    return place.label


def read(*lines: str) -> tuple[list[Listing], list[str]]:
    return read_listings(HEAD + "\n".join(lines), home_of)


def test_every_row_that_ships_names_a_place_of_the_gazetteer_and_no_address_twice() -> None:
    text = files("tracker.gather").joinpath("data", "directory.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(StringIO(text)))
    listings, problems = read_listings(text, home_of)
    assert problems == []
    assert len(listings) == len(rows)
    assert [one.home for one in listings] == [row["home"] for row in rows]
    assert [label_of(row["home"]) for row in rows] == [row["place"] for row in rows]
    assert len({(row["kind"], address_form(row["url"])) for row in rows}) == len(rows)
    assert all(row["title"] and row["found_in"] for row in rows)


def test_the_whole_directory_has_councils_documents_and_feeds_of_hundreds_of_place() -> None:
    listings = all_listings(())
    kinds = Counter(one.kind for one in listings)
    assert kinds[ListingKind.COUNCIL] > 250
    assert sum(kinds[kind] for kind in DOCUMENTS) >= 80
    assert kinds[ListingKind.FEED] > 500
    assert all(PLACES.get(one.home) for one in listings)
    councils = Counter(one.home for one in listings if one.kind is ListingKind.COUNCIL)
    assert set(councils.values()) == {1}


def test_a_place_is_shown_by_kind() -> None:
    own = of_place(all_listings(()), MILWAUKEE)
    assert own[0].url == "legistar:milwaukee"
    assert {one.kind for one in own} == {ListingKind.COUNCIL, ListingKind.FEED}
    assert of_place(own, MILWAUKEE, ListingKind.POLICE) == []
    state = of_place(all_listings(()), home_of("Wisconsin"), ListingKind.POLICE)
    assert home_of("Madison, WI") in {one.home for one in state}
    assert {label_of(one.home)[-4:] for one in state} == {", WI"}


@pytest.mark.parametrize(
    ("kind", "url", "system", "source"),
    [
        ("council", "legistar:milwaukee", "Legistar", SourceKind.LEGISTAR),
        ("council", "https://racine.legistar.com/", "Legistar", SourceKind.LEGISTAR),
        ("council", "https://town.portal.civicclerk.com/", "CivicClerk", None),
        ("council", "https://www.town.example/AgendaCenter/Council-2", "CivicPlus", None),
        ("council", "https://legistar.com.example/", "", None),
        ("police", "https://public.powerdms.com/TOWN", "PowerDMS", SourceKind.DOCUMENTS),
        ("jail", "https://www.town.example/jail.pdf", "", SourceKind.DOCUMENTS),
        ("feed", "https://www.town.example/feed", "", SourceKind.FEED),
    ],
)
def test_the_address_tells_the_system_and_what_can_be_polled(
    kind: str, url: str, system: str, source: SourceKind | None
) -> None:
    one = Listing(MILWAUKEE, ListingKind(kind), url)
    assert (one.system, one.source_kind) == (system, source)


def test_what_is_written_is_read_again() -> None:
    listings = [
        Listing(MILWAUKEE, ListingKind.POLICE, "https://a.example/x?a=1&copy=2", 'Orders, "all"', "itself"),
        Listing(MILWAUKEE, ListingKind.COUNCIL, "legistar:milwaukee", answered=date(2026, 3, 1)),
    ]
    assert read_listings(as_csv(listings, label_of), home_of) == (listings, [])


def test_a_place_may_stand_by_its_name_alone() -> None:
    listings, problems = read_listings('place,kind,url\n"Milwaukee, WI",jail,https://a.example/\n', home_of)
    assert listings == [Listing(MILWAUKEE, ListingKind.JAIL, "https://a.example/")]
    assert problems == []


def test_bad_lines_are_named_and_the_others_taken() -> None:
    listings, problems = read(
        f"{MILWAUKEE},,police,https://a.example/,,,",
        '"Atlantis, WI",,police,https://a.example/,,,',
        f"{MILWAUKEE},,library,https://a.example/,,,",
        f"{MILWAUKEE},,police,ftp://a.example/,,,",
        f"{MILWAUKEE},,police,https://[/,,,",
        f"{MILWAUKEE},,police,legistar:milwaukee,,,",
        f"{MILWAUKEE},,council,legistar:no client,,,",
        f"{MILWAUKEE},,police,https://a.example/{'x' * 3000},,,",
        f"{MILWAUKEE},,jail,https://a.example/,,,1 March",
        f"{MILWAUKEE},,jail",
        f"{MILWAUKEE},,jail,https://b.example/,,,2026-03-01",
    )
    assert [one.url for one in listings] == ["https://a.example/", "https://b.example/"]
    assert [problem.partition(":")[0] for problem in problems] == [f"line {number}" for number in range(3, 12)]


def test_a_file_of_something_else_is_refused() -> None:
    for text in ("", "url,title\nhttps://a.example/,x\n", "<opml/>", "home,kind,url\0\n"):
        with pytest.raises(BadInput, match="no directory"):
            read_listings(text, home_of)


def test_a_file_has_an_end() -> None:
    lines = (f"{MILWAUKEE},police,https://a.example/{number}" for number in range(MOST_LISTINGS + 5))
    listings, problems = read_listings("home,kind,url\n" + "\n".join(lines), lambda home: home)
    assert len(listings) == MOST_LISTINGS
    assert len(problems) == 1


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_whatever_stands_in_a_file_is_read_or_named(text: str) -> None:
    listings, problems = read_listings(HEAD + text, home_of)
    assert len(listings) + len(problems) <= text.count("\n") + text.count("\r") + 1


def test_ones_own_listing_wins_over_the_shipped_one() -> None:
    council = Listing(MILWAUKEE, ListingKind.COUNCIL, "https://town.granicus.com/")
    shipped = next(one for one in all_listings(()) if one.kind is ListingKind.POLICE)
    police = Listing(shipped.home, ListingKind.POLICE, shipped.url, "Ours", answered=date(2026, 3, 1))
    other = Listing(shipped.home, ListingKind.POLICE, "https://a.example/other")
    listings = all_listings((council, police, other))
    assert len(listings) == len(all_listings(())) + 1
    assert of_place(listings, MILWAUKEE, ListingKind.COUNCIL) == [council]
    assert police in listings
    assert shipped not in listings
    assert other in listings
