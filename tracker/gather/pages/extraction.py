"""Page bytes to an article: text by trafilatura, title, publisher and moment from what the page declares itself.

A page that stands before an article is none: a paywall shows its start, a consent notice nothing of it. What the feed
itself says is worth more than both.
"""

import json
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

from lxml import etree
from lxml.html import HtmlElement

from tracker.errors import DeadEnd, PageError
from tracker.gather.canonical import canonical_address
from tracker.gather.feeds.discovery import absolute
from tracker.gather.feeds.parser import LONGEST_TITLE
from tracker.gather.pages.main_text import main_text
from tracker.gather.pages.page_dates import published
from tracker.gather.pages.surroundings import taken_away, without_surroundings
from tracker.gather.text.charset import to_text
from tracker.gather.text.markup import first_tags, without_declaration
from tracker.gather.text.plain import one_line, page_tree, plain_text, prose, without_noise

SHORT = 1200
"""Characters under which a text that asks for a subscription, or for consent, is no article."""
PAYWALL = re.compile(
    r"\b(?:subscribe|sign in|log in|become a member|create a free account|start your (?:free )?trial)\b[^.]{0,60}"
    r"\b(?:continue|keep|finish|read|access|unlimited|full)\b|\balready a (?:subscriber|member)\b"
    r"|\bfor subscribers only\b|\bsubscriber[- ]exclusive\b|\bto continue reading\b"
    r"|\bthis (?:article|story|content) is (?:only )?(?:available )?(?:to|for) (?:our )?(?:subscribers|members)\b",
    re.I,
)
"""How American news sites word it."""
CONSENT = (
    re.compile(r"\b(?:we|us)(?:,? and| with) our (?:\d[\d,.]* )?(?:trusted )?(?:partners|vendors)\b", re.I),
    re.compile(r"\b(?:store|access)\b[^.]{0,30}\binformation on (?:a|your) device\b", re.I),
    re.compile(r"\b(?:accept|reject|allow|decline) all\b(?: cookies)?|\baccept (?:and continue|cookies)\b", re.I),
    re.compile(r"\bmanage (?:your |my )?(?:choices|preferences|cookies|consent|options|settings)\b", re.I),
    re.compile(r"\bwe (?:value|respect|care about) your privacy\b|\bbefore you continue\b", re.I),
    re.compile(r"\b(?:uses?|using) cookies\b|\bcookie (?:policy|notice|settings|preferences)\b", re.I),
    re.compile(r"\bprocess(?:ing)? (?:of )?(?:your )?personal data\b|\bwithdraw (?:your )?consent\b", re.I),
)
"""How consent managers word it, by the framework of the advertisers (IAB TCF) or in words of their own."""
MARKS = 3
"""Of these in one short text; a brief about a cookie law has one or two."""
CONSENT_HOSTS = ("consent.", "guce.", "privacy-mgmt.")
"""How hosts begin to which sites lead visitors before their first page."""


def stub(text: str, title: str, url: str) -> str:
    """What stands there instead of the article, in words; empty for an article."""
    if (urlsplit(url).hostname or "").startswith(CONSENT_HOSTS):
        return "the site leads to a consent notice instead of the article"
    if len(text) >= SHORT:
        return ""
    if sum(bool(mark.search(f"{title}. {text}")) for mark in CONSENT) >= MARKS:
        return "the page shows a consent notice instead of the article"
    return "the page shows only the start of the article, before a paywall" if PAYWALL.search(text) else ""


