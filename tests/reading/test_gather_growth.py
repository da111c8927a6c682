"""Feeds and pages that grow: what they cost grows no faster."""

from contextlib import suppress

import pytest

from support.articles.growth import assert_hardly_grows, assert_linear
from tracker.errors import FeedError
from tracker.gather.feeds.parser import MAX_ITEMS, parse_feed
from tracker.gather.pages.extraction import extract_article

URL = "https://fetched.example/feed.xml"
TOLD = (
    "<p>The Ridgeton City Council voted 6-1 on Tuesday night to end no-knock warrants within the city limits.</p>"
    "<p>The new general order takes effect June 1, and officers will be trained before then, the police chief said.</p>"
    "<p>Two residents spoke against the change, and eleven spoke in favor of it during the public hearing.</p>"
)
PAGE = (
    f"<!DOCTYPE html><html><head><title>T</title></head><body><main><article>{TOLD}{{}}</article></main></body></html>"
)


def rss(items: str, head: str = "") -> bytes:
    return f"<rss version='2.0'><channel><title>T</title>{head}{items}</channel></rss>".encode()


def test_at_most_2000_items_are_read_and_the_rest_costs_nothing() -> None:
    def read(count: int) -> None:
        many = "".join(f"<item><title>{number}</title></item>" for number in range(count))
        feed = parse_feed(rss(many, "<ttl>30</ttl>"), URL)
        assert (len(feed.items), feed.items[-1].title, feed.ttl_s) == (MAX_ITEMS, str(MAX_ITEMS - 1), 1800)

    assert_hardly_grows(read, MAX_ITEMS)


def test_each_of_many_items_takes_as_long_as_one_of_few() -> None:
    text = "&lt;p&gt;The board voted to change the rule.&lt;/p&gt;" * 20

    def read(count: int) -> None:
        items = (f"<title>{n}</title><link>/{n}</link><description>{text}</description>" for n in range(count))
        parse_feed(rss("".join(f"<item>{item}</item>" for item in items)), URL)

    assert_linear(read, 50)


HOSTILE = [
    "<a>",
    "<",
    "&",
    "<!",
    "<!ENTITY a 'b'",
    "<p ",
    "<a b='",
    "</",
    "<![CDATA[",
    "&lt;div&gt;",
    "<x:y xmlns:x='u'>",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_markup_is_read_or_refused_in_a_time_that_grows_with_its_length(piece: str) -> None:
    def read(size: int) -> None:
        body = rss("<item><title>x</title><description>" + piece * (size // len(piece)) + "</description></item>")
        with suppress(FeedError):
            parse_feed(body, URL)

    assert_linear(read, 25_000)


def test_a_page_of_many_tags_takes_a_time_that_grows_with_their_number() -> None:
    assert_linear(lambda count: extract_article(PAGE.format("<p>more <b>of</b> it" * count).encode(), URL), 500)
