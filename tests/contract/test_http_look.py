"""A look at an address over real HTTP, and what is said of it: feeds, pages with feeds behind them, closed doors."""

import socket
import ssl
import threading
import warnings
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import trustme

from support.servers.small_web import Page, gives, served, status
from tracker.gather.feeds.diagnosis import FeedVerdict, diagnose
from tracker.gather.feeds.discovery import MOST_LINKED, USUAL_PATHS
from tracker.gather.feeds.look import FeedProbe, feeds_behind, probe
from tracker.gather.http.client import Client

NOW = datetime(2019, 5, 8, 15, 0, tzinfo=UTC)


def rss(*numbers: int, title: str = "Bugle", day: str = "07 May 2019 10:00:00 GMT", link: str = "/story/") -> Page:
    items = "".join(
        f"<item><title>Story {n}</title><link>{link}{n}</link><pubDate>Tue, {day}</pubDate></item>" for n in numbers
    )
    return gives(f"<rss version='2.0'><channel><title>{title}</title>{items}</channel></rss>")


def page(*addresses: str, title: str = "") -> str:
    links = "".join(f'<link rel="alternate" type="application/rss+xml" title="{title}" href="{a}">' for a in addresses)
    return f"<!DOCTYPE html><html><head>{links}</head><body>News</body></html>"


async def looked(pages: dict[str, Page], path: str = "/") -> tuple[FeedProbe, list[str]]:
    """The look at one address, with what is behind it, and what was asked for on the way, by path."""
    async with served(pages) as web, Client(allow_private=True, gap_s=0, total_s=5) as client:
        look = await feeds_behind(client, await probe(client, web.origin + path))
        return look, [asked.partition("/")[2] for asked in web.asked]


def paths(look: FeedProbe) -> list[str]:
    return ["/" + feed.url.split("/", 3)[3] for feed in look.feeds]


async def test_a_feed_is_one_and_nothing_else_is_asked_for() -> None:
    look, asked = await looked({"/rss": rss(1, 2)}, "/rss")
    assert look.feed is not None
    assert (look.feed.title, look.feed.items, look.feed.newest) == ("Bugle", 2, datetime(2019, 5, 7, 10, tzinfo=UTC))
    assert (look.feeds, asked) == ((), ["rss"])


async def test_the_feed_that_a_page_names_is_found_and_the_usual_addresses_are_left_alone() -> None:
    look, asked = await looked({"/": page("/news.xml"), "/news.xml": rss(1), "/feed/": rss(2)})
    assert (paths(look), asked) == (["/news.xml"], ["", "news.xml"])


async def test_comments_come_last_empty_feeds_behind_full_ones_and_two_forms_of_one_feed_count_once() -> None:
    look, _ = await looked(
        {
            "/": page("/comments/feed/", "/empty.xml", "/atom.xml", "/rss.xml", "/gone.xml"),
            "/comments/feed/": rss(1, 2, title="Comments for Bugle", link="/comment/"),
            "/empty.xml": rss(),
            "/atom.xml": rss(1, 2),
            "/rss.xml": rss(1, 2),
        }
    )
    assert paths(look) == ["/atom.xml", "/empty.xml", "/comments/feed/"]
    assert [feed.comments for feed in look.feeds] == [False, False, True]
    assert [address.rpartition("/")[2] for address, _ in look.tried] == ["gone.xml"]
    assert "404" in look.tried[0][1]


async def test_where_a_page_names_none_the_usual_addresses_are_tried_up_to_the_first_that_is_one() -> None:
    look, asked = await looked({"/": page(), "/rss.xml": rss(1), "/feed.xml": rss(2), "/rss": page()})
    assert (paths(look), asked) == (["/rss.xml"], ["", "feed/", "rss", "rss.xml"])


async def test_where_there_is_none_it_is_said_what_was_tried() -> None:
    look, asked = await looked({"/": page()})
    assert (look.feeds, len(look.tried), len(asked)) == ((), len(USUAL_PATHS), 1 + len(USUAL_PATHS))


