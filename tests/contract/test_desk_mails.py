"""Feeds, subscribers and the digest at the desk: what the commands show and do."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import html5lib
import pytest
import structlog
from desk_world import Browser, add_users
from feed_site import site as feed_site
from mail_world import MILWAUKEE, MONDAY, add_entry, add_reader
from sqlalchemy import Engine
from web_world import ADA, Site, running_site

from db import feeds
from db.engine import reading, session
from db.subscribers import all_subscribers
from tracker.publish.subscribers import Subscription

GIVEN = {"ada": False, "desk": True, "allow_private_addresses": True, "seconds_between_requests": 0}


@pytest.fixture
def site(engine: Engine, tmp_path: Path) -> Iterator[Site]:
    add_users(engine)
    add_entry(engine, "e1", MONDAY, place=MILWAUKEE)
    with running_site(engine, tmp_path, structlog.get_logger(), **GIVEN) as running:
        yield running


def test_subscribers_are_seen_and_looked_after_by_admins(site: Site) -> None:
    add_reader(site.engine, ADA, MONDAY - timedelta(days=3), Subscription(place=MILWAUKEE))
    add_reader(site.engine, "bob@example.org", MONDAY, confirmed=False)
    browser = Browser(site).sign_in("Ada")
    page = browser.get("subscribers")
    html5lib.HTMLParser(strict=True).parse(page)
    assert "waits for their confirmation" in page
    assert "Milwaukee, Wisconsin" in page
    key = site.reader().id
    for what, state in (("end", "unsubscribed"), ("confirm", "active")):
        browser.get("subscribers")
        browser.post(f"subscriber/{key}/{what}")
        assert site.reader().state == state
    assert "Subject:" in browser.get(f"subscriber/{key}/digest")
    browser.get("subscribers")
    browser.post(f"subscriber/{key}/erase")
    assert (browser.status, "cannot be undone" in browser.page) == (404, True)
    browser.get("subscribers")
    browser.post(f"subscriber/{key}/erase", sure="yes")
    with reading(site.engine) as opened:
        assert [reader.address for reader in all_subscribers(opened)] == ["bob@example.org"]
    browser.get(f"subscriber/{key}/digest")
    assert browser.status == 404


def test_the_next_digest_is_shown_and_nothing_sent(site: Site) -> None:
    browser = Browser(site).sign_in("Vic")
    page = browser.get("digest?place=Milwaukee,+WI&topic=immigration")
    html5lib.HTMLParser(strict=True).parse(page)
    assert re.search(r"<b>Subject:</b> <span dir=\"auto\">\w+", page)
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
