"""Feeds and how well each is heard; one is tried at once where somebody asks."""

from typing import Any

from fastapi import Response

from db.engine import reading
from db.feeds import feeds
from db.values import Feed
from jobs.desk.asked import Asked
from jobs.feeds import work
from jobs.feeds.check import check_now
from jobs.feeds.lookup import look_up
from jobs.feeds.table import WELL, health
from tracker.errors import BadInput
from tracker.gather.feeds.look import FoundFeed

AS_IT_IS = "tick “as it is” to subscribe to it all the same"


def show_list(asked: Asked) -> Response:
    """All feeds, those that are not well first, as `tracker feeds list` has them."""
    return _list(asked)


def add(asked: Asked) -> Response:
    """Subscribes to a feed, or to the feed of a site, as `tracker feeds add` does."""
    url, told = asked.said("url"), ""
    found = FoundFeed(url, url, "", "", 0)
    try:
        home = work.home_id(asked.said("home"))
        if not asked.said("unchecked"):
            found, told = look_up(asked.desk.settings, url, ask=False, unchecked=AS_IT_IS)
        feed, is_new = work.subscribe(asked.engine, found.url, found.title, found.site, home)
    except BadInput as error:
        return _list(asked, str(error))
    asked.note("feed added" if is_new else "feed changed", feed=feed.url)
    said = "subscribed" if is_new else "subscribed already, brought up to date"
    return asked.go(f"feed/{feed.id}", done=f"{said}. {told}".rstrip())


def _list(asked: Asked, problem: str = "") -> Response:
    now = asked.desk.clock()
    with reading(asked.engine) as opened:
        found, entries = feeds.all_feeds(opened), feeds.entry_counts(opened)
    told = [(feed, health(feed, now), entries.get(feed.id, 0)) for feed in found]
    shown = sorted(told, key=lambda one: (one[1] in WELL, one[0].url))
    return asked.page("feeds", 400 if problem else 200, feeds=shown, problem=problem)


def show(asked: Asked) -> Response:
    """One feed: its health, and what became of what it brought. Raises BadInput where there is none."""
    return _page(asked, None)


def check(asked: Asked) -> Response:
    """Fetches the feed now and says what is wrong with it and what to do. Changes nothing."""
    with reading(asked.engine) as opened:
        feed = _known(asked, feeds.by_id(opened, asked.path("key")))
        dead_ends = feeds.count_dead_ends(opened, [feed.id]).get(feed.id, 0)
    return _page(asked, check_now(asked.desk.settings, feed.url, dead_ends))


def _page(asked: Asked, found: object) -> Response:
    with reading(asked.engine) as opened:
        feed = _known(asked, feeds.by_id(opened, asked.path("key")))
        brought, entries = feeds.items_of(opened, feed.id), feeds.entry_counts(opened).get(feed.id, 0)
    told: dict[str, Any] = {"feed": feed, "health": health(feed, asked.desk.clock())}
    told |= {"brought": brought, "entries": entries, "done": asked.query("done")}
    return asked.page("feed", found=found, **told)


def _known(asked: Asked, feed: Feed | None) -> Feed:
    if feed is None:
        raise BadInput(f"there is no feed {asked.path('key')}")
    return feed
