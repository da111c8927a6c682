"""Feeds of every dialect beside what they must become, and what is no feed at all."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from tracker.errors import DamagedFeed, FeedError
from tracker.gather.feeds.parser import FeedItem, ParsedFeed, parse_feed

GOLDEN = Path(__file__).parents[1] / "golden" / "feeds"
URL = "https://fetched.example/feed.xml"


def as_json(feed: ParsedFeed) -> dict[str, object]:
    """As the twins are written: empty fields of items left out, moments in ISO 8601."""
    plain = asdict(feed)
    plain["items"] = [{name: value for name, value in item.items() if value} for item in plain["items"]]
    return dict(json.loads(json.dumps(plain, default=lambda moment: moment.isoformat())))


def rss(items: str, head: str = "") -> bytes:
    return f"<rss version='2.0'><channel><title>T</title>{head}{items}</channel></rss>".encode()


def only_item(items: str) -> FeedItem:
    (item,) = parse_feed(rss(items), URL).items
    return item


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.feed")), ids=lambda path: path.stem)
def test_a_feed_becomes_its_expected_twin(path: Path) -> None:
    expected = json.loads(path.with_name(path.name + ".json").read_text("utf-8"))
    assert as_json(parse_feed(path.read_bytes(), URL)) == expected


PAGE = b"""<!DOCTYPE html><html><head>
<link rel="stylesheet" href="x.css"><link rel="alternate" type="application/rss+xml" href="/rss?a=1&amp;b=2">
<link type='application/atom+xml' href='atom.xml' rel='alternate'><link rel="alternate" hreflang="es" href="/es">
</head><body>Hello</body></html>"""
NO_FEEDS = [
    ("an empty answer", b"", "is empty"),
    ("blank lines", b" \n\t ", "is empty"),
    ("a web page", b"<html><body>Not found</body></html>", "web page"),
    ("a page with feeds", PAGE, "web page, not a feed; it names these feeds: https://fetched.example/rss?a=1&b=2 "),
    ("a page that mentions a feed's root", b"<!doctype html><html><code>&lt;rss></code><rss></rss></html>", "web page"),
    ("an error in words", b"Access denied", "not a feed"),
    ("another XML", b"<?xml version='1.0'?><opml version='2.0'><body/></opml>", "not a feed"),
    ("a picture", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "not a feed"),
    ("JSON", b'{"error": "no such view"}', "not a JSON Feed"),
    ("broken JSON", b'{"version": "https://jsonfeed.org/version/1.1", "items": [', "broken"),
    ("deep JSON", b'{"version":' + b"[" * 100_000, "broken"),
]


@pytest.mark.parametrize(("body", "words"), [case[1:] for case in NO_FEEDS], ids=[case[0] for case in NO_FEEDS])
def test_what_is_no_feed_is_said_in_one_line(body: bytes, words: str) -> None:
    with pytest.raises(FeedError) as caught:
        parse_feed(body, URL)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.url == URL


def test_an_empty_feed_is_a_feed() -> None:
    assert parse_feed(rss(""), URL).items == ()


HEAD = "<rss version='2.0'><channel><title>T</title>"
ATOM = "<feed xmlns='http://www.w3.org/2005/Atom'><title>T</title>"


@pytest.mark.parametrize(
    "body",
    [
        f"{HEAD}<item><title>Manitowoc bans & <<link>x</rss",
        f"{HEAD}<item><title>Manitowoc ba",
        f"{HEAD}<item>",
        HEAD,
        f"{ATOM}<entry><title>Manitowoc ba",
        f"{HEAD}<item><title></title></item><it",
    ],
)
def test_a_feed_that_breaks_off_before_its_first_item_is_damaged(body: str) -> None:
    with pytest.raises(DamagedFeed, match="the feed is damaged and no item of it can be read"):
        parse_feed(body.encode(), URL)


@pytest.mark.parametrize(
    "body",
    [
        '<!DOCTYPE rss SYSTEM "rss-0.91.dtd"><rss version="0.91"><channel><title>Caf&eacute;</title></channel></rss>',
        f"{HEAD}</channel></rss><script>count()</script>",
        f"Warning: no such file\n{HEAD}</channel></rss>",
        f"{HEAD}<sy:updatePeriod>daily</sy:updatePeriod></channel></rss>",
        f"{ATOM}</feed>",
    ],
)
def test_an_empty_feed_that_is_only_odd_is_a_feed(body: str) -> None:
    for encoding in ("utf-8", "utf-16"):
        assert parse_feed(body.encode(encoding), URL).items == ()


def test_a_feed_that_breaks_off_behind_an_item_is_read_up_to_there() -> None:
    whole = "<item><title>Manitowoc bans fires</title><link>https://a.example/1</link></item>"
    assert [item.title for item in parse_feed(f"{HEAD}{whole}<item><title>Rid".encode(), URL).items if item.url] == [
        "Manitowoc bans fires"
    ]


BOMB = """<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_declared_entities_are_never_expanded(encoding: str) -> None:
    body = (BOMB + rss("<item><title>one &b; two &x;</title></item>").decode()).encode(encoding)
    (item,) = parse_feed(body, URL).items
    assert item.title == "one &b; two &x;"


