"""From a feed item to an Article: the feed's own text where it is the whole text, else the page."""

import asyncio
import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tracker.errors import GatherError, HttpStatusError, PageError
from tracker.gather.canonical import canonical_address
from tracker.gather.feeds import FeedItem
from tracker.gather.http import GONE, Fetcher
from tracker.gather.moments import is_day, local_day
from tracker.gather.pages import Page, extract_article
from tracker.gather.robots import Robots
from tracker.gather.schedule import FailureKind, kind_of
from tracker.gather.text import without_noise
from tracker.gather.zones import zone_of
from tracker.model import Article

FULL_TEXT = 1200
"""Characters from which a feed's content counts as the whole article; the longest teasers met run to about 800."""
FULL_PARAGRAPHS = 3
"""A whole article has at least so many; a long teaser is one block."""
MIN_SUMMARY = 80
"""Characters of a summary that can stand for an article whose page is closed to us: one full sentence."""
PAGE_LAG = timedelta(days=2)
"""A page that calls itself older than its feed item by more than this is believed: feeds bring old articles again
under the day on which somebody touched them. A smaller difference is a matter of zones and midnights."""
_CUT = re.compile(
    r"(?:\[?(?:\.\.\.|…)\]?|\[?&hellip;\]?|read (?:more|the full (?:story|article))\W*|continue reading[^.]{0,80})\s*$",
    re.I,
)
"""How the end of a teaser looks."""


@dataclass(frozen=True, slots=True)
class Source:
    """The feed that an item came from. `home` is "Milwaukee, WI" or an OCD id."""

    title: str = ""
    home: str | None = None


async def fetch_article(
    client: Fetcher, robots: Robots, item: FeedItem, source: Source, now: datetime
) -> Article | GatherError:
    """The article of a feed item, or why there is none (`tracker.gather.schedule.kind_of` says whether to try again).

    Where the page is closed to us for good (robots.txt, a paywall, 401 to 410), the feed's summary stands for the
    article if it holds a sentence: the change itself is often told there.
    """
    if not item.url:
        return PageError("", f"the item {item.title[:60]!r} has no link, so nobody could look its source up")
    if text := full_text(item):
        return _article(item, source, item.url, text, now)
    try:
        page = await _page(client, robots, item.url)
    except GatherError as error:
        closed = kind_of(error) in (FailureKind.HARD, FailureKind.GONE)
        return (from_summary(item, source, now) if closed else None) or error
    return _from_page(item, source, page, now)


async def _page(client: Fetcher, robots: Robots, url: str) -> Page:
    await robots.check(url)
    response = await client.get(url, headers={"Accept": "text/html, application/xhtml+xml;q=0.9, */*;q=0.5"})
    if response.status == GONE:
        raise HttpStatusError(url, GONE)
    kind = response.headers.get("content-type", "")
    return await asyncio.to_thread(extract_article, response.body, response.url, kind)


def full_text(item: FeedItem) -> str | None:
    """The feed's text if it is the whole article: long, of several paragraphs, and not cut off."""
    text = _told(item)
    whole = len(text) >= FULL_TEXT and text.count("\n\n") + 1 >= FULL_PARAGRAPHS and not _CUT.search(text)
    return text if whole else None


def _told(item: FeedItem) -> str:
    """The longer of content and summary, without noise."""
    return without_noise(max(item.content, item.summary, key=len), item.title)


def from_summary(item: FeedItem, source: Source, now: datetime) -> Article | None:
    """An article of what the feed itself says, or None if that is less than a sentence."""
    text = _CUT.sub("", _told(item)).strip()
    return _article(item, source, item.url, text, now) if item.url and len(text) >= MIN_SUMMARY else None


def _from_page(item: FeedItem, source: Source, page: Page, now: datetime) -> Article:
    publisher = page.publisher or source.title
    at = _earlier(item.published, page.published)
    return _article(item, source, page.canonical_url, page.text, now, page.title, publisher, at)


def _earlier(fed: datetime | None, declared: datetime | None) -> datetime | None:
    """The feed's moment, unless the page says that the article is clearly older."""
    if fed is None or declared is None:
        return fed or declared
    return declared if declared < fed - PAGE_LAG else fed


def _article(
    item: FeedItem,
    source: Source,
    url: str,
    text: str,
    now: datetime,
    title: str = "",
    publisher: str = "",
    at: datetime | None = None,
) -> Article:
    """An item without any date ran when we first saw it."""
    at = min(at or item.published or now, now + timedelta(days=1))
    address = canonical_address(url)
    return Article(
        id=article_id(address),
        url=address,
        title=item.title or title,
        text=text,
        published=local_day(at, zone_of(source.home)),
        published_at=None if is_day(at) else at.astimezone(UTC),
        publisher=publisher or source.title,
        source_home=source.home,
    )


def article_id(address: str) -> str:
    """16 hexadecimal digits that name the article of a canonical address."""
    return hashlib.sha256(address.encode("utf-8", "replace")).hexdigest()[:16]
