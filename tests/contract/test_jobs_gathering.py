"""Gathering over real HTTP into a real database: whatever one feed does, the others arrive, and nothing twice."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import web
from sqlalchemy import Engine
from sqlmodel import select

from db.articles import articles
from db.engine import open_database, reading
from db.feeds import feeds
from db.feeds import items as feeds_items
from db.sessions import session
from db.tables.timeline import ItemRow
from db.values import PUT_ASIDE
from jobs.gather.conversions import Screening
from jobs.gather.gathering import Gatherer
from jobs.tally import Tally
from tracker.errors import StorageError
from tracker.gather.http.client import Client
from tracker.model import Article

NOW = datetime(2017, 7, 5, 12, tzinfo=UTC)
PARAGRAPH = (
    "The council of Exampleville adopted an ordinance about parked boats on Tuesday, and nobody spoke against it. "
)
TEXT = "".join(f"<p>{PARAGRAPH * 4}</p>" for _ in range(4))


class Web:
    """A small web of feeds and pages that counts what it is asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.page_status = 200
        self.leads_to, self.headline = "/story", ""

    def feed(self, name: str, *links: str, content: str = "") -> str:
        items = "".join(
            f"<item><title>{link}</title><link>{link}</link><guid>{link}</guid>"
            f"<pubDate>Tue, 04 Jul 2017 20:00:00 -0500</pubDate><description><![CDATA[{content}]]></description></item>"
            for link in links
        )
        return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{name}</title>{items}</channel></rss>'

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request.path)
        base = f"http://{request.host}"
        match request.path:
            case "/good.xml":
                if request.headers.get("If-None-Match") == '"v1"':
                    return web.Response(status=304)
                return self._xml(self.feed("Good", f"{base}/story"), {"ETag": '"v1"'})
            case "/other.xml":
                return self._xml(self.feed("Other", f"{base}/story?utm_source=rss"))
            case "/full.xml":
                return self._xml(self.feed("Full", f"{base}/full", content=TEXT))
            case "/nolink.xml":
                return self._xml(self.feed("No link", "", content=TEXT))
            case "/web.xml":
                return web.Response(text="<html><body>We have moved.</body></html>", content_type="text/html")
            case "/garbage.xml":
                return web.Response(body=b"\x00\xff\x13" * 500)
            case "/gone.xml":
                return web.Response(status=410)
            case "/moved.xml":
                raise web.HTTPMovedPermanently("/new.xml")
            case "/new.xml":
                return self._xml(self.feed("Moved", f"{base}/story2"))
            case "/hang.xml":
                await asyncio.sleep(60)
            case "/short.xml":
                return self._xml(self.feed("Short", f"{base}/s/1"))
            case "/short2.xml":
                return self._xml(
                    self.feed("Short again", f"{base}/s/1").replace(f"<title>{base}/s/1", f"<title>{self.headline}")
                )
            case "/s/1":
                raise web.HTTPFound(self.leads_to)
            case "/story" | "/story2":
                head = f"<title>Boats</title><link rel=canonical href='{base}{request.path}'>"
                page = f"<html><head>{head}</head><body><article><h1>Boats</h1>{TEXT}</article></body></html>"
                return web.Response(text=page, content_type="text/html", status=self.page_status)
        return web.Response(status=404)

    def _xml(self, text: str, headers: dict[str, str] | None = None) -> web.Response:
        return web.Response(text=text, content_type="application/rss+xml", headers=headers)