@pytest.mark.parametrize(
    ("head", "seconds"),
    [
        ("", None),
        ("<ttl>60</ttl>", 3600),
        ("<ttl>0</ttl>", None),
        ("<ttl>-5</ttl>", None),
        ("<ttl>soon</ttl>", None),
        ("<ttl>99999999999999999</ttl>", None),
        ("<sy:updatePeriod>daily</sy:updatePeriod>", 86400),
        ("<sy:updatePeriod> hourly </sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>", 900),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>", 3600),
        ("<sy:updatePeriod>often</sy:updatePeriod>", None),
    ],
)
def test_a_feed_says_how_often_it_wants_to_be_polled(head: str, seconds: float | None) -> None:
    body = rss("", head).replace(b"<rss ", b"<rss xmlns:sy='http://purl.org/rss/1.0/modules/syndication/' ")
    assert parse_feed(body, URL).ttl_s == seconds


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("<link>https://a.example/1</link>", "https://a.example/1"),
        ("<link>\n  /news/\n 1 </link>", "https://fetched.example/news/1"),
        ("<link>//other.example/1</link>", "https://other.example/1"),
        ("<link>javascript:alert(1)</link>", ""),
        ("<link>http://[bad/</link>", ""),
        (f"<link>/{'a' * 3000}</link>", ""),
        ("<guid>https://a.example/by-guid</guid>", "https://a.example/by-guid"),
        ("<guid>4711</guid>", ""),
        ("<guid isPermaLink='false'>https://a.example/x</guid>", ""),
        (
            "<link>https://feeds.example/~r/1</link>"
            "<f:origLink xmlns:f='http://rssnamespace.org/feedburner/ext/1.0'>https://a.example/1</f:origLink>",
            "https://a.example/1",
        ),
    ],
)
def test_the_link_of_an_item_is_absolute_or_empty(link: str, url: str) -> None:
    assert only_item(f"<item><title>x</title>{link}</item>").url == url


def test_a_guid_does_not_depend_on_where_the_feed_was_fetched() -> None:
    body = rss("<item><title>x</title><guid>story-1</guid></item>")
    guids = {parse_feed(body, url).items[0].guid for url in (URL, "http://mirror.example/rss")}
    assert guids == {"story-1"}


def test_a_summary_that_repeats_the_content_is_left_out() -> None:
    text = "<description>One &amp;amp; two.</description>"
    encoded = "<c:encoded xmlns:c='http://purl.org/rss/1.0/modules/content/'>One &amp;amp; two.</c:encoded>"
    item = only_item(f"<item><title>x</title>{text}{encoded}</item>")
    assert (item.summary, item.content) == ("", "One & two.")
