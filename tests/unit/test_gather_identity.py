"""Which item is which when feeds repeat, rotate or lack guids."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from tracker.gather.feeds.identity import KnownItem, keys, new_items
from tracker.gather.feeds.identity import identify as identify_keys
from tracker.gather.feeds.parser import FeedItem

JULY_4 = datetime(2017, 7, 4, 15, 30, tzinfo=UTC)
STORY = FeedItem("g1", "https://a.example/1", "Board votes", published=JULY_4)
OTHER = FeedItem("g2", "https://a.example/2", "Council votes", published=JULY_4)


def identify(items: Sequence[FeedItem], known: Sequence[KnownItem] = ()) -> tuple[str, ...]:
    return identify_keys([keys(item) for item in items], known)


def recorded(*items: FeedItem) -> list[KnownItem]:
    """What a first poll of these items leaves in the database."""
    return [
        KnownItem(identity, frozenset(key for key in keys(item) if key))
        for identity, item in zip(identify(items), items, strict=True)
    ]


def is_known(item: FeedItem, *before: FeedItem, beside: tuple[FeedItem, ...] = ()) -> bool:
    known = recorded(*before)
    return identify((item, *beside), known)[0] in {entry.identity for entry in known}


def test_the_guid_names_an_item_whatever_else_changes() -> None:
    edited = replace(STORY, url="https://a.example/moved", title="Board votes again", published=None)
    assert is_known(edited, STORY, OTHER)


def test_a_new_guid_under_the_same_link_and_date_is_the_same_item() -> None:
    assert is_known(replace(STORY, guid="rotated-77", title="Board votes (updated)"), STORY, OTHER)


def test_an_item_with_another_link_is_new() -> None:
    assert not is_known(replace(STORY, guid="g3", url="https://a.example/3"), STORY, OTHER)


def test_an_item_with_the_same_link_and_another_date_is_new() -> None:
    assert not is_known(replace(STORY, guid="g3", published=JULY_4 + timedelta(days=7)), STORY)


def test_a_page_that_shows_another_item_every_week_is_no_rotated_guid() -> None:
    first = FeedItem("may-1", "https://a.example/agenda", "Meeting of May 1")
    assert not is_known(FeedItem("may-8", "https://a.example/agenda", "Meeting of May 8"), first)
    assert is_known(replace(first, guid="rotated"), first)


def test_the_same_moment_in_another_zone_is_the_same_date() -> None:
    chicago = JULY_4.astimezone(timezone(timedelta(hours=-5)))
    assert is_known(replace(STORY, guid="", published=chicago), replace(STORY, guid=""))


def test_tracking_parameters_do_not_make_an_item_new() -> None:
    assert is_known(replace(STORY, guid="", url=STORY.url + "?utm_source=rss"), replace(STORY, guid=""))


def test_a_guid_that_every_item_repeats_counts_for_nothing() -> None:
    first, second = replace(STORY, guid="0"), replace(OTHER, guid="0")
    assert len(set(identify([first, second]))) == 2
    assert is_known(second, first, second, beside=(first,))


def test_items_that_share_guid_and_link_are_told_apart_by_title() -> None:
    page = "https://a.example/agenda"
    first = FeedItem("0", page, "Meeting of May 1")
    second = FeedItem("0", page, "Meeting of May 8")
    assert len(set(identify([first, second]))) == 2
    assert is_known(second, first, second, beside=(first,))
    assert not is_known(replace(first, title="Meeting of May 15"), first, second, beside=(second,))


def test_without_guid_and_link_the_title_and_text_are_all_there_is() -> None:
    first, second = FeedItem("", "", "", summary="One."), FeedItem("", "", "", summary="Two.")
    assert len(set(identify([first, second, first]))) == 2


def test_a_guid_that_rotates_at_every_poll_never_brings_an_item_twice() -> None:
    items = [FeedItem(f"poll0-{n}", f"https://a.example/{n}", f"Story {n}", published=JULY_4) for n in range(20)]
    known = recorded(*items)
    for poll in range(1, 4):
        again = [replace(item, guid=f"poll{poll}-{n}") for n, item in enumerate(items)]
        assert set(identify(again, known)) == {entry.identity for entry in known}


TEXTS = st.sampled_from(["", "0", "1", "https://a.example/1", "https://a.example/2", "x\x1fy"])
ITEMS = st.builds(
    FeedItem,
    guid=TEXTS,
    url=st.sampled_from(["", "https://a.example/1", "https://a.example/2"]),
    title=TEXTS,
    published=st.sampled_from([None, JULY_4]),
)


@given(st.lists(ITEMS, max_size=8), st.randoms())
def test_a_second_poll_of_the_same_document_in_any_order_brings_nothing_new(items: list[FeedItem], rng: object) -> None:
    known = recorded(*items)
    rng.shuffle(items)  # type: ignore[attr-defined]
    assert set(identify(items, known)) <= {entry.identity for entry in known}


@given(st.lists(ITEMS, max_size=8))
def test_identities_are_short_and_the_same_every_time(items: list[FeedItem]) -> None:
    assert identify(items) == identify(list(items))
    assert all(len(identity) == 25 for identity in identify(items))


def test_what_is_new_is_told_once_and_every_key_that_is_not_noted() -> None:
    rotated = replace(STORY, guid="rotated")
    found = new_items((rotated, OTHER, OTHER), [keys(item) for item in (rotated, OTHER, OTHER)], recorded(STORY))
    assert [(new.identity, new.item) for new in found.items] == [(keys(OTHER)[0], OTHER)]
    assert found.keys == ((keys(STORY)[0], keys(rotated)[0]), *((keys(OTHER)[0], key) for key in keys(OTHER)))
