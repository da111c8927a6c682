"""One address for one article, so that the same article out of several feeds is one.

Only what is safe without asking the server is changed: letter case of scheme and host, default ports, fragments,
percent-encoding, tracking parameters, AMP endings, the wrappers of news alerts. The order of parameters stays: sorting
would join few articles and could break addresses that are signed or that repeat a parameter. `www.` and `m.` stay,
since either host may be the only one that answers; a page's own canonical link settles those (tracker.gather.pages).
"""

import re
from fnmatch import fnmatchcase
from functools import lru_cache
from importlib.resources import files
from urllib.parse import parse_qs, quote, unquote_plus, urlsplit, urlunsplit

DEFAULT_PORTS = {"http": 80, "https": 443}
WRAPPERS = {"www.google.com/url": ("url", "q"), "google.com/url": ("url", "q")}
"""Host and path of addresses that only forward, with the parameters that hold the real one (news alert feeds)."""
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


def _canonical(url: str) -> str:
    parts = urlsplit(url)
    scheme = parts.scheme.lower()
    if scheme not in DEFAULT_PORTS or not parts.hostname:
        return url
    host = parts.hostname.rstrip(".").encode("idna").decode() if not parts.hostname.isascii() else parts.hostname
    host = host.rstrip(".")
    if (wrapped := _unwrapped(host, parts.path, parts.query)) is not None:
        return _canonical(wrapped)
    host = f"[{host}]" if ":" in host else host
    port = f":{parts.port}" if parts.port not in (None, DEFAULT_PORTS[scheme]) else ""
    path = _AMP_ENDING.sub("", _escapes(parts.path)) or "/"
    return urlunsplit((scheme, host + port, path, _query(parts.query), ""))


def _unwrapped(host: str, path: str, query: str) -> str | None:
    """The address inside a forwarding one."""
    names = WRAPPERS.get(host + path)
    if not names:
        return None
    values = parse_qs(query, max_num_fields=50)
    found = next((values[name][0] for name in names if name in values), "")
    return found if found.startswith(("http://", "https://")) and len(found) < len(query) else None


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
