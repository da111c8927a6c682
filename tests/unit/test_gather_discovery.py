"""Which feeds a page names, and where feeds usually are."""

import pytest

from tracker.gather.feeds.discovery import (
    MOST_LINKED,
    USUAL_PATHS,
    LinkedFeed,
    asks_to_log_in,
    linked_feeds,
    usual_feeds,
)

URL = "https://www.bugle.example/2019/05/story/"
WORDPRESS = """<!DOCTYPE html><html><head><title>Story</title><link rel="stylesheet" href="x.css">
<link rel="alternate" type="application/rss+xml" title="The Bugle &raquo; Comments Feed" href="/comments/feed/">
<link rel="alternate" type="application/rss+xml" title="The Bugle &raquo; Feed" href="//www.bugle.example/feed/" />
<link rel="alternate" type="application/rss+xml" title="Story Comments" href="/2019/05/story/feed/">
<link rel="alternate" type="application/json" href="/wp-json/"><link rel='shortlink' href='/?p=1'>
<link rel="alternate" hreflang="es" href="/es"></head><body><a href="/rss">RSS</a></body></html>"""


def addresses(text: str, url: str = URL) -> list[str]:
    return [feed.url for feed in linked_feeds(text, url)]


def test_declared_feeds_come_in_the_order_of_the_page_and_comments_last() -> None:
    feeds = linked_feeds(WORDPRESS, URL)
    assert [(feed.url, feed.comments) for feed in feeds] == [
        ("https://www.bugle.example/feed/", False),
        ("https://www.bugle.example/comments/feed/", True),
        ("https://www.bugle.example/2019/05/story/feed/", True),
    ]
    assert feeds[0].title == "The Bugle » Feed"


DECLARED = [
    ("Atom", "<link rel=alternate type=application/atom+xml href=atom.xml>", URL + "atom.xml"),
    ("JSON Feed", "<link type='application/feed+json' href='/f.json' rel='alternate'>", "https://www.bugle.example/f.json"),
    ("an escaped ampersand", '<link rel="alternate" type="text/rss+xml" href="/r?a=1&amp;b=2">',
     "https://www.bugle.example/r?a=1&b=2"),
    ("capitals", '<LINK REL="Alternate" TYPE="Application/RSS+XML" HREF="/rss">', "https://www.bugle.example/rss"),
    ("another host", '<link rel="alternate" type="application/rss+xml" href="//feeds.example/b">', "https://feeds.example/b"),
    ("several words of rel", '<link rel="alternate home" type="application/rss+xml" href="/rss">',
     "https://www.bugle.example/rss"),
    ("an address of the script's", '<link data-href="/no" rel="alternate" type="application/rss+xml" href="/rss">',
     "https://www.bugle.example/rss"),
]  # fmt: skip


@pytest.mark.parametrize(("tag", "url"), [case[1:] for case in DECLARED], ids=[case[0] for case in DECLARED])
def test_a_feed_is_declared(tag: str, url: str) -> None:
    assert addresses(f"<html><head>{tag}</head></html>") == [url]


NONE = [
    ("a style sheet", '<link rel="stylesheet" type="text/css" href="/rss">'),
    ("another language", '<link rel="alternate" hreflang="es" href="/es">'),
    ("no address", '<link rel="alternate" type="application/rss+xml">'),
    ("no web address", '<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">'),
    ("another element", '<linked rel="alternate" type="application/rss+xml" href="/rss">'),
    ("a link to a story about feeds", '<a href="/2019/the-end-of-rss-readers-feeding">RSS</a>'),
    ("a feed of another site", '<a href="https://other.example/rss.xml">RSS</a>'),
    ("an article element", '<article href="/rss.xml">'),
]  # fmt: skip


@pytest.mark.parametrize("tag", [case[1] for case in NONE], ids=[case[0] for case in NONE])
def test_what_names_no_feed(tag: str) -> None:
    assert addresses(f"<html><body>{tag}</body></html>") == []


LOOKING_SO = [
    "/rss",
    "/feed/",
    "/news/rss.xml",
    "/RSSFeed.aspx",
    "/search/rss/",
    "/local/feed.xml",
    "/index.rss",
    "/atom/",
]


@pytest.mark.parametrize("path", LOOKING_SO)
def test_where_nothing_is_declared_links_that_look_like_feeds_are_named(path: str) -> None:
    (feed,) = linked_feeds(f"<html><body><a class='x' href='{path}'>All news</a></body></html>", URL)
    assert feed == LinkedFeed(f"https://www.bugle.example{path}", "All news")


def test_a_feed_that_is_named_twice_is_one_and_a_page_with_very_many_is_cut() -> None:
    tag = '<link rel="alternate" type="application/rss+xml" title="{0}" href="/{1}.xml">'
    assert linked_feeds(tag.format("first", 1) + tag.format("again", 1), URL)[0].title == "first"
    many = "".join(tag.format("c", number) for number in range(1000))
    assert len(linked_feeds(many, URL)) == MOST_LINKED


def test_a_megabyte_of_openings_is_looked_through_once() -> None:
    """Would take hours if it were not."""
    for piece in ("<link ", "<a ", "<link rel=alternate type=rss href='", "<input ", "<a href=/rss "):
        text = piece * (3_000_000 // len(piece))
        assert linked_feeds(text, URL) == ()
        assert not asks_to_log_in(text, URL)


def test_usual_addresses_are_on_the_host_itself() -> None:
    assert usual_feeds("http://bugle.example:8080/a/b?c=1#d") == tuple(
        f"http://bugle.example:8080{path}" for path in USUAL_PATHS
    )


@pytest.mark.parametrize(
    ("text", "url", "door"),
    [
        ("<form><input name=p type='password'></form>", URL, True),
        ("<html>Welcome</html>", "https://bugle.example/account/login?next=/feed", True),
        ("<html>Welcome</html>", "https://bugle.example/sign-in", True),
        ("<form><input type=search></form>", "https://bugle.example/blogging/authors", False),
    ],
)
def test_the_door_of_a_closed_site_is_known(text: str, url: str, door: bool) -> None:
    assert asks_to_log_in(text, url) is door
