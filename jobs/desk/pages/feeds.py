"""Feeds and how well each is heard; one is tried at once where somebody asks."""

from typing import Any

from fastapi import Response

from db import feed_health, feeds
from db.engine import reading
from db.values import Feed
from jobs.desk.asked import Asked
from jobs.feeds.check import check_now
from jobs.feeds.table import WELL, health
from tracker.errors import BadInput


def show_list(asked: Asked) -> Response:
    """All feeds, those that are not well first, as `tracker feeds list` has them."""
    now = asked.desk.clock()
    with reading(asked.engine) as opened:
        found, entries = feeds.all_feeds(opened), feed_health.entries_found(opened)
    told = [(feed, health(feed, now), entries.get(feed.id, 0)) for feed in found]
    return asked.page("feeds", feeds=sorted(told, key=lambda one: (one[1] in WELL, one[0].url)))


def show(asked: Asked) -> Response:
    """One feed: its health, and what became of what it brought. Raises BadInput where there is none."""
    return _page(asked, None)


def check(asked: Asked) -> Response:
    """Fetches the feed now and says what is wrong with it and what to do. Changes nothing."""
    with reading(asked.engine) as opened:
        feed = _known(asked, feeds.by_id(opened, asked.path("key")))
        dead_ends = feed_health.dead_ends(opened, [feed.id]).get(feed.id, 0)
    return _page(asked, check_now(asked.desk.settings, feed.url, dead_ends))


def _page(asked: Asked, found: object) -> Response:
    with reading(asked.engine) as opened:
        feed = _known(asked, feeds.by_id(opened, asked.path("key")))
        brought, entries = feed_health.brought(opened, feed.id), feed_health.entries_found(opened).get(feed.id, 0)
    told: dict[str, Any] = {"feed": feed, "health": health(feed, asked.desk.clock())}
    told |= {"brought": brought, "entries": entries}
    return asked.page("feed", found=found, **told)


def _known(asked: Asked, feed: Feed | None) -> Feed:
    if feed is None:
        raise BadInput(f"there is no feed {asked.path('key')}")
    return feed