async def test_a_page_that_names_hundreds_has_some_tried() -> None:
    _, asked = await looked({"/": page(*(f"/{n}.xml" for n in range(300)))})
    assert len(asked) == 1 + MOST_LINKED


async def test_a_named_feed_that_has_moved_is_found_at_its_lasting_address() -> None:
    look, _ = await looked({"/": page("/feed"), "/feed": status(301, Location="/feed/"), "/feed/": rss(1)})
    assert paths(look) == ["/feed/"]


async def test_a_feed_inside_this_network_is_refused_whoever_names_it() -> None:
    async with served({"/": page("http://127.0.0.1:1/feed")}) as web:
        async with Client(allow_private=True, gap_s=0) as allowed:
            look = await probe(allowed, web.origin)
        async with Client(gap_s=0) as strict:
            behind = await feeds_behind(strict, look)
    assert behind.feeds == ()
    assert "loopback" in behind.tried[0][1]


OLD = "07 Jan 2019 10:00:00 GMT"
CASES: list[tuple[str, dict[str, Page], FeedVerdict, list[str]]] = [
    ("a feed", {"/": rss(1, 2)}, FeedVerdict.OK, ["2 items, newest 2019-05-07"]),
    ("an empty feed", {"/": rss()}, FeedVerdict.WARNING, ["0 items", "the feed is empty", "home page"]),
    (
        "a damaged feed",
        {"/": gives("<rss version='2.0'><channel><title>Bugle</title><item><title>Sto")},
        FeedVerdict.FAILING,
        ["the feed is damaged and no item of it can be read", "tell the site's owner"],
    ),
    ("a quiet feed", {"/": rss(1, day=OLD)}, FeedVerdict.WARNING, ["nothing new for 121 days"]),
    ("odd dates", {"/": rss(1, 2, day="soon")}, FeedVerdict.WARNING, ["none of them has a date"]),
    ("dates ahead", {"/": rss(1, day="07 May 2029 10:00:00 GMT")}, FeedVerdict.WARNING, ["1 of them are dated ahead"]),
    ("no links", {"/": rss(1, link="urn:")}, FeedVerdict.WARNING, ["1 of them have no link"]),
    ("comments", {"/": rss(1, title="Comments on: Bugle")}, FeedVerdict.WARNING, ["what readers say"]),
    (
        "moved",
        {"/": status(301, Location="/new"), "/new": rss(1)},
        FeedVerdict.WARNING,
        ["moved for good to http://127", "/new"],
    ),
    ("moved for now", {"/": status(302, Location="/new"), "/new": rss(1)}, FeedVerdict.OK, ["1 items"]),
    (
        "a page with a feed",
        {"/": page("/f"), "/f": rss(1)},
        FeedVerdict.FAILING,
        ["web page", "behind this page: `tracker sources add http://127", "/f`"],
    ),
    (
        "a page with a feed of comments",
        {"/": page("/comments/feed/"), "/comments/feed/": rss(1)},
        FeedVerdict.FAILING,
        ["web page", "no feed of news was found behind it either"],
    ),
    (
        "a page without",
        {"/": page()},
        FeedVerdict.FAILING,
        ["web page", "no feed of news was found behind it either (tried ", "/feed/"],
    ),
    (
        "a login",
        {"/": "<html><form><input type=password></form>"},
        FeedVerdict.FAILING,
        ["asks to log in", "logs in nowhere"],
    ),
    (
        "a login by redirect",
        {"/": status(302, Location="/login"), "/login": page()},
        FeedVerdict.FAILING,
        ["asks to log in"],
    ),
    ("not allowed", {"/": status(401)}, FeedVerdict.FAILING, ["HTTP 401", "logs in nowhere"]),
    (
        "forbidden",
        {"/": status(403)},
        FeedVerdict.FAILING,
        ["HTTP 403", "robots.txt is not why", "`contact`", "tracker watch"],
    ),
    (
        "not found",
        {"/": status(404)},
        FeedVerdict.FAILING,
        ["HTTP 404", "nothing is at this address", "tracker sources add"],
    ),
    ("gone", {"/": status(410)}, FeedVerdict.FAILING, ["HTTP 410", "gone for good"]),
    ("busy", {"/": status(429, Retry_After="60")}, FeedVerdict.FAILING, ["HTTP 429", "tried again by itself"]),
    ("in trouble", {"/": status(502)}, FeedVerdict.FAILING, ["HTTP 502", "tried again by itself"]),
    ("a loop", {"/": status(302, Location="/")}, FeedVerdict.FAILING, ["redirects", "cookies or a login"]),
    ("nothing", {"/": gives("")}, FeedVerdict.FAILING, ["the answer is empty", "look for another"]),
    ("words", {"/": gives("Access denied", "text/plain")}, FeedVerdict.FAILING, ["not a feed", "look for another"]),
    ("broken JSON", {"/": gives("{", "application/json")}, FeedVerdict.FAILING, ["broken", "look for another"]),
]


