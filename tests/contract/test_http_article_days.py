"""On which day an article ran, from feed and page over real HTTP: a whole text without a day has its page asked for it,
and where nothing tells the day, that is known."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from sqlalchemy import Engine, text
from sqlmodel import select

from db.articles import articles
from db.engine import reading
from db.feeds import feeds
from db.sessions import session
from db.tables.timeline import ItemRow
from jobs.gather.gathering import Gatherer
from jobs.tally import Tally
from tracker.gather.http.client import Client
from tracker.model import Article, PublishedBasis

NOW = datetime(2017, 7, 5, 20, tzinfo=UTC)
PARAGRAPH = "The council of Exampleville adopted an ordinance about parked boats on Tuesday; nobody spoke against it. "
WHOLE = "".join(f"<p>{number}. {PARAGRAPH * 4}</p>" for number in range(4))
META = '<meta property="article:published_time" content="{}">'
STATED, PAGE, SEEN = PublishedBasis.STATED, PublishedBasis.PAGE, PublishedBasis.SEEN


class Site:
    """A feed of whole texts and its pages. `dates` are those of its items, and of another feed of the same;
    `head` stands on every page."""

    def __init__(self) -> None:
        self.dates = [""]
        self.dates_of_other: list[str] = []
        self.head = self.robots = ""
        self.text = WHOLE
        self.status = 200
        self.asked: list[str] = []

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request.path)
        base = f"http://{request.host}"
        if request.path == "/robots.txt":
            return web.Response(text=self.robots)
        if request.path.startswith("/story"):
            body = (
                f"<html><head><title>Boats</title>{self.head}</head><body><article>{self.text}</article></body></html>"
            )
            return web.Response(text=body, content_type="text/html", status=self.status)
        items = "".join(
            f"<item><title>Boats {n}</title><link>{base}/story/{n}</link><guid>{n}</guid>"
            f"{f'<pubDate>{at}</pubDate>' if at else ''}<description><![CDATA[{WHOLE}]]></description></item>"
            for n, at in enumerate(self.dates_of_other if request.path == "/other" else self.dates)
        )
        return web.Response(text=f"<rss><channel><title>Boats</title>{items}</channel></rss>")


@pytest.fixture
async def site() -> AsyncIterator[tuple[Site, str]]:
    site, app = Site(), web.Application()
    app.router.add_get("/{rest:.*}", site.answer)
    async with TestServer(app) as server:
        yield site, str(server.make_url("/"))


async def gather(engine: Engine, *urls: str, now: datetime = NOW) -> Tally:
    with session(engine) as opened:
        for url in urls:
            feeds.add(opened, url, now, home="ocd-division/country:us/state:wi/place:milwaukee")
    tally = Tally()
    async with Client(allow_private=True, at_once=9, gap_s=0, total_s=5) as client:
        gatherer = Gatherer(engine, client, lambda: now, print)
        await gatherer.poll(gatherer.due(everything=False), tally)
        await gatherer.fetch(tally)
    return tally


def stored(engine: Engine) -> list[Article]:
    with reading(engine) as opened:
        return sorted(articles.unread(opened, 99), key=lambda article: article.url)


def days(engine: Engine) -> list[tuple[str, PublishedBasis]]:
    return [(str(article.published), article.published_basis) for article in stored(engine)]


async def test_a_whole_text_with_a_day_asks_for_no_page(engine: Engine, site: tuple[Site, str]) -> None:
    site[0].dates = ["Tue, 04 Jul 2017 20:00:00 -0500"]
    await gather(engine, site[1] + "feed")
    assert (days(engine), site[0].asked) == ([("2017-07-04", STATED)], ["/feed"])


@pytest.mark.parametrize(
    ("dates", "head", "expected"),
    [
        ("", META.format("2017-06-30T09:00:00-05:00"), ("2017-06-30", PAGE)),
        ("", "", ("2017-07-05", SEEN)),
        ("Thu, 01 Jan 1970 00:00:00 GMT", META.format("2017-06-30"), ("2017-06-30", PAGE)),
        ("Fri, 01 Jan 2027 00:00:00 GMT", META.format("2017-06-30"), ("2017-06-30", PAGE)),
        ("Fri, 01 Jan 2027 00:00:00 GMT", "", ("2017-07-05", SEEN)),
        ("Fri, 01 Jan 2010 00:00:00 GMT", META.format("2017-06-30"), ("2017-07-05", SEEN)),
        ("Fri, 01 Jan 2010 09:00:00 GMT", META.format("2010-01-01"), ("2010-01-01", STATED)),
        ("Fri, 01 Jan 2010 09:00:00 GMT", "", ("2010-01-01", STATED)),
        ("", META.format("2027-06-30"), ("2017-07-05", SEEN)),
    ],
)
async def test_a_whole_text_whose_day_is_in_doubt_asks_its_page(
    engine: Engine, site: tuple[Site, str], dates: str, head: str, expected: tuple[str, PublishedBasis]
) -> None:
    site[0].dates, site[0].head = [dates], head
    await gather(engine, site[1] + "feed")
    assert days(engine) == [expected]
    assert site[0].asked == ["/feed", "/robots.txt", "/story/0"]
    assert stored(engine)[0].text.startswith("0. The council of Exampleville")


async def test_a_page_that_a_script_fills_still_names_the_day(engine: Engine, site: tuple[Site, str]) -> None:
    site[0].head, site[0].text = META.format("2017-06-30"), "<div id=app></div>"
    await gather(engine, site[1] + "feed")
    assert days(engine) == [("2017-06-30", PAGE)]


async def test_robots_txt_is_obeyed_for_the_day_too(engine: Engine, site: tuple[Site, str]) -> None:
    site[0].head, site[0].robots = META.format("2017-06-30"), "User-agent: *\nDisallow: /story"
    await gather(engine, site[1] + "feed")
    assert days(engine) == [("2017-07-05", SEEN)]
    assert "/story/0" not in site[0].asked
    assert stored(engine)[0].published_at is None


async def test_a_page_that_fails_for_now_is_tried_again_and_the_day_is_that_of_the_first_sight(
    engine: Engine, site: tuple[Site, str]
) -> None:
    site[0].status = 503
    await gather(engine, site[1] + "feed")
    assert days(engine) == []
    for day in range(1, 12):
        await gather(engine, now=NOW + timedelta(days=day))
    assert days(engine) == [("2017-07-05", SEEN)]


async def test_the_moment_of_the_build_on_all_items_is_no_day_of_theirs(engine: Engine, site: tuple[Site, str]) -> None:
    site[0].dates = ["Wed, 05 Jul 2017 18:30:01 GMT"] * 4
    site[0].head = META.format("2016-02-03T08:00:00-06:00")
    await gather(engine, site[1] + "feed")
    assert days(engine) == [("2016-02-03", PAGE)] * 4
    with reading(engine) as opened:
        assert {item.published for item in opened.exec(select(ItemRow))} == {None}
    assert (await gather(engine, now=NOW + timedelta(days=1))).new_items == 0


async def test_where_no_page_tells_otherwise_the_build_is_still_no_day(engine: Engine, site: tuple[Site, str]) -> None:
    site[0].dates = ["Wed, 05 Jul 2017 18:30:01 GMT"] * 4
    await gather(engine, site[1] + "feed")
    assert days(engine) == [("2017-07-05", SEEN)] * 4


async def test_a_day_that_another_feed_knows_is_learned_and_the_article_is_read_again(
    engine: Engine, site: tuple[Site, str]
) -> None:
    site[0].dates_of_other = ["Sat, 01 Jul 2017 20:00:00 -0500"]
    await gather(engine, site[1] + "feed")
    with session(engine) as opened:
        opened.connection().execute(text("UPDATE article SET reader_version = 'x'"))
    assert days(engine) == []
    await gather(engine, site[1] + "other")
    assert days(engine) == [("2017-07-01", STATED)]


async def test_of_two_feeds_the_one_that_knows_the_day_tells_it(engine: Engine, site: tuple[Site, str]) -> None:
    site[0].dates_of_other = ["Sat, 01 Jul 2017 20:00:00 -0500"]
    await gather(engine, site[1] + "feed", site[1] + "other")
    assert days(engine) == [("2017-07-01", STATED)]
