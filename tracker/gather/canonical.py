"""One address for one article, so that the same article out of several feeds is one.

Only what is safe without asking the server is changed: letter case of scheme and host, default ports, fragments,
percent-encoding, tracking parameters, AMP endings, the wrappers of news alerts, news searches and AMP caches. The order
of parameters stays: sorting would join few articles and could break addresses that are signed or that repeat a
parameter. `http:`, `www.` and `m.` stay, since either address may be the only one that answers; a page's own canonical
link settles those (tracker.gather.pages.extraction), and where there was no page, `siblings` finds what is stored.
"""

import base64
import binascii
import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import lru_cache
from importlib.resources import files
from urllib.parse import parse_qs, quote, unquote_plus, urlsplit, urlunsplit

LONGEST_ADDRESS = 2000
"""Characters of an address that a page or a list names. A longer link is an attack or a data: address."""

DEFAULT_PORTS = {"http": 80, "https": 443}
_BARE = re.compile(r"^(?:www|m|mobile|amp)\.(?=.+\.)")
_NAME = re.compile(r"\.[^.:\d][^.:]*$")
"""The end of a host that is a name and no number."""
PREFIXES = ("", "www.", "m.", "mobile.", "amp.")
"""Names under which one host serves the same articles."""
WRAPPERS = {
    "google.com/url": ("url", "q"),
    "bing.com/news/apiclick.aspx": ("url",),
}
"""Host (without `www.`) and path of addresses that only forward, with the parameters that hold the real one: the feeds
of news alerts (Google) and of news searches (Bing)."""
FORWARDING = ("google.com", "bing.com", "ampproject.org")
"""The sites of all of these."""
LONGEST_WRAPPED = 8000
"""Characters of a forwarding address that is looked into: no server takes a longer one."""
GOOGLE_NEWS = "news.google.com"
_GOOGLE_ITEM = re.compile(r"^/(?:(?:__i/)?rss/(?:rd/)?)?(?:articles|read)/([A-Za-z0-9_-]{8,4000}=*)$")
_AMP_CACHE = re.compile(r"^/(?:[cv]/|amp/)(s/)?([^/]+\.[^/]+/.*)$")
"""Path of a copy in an AMP cache: `s/` says that the original is on https."""
_ORIGINAL = 4
"""The field of the message in a Google News address that holds the article's address (as it was until 2024)."""
_AMP_ENDING = re.compile(r"(?<=[^/])(?:/amp)+/?$", re.I)
_ESCAPE = re.compile(r"%([0-9a-fA-F]{2})")
MAY_STAND = "!$&'()*+,;=:@/?%[]|"
"""Left as it is in paths and queries, besides letters and digits; brackets and bars are met and harmless."""
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
"""RFC 3986 2.3: the same escaped or not."""


@lru_cache(maxsize=1)
def tracking_parameters() -> tuple[frozenset[str], tuple[str, ...]]:
    """The names to drop, lower case, and the patterns to drop (tracking.txt)."""
    lines = files("tracker.gather").joinpath("tracking.txt").read_text("utf-8").split("\n")
    names = [name for line in lines if (name := line.partition("#")[0].strip())]
    return frozenset(n for n in names if "*" not in n), tuple(n for n in names if "*" in n)


def is_tracking(name: str) -> bool:
    """Whether a query parameter only tracks readers."""
    names, patterns = tracking_parameters()
    name = name.lower()
    return name in names or any(fnmatchcase(name, pattern) for pattern in patterns)


def canonical_address(url: str) -> str:
    """The address under which an article is stored. What cannot be read as an address comes back as it is."""
    try:
        return _canonical(url.strip())
    except ValueError:
        return url.strip()


def unwrapped(url: str) -> str:
    """The address that one of an alert, a search or a cache forwards to, as it stands there; others as they are."""
    while len(url) <= LONGEST_WRAPPED:  # each is shorter than the one around it
        if not _may_forward(url):
            return url
        try:
            parts = urlsplit(url)
            inner = _inner((parts.hostname or "").rstrip("."), parts.path, parts.query)
        except ValueError:
            return url
        if inner is None:
            return url
        url = _written(inner)
    return url


def _may_forward(url: str) -> bool:
    """A cheap no for nearly all addresses: each goes through here several times in a poll."""
    small = url.lower()
    return any(site in small for site in FORWARDING)


def _written(inner: str) -> str:
    """An address that stood inside another, written as addresses are: what none may hold is escaped."""
    origin, slash, rest = inner.partition("#")[0].replace("://", "\0", 1).partition("/")
    return origin.replace("\0", "://") + slash + _escapes(rest)