@pytest.mark.parametrize(("pages", "verdict", "says"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
async def test_what_is_wrong_is_said_and_what_to_do(
    pages: dict[str, Page], verdict: FeedVerdict, says: list[str]
) -> None:
    found = diagnose((await looked(pages))[0], NOW)
    assert found.verdict is verdict
    for words in says:
        assert words in f"{found.says}; {found.remedy}"
    assert bool(found.remedy) is (verdict is not FeedVerdict.OK)
    assert "\n" not in found.says + found.remedy


async def test_nobody_at_the_address_is_said_too() -> None:
    async with Client(allow_private=True, gap_s=0, total_s=5) as client:
        silent = diagnose(await probe(client, "http://127.0.0.1:9/feed"), NOW)
        nameless = diagnose(await probe(client, "http://no-such-host.invalid/feed"), NOW)
        no_address = diagnose(await probe(client, "ftp://bugle.example/feed"), NOW)
    assert "tried again by itself" in silent.remedy
    assert "spelling" in nameless.remedy
    assert no_address.remedy == "correct the address"


def of_nobody_known() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    return context


def too_old() -> ssl.SSLContext:
    context = of_nobody_known()
    with warnings.catch_warnings(action="ignore"):  # that this is no longer done is the point
        context.minimum_version, context.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
    context.set_ciphers("ALL:@SECLEVEL=0")
    return context


@pytest.mark.parametrize(
    ("tls", "says"),
    [
        (of_nobody_known, ["its certificate is not trusted", "its owner has to renew it"]),
        (too_old, ["no secure connection", "protocol version", "no TLS that is still safe"]),
        (lambda: None, ["no secure connection", "try it with http://"]),
    ],
    ids=["a certificate of nobody known", "a TLS that is too old", "no TLS at all"],
)
async def test_what_is_wrong_with_the_lock_is_said(tls: Callable[[], ssl.SSLContext | None], says: list[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=answer_once, args=(listening, tls()), daemon=True).start()
        async with Client(allow_private=True, gap_s=0, total_s=5) as client:
            look = await probe(client, f"https://127.0.0.1:{listening.getsockname()[1]}/feed")
    found = diagnose(look, NOW)
    for words in says:
        assert words in f"{found.says}; {found.remedy}"


def answer_once(listening: socket.socket, tls: ssl.SSLContext | None) -> None:
    """In a thread, since asyncio's own server drops a hand that it will not shake without a word."""
    connection, _ = listening.accept()
    try:
        with tls.wrap_socket(connection, server_side=True) if tls else connection as opened:
            opened.recv(4096)
            opened.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
    except OSError:
        connection.close()


async def test_what_keeps_articles_from_us_is_said_of_a_feed_that_answers() -> None:
    look, _ = await looked({"/": rss(1)})
    found = diagnose(look, NOW, pages_closed=True, dead_ends=7)
    assert found.verdict is FeedVerdict.WARNING
    assert "robots.txt" in found.says
    assert "7 items lead only to Google's own page" in found.says
    assert diagnose(look, NOW + timedelta(days=28)).verdict is FeedVerdict.OK
