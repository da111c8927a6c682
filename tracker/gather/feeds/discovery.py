"""Where the feeds of a site are: what one of its pages links, and where feeds usually are. Pure; look.py asks."""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from tracker.characters import in_address
from tracker.gather.canonical import LONGEST_ADDRESS
from tracker.gather.text.plain import one_line

LONGEST_TITLE = 200
SEARCHED = 1_000_000
"""Characters of a page that are looked through: the head, where feeds are named, and more body than a home page has."""
LONGEST_TAG = 2000
"""Characters of one tag; a longer one names no feed."""
MOST_TAGS = 5000
"""Tags of a kind that are looked at; the heaviest home pages have some hundred."""
MOST_LINKED = 6
"""Feeds of one page that are named and tried: five seconds lie between two requests to a host."""
USUAL_PATHS = ("/feed/", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml")
"""Where feeds are on sites that name none: WordPress, Ghost and Drupal, static sites, Jekyll, Blogger, Hugo."""
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.I)
_ATTRIBUTE = re.compile(
    r"""(?<![\w-])([a-z]{1,20})\s{0,9}=\s{0,9}(?:"([^"]{0,2000})"|'([^']{0,2000})'|([^\s"'>]{1,2000}))""", re.I
)
_FEED_TYPES = ("rss", "atom", "feed+json")
_LIKE_A_FEED = re.compile(
    r"/(?:feeds?|rss|atom)/?$|(?:^|[/.])rss(?:[/.]|$)|\b(?:feed|atom|rssfeed)\.(?:xml|aspx|json)$", re.I
)
"""How the address of a link looks that leads to a feed."""
_COMMENTS = re.compile(r"\bcomments?\b", re.I)
_LOGIN = re.compile(r"/(?:log-?in|sign-?in|sso|auth|account/login)\b", re.I)


@dataclass(frozen=True, slots=True)
class LinkedFeed:
    """A feed that a page names: its absolute address, and what the page calls it."""

    url: str
    title: str = ""

    @property
    def comments(self) -> bool:
        """Whether it brings what readers say, and no news."""
        return bool(_COMMENTS.search(self.title) or _COMMENTS.search(urlsplit(self.url).path))


def is_page(text: str) -> bool:
    """Whether a text begins like a web page."""
    return bool(_HTML.search(text[:2000]))


def asks_to_log_in(text: str, url: str) -> bool:
    """Whether a page is the door of a closed site: it has a field for a password, or its address says so."""
    fields = (values.get("type", "").lower() for _, values in _tags(text[:SEARCHED], "<input"))
    return bool(_LOGIN.search(urlsplit(url).path)) or "password" in fields


def linked_feeds(text: str, url: str) -> tuple[LinkedFeed, ...]:
    """The feeds that a web page at `url` names, comments last, at most six: those that it declares (`<link
    rel="alternate">`), else those that its links look like."""
    text = text[:SEARCHED]
    found = _once(_declared(text, url)) or _once(_looking_so(text, url))
    return tuple(sorted(found, key=lambda feed: feed.comments))[:MOST_LINKED]


def usual_feeds(url: str) -> tuple[str, ...]:
    """Addresses on the host of `url` where feeds usually are."""
    parts = urlsplit(url)
    return tuple(f"{parts.scheme}://{parts.netloc}{path}" for path in USUAL_PATHS)


def absolute(link: str, base: str) -> str:
    """A link resolved against the document's address; empty if it is no http(s) address."""
    link = in_address("".join(link.split()))
    try:
        resolved = urljoin(base, link) if link else ""
    except ValueError:
        return ""
    usable = resolved.lower().startswith(("http://", "https://")) and len(resolved) <= LONGEST_ADDRESS
    return resolved if usable else ""


def _once(feeds: Iterable[LinkedFeed]) -> list[LinkedFeed]:
    """Each address once, as it was named first."""
    found: dict[str, LinkedFeed] = {}
    for feed in feeds:
        found.setdefault(feed.url, feed)
    return list(found.values())


def _declared(text: str, url: str) -> Iterator[LinkedFeed]:
    for _, values in _tags(text, "<link"):
        kind = values.get("type", "").lower()
        alternate = "alternate" in values.get("rel", "").lower().split()
        if alternate and any(name in kind for name in _FEED_TYPES) and (found := absolute(values.get("href", ""), url)):
            yield LinkedFeed(found, one_line(values.get("title", ""))[:LONGEST_TITLE])


def _looking_so(text: str, url: str) -> Iterator[LinkedFeed]:
    """Links of the same site whose address looks like a feed's. One to another site is somebody else's feed."""
    host = urlsplit(url).hostname or ""
    for end, values in _tags(text, "<a"):
        found = absolute(values.get("href", ""), url)
        parts = urlsplit(found)
        if found and parts.hostname == host and _LIKE_A_FEED.search(parts.path):
            told = text[end : end + LONGEST_TITLE].partition("<")[0]
            yield LinkedFeed(found, one_line(values.get("title", "") or told)[:LONGEST_TITLE])


def _tags(text: str, opening: str) -> Iterator[tuple[int, dict[str, str]]]:
    """(where the tag ends, its attributes) of each tag of one name. Linear: each tag is looked through once."""
    lower = text.lower()
    at = -1
    for _ in range(MOST_TAGS):
        at = lower.find(opening, at + 1)
        if at < 0:
            return
        end = text.find(">", at, at + LONGEST_TAG)
        if end > 0 and not lower[at + len(opening)].isalnum():
            found = _ATTRIBUTE.findall(text[at:end])
            yield end + 1, {name.lower(): html.unescape(a or b or c).strip() for name, a, b, c in reversed(found)}
