"""Subscription lists: OPML 2.0 in and out. Home, kind and topics are kept in attributes of our own namespace.

A source that is no feed is written as a link, so that feed readers do not poll it as a feed.
"""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from tracker.characters import in_address, taken_in, visible
from tracker.errors import BadInput
from tracker.gather.text.charset import to_text
from tracker.kinds import SourceKind

NAMESPACE = "urn:procedure-tracker:opml"
"""OPML 2.0 lets others add attributes in a namespace of their own."""
HOME, KIND, TOPICS = (f"{{{NAMESPACE}}}{name}" for name in ("home", "kind", "topics"))
LARGEST = 10 * 1024 * 1024
"""Bytes; ten thousand subscriptions are near 2 MB."""
_BARE_AMPERSAND = re.compile(r"&(?!#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|[a-zA-Z][a-zA-Z0-9]{1,31};)")
_NAMED = re.compile(r"&([a-zA-Z][a-zA-Z0-9]{1,31});")
_XML_NAMES = frozenset({"amp", "lt", "gt", "quot", "apos"})
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


@dataclass(frozen=True, slots=True)
class OpmlFeed:
    """One subscription. `home` is "Milwaukee, WI" or an OCD id, as written, and so are `kind`
    and `topics`."""

    url: str
    title: str = ""
    site: str = ""
    home: str = ""
    kind: str = SourceKind.FEED.value
    topics: tuple[str, ...] = ()


def read_opml(body: bytes) -> list[OpmlFeed]:
    """The sources of a subscription list in their order, folders flattened, each address once.

    Raises BadInput if it is no OPML, is larger than 10 MiB or declares entities.
    """
    if len(body) > LARGEST:
        raise BadInput(f"the subscription list is larger than {LARGEST} bytes; split it")
    text = _DECLARATION.sub("", to_text(body))
    if "<!DOCTYPE" in text.upper() or "<!ENTITY" in text.upper():
        raise BadInput("the subscription list declares a document type; remove the <!DOCTYPE …> part, OPML has none")
    feeds: dict[str, OpmlFeed] = {}
    for outline in _root(_repaired(text)).iter("{*}outline"):
        if feed := _feed({name.lower(): value for name, value in outline.attrib.items()}):
            feeds.setdefault(feed.url, feed)
    return list(feeds.values())


def _root(text: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        what = error.msg.partition("\n")[0].partition(", line ")[0].strip() or "nothing in it"
        raise BadInput(f"line {error.lineno} of the subscription list is not well-formed XML: {what}") from error
    if etree.QName(root).localname.lower() != "opml":
        raise BadInput(f"not a subscription list: the document is <{etree.QName(root).localname}>, not <opml>")
    return root


def _repaired(text: str) -> str:
    """Bare ampersands in addresses and HTML names (&eacute;) are common in exported lists and easy to mend."""

    def character(match: re.Match[str]) -> str:
        known = match[1] in _XML_NAMES
        return match[0] if known else html.escape(html.unescape(match[0]))

    return _NAMED.sub(character, _BARE_AMPERSAND.sub("&amp;", text))


def _feed(values: dict[str, str]) -> OpmlFeed | None:
    """An outline with an address; one without is a folder, and a link that we did not write is no source."""
    kind = taken_in(values.get(KIND.lower(), "")).strip() or SourceKind.FEED.value
    named = values.get("xmlurl" if kind == SourceKind.FEED else "url", "")
    url = re.sub(r"^feed:(?://)?(?!//)", "", named.strip(), flags=re.I)
    if not url:
        return None
    url = url if "://" in url else f"http://{url}"
    title = values.get("title") or values.get("text") or ""
    home = values.get(HOME.lower(), "") or values.get("home", "")
    site = in_address(values.get("htmlurl", "").strip())
    topics = tuple(taken_in(values.get(TOPICS.lower(), "")).split())
    return OpmlFeed(in_address(url), taken_in(title).strip(), site, taken_in(home).strip(), kind, topics)


def write_opml(feeds: Iterable[OpmlFeed], title: str = "Sources of the procedure tracker") -> bytes:
    """An OPML 2.0 document in UTF-8. It bears no date: the same feeds give the same bytes."""
    root = etree.Element("opml", {"version": "2.0"}, nsmap={"tracker": NAMESPACE})
    etree.SubElement(etree.SubElement(root, "head"), "title").text = visible(title)
    body = etree.SubElement(root, "body")
    for feed in feeds:
        named = {"text": visible(feed.title) or in_address(feed.url), "title": visible(feed.title)}
        is_feed = feed.kind == SourceKind.FEED
        typed = {"type": "rss" if is_feed else "link", **named, "xmlUrl" if is_feed else "url": in_address(feed.url)}
        values = typed | {"htmlUrl": in_address(feed.site), HOME: visible(feed.home)}
        values |= {KIND: "" if is_feed else feed.kind, TOPICS: " ".join(feed.topics)}
        etree.SubElement(body, "outline", {name: value for name, value in values.items() if value})
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True))
