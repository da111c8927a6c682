"""Feeds of what somebody chose: for anybody by the address, for a subscriber by a link that only reads."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

import feedparser
import pytest
import structlog
from sqlalchemy import Engine

from db.people import decisions, withholding
from db.sessions import session
from jobs.mail.link_tokens import Purpose
from support.mail.news import MADISON, MILWAUKEE, WI, add_entry, add_reader, revise
from support.web.site import ADA, Site, running_site
from tracker.model import Stage
from tracker.publish.exports.atom import urn
from tracker.publish.mail.subscribers import Subscription
from tracker.timeline.decisions.acts import Act

NOW = datetime.now(UTC)
DANE = f"{WI}/county:dane"


@pytest.fixture
def site(engine: Engine, tmp_path: Path) -> Iterator[Site]:
    for number, (place, topic) in enumerate([(MILWAUKEE, "immigration"), (MADISON, "housing"), (MADISON, "labor")]):
        add_entry(engine, f"e{number}", NOW - timedelta(days=3 - number), place=place, topic=topic)
    add_entry(engine, "old", NOW - timedelta(days=400), place=MADISON)
    with running_site(engine, tmp_path, structlog.get_logger(), ada=False) as running:
        yield running


def ids(site: Site, path: str) -> list[str]:
    """Of the entries of a feed, as a program reads it that others wrote."""
    answer = site.get(path)
    assert (answer.status, answer.kind) == (200, "application/atom+xml"), answer.text
    found = feedparser.parse(answer.body)
    assert not found.bozo
    assert found.feed.title
    assert found.feed.id
    assert found.feed.updated
    return [item.id for item in found.entries]


def named(*names: str) -> list[str]:
    return [urn("entry", name) for name in names]


CHOICES: list[tuple[dict[str, object], list[str]]] = [
    ({}, ["e2", "e1", "e0"]),
    ({"place": "Madison, WI"}, ["e2", "e1"]),
    ({"place": ["Milwaukee, WI", "Madison, WI"], "topic": ["housing", "immigration"]}, ["e1", "e0"]),
    ({"place": "Wisconsin", "topic": "labor"}, ["e2"]),
    ({"place": "Dane County, WI"}, ["e2", "e1"]),
    ({"stage": "effective"}, []),
]


@pytest.mark.parametrize(("asked", "found"), CHOICES, ids=lambda value: str(value)[:40])
def test_a_feed_tells_what_was_chosen_the_latest_first(site: Site, asked: dict[str, object], found: list[str]) -> None:
    assert ids(site, f"/feed.atom?{urlencode(asked, doseq=True)}") == named(*found)


@pytest.mark.parametrize("asked", ["place=Milwaukie,+WI", "topic=imigration", "stage=x", "place=%00"])
def test_what_nobody_knows_is_said(site: Site, asked: str) -> None:
    assert site.get(f"/feed.atom?{asked}").status == 400


def test_a_feed_is_known_by_its_tag_until_something_changes(site: Site) -> None:
    answer = site.get("/feed.atom")
    tag = answer.headers["ETag"]
    assert answer.headers["Cache-Control"] == "public, no-cache"
    assert site.get("/feed.atom", ("If-None-Match", tag)).status == 304
    revise(site.engine, "e0", NOW, "a later report", stage=Stage.EFFECTIVE)
    assert site.get("/feed.atom", ("If-None-Match", tag)).status == 200
    assert ids(site, "/feed.atom")[0] == urn("entry", "e0")


def test_what_is_rejected_or_withheld_is_in_no_feed(site: Site) -> None:
    with session(site.engine) as opened:
        decisions.reject(opened, "e0", Act("Ada", NOW))
        withholding.withhold_name(opened, "matter e1", Act("Ada", NOW, "asked"))
    assert named("e0")[0] not in ids(site, "/feed.atom")
    assert "matter e1" not in site.get("/feed.atom").text


def test_a_subscriber_reads_what_they_follow_by_a_link_that_does_nothing_else(site: Site) -> None:
    add_reader(site.engine, ADA, NOW, Subscription(place=DANE, topics=("housing",)))
    feed, manage = site.link("feed", Purpose.FEED), site.link("preferences")
    assert ids(site, feed) == named("e1")
    answer = site.get(feed)
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert site.get(feed, ("If-None-Match", answer.headers["ETag"])).status == 304
    key = site.reader().key
    assert ADA not in answer.text
    assert key not in answer.text
    assert feed.rpartition("/")[2] in site.get(manage).text
    for path in (site.link("preferences", Purpose.FEED), site.link("feed", Purpose.MANAGE), "/feed/x", "/feed/f.x"):
        assert site.get(path).status == 404