def siblings(address: str) -> tuple[str, ...]:
    """Every address under which the article of a canonical address may be stored, this one first: on http and https,
    with and without `www.`, on the host for telephones. Never to be fetched: not each of them need answer."""
    try:
        parts = urlsplit(address)
        host = bare_host(address)
    except ValueError:
        return (address,)
    if parts.scheme not in DEFAULT_PORTS or parts.port or not _NAME.search(host):
        return (address,)
    others = (f"{scheme}://{prefix}{host}" for scheme in ("https", "http") for prefix in PREFIXES)
    rest = address.partition("://")[2].partition("/")[2]
    return tuple(dict.fromkeys((address, *(f"{origin}/{rest}" for origin in others))))


def bare_host(address: str) -> str:
    """The host of an address without `www.` and the like, in lower case; empty for none."""
    try:
        return _BARE.sub("", urlsplit(address).hostname or "")
    except ValueError:
        return ""


def is_of_site(host: str, site: str) -> bool:
    """Whether a host is a site's own (`ice.gov`) or one of its names below it (`www.ice.gov`)."""
    return host == site or host.endswith(f".{site}")


def address_form(address: str) -> str:
    """An address as far as it tells sources apart: one that moved to https or to another name of its host is the
    same."""
    return f"{bare_host(address)}/{address.partition('://')[2].partition('/')[2].rstrip('/')}"


def leads_to_google(address: str) -> bool:
    """Whether it is an address of Google's own, behind which the article's cannot be seen: since 2024 Google News
    gives its items numbers that only its own page resolves."""
    host = bare_host(address)
    return host == GOOGLE_NEWS or (host.startswith("consent.") and ".google." in host)


def _canonical(url: str) -> str:
    url = unwrapped(url)
    parts = urlsplit(url)
    scheme = parts.scheme.lower()
    if scheme not in DEFAULT_PORTS or not parts.hostname:
        return url
    host = parts.hostname.rstrip(".").encode("idna").decode() if not parts.hostname.isascii() else parts.hostname
    host = host.rstrip(".")
    if host == GOOGLE_NEWS and (item := _GOOGLE_ITEM.match(parts.path)):
        return f"https://{GOOGLE_NEWS}/rss/articles/{item[1]}"
    host = f"[{host}]" if ":" in host else host
    port = f":{parts.port}" if parts.port not in (None, DEFAULT_PORTS[scheme]) else ""
    path = _AMP_ENDING.sub("", _escapes(parts.path)) or "/"
    return urlunsplit((scheme, host + port, path, _query(parts.query), ""))


def _inner(host: str, path: str, query: str) -> str | None:
    """The address inside a forwarding one, always the shorter of the two."""
    bare = host.removeprefix("www.")
    if host == GOOGLE_NEWS and (item := _GOOGLE_ITEM.match(path)):
        return _from_google(item[1])
    if (bare == "google.com" or host.endswith(".cdn.ampproject.org")) and (copy := _AMP_CACHE.match(path)):
        return f"http{'s' if copy[1] else ''}://{copy[2]}{'?' if query else ''}{query}"
    names = WRAPPERS.get(bare + path.lower())
    if not names:
        return None
    values = parse_qs(query, max_num_fields=50)
    found = next((values[name][0] for name in names if name in values), "")
    return found if found.startswith(("http://", "https://")) and len(found) < len(query) else None


def _from_google(item: str) -> str | None:
    """The address in the name of a Google News item: a protocol buffer in base64. None where it holds a number only."""
    try:
        message = base64.urlsafe_b64decode(item.rstrip("=") + "=" * (-len(item.rstrip("=")) % 4))
        texts = {field: text for field, text in _fields(message) if text.startswith((b"http://", b"https://"))}
        return texts[_ORIGINAL].decode() if _ORIGINAL in texts else None
    except (binascii.Error, ValueError, IndexError):
        return None


def _fields(message: bytes) -> Iterator[tuple[int, bytes]]:
    """(number, bytes) of the length-delimited fields of a protocol buffer. Raises IndexError where it breaks off."""
    at = 0
    while at < len(message):
        tag, at = _varint(message, at)
        if tag & 7 not in (0, 2):
            return  # no kind of field that these messages have
        value, at = _varint(message, at)
        if tag & 7 == 2:
            yield tag >> 3, message[at : at + value]
            at += value


def _varint(message: bytes, at: int) -> tuple[int, int]:
    """(the number that begins at `at`, where it ends); nine bytes at most."""
    value = 0
    for shift in range(0, 63, 7):
        byte = message[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
    raise ValueError("no number of a protocol buffer")


def _query(query: str) -> str:
    """Without tracking parameters; the others stay as they are written, in their order."""
    kept = [part for part in query.split("&") if part and not is_tracking(unquote_plus(part.partition("=")[0]))]
    return _escapes("&".join(kept))


def _escapes(text: str) -> str:
    """RFC 3986 6.2.2: what no address may hold is escaped, capitals in escapes, no escapes where none are needed."""

    def normal(match: re.Match[str]) -> str:
        char = chr(int(match[1], 16))
        return char if char in _UNRESERVED else match[0].upper()

    return _ESCAPE.sub(normal, quote(text, safe=MAY_STAND, errors="replace"))
