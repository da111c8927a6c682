"""Which feeds watch a place."""

from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from db.values import Feed
from jobs.sources.proposals import Proposal, names, proposals
from tracker.gather.feeds.searches import engines
from tracker.gather.feeds.starter_feeds import starter_feeds
from tracker.gather.sources.directory import Listing, all_listings
from tracker.kinds import ListingKind, SourceKind
from tracker.read.places import gazetteer

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
PLACES = gazetteer.load()
MILWAUKEE = PLACES.parse_home("Milwaukee, WI")


def proposed(place: str, *topics: str, known: tuple[Feed, ...] = (), own: tuple[Listing, ...] = ()) -> list[Proposal]:
    return proposals(PLACES.parse_home(place), topics, known, all_listings(own))


def test_the_outlets_of_the_place_come_first_then_the_searches_and_those_of_the_state_are_offered() -> None:
    found = [one for one in proposed("Milwaukee, WI", "immigration") if one.kind is SourceKind.FEED]
    own = [feed.url for feed in starter_feeds("WI") if feed.home == MILWAUKEE.id]
    assert own == [one.url for one in found][: len(own)]
    assert len(own) > 3
    searches = [one for one in found if one.search]
    assert found[-len(searches) :] == searches
    assert [one.title for one in searches] == [
        "Google News: Milwaukee, WI, immigration",
        "Bing News: Milwaukee, WI, immigration",
    ]
    assert {one.home for one in searches} == {MILWAUKEE.id}
    assert {one.home for one in found if one.wide} == {PLACES.state("WI").id}


def test_a_place_without_outlets_is_watched_by_those_of_its_county() -> None:
    homes = {one.home for one in proposed("Wauwatosa, WI") if not one.wide and not one.search}
    assert homes == {MILWAUKEE.id}


def test_a_county_is_watched_by_the_outlets_of_its_places() -> None:
    homes = {one.home for one in proposed("Dane County, WI") if not one.wide and not one.search}
    assert PLACES.parse_home("Madison, WI").id in homes
    assert MILWAUKEE.id not in homes


def test_a_large_city_is_not_watched_by_those_of_its_suburbs() -> None:
    homes = {one.home for one in proposed("Los Angeles, CA") if not one.wide and not one.search}
    assert homes <= {PLACES.parse_home(name).id for name in ("Los Angeles, CA", "Los Angeles County, CA")}


def test_a_state_is_watched_by_the_outlets_of_all_of_it() -> None:
    found = proposed("Wisconsin")
    assert {one.home for one in found} == {PLACES.state("WI").id}
    assert not any(one.wide for one in found)


def test_every_topic_has_its_own_search_and_none_a_general_one() -> None:
    searches = [one for one in proposed("Milwaukee, WI", "drugs", "oversight") if one.search]
    assert len({one.url for one in searches}) == 2 * len(engines())
    (general, *_) = [one for one in proposed("Milwaukee, WI") if one.search]
    assert general.title == "Google News: Milwaukee, WI"
    assert "ordinance" in parse_qs(urlsplit(general.url).query)["q"][0]


def test_what_is_subscribed_to_is_known_in_any_form() -> None:
    before = proposed("Milwaukee, WI", "immigration")
    feeds = (
        subscription(before[0].url.replace("https://www.", "http://").rstrip("/")),
        subscription("https://www.bing.com/news/search?q=older+words&format=rss", before[-1].title),
        subscription(before[1].url, retired_at=NOW),
    )
    known = [one.title for one in proposed("Milwaukee, WI", "immigration", known=feeds) if one.known]
    assert known == [before[0].title, before[-1].title]


def subscription(url: str, title: str = "", **fields: object) -> Feed:
    return Feed.model_validate({"url": url, "title": title, "home": MILWAUKEE.id, "added_at": NOW} | fields)


@pytest.mark.parametrize(
    ("place", "asked"),
    [
        ("Milwaukee, WI", ["Milwaukee"]),
        ("Springfield, IL", ["Springfield", "Illinois"]),
        ("Portland, OR", ["Portland"]),
        ("Portland, ME", ["Portland", "Maine"]),
        ("Dane County, WI", ["Dane County"]),
        ("Washington County, WI", ["Washington County", "Wisconsin"]),
        ("Wisconsin", ["Wisconsin"]),
        ("Washington, DC", ["D.C."]),
        ("Washington", ["Washington"]),
        ("Nevada, MO", ["Nevada", "Missouri"]),
        ("New York, NY", ["New York City"]),
    ],
)
def test_the_state_is_asked_for_where_the_name_alone_may_mean_another_place(place: str, asked: list[str]) -> None:
    assert names(PLACES.parse_home(place)) == asked


def test_the_councils_record_is_proposed_where_its_client_is_known() -> None:
    (record,) = [one for one in proposed("Milwaukee, WI") if one.kind is SourceKind.LEGISTAR]
    assert (record.url, record.home) == ("https://webapi.legistar.com/v1/milwaukee", MILWAUKEE.id)
    assert not [one for one in proposed("Wausau, WI") if one.kind is SourceKind.LEGISTAR]


def test_what_a_user_listed_is_proposed_as_far_as_it_can_be_polled() -> None:
    police = Listing(MILWAUKEE.id, ListingKind.POLICE, "https://a.example/orders", "Orders")
    jail = Listing(MILWAUKEE.id, ListingKind.JAIL, "https://a.example/jail")
    feed = Listing(MILWAUKEE.id, ListingKind.FEED, "https://a.example/feed", "The Bugle")
    known_feed = Listing(MILWAUKEE.id, ListingKind.FEED, starter_feeds("WI")[0].url, "Ours")
    found = proposed("Milwaukee, WI", own=(police, jail, feed, known_feed))
    documents = [(one.why, one.title) for one in found if one.kind is SourceKind.DOCUMENTS]
    listed = [
        ("orders of its police", "Orders, Milwaukee, WI"),
        ("policies of its jail", "https://a.example/jail, Milwaukee, WI"),
    ]
    assert documents == listed
    assert found[0].kind is SourceKind.LEGISTAR
    assert [one.why for one in found if one.url == feed.url] == ["a feed that you listed"]
    assert len({one.url for one in found}) == len(found)


def test_a_council_elsewhere_takes_the_place_of_its_client() -> None:
    moved = Listing(MILWAUKEE.id, ListingKind.COUNCIL, "https://town.granicus.com/ViewPublisher.php?view_id=1")
    assert SourceKind.LEGISTAR in {one.kind for one in proposed("Milwaukee, WI")}
    assert SourceKind.LEGISTAR not in {one.kind for one in proposed("Milwaukee, WI", own=(moved,))}


def test_the_documents_of_other_places_of_a_state_are_not_proposed_for_it() -> None:
    assert {one.kind for one in proposed("Wisconsin")} == {SourceKind.FEED}