@pytest.fixture
async def site() -> AsyncIterator[tuple[Web, str]]:
    pages = Web()
    app = web.Application()
    app.router.add_get("/{path:.*}", pages.answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield pages, f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


@pytest.fixture
def engine(migrated_sqlite: str, copy_of: Callable[[str], str]) -> Iterator[Engine]:
    # SQLite only: what a round does is tested, not what is stored
    engine = open_database(copy_of(migrated_sqlite))
    yield engine
    engine.dispose()


class Run:
    """What a round left behind."""

    def __init__(self, tally: Tally, said: list[str]) -> None:
        self.tally = tally
        self.said = said


async def round_of(
    engine: Engine, now: datetime = NOW, *, everything: bool = True, screening: Screening | None = None
) -> Run:
    tally, said = Tally(), list[str]()
    async with Client(allow_private=True, at_once=16, gap_s=0, total_s=2) as client:
        gatherer = Gatherer(engine, client, lambda: now, said.append, screening=screening)
        await gatherer.poll(gatherer.due(everything=everything), tally)
        await gatherer.fetch(tally)
    return Run(tally, said)


def subscribe(engine: Engine, base: str, *names: str, home: str | None = None) -> None:
    with session(engine) as opened:
        for name in names:
            feeds.add(opened, f"{base}/{name}", NOW, home=home)


def stored(engine: Engine) -> tuple[Article, ...]:
    with reading(engine) as opened:
        return articles.unread(opened, 10)


async def test_bad_feeds_are_named_and_the_good_one_arrives(engine: Engine, site: tuple[Web, str]) -> None:
    _, base = site
    bad = ("missing.xml", "web.xml", "garbage.xml", "hang.xml", "gone.xml")
    subscribe(engine, base, "good.xml", *bad)
    run = await round_of(engine)
    assert (run.tally.feeds, run.tally.failed_feeds, run.tally.new_articles) == (6, 5, 1)
    assert len(run.said) == len(bad)
    for name in bad:
        lines = [line for line in run.said if f"{base}/{name}" in line]
        assert len(lines) == 1
        assert "\n" not in lines[0]
    with reading(engine) as opened:
        states = {feed.url.rpartition("/")[2]: feed.state for feed in feeds.all_feeds(opened)}
    assert states == dict.fromkeys(bad, "failing") | {"good.xml": "active", "gone.xml": "retired"}


async def test_the_second_round_asks_conditionally_and_finds_nothing_new(engine: Engine, site: tuple[Web, str]) -> None:
    pages, base = site
    subscribe(engine, base, "good.xml")
    await round_of(engine)
    asked = len(pages.asked)
    run = await round_of(engine, NOW + timedelta(days=1))
    assert pages.asked[asked:] == ["/good.xml"]
    assert (run.tally.new_items, run.tally.new_articles, run.tally.failed_feeds) == (0, 0, 0)


async def test_an_article_of_two_feeds_is_one_and_takes_the_home_of_the_feed_that_has_one(
    engine: Engine, site: tuple[Web, str]
) -> None:
    pages, base = site
    home = "ocd-division/country:us/state:wi/place:milwaukee"
    subscribe(engine, base, "other.xml")
    subscribe(engine, base, "good.xml", home=home)
    run = await round_of(engine)
    assert (run.tally.new_items, run.tally.new_articles) == (2, 1)
    assert pages.asked.count("/story") == 1
    assert [(article.url, article.source_home) for article in stored(engine)] == [(f"{base}/story", home)]
    with reading(engine) as opened:
        assert {item.state for item in opened.exec(select(ItemRow))} == {"article"}


async def test_a_feed_with_the_whole_text_needs_no_page(engine: Engine, site: tuple[Web, str]) -> None:
    pages, base = site
    subscribe(engine, base, "full.xml", home="ocd-division/country:us/state:wi/place:milwaukee")
    await round_of(engine)
    assert "/full" not in pages.asked
    assert [str(article.published) for article in stored(engine)] == ["2017-07-04"]


async def test_a_moved_feed_keeps_its_new_address(engine: Engine, site: tuple[Web, str]) -> None:
    _, base = site
    subscribe(engine, base, "moved.xml")
    await round_of(engine)
    with reading(engine) as opened:
        assert [feed.url for feed in feeds.all_feeds(opened)] == [f"{base}/new.xml"]
    assert len(stored(engine)) == 1


async def test_a_page_that_fails_is_tried_again_later(engine: Engine, site: tuple[Web, str]) -> None:
    pages, base = site
    subscribe(engine, base, "good.xml")
    pages.page_status = 503
    first = await round_of(engine)
    assert (first.tally.failed_pages, first.tally.new_articles) == (1, 0)
    assert (await round_of(engine)).tally.failed_pages == 0, "not before its time"
    pages.page_status = 200
    assert (await round_of(engine, NOW + timedelta(hours=3))).tally.new_articles == 1


async def test_an_item_without_a_link_is_noted_and_stops_nothing(engine: Engine, site: tuple[Web, str]) -> None:
    _, base = site
    subscribe(engine, base, "nolink.xml", "good.xml")
    run = await round_of(engine)
    assert run.tally.new_articles == 1
    with reading(engine) as opened:
        assert sorted(item.state for item in opened.exec(select(ItemRow))) == ["article", "failed"]


async def test_only_what_is_due_is_polled(engine: Engine, site: tuple[Web, str]) -> None:
    _, base = site
    subscribe(engine, base, "good.xml", "full.xml")
    await round_of(engine)
    assert (await round_of(engine, everything=False)).tally.feeds == 0
    assert (await round_of(engine, NOW + timedelta(days=2), everything=False)).tally.feeds == 2


async def test_a_database_that_fails_ends_the_round_in_one_line(
    engine: Engine, site: tuple[Web, str], tmp_path: Path
) -> None:
    _, base = site
    subscribe(engine, base, "good.xml", "full.xml")
    async with Client(allow_private=True, at_once=16, gap_s=0) as client:
        gatherer = Gatherer(engine, client, lambda: NOW, print)
        wanted = gatherer.due(everything=True)
        engine.dispose()
        for file in tmp_path.iterdir():
            file.write_bytes(b"no database" * 1000)
        with pytest.raises(StorageError, match="not a database"):
            await gatherer.poll(wanted, Tally())


def nothing_passes(version: str) -> Screening:
    return Screening(version, lambda title, summary: False)


def aside(engine: Engine) -> list[tuple[str, str | None]]:
    with reading(engine) as opened:
        assert sum(feeds_items.count_put_aside(opened).values()) == len(
            opened.exec(select(ItemRow).where(ItemRow.screened_by)).all()
        )
        return [(item.state, item.screened_by) for item in opened.exec(select(ItemRow).order_by(ItemRow.url))]


async def test_what_is_screened_out_is_not_fetched_keeps_its_words_and_is_counted(
    engine: Engine, site: tuple[Web, str]
) -> None:
    pages, base = site
    subscribe(engine, base, "good.xml", "other.xml")
    run = await round_of(engine, screening=nothing_passes("1"))
    assert (run.tally.new_items, run.tally.put_aside, run.tally.new_articles) == (2, 2, 0)
    assert "2 put aside by their headlines" in run.tally.in_words()
    assert "/story" not in pages.asked
    assert aside(engine) == [(PUT_ASIDE, "1")] * 2
    with reading(engine) as opened:
        assert [item.title for item in opened.exec(select(ItemRow).order_by(ItemRow.url))] != ["", ""]
        assert sorted((each.put_aside, each.feed.rpartition("/")[2]) for each in feeds.coverage(opened)) == [
            (1, "good.xml"),
            (1, "other.xml"),
        ]


async def test_the_same_screen_looks_once_and_a_newer_one_again(engine: Engine, site: tuple[Web, str]) -> None:
    pages, base = site
    subscribe(engine, base, "good.xml")
    await round_of(engine, screening=nothing_passes("1"))
    assert (await round_of(engine, screening=Screening("1", lambda *_: True))).tally.new_articles == 0
    await round_of(engine, screening=nothing_passes("2"))
    assert aside(engine) == [(PUT_ASIDE, "2")]
    assert "/story" not in pages.asked
    run = await round_of(engine, screening=Screening("3", lambda title, summary: title.endswith("/story")))
    assert (run.tally.new_articles, run.tally.put_aside) == (1, 0)
    assert aside(engine) == [("article", None)]


async def test_one_item_that_may_report_a_change_is_enough_for_an_address(
    engine: Engine, site: tuple[Web, str]
) -> None:
    _, base = site
    subscribe(engine, base, "good.xml", "other.xml")
    run = await round_of(engine, screening=Screening("1", lambda title, summary: "utm_source" in title))
    assert (run.tally.new_articles, run.tally.put_aside) == (1, 0)


async def test_a_whole_text_in_the_feed_is_never_screened(engine: Engine, site: tuple[Web, str]) -> None:
    _, base = site
    subscribe(engine, base, "full.xml")
    assert (await round_of(engine, screening=nothing_passes("1"))).tally.new_articles == 1


async def test_a_page_that_is_being_tried_again_is_not_screened(engine: Engine, site: tuple[Web, str]) -> None:
    pages, base = site
    subscribe(engine, base, "good.xml")
    pages.page_status = 503
    await round_of(engine)
    pages.page_status = 200
    later = NOW + timedelta(hours=3)
    assert (await round_of(engine, later, screening=nothing_passes("1"))).tally.new_articles == 1


async def test_a_link_that_led_to_an_article_is_not_asked_again_under_the_same_headline(
    engine: Engine, site: tuple[Web, str]
) -> None:
    pages, base = site
    subscribe(engine, base, "short.xml")
    assert (await round_of(engine)).tally.new_articles == 1
    assert [article.url for article in stored(engine)] == [f"{base}/story"]
    pages.headline = f"{base}/s/1"
    subscribe(engine, base, "short2.xml")
    assert (await round_of(engine)).tally.new_articles == 0
    assert pages.asked.count("/s/1") == 1


async def test_a_link_that_leads_to_another_article_today_hides_none(engine: Engine, site: tuple[Web, str]) -> None:
    pages, base = site
    subscribe(engine, base, "short.xml")
    await round_of(engine)
    pages.leads_to, pages.headline = "/story2", "Another story"
    subscribe(engine, base, "short2.xml")
    assert (await round_of(engine)).tally.new_articles == 1
    assert [article.url for article in stored(engine)] == [f"{base}/story", f"{base}/story2"]
