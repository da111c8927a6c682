"""Feed bytes to items: RSS, Atom and their dialects by feedparser, JSON Feed by a few lines of ours."""

import json
import re
from calendar import timegm
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tracker.errors import DamagedFeed, FeedError
from tracker.gather.canonical import unwrapped
from tracker.gather.feeds import plain_rss
from tracker.gather.feeds.discovery import absolute, is_page, linked_feeds
from tracker.gather.feeds.searches import headline, is_listing, outlet
from tracker.gather.text.charset import to_text
from tracker.gather.text.markup import is_damaged, trimmed
from tracker.gather.text.moments import moment, settled
from tracker.gather.text.plain import one_line, plain_text

MAX_ITEMS = 2000
"""Items read of one document (DESIGN section 6); news feeds hold 10 to 100."""
LONGEST_TITLE = 500
LONGEST_GUID = 2000
PERIODS_S = {"hourly": 3600, "daily": 86400, "weekly": 7 * 86400, "monthly": 30 * 86400, "yearly": 365 * 86400}
"""RSS syndication module 1.0, sy:updatePeriod."""
YEAR = re.compile(r"199\d|20\d\d")
"""A year that a feed can have; feedparser makes 2001 of 0001 and keeps 1969."""


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One item. `summary` and `content` are plain text, paragraphs by blank lines; `url` is absolute or empty."""

    guid: str
    url: str
    title: str
    summary: str = ""
    content: str = ""
    published: datetime | None = None
    """Aware; the day is the outlet's where the feed says so (tracker.gather.text.moments)."""
    doubtful: bool = False
    """Whether `published` is the moment at which the feed was made, by all signs (tracker.gather.days)."""
    publisher: str = ""
    """The outlet, where the feed is of several and says so (a news search)."""


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """One document. `ttl_s` is the time in seconds that the feed asks for between polls."""

    title: str
    site: str
    ttl_s: float | None
    items: tuple[FeedItem, ...]


def parse_feed(body: bytes, url: str, content_type: str = "") -> ParsedFeed:
    """Reads a feed from its bytes; `url` is where it came from, for relative links.

    At most 2,000 items. Entities that the document declares are never expanded. Raises FeedError if it is no feed, and
    DamagedFeed if it is one whose XML is broken and of which no item can be read.
    """
    text = to_text(body, content_type).strip()
    if text.startswith("{"):
        return _json_feed(text, url)
    markup = trimmed(text, MAX_ITEMS)
    if markup is None:
        raise FeedError(url, _not_a_feed(text, url))
    parsed = plain_rss.read(markup) or _feedparser(markup, url)
    if not parsed.entries and is_page(text):
        raise FeedError(url, _not_a_feed(text, url))
    feed = parsed.feed
    items = _told(_item(entry, url) for entry in parsed.entries[:MAX_ITEMS])
    if not items and is_damaged(markup):
        raise DamagedFeed(url)
    if not parsed.entries and not feed:
        raise FeedError(url, "the answer begins like a feed, but holds neither a title nor an item")
    return ParsedFeed(one_line(_text(feed, "title"))[:LONGEST_TITLE], _link(feed, url), _ttl(feed), items)


