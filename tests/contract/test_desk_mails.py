"""Feeds, subscribers and the digest at the desk: what the commands show and do."""

import html
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import html5lib
import pytest
import structlog
from sqlalchemy import Engine

from db.engine import reading
from db.feeds import feeds
from db.mail.subscribers import all_subscribers
from db.sessions import session
from jobs.mail import outbox
from jobs.settings import Settings
from support.mail.news import MILWAUKEE, MONDAY, add_entry, add_reader
from support.servers.feed_site import feed, item
from support.servers.feed_site import site as feed_site
from support.web.desk import Browser, add_users
from support.web.site import ADA, Site, running_site
from tracker.publish.mail.subscribers import Subscription

GIVEN = {"ada": False, "desk": True, "allow_private_addresses": True, "seconds_between_requests": 0}


@pytest.fixture
def site(engine: Engine, tmp_path: Path) -> Iterator[Site]:
    add_users(engine)
    add_entry(engine, "e1", MONDAY, place=MILWAUKEE)
    with running_site(engine, tmp_path, structlog.get_logger(), **GIVEN) as running:
        yield running


def test_subscribers_are_seen_and_looked_after_by_admins(site: Site) -> None:
    add_reader(site.engine, ADA, MONDAY - timedelta(days=3), Subscription(place=MILWAUKEE))
    outbox.count_as_told(site.engine, Settings(data_dir=site.data, timezone="UTC"), MONDAY + timedelta(hours=1))
    add_reader(site.engine, "bob@example.org", MONDAY, confirmed=False)
    browser = Browser(site).sign_in("Ada")
    page = browser.get("subscribers")
    html5lib.HTMLParser(strict=True).parse(page)
    assert "waits for their confirmation" in page
    assert "Milwaukee, Wisconsin" in page
    key = site.reader().id
    page = browser.get(f"subscriber/{key}")
    for shown in ("Mondays at 7:00", "doubtful", "The last one that went out", "Milwaukee"):
        assert shown in page, shown
    for what, state in (("end", "unsubscribed"), ("confirm", "active"), ("pause", "paused"), ("resume", "active")):
        html5lib.HTMLParser(strict=True).parse(browser.get(f"subscriber/{key}"))
        browser.post(f"subscriber/{key}/{what}")
        assert (browser.status, site.reader().state) == (200, state)
    assert "Subject:" in browser.get(f"subscriber/{key}/digest")
    browser.get(f"subscriber/{key}")
    browser.post(f"subscriber/{key}/resume")
    assert (browser.status, "they are not paused" in browser.page.lower()) == (400, True)
    for what in ("erase", "remove"):
        browser.post(f"subscriber/{key}/{what}")
        assert (browser.status, 'role="alert">Tick that' in browser.page) == (400, True)
    browser.post(f"subscriber/{key}/erase", sure="yes")
    assert addresses(site) == ["bob@example.org"]
    bob = re.search(r'href="[^"]*(subscriber/\d+)"', browser.page)
    assert bob
    for what in ("pause", "resume"):
        browser.get(bob[1])
        browser.post(f"{bob[1]}/{what}")
        assert browser.status == 400, "who has not said yes gets no mails by this"
    browser.post(f"{bob[1]}/remove", sure="yes")
    assert addresses(site) == []
    browser.get(f"subscriber/{key}/digest")
    assert browser.status == 404


def addresses(site: Site) -> list[str]:
    with reading(site.engine) as opened:
        return [reader.address for reader in all_subscribers(opened)]


def test_the_next_digest_is_shown_and_nothing_sent(site: Site) -> None:
    browser = Browser(site).sign_in("Vic")
    page = browser.get("digest?place=Milwaukee,+WI&topic=immigration")
    html5lib.HTMLParser(strict=True).parse(page)
    assert re.search(r"<b>Subject:</b> <span dir=\"auto\">\w+", page)
    frame = html.unescape(re.findall(r'<iframe [^>]*src="([^"]*)" sandbox', page)[0])
    mail = browser.get(frame)
    assert mail.startswith("<!DOCTYPE html>") or "<html" in mail[:200]
    assert "style=" in mail
    assert "Desk" not in mail
    told = browser.answer.headers
    assert "style-src 'unsafe-inline'" in told["Content-Security-Policy"]
    assert (told["X-Frame-Options"], "sandbox" in told["Content-Security-Policy"]) == ("SAMEORIGIN", True)
    for path in ("digest?place=Nowhere,+ZZ", "digest?topic=imigration"):
        browser.get(path)
        assert (browser.status, 'role="alert"' in browser.page) == (400, True), path


def test_a_feed_is_shown_and_tried(site: Site) -> None:
    with feed_site() as web:
        good, bad = f"{web.at()}/feed.xml", f"{web.at()}/nothing.xml"
        with session(site.engine) as opened:
            for url in (good, bad):
                feeds.add(opened, url, MONDAY, title=f"<b>{url}</b>")
        browser = Browser(site).sign_in("Eve")
        page = browser.get("feeds")
        html5lib.HTMLParser(strict=True).parse(page)
        assert "&lt;b&gt;" in page
        key = re.findall(r'href="[^"]*(feed/\d+)"', page)
        for path in key:
            browser.get(path)
            browser.post(f"{path}/check")
            html5lib.HTMLParser(strict=True).parse(browser.page)
            assert (browser.status, 'role="status"' in browser.page) == (200, True)
        browser.get("feed/999")
        assert browser.status == 404


def test_feeds_are_added_by_editors_also_one_that_does_not_answer_just_now(site: Site) -> None:
    with feed_site() as web:
        away = web.at()
        web.pages["/feed.xml"] = feed(item("/a"))
        browser = Browser(site).sign_in("Eve")
        browser.get("feeds")
        browser.post("feeds/add", url=f"{web.at()}/feed.xml", home="Milwaukee, WI")
        assert (browser.status, "Subscribed." in browser.page, "Milwaukee" in browser.page) == (200, True, True)
        for fields in ({"url": "ftp://x.example/"}, {"url": f"{web.at()}/feed.xml", "home": "Nowhere, ZZ"}):
            browser.get("feeds")
            browser.post("feeds/add", **fields)
            html5lib.HTMLParser(strict=True).parse(browser.page)
            assert (browser.status, 'role="alert"' in browser.page) == (400, True), fields
    browser.get("feeds")
    browser.post("feeds/add", url=f"{away}/later.xml")
    assert "It does not answer just now" in browser.page
    with reading(site.engine) as opened:
        assert [one.url for one in feeds.all_feeds(opened)] == [f"{away}/feed.xml", f"{away}/later.xml"]
