"""Feeds, items and articles: nothing doubled, nothing lost, whatever is run twice."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine

from db.articles import articles
from db.engine import reading
from db.feeds import feeds, items
from db.sessions import session
from db.values import Feed, PollResult, StoredArticle
from support.databases import recording
from tracker.errors import BadInput
from tracker.gather.feeds.parser import FeedItem
from tracker.model import Article, Reading

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
URL = "https://news.example/feed"
MILWAUKEE = "ocd-division/country:us/state:wi/place:milwaukee"


def add_feed(engine: Engine, url: str = URL) -> Feed:
    with session(engine) as opened:
        return feeds.add(opened, url, NOW)[0]


def feed_of(engine: Engine, url: str = URL) -> Feed:
    with reading(engine) as opened:
        found = feeds.by_url(opened, url)
    assert found
    return found


def poll(engine: Engine, **told: object) -> Feed:
    outcome = PollResult.model_validate({"at": NOW, "next_poll": LATER, "interval_s": 3600} | told)
    with session(engine) as opened:
        recording.save_poll(opened, feed_of(engine).id, outcome)
    return feed_of(engine)


def item(name: str, **fields: object) -> FeedItem:
    return FeedItem(guid=name, url=f"https://news.example/{name}", title=f"Title {name}", **fields)  # type: ignore[arg-type]


def news(url: str = "https://news.example/a", text: str = "The council voted.", **fields: object) -> Article:
    return Article.model_validate({"id": "", "url": url, "text": text, "published": "2026-02-28", **fields})


def as_stored(key: int, told: Article) -> StoredArticle:
    return StoredArticle(**told.model_dump() | {"id": str(key), "key": key})


# Feeds


def test_a_feed_is_added_once_and_takes_what_is_said_later(engine: Engine) -> None:
    with session(engine) as opened:
        first, is_new = feeds.add(opened, URL, NOW, title="Daily")
        second, is_new_again = feeds.add(opened, URL, LATER, home=MILWAUKEE)
    assert (is_new, is_new_again) == (True, False)
    assert (second.id, second.title, second.home, second.added_at) == (first.id, "Daily", MILWAUKEE, NOW)


def test_a_new_feed_is_due_at_once_and_the_longest_overdue_comes_first(engine: Engine) -> None:
    with session(engine) as opened:
        for hour in (2, 1, 3):
            feeds.add(opened, f"https://{hour}.example/", NOW + timedelta(hours=hour))
        due = feeds.due(opened, NOW + timedelta(hours=2))
        assert [feed.url for feed in due] == ["https://1.example/", "https://2.example/"]
        assert [feed.id for feed in feeds.polled(opened)] == [2, 1, 3]


def test_a_good_poll_is_heard_and_keeps_what_it_says_nothing_of(engine: Engine) -> None:
    add_feed(engine)
    poll(engine, changed=True, title="Daily", etag='"1"')
    feed = poll(engine, at=LATER)
    assert (feed.title, feed.etag, feed.heard_at, feed.changed_at) == ("Daily", '"1"', LATER, NOW)
    assert (feed.unchanged, feed.errors, feed.state) == (1, 0, "active")


def test_failures_are_counted_until_the_feed_is_heard_again(engine: Engine) -> None:
    add_feed(engine)
    poll(engine, error="the server answered HTTP 503", error_kind="passing")
    failing = poll(engine, error="the server answered HTTP 503", error_kind="passing")
    assert (failing.errors, failing.state, failing.heard_at) == (2, "failing", None)
    heard = poll(engine)
    assert (heard.errors, heard.error, heard.error_kind, heard.state) == (0, "", "", "active")


def test_a_failure_before_its_time_counts_once(engine: Engine) -> None:
    add_feed(engine)
    tries = [poll(engine, error="404", error_kind="hard", early=early).errors for early in (True, True, False, True)]
    assert tries == [1, 1, 2, 2]
    assert poll(engine, early=True).errors == 0


def test_a_retired_feed_is_never_due_stays_visible_and_can_be_added_again(engine: Engine) -> None:
    feed = add_feed(engine)
    with session(engine) as opened:
        feeds.retire(opened, feed.id, NOW, "410 Gone")
        assert feeds.due(opened, NOW + timedelta(days=999)) == ()
        assert [(c.state, c.error) for c in feeds.coverage(opened)] == [("retired", "410 Gone")]
    assert poll(engine).next_poll is None
    with session(engine) as opened:
        revived, is_new = feeds.add(opened, URL, LATER)
    assert (revived.state, revived.next_poll, is_new) == ("active", LATER, False)


def test_a_feed_moves_to_its_new_address(engine: Engine) -> None:
    feed = add_feed(engine)
    with session(engine) as opened:
        assert feeds.move(opened, feed.id, "https://new.example/feed", NOW)
    assert feed_of(engine, "https://new.example/feed").id == feed.id


def test_a_feed_that_moves_onto_another_is_retired(engine: Engine) -> None:
    feed, other = add_feed(engine), add_feed(engine, "https://new.example/feed")
    with session(engine) as opened:
        assert not feeds.move(opened, feed.id, other.url, NOW)
    assert (feed_of(engine).state, feed_of(engine, other.url).state) == ("retired", "active")


def test_removing_a_feed_keeps_the_articles_that_it_brought(engine: Engine) -> None:
    feed = add_feed(engine)
    with session(engine) as opened:
        recording.add_items(opened, feed.id, [item("a")], NOW)
        key, _ = articles.store_article(opened, news(), NOW, feed_id=feed.id)
        assert feeds.remove(opened, URL)
        assert not feeds.remove(opened, URL)
    with reading(engine) as opened:
        assert items.items_to_fetch(opened, LATER, 10) == ()
        assert articles.article(opened, key)


def test_text_that_no_database_can_hold_is_made_storable(engine: Engine) -> None:
    feed = add_feed(engine)
    assert poll(engine, title="Da\x00ily \ud800").title == "Daily \ufffd"
    with session(engine) as opened:
        document = [item("a", summary="x\x00\udfff", published=datetime.fromisoformat("2026-01-01"))]
        recording.add_items(opened, feed.id, document, NOW)
        stored = items.items_to_fetch(opened, NOW, 1)[0]
    assert (stored.summary, stored.published) == ("x\ufffd", datetime(2026, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize("length", [2001, 100_000])
def test_an_address_too_long_for_an_index_is_bad_input(engine: Engine, length: int) -> None:
    url = "https://a.example/".ljust(length, "x")
    with session(engine) as opened:
        with pytest.raises(BadInput, match="longer than 2000 bytes"):
            feeds.add(opened, url, NOW)
        with pytest.raises(BadInput, match="longer than 2000 bytes"):
            articles.store_article(opened, news(url), NOW)


# Items


def test_the_same_document_twice_adds_its_items_once(engine: Engine) -> None:
    feed, document = add_feed(engine), [item("a"), item("b"), item("a")]
    with session(engine) as opened:
        assert recording.add_items(opened, feed.id, document, NOW) == 2
    with session(engine) as opened:
        assert recording.add_items(opened, feed.id, [*document, item("c")], LATER) == 1
        found = items.items_to_fetch(opened, LATER, 10)
    assert [i.title for i in found] == ["Title a", "Title b", "Title c"]


def test_two_feeds_may_bring_the_same_guid(engine: Engine) -> None:
    one, other = add_feed(engine), add_feed(engine, "https://b.example/")
    with session(engine) as opened:
        assert [recording.add_items(opened, feed.id, [item("a")], NOW) for feed in (one, other)] == [1, 1]


def test_an_item_is_known_under_its_rotated_guid_and_then_under_that_alone(engine: Engine) -> None:
    feed = add_feed(engine)
    first = FeedItem(guid="1", url="https://news.example/a", title="A")
    rotated = FeedItem(guid="2", url="https://news.example/a", title="A")
    moved = FeedItem(guid="2", url="https://news.example/moved", title="Another")
    with session(engine) as opened:
        assert [recording.add_items(opened, feed.id, [item], NOW) for item in (first, rotated, moved)] == [1, 0, 0]


def test_two_thousand_items_are_added_at_once(engine: Engine) -> None:
    feed = add_feed(engine)
    with session(engine) as opened:
        document = [item(str(number)) for number in range(2000)]
        assert recording.add_items(opened, feed.id, document, NOW) == 2000
        assert recording.add_items(opened, feed.id, document, NOW) == 0


def test_items_wait_until_their_next_try_and_end_when_nothing_is_left_to_do(engine: Engine) -> None:
    feed = add_feed(engine)
    with session(engine) as opened:
        recording.add_items(opened, feed.id, [item("a"), item("b"), item("d")], NOW)
        a, b, d = items.items_to_fetch(opened, NOW, 10)
        items.fail_item(opened, a.id, "no answer in time", next_try=LATER)
        items.fail_item(opened, b.id, "the page holds no article", next_try=None)
        items.link_item(opened, d.id, articles.store_article(opened, news(), NOW)[0])
    with reading(engine) as opened:
        assert items.items_to_fetch(opened, NOW, 10) == ()
        waiting = items.items_to_fetch(opened, LATER, 10)
    assert [(i.id, i.state, i.tries, i.error) for i in waiting] == [(a.id, "failed", 1, "no answer in time")]


# Articles


def test_an_article_of_two_feeds_is_stored_once(engine: Engine) -> None:
    one, other = add_feed(engine), add_feed(engine, "https://b.example/")
    with session(engine) as opened:
        first = articles.store_article(opened, news(text="As it was"), NOW, feed_id=one.id)
        second = articles.store_article(opened, news(text="Another cut"), NOW, feed_id=other.id)
        stored = articles.article(opened, first[0])
    assert second == (first[0], False)
    assert stored == as_stored(first[0], news(text="As it was"))


def test_an_article_without_a_home_learns_that_of_its_outlet_and_waits_to_be_read_again(engine: Engine) -> None:
    home, other = (f"ocd-division/country:us/state:wi/place:{name}" for name in ("milwaukee", "racine"))
    with session(engine) as opened:
        key, _ = articles.store_article(opened, news(), NOW)
        articles.mark_read(opened, key, READING, "1", NOW)
        articles.learn_home(opened, key, None)
        assert articles.unread(opened, 5) == ()
        articles.store_article(opened, news().model_copy(update={"source_home": home}), NOW)
        (again,) = articles.unread(opened, 5)
        articles.learn_home(opened, key, other)
        assert articles.unread(opened, 5) == (again,)
    assert again.source_home == home


def test_the_outlet_that_an_item_names_and_the_address_of_its_feed_are_kept(engine: Engine) -> None:
    with session(engine) as opened:
        feed, _ = feeds.add(opened, "https://search.example/rss", NOW, title="Search")
        recording.add_items(opened, feed.id, [item("a", publisher="The Ledger"), item("b")], NOW)
        kept = items.items_to_fetch(opened, NOW, 10)
    assert [(one.publisher, one.feed_url) for one in kept] == [("The Ledger", feed.url), ("", feed.url)]


def test_an_article_that_comes_under_another_form_of_its_address_is_the_same(engine: Engine) -> None:
    with session(engine) as opened:
        first = articles.store_article(opened, news("http://www.news.example/a"), NOW)
        again = articles.store_article(opened, news("https://m.news.example/a"), NOW)
        other = articles.store_article(opened, news("https://other.news.example/a"), NOW)
        found = articles.article_id(opened, "https://news.example/a")
    assert (first[1], again, other[1]) == (True, (first[0], False), True)
    assert found == first[0]


def test_an_article_comes_back_as_it_was(engine: Engine) -> None:
    told = news(
        published="2026-02-28T21:30:00-06:00", title="T", publisher="P", source_home=MILWAUKEE, text="Ünïcödé\n\n“x”"
    )
    with session(engine) as opened:
        key, _ = articles.store_article(opened, told, NOW)
    with reading(engine) as opened:
        assert articles.article(opened, key) == as_stored(key, told)
        assert articles.article_id(opened, told.url) == key
        assert articles.article_id(opened, "https://news.example/none") is None


def test_a_corrected_archive_replaces_the_text_and_waits_to_be_read(engine: Engine) -> None:
    with session(engine) as opened:
        key, _ = articles.store_article(opened, news(), NOW)
        articles.mark_read(opened, key, READING, "1", NOW)
        assert articles.store_article(opened, news(), NOW, replace_text=True) == (key, False)
        assert articles.store_article(opened, news(text="Corrected."), NOW, replace_text=True) == (key, True)
        assert [article.text for article in articles.unread(opened, 10)] == ["Corrected."]


READING = Reading(id="", is_change=True, score=0.9, reason="a vote")


def test_articles_are_unread_until_a_reader_read_them(engine: Engine) -> None:
    with session(engine) as opened:
        keys = [articles.store_article(opened, news(f"https://news.example/{n}"), NOW)[0] for n in range(4)]
        assert [article.id for article in articles.unread(opened, 3)] == [str(key) for key in keys[:3]]
        articles.mark_read(opened, keys[0], READING, "1", NOW)
        assert [article.id for article in articles.unread(opened, 9)] == [str(key) for key in keys[1:]]


def test_articles_are_found_by_the_reader_version_that_read_them_last(engine: Engine) -> None:
    with session(engine) as opened:
        for number, version in enumerate(["1", "1", "3", "2", "1", ""]):
            told = news(f"https://news.example/{number}", published=date(2026, 1, 1 + number))
            key, _ = articles.store_article(opened, told, NOW)
            if version:
                articles.mark_read(opened, key, READING, version, NOW)
        assert articles.reader_versions(opened) == ("1", "2", "3")
        assert articles.count_read_by(opened, "1") == 3
        assert articles.count_read_by(opened, "1", since=date(2026, 1, 2)) == 2
        first, second = articles.read_by(opened, "1", since=date(2026, 1, 2))
        assert [first.url, second.url] == ["https://news.example/1", "https://news.example/4"]
        assert articles.read_by(opened, "1", after=first.key, limit=1) == (second,)
        articles.mark_read(opened, first.key, READING, "3", NOW)
        assert articles.count_read_by(opened, "1") == 2


# Former addresses


def test_a_feed_that_moved_is_found_by_each_address_that_it_had(engine: Engine) -> None:
    feed = add_feed(engine)
    with session(engine) as opened:
        feeds.move(opened, feed.id, "https://new.example/feed", NOW)
        feeds.move(opened, feed.id, "https://newest.example/feed", LATER)
    for url in (URL, "https://new.example/feed", "https://newest.example/feed"):
        assert feed_of(engine, url).url == "https://newest.example/feed"
    with session(engine) as opened:
        known = feeds.former_addresses(opened, feed.id)
        assert [(each.url, each.until) for each in known] == [("https://new.example/feed", LATER), (URL, NOW)]
        again, is_new = feeds.add(opened, URL, LATER)
        assert (again.id, is_new) == (feed.id, False)
        assert feeds.remove(opened, URL)
        assert feeds.all_feeds(opened) == ()
        assert feeds.by_url(opened, URL) is None


def test_a_feed_that_moves_there_and_back_has_one_former_address(engine: Engine) -> None:
    feed = add_feed(engine)
    with session(engine) as opened:
        assert feeds.move(opened, feed.id, "https://new.example/feed", NOW)
        assert feeds.move(opened, feed.id, URL, LATER)
        assert [each.url for each in feeds.former_addresses(opened, feed.id)] == ["https://new.example/feed"]
    assert feed_of(engine).url == URL


def test_a_feed_that_moves_to_where_another_was_is_retired(engine: Engine) -> None:
    feed, other = add_feed(engine), add_feed(engine, "https://new.example/feed")
    with session(engine) as opened:
        feeds.move(opened, other.id, "https://newest.example/feed", NOW)
        assert not feeds.move(opened, feed.id, "https://new.example/feed", NOW)
    assert feed_of(engine).state == "retired"
    assert feed_of(engine, "https://newest.example/feed").state == "active"


def test_an_article_is_found_by_an_address_that_led_to_it(engine: Engine) -> None:
    with session(engine) as opened:
        key, _ = articles.store_article(opened, news(title="Council bans tents"), NOW)
        articles.add_address(opened, key, "https://news.example/latest", NOW)
        articles.add_address(opened, key, "https://news.example/" + "x" * 3000, NOW)
        assert articles.article_id(opened, "https://news.example/latest") == key
        assert articles.linked_article(opened, "https://news.example/latest", "COUNCIL bans tents") == key
        assert articles.linked_article(opened, "https://news.example/latest", "Something else") is None, (
            "it may be a live page"
        )
        assert articles.linked_article(opened, "https://news.example/a", "Whatever its headline is today") == key
        assert articles.linked_article(opened, "https://news.example/b", "Council bans tents") is None