MIN_TEXT = 200
"""Characters. The shortest real briefs run to two sentences; teasers and error pages are shorter."""
MIN_BRIEF = 180
"""The same of headline and sentences together, where the page marks one element, and no other, as its article."""
LONGEST_PAGE = 4 * 1024 * 1024
MOST_TAGS = 40_000
"""Characters and tags of a page that are read. Heavy news pages have 10,000 tags; the extraction behind takes time that
grows faster than their number."""
LONGEST_JSON = 200_000
"""Characters of one JSON-LD block; article bodies in it included."""
ARTICLE_TYPES = re.compile(r"Article|NewsArticle|BlogPosting|Report\b|LiveBlogPosting")
AUTHOR_NAMES = ("author", "byl", "parsely-author", "sailthru.author", "dc.creator")
"""Meta elements in which sites name the writer."""
LONGEST_BYLINE = 200
"""Characters: a handful of names."""
_BY = re.compile(r"^by\s+", re.I)
VARIANTS = re.compile(r"/(?:amp|print|page/\d+|photos?|comments?)/?$", re.I)
"""Endings of the other forms of an article, whose canonical address is the part before."""
SAME_SITE = re.compile(r"^(?:www\d?|m|mobile|amp)\.")
for _name in ("trafilatura", "htmldate"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)  # they warn of every odd page; PageError says it once
_META = etree.XPath("//meta[@content]")
_ARTICLES = etree.XPath("//article[not(ancestor::article)]")
_JSON_LD = etree.XPath('//script[@type="application/ld+json"]')


def load() -> None:
    """Loads what reads pages, ten megabytes that a daemon without news does without. Raises ImportError where a package
    is missing, so that this is known before the first page is blamed."""
    import_module("trafilatura")
    import_module("htmldate")


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """One article page. `text` has its paragraphs separated by blank lines; `canonical_url` is where it is stored.
    `declared`: it names its moment in data made for programs (`page_dates`). `byline`: who wrote it, as the
    page declares it; several are parted by commas."""

    title: str
    text: str
    published: datetime | None
    declared: bool
    publisher: str
    byline: str
    canonical_url: str


def extract_article(body: bytes, url: str, content_type: str = "") -> ArticlePage:
    """Reads an article page. Raises PageError if it holds no article text, as a list does, and DeadEnd if something
    stands before it, a paywall or a consent notice, or if it is another kind of file."""
    tree = _tree(body, url, content_type)
    page = _facts(tree, url)
    instead = stub(page.text, page.title, url)
    if instead:
        raise DeadEnd(url, instead)
    if (told := prose(page.text)) < MIN_TEXT and not _is_brief(page, tree):
        raise PageError(url, f"the page holds no article text ({told} characters of sentences found)")
    return page


def _is_brief(page: ArticlePage, tree: HtmlElement) -> bool:
    return len(_ARTICLES(tree)) == 1 and len(page.title) + prose(page.text) >= MIN_BRIEF


def page_facts(body: bytes, url: str, content_type: str = "") -> ArticlePage:
    """The same of a page that need not hold the article: a page that a script fills still names its day. Raises
    PageError if it is no page at all, DeadEnd if it is another kind of file."""
    return _facts(_tree(body, url, content_type), url)


def surroundings(body: bytes, url: str, content_type: str = "") -> Iterator[tuple[str, str]]:
    """What a page marks as standing around its article and is no part of the text: by which name it is marked, and its
    words on one line. Raises PageError if it is no page at all."""
    tree = _tree(body, url, content_type)
    for name, element in taken_away(tree):
        *_, top = element.iterancestors()
        etree.strip_elements(element, "script", "style", with_tail=False)
        if top is tree and (words := one_line(" ".join(element.itertext()))):  # what stood in a box went with it
            yield name, words


def _tree(body: bytes, url: str, content_type: str) -> HtmlElement:
    kind = content_type.partition(";")[0].strip().lower()
    if kind and not ("html" in kind or "xml" in kind or kind.startswith("text/")):
        raise DeadEnd(url, f"the page is {kind}, not a web page")
    text = first_tags(to_text(body, content_type).lstrip(), LONGEST_PAGE, MOST_TAGS)
    tree = page_tree(without_declaration(text))
    if tree is None:
        raise PageError(url, "the page is empty or no HTML at all")
    return tree


def _facts(tree: HtmlElement, url: str) -> ArticlePage:
    meta, linked = _meta(tree), _linked_data(tree)
    title = _title(tree, meta, linked)
    at, declared = published(tree, meta, linked, url)
    return ArticlePage(
        title=title,
        text=without_noise(_text(tree, url, linked), title),
        published=at,
        declared=declared,
        publisher=one_line(meta.get("og:site_name", "") or _publisher(linked))[:LONGEST_TITLE],
        byline=_byline(meta, linked)[:LONGEST_BYLINE],
        canonical_url=_canonical(tree, meta, url),
    )


