"""Arbitrary and mutated bytes: the parsers answer or raise their own errors, and nothing else ever."""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.errors import BadInput, FeedError, PageError, TrackerError
from tracker.gather.feeds.discovery import asks_to_log_in, linked_feeds
from tracker.gather.feeds.opml import read_opml
from tracker.gather.feeds.parser import parse_feed
from tracker.gather.pages.extraction import extract_article
from tracker.gather.text.charset import to_text

URL = "https://a.example/2019/05/story"
FEEDS = [path.read_bytes() for path in sorted((Path(__file__).parents[1] / "golden" / "feeds").glob("*.feed"))]
PAGE = b"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>A title</title>
<link rel="canonical" href="/story"><meta property="article:published_time" content="2019-05-08T11:00:00Z">
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "A", "datePublished": "2019-05-08"}</script>
</head><body><article><h1>A title</h1><time datetime="2019-05-08">May 8</time>
<p>The council voted 6-1 on Tuesday to end the practice of entering homes without a knock, after a long debate.</p>
<p>The new order takes effect June 1, said the chief, who told the council that officers will be trained.</p>
<table><tr><td>1</td></tr></table></article></body></html>"""
OPML = b"""<?xml version="1.0"?><opml version="2.0"><body><outline text="x">
<outline type="rss" text="A &amp; B" xmlUrl="https://a.example/rss" htmlUrl="https://a.example/"/></outline></body></opml>"""
TOKENS = [
    *(b"<", b">", b"&", b"&amp;", b"&#0;", b"&#xD800;", b"&#99999999;", b"\x00", b"\xff", b"\xed\xa0\x80", b"]]>"),
    *(b"<![CDATA[", b"<!--", b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"<?xml encoding='utf-16'?>", b"<item>", b"</item>"),
    *(b"<entry/>", b"</channel>", b"<rss", b"<feed xmlns='http://www.w3.org/2005/Atom'>", b"<link href='http://['/>"),
    *(b"<a:b>", b" xmlns:a='b'", b"<pubDate>", b"<guid>", b"type='application/xml'", b"mode='base64'", b"<source>"),
    *(
        b"<html>",
        b"<svg><style>",
        b"<select><option>",
        b"<template>",
        b"<time datetime='2019-99-99'>",
        b"<base href='x'>",
    ),
    *(
        b"\xef\xbb\xbf",
        b"\xfe\xff",
        b"-1",
        b"9" * 400,
        b"\xe2\x80\xae",
        b"<media:content url='x'/>",
        b"<geo:lat>x</geo:lat>",
    ),
]


@st.composite
def mutated(draw: st.DrawFn, originals: list[bytes]) -> bytes:
    """An original with pieces cut, doubled and replaced."""
    body = draw(st.sampled_from(originals))
    for _ in range(draw(st.integers(1, 8))):
        start = draw(st.integers(0, len(body)))
        end = min(len(body), start + draw(st.integers(0, 40)))
        piece = draw(st.one_of(st.sampled_from(TOKENS), st.binary(max_size=6), st.just(body[start:end] * 2)))
        body = body[:start] + piece + body[end:]
    return body


CONTENT_TYPES = st.sampled_from(
    ["", "text/xml", "text/html; charset=utf-8", "text/xml; charset=utf-16", "x; charset=hex"]
)
T = TypeVar("T")


def answer(parse: Callable[..., T], refusal: type[TrackerError], *arguments: object) -> T | None:
    """What the parser makes of it, or None if it refuses in one line; anything else that it raises fails the test."""
    try:
        return parse(*arguments)
    except refusal as error:
        said = str(error)
    assert said
    assert "\n" not in said
    return None


QUICK = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """The libraries behind log what they think of such documents."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@QUICK
@given(
    st.one_of(mutated(FEEDS), st.binary(max_size=300), st.lists(st.sampled_from(TOKENS)).map(b"".join)), CONTENT_TYPES
)
def test_any_bytes_are_a_feed_or_a_feed_error(body: bytes, content_type: str) -> None:
    if (feed := answer(parse_feed, FeedError, body, URL, content_type)) is None:
        return
    assert all(item.published is None or item.published.tzinfo for item in feed.items)
    assert all(item.url == "" or item.url.lower().startswith(("http://", "https://")) for item in feed.items)
    assert "\x00" not in repr(feed)


@QUICK
@given(
    st.one_of(mutated([PAGE, *FEEDS]), st.binary(max_size=300), st.lists(st.sampled_from(TOKENS)).map(b"".join)),
    CONTENT_TYPES,
)
def test_any_bytes_are_an_article_or_a_page_error(body: bytes, content_type: str) -> None:
    text = to_text(body, content_type)
    assert all(feed.url.startswith(("http://", "https://")) for feed in linked_feeds(text, URL))
    asks_to_log_in(text, URL)
    if (page := answer(extract_article, PageError, body, URL, content_type)) is None:
        return
    assert page.text.strip()
    assert page.canonical_url.startswith("https://a.example/")


@QUICK
@given(st.one_of(mutated([OPML]), st.binary(max_size=300), st.lists(st.sampled_from(TOKENS)).map(b"".join)))
def test_any_bytes_are_a_list_or_bad_input(body: bytes) -> None:
    if (feeds := answer(read_opml, BadInput, body)) is None:
        return
    assert all(feed.url for feed in feeds)
