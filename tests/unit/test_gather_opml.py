"""Subscription lists, in and out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.characters import visible
from tracker.errors import BadInput
from tracker.gather.feeds.opml import OpmlFeed, read_opml, write_opml

NESTED = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="1.0"><head><title>mine</title></head><body>
  <outline text="Wisconsin">
    <outline text="Papers">
      <outline type="rss" text="Bugle" title="The Bugle" xmlUrl="https://bugle.example/rss?a=1&b=2" htmlUrl="https://bugle.example/"/>
    </outline>
    <outline text="Caf&eacute; News" xmlURL=" feed://cafe.example/rss "/>
  </outline>
  <outline text="the same again" xmlUrl="https://bugle.example/rss?a=1&amp;b=2"/>
  <outline text="an empty folder"/>
  <outline text="no scheme" xmlUrl="plain.example/rss" home="Milwaukee, WI"/>
</body></opml>"""


def test_folders_are_flattened_and_common_flaws_mended() -> None:
    assert read_opml(NESTED.encode()) == [
        OpmlFeed("https://bugle.example/rss?a=1&b=2", "The Bugle", "https://bugle.example/"),
        OpmlFeed("http://cafe.example/rss", "Café News"),
        OpmlFeed("http://plain.example/rss", "no scheme", "", "Milwaukee, WI"),
    ]


def test_feed_addresses_of_both_old_spellings_become_web_addresses() -> None:
    outlines = '<outline xmlUrl="feed:https://a.example/"/><outline xmlUrl="feed://b.example/"/>'
    feeds = read_opml(f"<opml><body>{outlines}</body></opml>".encode())
    assert [feed.url for feed in feeds] == ["https://a.example/", "http://b.example/"]


BOMB = b"""<!DOCTYPE opml [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><opml><body><outline xmlUrl="&b;"/></body></opml>"""
FILE = b"""<!doctype opml SYSTEM "file:///etc/passwd"><opml><body/></opml>"""
BAD = [
    ("nothing", b"", "not well-formed"),
    ("words", b"my feeds", "not well-formed"),
    ("a feed", b"<rss version='2.0'><channel/></rss>", "<rss>"),
    ("a page", b"<html><body>x</body></html>", "<html>"),
    ("a tag left open", b"<opml><body><outline xmlUrl='x'></body></opml>", "not well-formed"),
    ("an entity bomb", BOMB, "document type"),
    ("an entity bomb in UTF-16", BOMB.decode().encode("utf-16"), "document type"),
    ("a foreign document type", FILE, "document type"),
    ("deep nesting", b"<opml>" + b"<outline>" * 100_000, "not well-formed"),
    ("eleven megabytes", b" " * 11_000_000, "larger"),
]


@pytest.mark.parametrize(("body", "words"), [case[1:] for case in BAD], ids=[case[0] for case in BAD])
def test_what_is_no_list_is_said_in_one_line(body: bytes, words: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_opml(body)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_what_is_written_is_plain_opml() -> None:
    written = write_opml([OpmlFeed("https://a.example/?x=1&y=2", 'A "quoted" <title>', "", "Dane County, WI")])
    assert b'<opml xmlns:tracker="urn:procedure-tracker:opml" version="2.0">' in written
    assert b'tracker:home="Dane County, WI"' in written
    assert b"&amp;y=2" in written
    assert write_opml([]) == write_opml([])


WORDS = st.text(max_size=30).map(visible).map(lambda text: " ".join(text.split()))
ADDRESSES = st.builds("https://a.example/{}".format, WORDS).map(str.strip)
FEEDS = st.lists(st.builds(OpmlFeed, ADDRESSES, WORDS.filter(bool), WORDS, WORDS), unique_by=lambda feed: feed.url)


@given(FEEDS)
def test_a_list_that_is_written_is_read_back_the_same(feeds: list[OpmlFeed]) -> None:
    assert read_opml(write_opml(feeds)) == feeds


@given(st.text(max_size=40))
def test_any_title_can_be_written(title: str) -> None:
    assert len(read_opml(write_opml([OpmlFeed("https://a.example/", title, title, title)], title))) == 1
