"""Items of news searches over real HTTP: what they lead to is followed to the outlet, or said to be closed."""

from datetime import UTC, datetime

import pytest

from support.servers.small_web import Page, lead_here, served, status
from tracker.errors import GatherError, PageError
from tracker.gather.article import FeedOfItem, FetchedArticle, fetch_article
from tracker.gather.feeds.parser import FeedItem
from tracker.gather.feeds.searches import GOOGLE_ONLY
from tracker.gather.http.client import Client
from tracker.gather.http.robots import FRUITLESS, KEPT_S, Robots
from tracker.gather.schedule import FailureKind, kind_of_page
from tracker.model import Article

NOW = datetime(2019, 5, 8, 15, 0, tzinfo=UTC)
SEARCH = FeedOfItem("Google News: Milwaukee", "ocd-division/country:us/state:wi/place:milwaukee", search=True)
NUMBER = "CBMiQkFVX3lxTE5xSjd4WjBkM2Y5UW1LMnZCOHdUNGhSNm5TMWNQNWdMcUo3eFowZDNmOVFtSzJ2Qjh3VDRoUjZuUzFj"
PARAGRAPH = (
    "The council voted 6-1 on Tuesday to end the practice, and the new rule takes effect June 1, the chief said."
)
STORY = f"<html><head><title>T</title></head><body><article>{''.join(f'<p>{n}. {PARAGRAPH}</p>' for n in range(4))}"
GOOGLES = "<html><body>Opening</body></html>"


@pytest.fixture(autouse=True)
def hosts(monkeypatch: pytest.MonkeyPatch) -> None:
    lead_here(monkeypatch, "news.google.com", "consent.google.com", "urbanmilwaukee.com", "www.post.example")


async def fetched(item: FeedItem, source: FeedOfItem = SEARCH, robots: Robots | None = None) -> Article | GatherError:
    async with Client(allow_private=True, gap_s=0, total_s=5) as fetcher:
        found = await fetch_article(fetcher, robots or Robots(fetcher), item, source, NOW)
    return found.article if isinstance(found, FetchedArticle) else found


def item(url: str, **fields: str) -> FeedItem:
    return FeedItem("1", url, "Council ends a practice", published=NOW, **fields)


async def test_a_link_of_bings_is_unwrapped_and_bing_is_not_asked() -> None:
    async with served({"/story": STORY}) as web:
        wrapped = f"http://www.bing.com/news/apiclick.aspx?ref=FexRss&url={web.at('www.post.example')}/story&c=1"
        found = await fetched(item(wrapped))
    assert isinstance(found, Article)
    assert found.url == f"{web.at('www.post.example')}/story"
    assert web.asked == ["www.post.example/robots.txt", "www.post.example/story"]


async def test_a_link_of_googles_is_followed_where_it_leads_on() -> None:
    async with served({"/story": STORY}) as web:
        pages: dict[str, Page] = {
            f"/rss/articles/{NUMBER}": status(302, Location=f"{web.at('www.post.example')}/story")
        }
        async with served(pages) as google:
            found = await fetched(item(f"{google.at('news.google.com')}/rss/articles/{NUMBER}?oc=5"))
    assert isinstance(found, Article)
    assert found.url == f"{web.at('www.post.example')}/story"


CLOSED: list[tuple[str, dict[str, Page]]] = [
    ("a page that a script would lead on from", {f"/rss/articles/{NUMBER}": GOOGLES}),
    ("robots.txt of Google says no", {"/robots.txt": "User-agent: *\nDisallow: /rss/articles", "/": GOOGLES}),
    ("a page that asks for consent", {"consent.google.com/ml": GOOGLES}),
]


@pytest.mark.parametrize("pages", [case[1] for case in CLOSED], ids=[case[0] for case in CLOSED])
async def test_where_google_keeps_the_address_that_is_said_and_nothing_stands_for_the_article(
    pages: dict[str, Page],
) -> None:
    async with served(pages) as web:
        if "consent.google.com/ml" in pages:
            pages[f"/rss/articles/{NUMBER}"] = status(302, Location=f"{web.at('consent.google.com')}/ml")
        found = await fetched(item(f"{web.at('news.google.com')}/rss/articles/{NUMBER}"))
    assert isinstance(found, PageError)
    assert str(found) == GOOGLE_ONLY
    assert kind_of_page(found) is FailureKind.HARD, "it is not tried again and again"


@pytest.mark.parametrize(("kept_s", "asked"), [(KEPT_S, FRUITLESS), (0.0, 9)], ids=["of late", "a day ago"])
async def test_google_is_not_asked_for_hundreds_of_pages_that_hold_nothing(
    kept_s: float, asked: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.gather.http.robots.KEPT_S", kept_s)
    pages: dict[str, Page] = {f"/rss/articles/{NUMBER}{n}": GOOGLES for n in range(9)}
    async with served(pages) as web, Client(allow_private=True, gap_s=0) as fetcher:
        robots = Robots(fetcher)
        for n in range(9):
            link = f"{web.at('news.google.com')}/rss/articles/{NUMBER}{n}"
            assert isinstance(await fetch_article(fetcher, robots, item(link), SEARCH, NOW), PageError)
    assert sum("/articles/" in path for path in web.asked) == asked


async def test_the_outlets_rules_count_where_google_leads_on() -> None:
    async with served({"/story": STORY, "/robots.txt": "User-agent: *\nDisallow: /story"}) as web:
        pages: dict[str, Page] = {
            f"/rss/articles/{NUMBER}": status(302, Location=f"{web.at('www.post.example')}/story")
        }
        async with served(pages) as google:
            found = await fetched(item(f"{google.at('news.google.com')}/rss/articles/{NUMBER}"))
    assert isinstance(found, GatherError)
    assert "robots.txt" in str(found)


async def test_the_home_is_the_outlets_where_that_is_known_and_never_the_place_that_was_searched_for() -> None:
    async with served({"/story": STORY}) as web:
        known = await fetched(item(f"{web.at('urbanmilwaukee.com')}/story", publisher="Urban Milwaukee"))
        unknown = await fetched(
            item(f"{web.at('www.post.example')}/story"), FeedOfItem("Bing", SEARCH.home, search=True)
        )
        own = await fetched(item(f"{web.at('www.post.example')}/story"), FeedOfItem("The Post", "Racine, WI"))
    assert isinstance(known, Article)
    assert isinstance(unknown, Article)
    assert isinstance(own, Article)
    assert (known.source_home, known.publisher) == (SEARCH.home, "Urban Milwaukee")
    assert (unknown.source_home, unknown.publisher) == (None, "post.example")
    assert (own.source_home, own.publisher) == ("Racine, WI", "The Post")
