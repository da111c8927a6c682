"""Foreign text and addresses made fit to be shown. News feeds are hostile input; nothing here raises."""

import re
from datetime import date
from urllib.parse import quote, urlsplit

from tracker.characters import in_address, visible, without_controls

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,255}")
"""The e-mail address that HTML accepts in a form (HTML Living Standard, 4.10.5.1.5)."""
_NEVER_IN_URLS = str.maketrans({mark: f"%{ord(mark):02X}" for mark in '"<>\\^`{|}'})
"""What no URI may hold unencoded (RFC 3986, 2); careless readers of HTML stumble over it."""
SAFE_SCHEMES = frozenset({"http", "https"})
ARCHIVE = "https://web.archive.org/web/"
"""The addresses of articles die; this is the archive that most often has them. Whether it has one, nobody asked it."""
TITLE_LENGTH = 160
"""Characters of a title shown in a list; two lines on a wide screen. The entry's own page shows all of it."""


def clean(text: str) -> str:
    """The text without characters that XML or HTML cannot hold; every line break is a line feed."""
    return without_controls(text)


def plain(text: str) -> str:
    """One line without direction marks: for titles, attributes, subjects and formats that cannot isolate them."""
    return " ".join(visible(text).split())


def shorten(text: str, length: int = TITLE_LENGTH) -> str:
    """At most `length` characters, cut between words where there is a space, with an ellipsis where it was cut."""
    text = " ".join(clean(text).split())
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    head, _, tail = cut.rpartition(" ")
    return (head if head and len(tail) < length // 2 else cut).rstrip() + "…"


def web_address(url: str) -> str:
    """The address if it is http or https with a host, else the empty text: only such addresses become links."""
    url = in_address(url.strip())
    if url.split() != [url]:
        return ""
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - a bad port raises here
    except ValueError:
        return ""
    return url.translate(_NEVER_IN_URLS) if parts.scheme.lower() in SAFE_SCHEMES and parts.hostname else ""


def archive_address(url: str, published: date) -> str:
    """Where the Wayback Machine shows the copy nearest to that day, if it has one; empty for what is no web address."""
    address = web_address(url)
    return f"{ARCHIVE}{published:%Y%m%d}/{address}" if address else ""


def mail_address(text: str) -> str:
    """The text if it is an e-mail address, else the empty text."""
    return text.strip() if _ADDRESS.fullmatch(text.strip()) else ""


def reach(contact: str, about: str = "") -> str:
    """Where a link leads by which somebody is written to: a mail with its subject, or a web address; else empty."""
    mail = mail_address(contact)
    if not mail:
        return web_address(contact)
    return f"mailto:{quote(mail, safe='@')}{f'?subject={quote(about)}' if about else ''}"