def _feedparser(markup: str, url: str) -> Any:
    """feedparser on UTF-8 bytes, sanitising and link resolving off: text is extracted by us, twice as fast.

    It raises errors of many kinds on hostile input (ValueError, AssertionError, RecursionError, KeyError were met);
    this is the one place that catches them all.
    """
    import feedparser  # here, since most feeds do without it

    headers = {"content-type": "application/xml; charset=utf-8"}  # no location: guids must not depend on it
    try:
        return feedparser.parse(
            markup.encode(), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except Exception as error:
        raise FeedError(url, f"the feed cannot be parsed ({type(error).__name__})") from error


def _item(entry: dict[str, Any], url: str) -> FeedItem:
    contents = [part.get("value") or "" for part in entry.get("content") or () if isinstance(part, dict)]
    content = max((plain_text(part) for part in contents), key=len, default="")
    link, publisher = _link(entry, url), _publisher(entry)
    summary = "" if is_listing(link) else plain_text(_text(entry, "summary"))
    return FeedItem(
        guid=" ".join(_text(entry, "id").split())[:LONGEST_GUID],
        url=unwrapped(link),
        title=headline(one_line(_text(entry, "title")), publisher, link)[:LONGEST_TITLE],
        summary="" if summary == content else summary,
        content=content,
        published=_published(entry),
        publisher=publisher,
    )


def _publisher(entry: dict[str, Any]) -> str:
    """RSS and Atom <source>, the feed that an item was taken from; Bing's News:Source."""
    source = dict.get(entry, "source")
    name = _text(source, "title") if isinstance(source, dict) else _text(entry, "news_source")
    return outlet(one_line(name))[:LONGEST_TITLE]


def _told(items: Iterable[FeedItem]) -> tuple[FeedItem, ...]:
    """Without items that say nothing at all."""
    return tuple(item for item in items if item.url or item.title or item.summary or item.content)


def _text(values: dict[str, Any], key: str) -> str:
    value = dict.get(values, key)  # feedparser's own `get` looks further, at other names, and warns
    return value if isinstance(value, str) else ""


def _link(values: dict[str, Any], base: str) -> str:
    """The absolute http(s) address: the one behind a FeedBurner link where it is named. For an RSS item without a
    link feedparser gives the guid, which is an address only if it looks like one."""
    link = _text(values, "feedburner_origlink") or _text(values, "link")
    return "" if link == _text(values, "id") and "://" not in link else absolute(link, base)


def _published(entry: dict[str, Any]) -> datetime | None:
    """The raw text first, since it still has the zone; then what feedparser made of an odder form, in UTC."""
    for key in ("published", "created", "updated"):
        text, parsed = _text(entry, key), dict.get(entry, f"{key}_parsed")
        if found := moment(text):
            return found
        if parsed is not None and YEAR.search(text):
            try:
                return settled(datetime.fromtimestamp(timegm(parsed), UTC))
            except (ValueError, TypeError, OverflowError, OSError):
                continue
    return None


def _ttl(feed: dict[str, Any]) -> float | None:
    """Seconds: RSS <ttl> in minutes, or sy:updatePeriod divided by sy:updateFrequency."""
    minutes = _text(feed, "ttl").strip()
    if minutes.isascii() and minutes.isdigit() and len(minutes) < 9:
        return int(minutes) * 60.0 or None
    period = PERIODS_S.get(_text(feed, "sy_updateperiod").strip().lower())
    often = _text(feed, "sy_updatefrequency").strip()
    times = int(often) if often.isascii() and often.isdigit() and len(often) < 6 else 1
    return period / max(times, 1) if period else None


def _json_feed(text: str, url: str) -> ParsedFeed:
    """JSON Feed 1.1 (jsonfeed.org)."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise FeedError(url, "the answer is JSON, but broken") from error
    if not isinstance(document, dict) or "jsonfeed.org" not in str(document.get("version")):
        raise FeedError(url, "the answer is JSON, but not a JSON Feed")
    entries = [entry for entry in _list(document.get("items")) if isinstance(entry, dict)][:MAX_ITEMS]
    site = absolute(_text(document, "home_page_url"), url)
    return ParsedFeed(one_line(_text(document, "title")), site, None, _told(_json_item(e, url) for e in entries))


def _json_item(entry: dict[str, Any], url: str) -> FeedItem:
    content = plain_text(_text(entry, "content_html")) or plain_text(_text(entry, "content_text"))
    return FeedItem(
        guid=str(entry.get("id") or "")[:LONGEST_GUID],
        url=absolute(_text(entry, "url") or _text(entry, "external_url"), url),
        title=one_line(_text(entry, "title"))[:LONGEST_TITLE],
        summary=plain_text(_text(entry, "summary")),
        content=content,
        published=moment(_text(entry, "date_published")) or moment(_text(entry, "date_modified")),
    )


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _not_a_feed(text: str, url: str) -> str:
    """One line that says what it is instead, and where the feeds of a web page are."""
    if not text:
        return "the answer is empty"
    if not is_page(text):
        return "the answer is not a feed"
    found = " ".join(feed.url for feed in linked_feeds(text, url))
    return "the answer is a web page, not a feed" + (f"; it names these feeds: {found}" if found else "")


def newest(items: Iterable[FeedItem]) -> datetime | None:
    """The latest publication among the items, None if no item has one."""
    return max((item.published for item in items if item.published), default=None)