def _text(tree: HtmlElement, url: str, linked: dict[str, Any]) -> str:
    """trafilatura without its slow second opinions, of what the page does not mark as standing around its article; the
    articleBody of JSON-LD where it holds more."""
    declared = plain_text(linked["articleBody"]) if isinstance(linked.get("articleBody"), str) else ""
    without_surroundings(tree)
    found = main_text(tree, url, fast=True)
    if len(found) < MIN_TEXT and len(declared) < MIN_TEXT:
        found = main_text(tree, url, fast=False)
    fuller = len(declared) > 2 * len(found)
    clearer = len(declared) >= len(found) and declared.count("\n\n") > found.count("\n\n")
    return declared if fuller or clearer else found


def _meta(tree: HtmlElement) -> dict[str, str]:
    """Meta elements by name, property or itemprop in lower case; the first of a name counts."""
    found: dict[str, str] = {}
    for element in _META(tree):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        if name and element.get("content").strip():
            found.setdefault(name.strip().lower(), element.get("content").strip())
    return found


def _linked_data(tree: HtmlElement) -> dict[str, Any]:
    """The first schema.org article that the page declares in JSON-LD, or an empty dict."""
    for script in _JSON_LD(tree):
        for node in _nodes((script.text or "")[:LONGEST_JSON]):
            kinds = node.get("@type")
            if any(isinstance(kind, str) and ARTICLE_TYPES.search(kind) for kind in _many(kinds)):
                return node
    return {}


def _nodes(text: str) -> Iterator[dict[str, Any]]:
    """Objects at the top of a JSON-LD block: one, a list, or a @graph."""
    try:
        top = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return
    for node in _many(top):
        if isinstance(node, dict):
            yield node
            yield from (inner for inner in _many(node.get("@graph")) if isinstance(inner, dict))


def _many(value: object) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _publisher(linked: dict[str, Any]) -> str:
    names = (node.get("name") for node in _many(linked.get("publisher")) if isinstance(node, dict))
    return next((name for name in names if isinstance(name, str)), "")


def _byline(meta: dict[str, str], linked: dict[str, Any]) -> str:
    """The authors of the schema.org article, else those of the usual meta elements; an address is no name."""
    told = [node.get("name") if isinstance(node, dict) else node for node in _many(linked.get("author"))]
    told = told if any(isinstance(name, str) and name.strip() for name in told) else [meta.get(n) for n in AUTHOR_NAMES]
    names = [one_line(name) for name in told if isinstance(name, str)]
    return ", ".join(dict.fromkeys(_BY.sub("", name) for name in names if name and "://" not in name))


def _title(tree: HtmlElement, meta: dict[str, str], linked: dict[str, Any]) -> str:
    """og:title, the declared headline, the first heading, the window title: the first that says anything."""
    headline = linked.get("headline")
    candidates = [meta.get("og:title", ""), headline if isinstance(headline, str) else ""]
    candidates += ["".join(element.itertext()) for tag in ("h1", "title") for element in tree.iter(tag)]
    return next((title for text in candidates if (title := one_line(text))), "")[:LONGEST_TITLE]


def _canonical(tree: HtmlElement, meta: dict[str, str], url: str) -> str:
    """The page's own canonical address if it can be trusted, else the address that it was asked under."""
    links = [element.get("href") for element in tree.iter("link") if "canonical" in (element.get("rel") or "").lower()]
    for link in [*links, meta.get("og:url")]:
        claimed = canonical_address(absolute(link or "", url))
        if claimed and _trusted(claimed, url):
            return claimed
    return canonical_address(url)


def _trusted(claimed: str, url: str) -> bool:
    """Same site, not the home page and not a section that the article lies in: some sites name those on every page."""
    here, there = urlsplit(canonical_address(url)), urlsplit(claimed)
    if not _same_site(here.hostname or "", there.hostname or ""):
        return False
    path = there.path.rstrip("/")
    if not path and not there.query:
        return False
    inside = here.path.startswith(path + "/") and here.path.rstrip("/") != path
    return not inside or VARIANTS.sub("", here.path).rstrip("/") == path


def _same_site(one: str, other: str) -> bool:
    one, other = SAME_SITE.sub("", one.lower()), SAME_SITE.sub("", other.lower())
    return one == other or one.endswith("." + other) or other.endswith("." + one)
