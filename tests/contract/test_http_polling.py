"""Polling and fetching articles over real HTTP: what each answer of a server makes of a feed and of its items."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from tracker.errors import FeedError, GatherError, HttpStatusError, PageError, RobotsRefused, Unheard
from tracker.gather.article import FeedOfItem, FetchedArticle, fetch_article
from tracker.gather.feeds.document import FeedDocument, read_document
from tracker.gather.feeds.identity import KnownItem, keys
from tracker.gather.feeds.parser import FeedItem
from tracker.gather.feeds.poll import (
    WHOLE_EVERY,
    BodyChange,
    ChangedFeed,
    FeedFailed,
    FeedPolled,
    ask_feed,
    feed_polled,
)
from tracker.gather.http.client import Client
from tracker.gather.http.robots import Robots
from tracker.gather.schedule import FailureKind, FeedState, kind_of, kind_of_page
from tracker.model import Article

NOW = datetime(2019, 5, 8, 15, 0, tzinfo=UTC)
HOUR = 3600.0
NEVER_POLLED = FeedState("")
Handler = Callable[[web.Request], web.StreamResponse]


@asynccontextmanager
async def site(**pages: Handler | str) -> AsyncIterator[str]:
    """Serves each page under its name ("robots" is /robots.txt); gives the origin with a closing slash."""

    async def answer(request: web.Request) -> web.StreamResponse:
        page = pages.get(request.path.strip("/").removesuffix(".txt"))
        if page is None:
            return web.Response(status=404)
        return web.Response(text=page, content_type="text/html") if isinstance(page, str) else page(request)

    app = web.Application()
    app.router.add_get("/{rest:.*}", answer)
    async with TestServer(app) as server:
        yield str(server.make_url("/"))


def client() -> Client:
    return Client(allow_private=True, gap_s=0, total_s=4)


def rss(*numbers: int, ttl: int = 0, day: str = "08 May 2019 10:00:00 GMT") -> str:
    items = "".join(
        f"<item><guid>story-{n}</guid><title>Story {n}</title><link>/story/{n}</link>"
        f"<pubDate>Wed, {day}</pubDate></item>"
        for n in numbers
    )
    return f"<rss version='2.0'><channel><title>Bugle</title><ttl>{ttl}</ttl>{items}</channel></rss>"


def gives(text: str, **headers: str) -> Handler:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda request: web.Response(text=text, headers=named, content_type="application/rss+xml")


def status(code: int, **headers: str) -> Handler:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda request: web.Response(status=code, headers=named)


def unless_known(text: str, etag: str = '"v1"') -> Handler:
    """A server that keeps its word on conditional requests."""

    def answer(request: web.Request) -> web.Response:
        if request.headers.get("If-None-Match") == etag:
            return web.Response(status=304)
        return web.Response(text=text, headers={"ETag": etag})

    return answer


async def poll(url: str, feed: FeedState, known: Sequence[FeedItem] = ()) -> FeedPolled | FeedFailed:
    recorded = [KnownItem(keys(item)[0], frozenset(keys(item))) for item in known]
    async with client() as fetcher:
        outcome = await ask_feed(fetcher, replace(feed, url=url), NOW, Random(1), read)
    return feed_polled(outcome, recorded, NOW, Random(1)) if isinstance(outcome, ChangedFeed) else outcome


async def read(body: bytes, url: str, content_type: str, now: datetime) -> FeedDocument:
    return read_document(body, url, content_type, now)


async def polled(url: str, feed: FeedState = NEVER_POLLED, known: Sequence[FeedItem] = ()) -> FeedPolled:
    outcome = await poll(url, feed, known)
    assert isinstance(outcome, FeedPolled), outcome
    return outcome


async def failed(url: str, feed: FeedState = NEVER_POLLED) -> FeedFailed:
    outcome = await poll(url, feed)
    assert isinstance(outcome, FeedFailed), outcome
    return outcome


def after(first: FeedPolled) -> FeedState:
    """The state that a poll leaves behind."""
    return FeedState(first.url, first.etag, first.modified, first.body_hash, first.interval_s)


async def test_the_first_poll_brings_every_item_and_the_validators() -> None:
    page = gives(rss(2, 1), ETag='W/"v1"', Last_Modified="Wed, 08 May 2019 10:00:00 GMT")
    async with site(feed=page) as origin:
        first = await polled(origin + "feed")
    assert [new.item.title for new in first.new.items] == ["Story 2", "Story 1"]
    assert first.new.items[0].item.url == origin + "story/2"
    assert (first.change, first.etag, first.modified) == (BodyChange.READ, 'W/"v1"', "Wed, 08 May 2019 10:00:00 GMT")
    assert first.feed is not None
    assert first.feed.title == "Bugle"


async def test_only_what_is_new_comes_with_the_next_poll() -> None:
    async with site(feed=gives(rss(1, 2))) as origin:
        before = (await polled(origin + "feed")).feed
    assert before is not None
    async with site(feed=gives(rss(3, 2, 1))) as origin:
        second = await polled(origin + "feed", FeedState("", body_hash="other"), before.items)
    assert [new.item.guid for new in second.new.items] == ["story-3"]


async def test_a_server_that_knows_conditions_answers_304_and_the_validators_stay() -> None:
    async with site(feed=unless_known(rss(1))) as origin:
        first = await polled(origin + "feed")
        second = await polled(origin + "feed", after(first))
    assert (second.change, second.new.items, second.feed) == (BodyChange.NOT_MODIFIED, (), None)
    assert (second.etag, second.body_hash) == (first.etag, first.body_hash)
    assert second.interval_s > first.interval_s


async def test_a_server_that_sends_the_same_bytes_again_is_seen_through() -> None:
    async with site(feed=gives(rss(1))) as origin:
        second = await polled(origin + "feed", after(await polled(origin + "feed")))
    assert (second.change, second.new.items) == (BodyChange.SAME_BODY, ())


async def test_a_server_that_says_304_for_ever_is_asked_for_the_whole_now_and_then() -> None:
    def always_304(request: web.Request) -> web.Response:
        conditional = "If-None-Match" in request.headers
        return web.Response(status=304) if conditional else web.Response(text=rss(1, 2))

    stale = FeedState("", etag='"v1"', body_hash="old", unchanged=WHOLE_EVERY - 1)
    async with site(feed=always_304) as origin:
        assert (await polled(origin + "feed", stale)).change is BodyChange.NOT_MODIFIED
        assert (await polled(origin + "feed", replace(stale, unchanged=WHOLE_EVERY))).change is BodyChange.READ


@pytest.mark.parametrize("etag", ["x" * 600, "é", ""])
async def test_a_validator_that_cannot_be_sent_back_is_not_kept(etag: str) -> None:
    async with site(feed=gives(rss(1), ETag=etag)) as origin:
        assert (await polled(origin + "feed")).etag == ""


@pytest.mark.parametrize(("code", "moves"), [(301, True), (308, True), (302, False), (307, False)])
async def test_a_permanent_redirect_moves_the_feed(code: int, moves: bool) -> None:
    async with site(old=status(code, Location="/new"), new=gives(rss(1))) as origin:
        assert (await polled(origin + "old")).moved_to == (origin + "new" if moves else None)


async def test_a_permanent_redirect_to_a_web_page_moves_nothing() -> None:
    async with site(old=status(301, Location="/home"), home="<html><body>Sign in</body></html>") as origin:
        assert isinstance((await failed(origin + "old")).error, FeedError)


CHAOS = [
    ("not found", status(404), FailureKind.HARD, HttpStatusError),
    ("forbidden", status(403), FailureKind.HARD, HttpStatusError),
    ("in trouble", status(500), FailureKind.SOFT, HttpStatusError),
    ("busy", status(429, Retry_After="7200"), FailureKind.SOFT, HttpStatusError),
    ("a web page", gives("<html><body>Welcome</body></html>"), FailureKind.HARD, FeedError),
    ("an empty answer", gives(""), FailureKind.HARD, FeedError),
    ("nothing new, at the first request", status(304), FailureKind.SOFT, HttpStatusError),
    ("a loop", status(302, Location="/feed"), FailureKind.HARD, GatherError),
]


@pytest.mark.parametrize(("page", "kind", "error"), [case[1:] for case in CHAOS], ids=[case[0] for case in CHAOS])
async def test_a_failure_is_a_value_with_its_kind(page: Handler, kind: FailureKind, error: type[GatherError]) -> None:
    async with site(feed=page) as origin:
        outcome = await failed(origin + "feed", FeedState("", errors=2, interval_s=HOUR))
    assert outcome.kind is kind
    assert isinstance(outcome.error, error)
    assert outcome.next_poll is not None
    assert outcome.next_poll > NOW + timedelta(hours=2)


async def test_polls_before_their_time_keep_the_count_and_the_wait_of_a_failing_feed() -> None:
    due = NOW + timedelta(hours=5)
    async with site(feed=status(404)) as origin:
        first = await failed(origin + "feed", FeedState("", errors=0, next_poll=NOW))
        again = await failed(origin + "feed", FeedState("", errors=1, next_poll=due))
        healthy = await failed(origin + "feed", FeedState("", errors=0, next_poll=due))
    assert (first.early, again.early, healthy.early) == (False, True, True)
    assert first.next_poll is not None
    assert first.next_poll > due
    assert (again.next_poll, healthy.next_poll) == (due, due)


async def test_nobody_listening_is_a_passing_failure() -> None:
    outcome = await failed("http://127.0.0.1:9/feed")
    assert (outcome.kind, type(outcome.error)) == (FailureKind.PASSING, Unheard)


async def test_gone_retires_the_feed() -> None:
    async with site(feed=status(410)) as origin:
        outcome = await failed(origin + "feed")
    assert (outcome.kind, outcome.next_poll) == (FailureKind.GONE, None)


async def test_the_wishes_of_feed_and_server_are_kept() -> None:
    async with site(a=gives(rss(1, ttl=300)), b=gives(rss(1), Cache_Control="max-age=18000")) as origin:
        for page in "ab":
            assert (await polled(origin + page)).next_poll >= NOW + timedelta(hours=5)


async def test_a_feed_of_which_nothing_is_left_is_polled_much_sooner() -> None:
    old = FeedItem("story-1", "https://a.example/1", "Story 1")
    state = FeedState("", body_hash="old", interval_s=12 * HOUR)
    async with site(feed=gives(rss(8, 9))) as origin:
        assert (await polled(origin + "feed", state, [old])).interval_s == 3 * HOUR


async def test_a_date_in_the_future_is_not_believed() -> None:
    async with site(feed=gives(rss(1, day="08 May 2030 10:00:00 GMT"))) as origin:
        assert (await polled(origin + "feed")).new.items[0].item.published is None


PARAGRAPH = (
    "The council voted 6-1 on Tuesday to end the practice, and the new rule takes effect June 1, the chief said."
)
TEXT = "\n\n".join(f"{n}. {PARAGRAPH}" for n in range(4))


def page(head: str = "", text: str = TEXT) -> str:
    paragraphs = "".join(f"<p>{part}</p>" for part in text.split("\n\n"))
    return f"<html><head><title>On the page</title>{head}</head><body><article>{paragraphs}</article></body></html>"


SOURCE = FeedOfItem("The Bugle", "Milwaukee, WI")
SUMMARY = "The council voted 6-1 on Tuesday to end no-knock warrants; the rule takes effect June 1. Read more..."


async def article_of(item: FeedItem) -> Article | GatherError:
    async with client() as fetcher:
        found = await fetch_article(fetcher, Robots(fetcher), item, SOURCE, NOW)
    return found.article if isinstance(found, FetchedArticle) else found


async def test_a_teaser_has_its_page_fetched() -> None:
    head = '<link rel="canonical" href="/lasting"><meta property="og:site_name" content="Bugle Media">'
    async with site(story=page(head)) as origin:
        item = FeedItem("1", origin + "story?utm_source=rss", "In the feed", SUMMARY, published=NOW)
        found = await article_of(item)
    assert isinstance(found, Article)
    assert (found.text, found.title, found.publisher) == (TEXT, "In the feed", "Bugle Media")
    assert (found.url, found.source_home) == (origin + "lasting", "Milwaukee, WI")


async def test_a_whole_text_in_the_feed_needs_no_page() -> None:
    whole = "\n\n".join([PARAGRAPH] * 15)
    found = await article_of(FeedItem("1", "http://127.0.0.1:9/story?utm_source=rss", "T", "", whole, NOW))
    assert isinstance(found, Article)
    assert (found.text, found.url, found.publisher) == (whole, "http://127.0.0.1:9/story", "The Bugle")


@pytest.mark.parametrize("cut", [" […]", " ...", " Read more »", "\n\nContinue reading the story at The Bugle"])
async def test_a_long_text_that_is_cut_off_is_no_whole_text(cut: str) -> None:
    async with site(story=page()) as origin:
        found = await article_of(FeedItem("1", origin + "story", "T", "", "\n\n".join([PARAGRAPH] * 15) + cut))
    assert isinstance(found, Article)
    assert found.text == TEXT


CLOSED = [
    ("robots.txt forbids it", {"robots": "User-agent: *\nDisallow: /", "story": page()}, RobotsRefused),
    ("the page is gone", {"story": status(410)}, HttpStatusError),
    ("the page is forbidden", {"story": status(403)}, HttpStatusError),
    ("a paywall", {"story": page(text=PARAGRAPH * 3 + "\n\nSubscribe to continue reading this.")}, PageError),
]


@pytest.mark.parametrize(("pages", "error"), [case[1:] for case in CLOSED], ids=[case[0] for case in CLOSED])
async def test_where_the_page_is_closed_for_good_the_feed_itself_is_heard(
    pages: dict[str, Handler | str], error: type[GatherError]
) -> None:
    async with site(**pages) as origin:
        with_summary = await article_of(FeedItem("1", origin + "story", "T", SUMMARY))
        without = await article_of(FeedItem("1", origin + "story", "T", "Short."))
    assert isinstance(with_summary, Article)
    assert with_summary.text == SUMMARY.removesuffix(" Read more...")
    assert isinstance(without, error)
    assert kind_of(without) in (FailureKind.HARD, FailureKind.GONE)


@pytest.mark.parametrize(
    "pages",
    [
        {"story": status(503)},
        {"story": status(429)},
        {"robots": status(500), "story": page()},
        {},
        {"story": page(text="Home\n\nNews")},
    ],
)
async def test_where_the_failure_may_pass_the_page_is_waited_for(pages: dict[str, Handler | str]) -> None:
    async with site(**pages) as origin:
        found = await article_of(FeedItem("1", origin + "story", "T", SUMMARY))
    assert isinstance(found, GatherError)
    assert kind_of_page(found) in (FailureKind.PASSING, FailureKind.SOFT, FailureKind.UNREADY)


async def test_an_item_without_a_link_is_no_article() -> None:
    assert isinstance(await article_of(FeedItem("1", "", "T", SUMMARY, TEXT * 5)), PageError)


@pytest.mark.parametrize(
    ("fed", "declared", "day", "has_time"),
    [
        ("2019-05-08T02:30:00+00:00", "", date(2019, 5, 7), True),
        ("2019-05-07T21:30:00-05:00", "", date(2019, 5, 7), True),
        ("2019-05-07T12:00:00+00:00", "", date(2019, 5, 7), False),
        ("", "2019-05-06T08:00:00-05:00", date(2019, 5, 6), True),
        ("2019-05-07T15:00:00+00:00", "2019-05-06T23:00:00-05:00", date(2019, 5, 7), True),
        ("2019-05-07T15:00:00+00:00", "2016-02-03T08:00:00-06:00", date(2016, 2, 3), True),
        ("", "", date(2019, 5, 8), False),
    ],
)
async def test_the_day_is_that_of_the_outlet(fed: str, declared: str, day: date, has_time: bool) -> None:
    head = f'<meta property="article:published_time" content="{declared}">' if declared else ""
    published = datetime.fromisoformat(fed) if fed else None
    async with site(story=page(head)) as origin:
        found = await article_of(FeedItem("1", origin + "story", "T", published=published))
    assert isinstance(found, Article)
    assert (found.published, found.published_at is not None) == (day, has_time)


async def test_behind_a_consent_notice_the_feed_stands_for_the_article() -> None:
    notice = "We and our 30 partners store information on your device and process personal data."
    notice += "\n\nAccept all or manage choices. "
    async with site(
        story=page(text=notice + "Some need no consent, others do, and you may say no to each of them. " * 4)
    ) as origin:
        found = await article_of(FeedItem("1", origin + "story", "Council ends no-knock warrants", SUMMARY, "", NOW))
    assert isinstance(found, Article), found
    assert found.text.startswith("The council voted 6-1")
