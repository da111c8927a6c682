"""From a feed item to an Article: the feed's own text where it is the whole text, else the page."""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import NamedTuple

from tracker.errors import DeadEnd, GatherError, HttpStatusError, RobotsRefused
from tracker.gather.canonical import bare_host, canonical_address, leads_to_google, unwrapped
from tracker.gather.days import day_of, in_doubt, zone_of
from tracker.gather.feeds.parser import FeedItem
from tracker.gather.feeds.searches import GOOGLE_ONLY
from tracker.gather.feeds.starter_feeds import home_of
from tracker.gather.http.client import GONE, Fetcher, Response
from tracker.gather.http.robots import Robots
from tracker.gather.pages.extraction import ArticlePage, extract_article, page_facts
from tracker.gather.schedule import FailureKind, kind_of, may_come
from tracker.gather.text.moments import is_day, local_day
from tracker.gather.text.plain import without_noise
from tracker.model import Article, PublishedBasis

FULL_TEXT = 1200
"""Characters from which a feed's content counts as the whole article; the longest teasers met run to about 800."""
FULL_PARAGRAPHS = 3
"""A whole article has at least so many; a long teaser is one block."""
MIN_SUMMARY = 80
"""Characters of a summary that can stand for an article whose page is closed to us: one full sentence."""
_CUT = re.compile(
    r"(?:\[?(?:\.\.\.|…)\]?|\[?&hellip;\]?|read (?:more|the full (?:story|article))\W*|continue reading[^.]{0,80})\s*$",
    re.I,
)
"""How the end of a teaser looks."""


@dataclass(frozen=True, slots=True)
class FeedOfItem:
    """The feed that an item came from. `home` is "Milwaukee, WI" or an OCD id. Of a news search (`search`) neither is
    the outlet's: the title is the question, the home the place that is searched for."""

    title: str = ""
    home: str | None = None
    search: bool = False


@dataclass(frozen=True, slots=True)
class FetchedArticle:
    """An article, and the answer that its text was taken from; None where that is the feed's own."""

    article: Article
    page: Response | None = None


async def fetch_article(
    client: Fetcher, robots: Robots, item: FeedItem, source: FeedOfItem, seen: datetime
) -> FetchedArticle | GatherError:
    """The article of a feed item, or why there is none (`tracker.gather.schedule` says whether to try again). `seen` is
    when the feed first brought the item.

    The page is asked for the text, or, where the feed holds the whole text, for the day if the feed tells none that can
    be believed. Where it is closed to us for good (robots.txt, a paywall, 401 to 410 but 404), the feed stands for the
    article if it holds a sentence: the change itself is often told there. So it does for a text that it holds whole.
    """
    if not item.url:
        return DeadEnd("", f"the item {item.title[:60]!r} has no link, so nobody could look its source up")
    text = full_text(item)
    if text and not in_doubt(item.published, seen):
        return FetchedArticle(_article(item, source, text, seen))
    try:
        page, response = await _page(client, robots, item.url, page_facts if text else extract_article)
    except GatherError as error:
        closed = kind_of(error) in (FailureKind.HARD, FailureKind.GONE) and (text or not may_come(error))
        told_there = from_feed(item, source, seen) if closed else None
        return FetchedArticle(told_there) if told_there else error
    return FetchedArticle(_article(item, source, text or page.text, seen, page), None if text else response)


async def _page(
    client: Fetcher, robots: Robots, link: str, read: Callable[[bytes, str, str], ArticlePage]
) -> tuple[ArticlePage, Response]:
    url = unwrapped(link)
    closed = leads_to_google(url)
    if closed:
        await _check_google(robots, url)
    else:
        await robots.check(url)
    response = await client.get(url, headers={"Accept": "text/html, application/xhtml+xml;q=0.9, */*;q=0.5"})
    if response.status == GONE:
        raise HttpStatusError(url, GONE)
    if leads_to_google(response.url):
        robots.was_fruitless(response.url)
        raise DeadEnd(url, GOOGLE_ONLY)
    if closed:
        await robots.check(response.url)  # it led to the outlet, whose rules count as well
    kind = response.headers.get("content-type", "")
    return await asyncio.to_thread(read, response.body, response.url, kind), response


async def _check_google(robots: Robots, url: str) -> None:
    """Raises DeadEnd where Google's page may not be asked for its article, or is known to keep it to itself."""
    if robots.fruitless(url):
        raise DeadEnd(url, GOOGLE_ONLY)
    try:
        await robots.check(url)
    except RobotsRefused as error:
        raise DeadEnd(url, GOOGLE_ONLY) from error


def full_text(item: FeedItem) -> str | None:
    """The feed's text if it is the whole article: long, of several paragraphs, and not cut off."""
    text = feed_text(item)
    whole = len(text) >= FULL_TEXT and text.count("\n\n") + 1 >= FULL_PARAGRAPHS and not _CUT.search(text)
    return text if whole else None


def feed_text(item: FeedItem) -> str:
    """What the feed says beside the headline: the longer of content and summary, without noise."""
    return without_noise(max(item.content, item.summary, key=len), item.title)


def from_feed(item: FeedItem, source: FeedOfItem, seen: datetime) -> Article | None:
    """An article of what the feed itself says, or None if that is less than a sentence."""
    text = full_text(item) or _CUT.sub("", feed_text(item)).strip()
    return _article(item, source, text, seen) if item.url and len(text) >= MIN_SUMMARY else None


def _article(item: FeedItem, source: FeedOfItem, text: str, seen: datetime, page: ArticlePage | None = None) -> Article:
    address = canonical_address(page.canonical_url if page else item.url)
    ran = publication_fields(item, source, seen, page)
    return Article(
        id="",
        url=address,
        title=item.title or (page.title if page else ""),
        text=text,
        **ran._asdict(),
        publisher=(page.publisher if page else "") or item.publisher or _outlet(address, source),
        byline=page.byline if page else "",
        source_home=home_of(address) if source.search else source.home,
    )


def _outlet(address: str, source: FeedOfItem) -> str:
    return bare_host(address) if source.search else source.title


class PublicationFields(NamedTuple):
    """When an article ran, as the fields of Article."""

    published: date
    published_at: datetime | None
    published_basis: PublishedBasis


def publication_fields(
    item: FeedItem, source: FeedOfItem, seen: datetime, page: ArticlePage | None = None
) -> PublicationFields:
    """When it ran, in the zone of its outlet, by its feed and, where that was asked, its page."""
    zone = zone_of(source.home)
    shown, declared = (page.published, page.declared) if page else (None, False)
    day = day_of(item.published, shown, declared, seen, zone)
    at = None if day.basis is PublishedBasis.SEEN or is_day(day.at) else day.at.astimezone(UTC)
    return PublicationFields(local_day(day.at, zone), at, day.basis)
