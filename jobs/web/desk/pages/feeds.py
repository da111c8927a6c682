"""Feeds and how well each is heard; one is tried at once where somebody asks. And the first page: what waits for
people."""

from typing import Any

from fastapi import Response

from db.engine import reading
from db.feeds import feeds
from db.people import remarks
from db.people.policy_edits import count_waiting as count_texts
from db.people.review_queue import count_differing, count_waiting
from db.sources.action_meanings import count_waiting as count_actions
from db.values import Feed
from jobs.sources import adding, subscriptions
from jobs.sources.adding import Wanted
from jobs.sources.check import ToCheck, check_now
from jobs.sources.lookup import as_written, look_up
from jobs.sources.table import WELL, health
from jobs.web.desk.desk_request import DeskRequest
from tracker.errors import BadInput

AS_IT_IS = "tick “as it is” to subscribe to it all the same"


def show_list(request: DeskRequest, problem: str = "") -> Response:
    """All feeds, those that are not well first, as `tracker sources list` has them."""
    now = request.desk.clock()
    with reading(request.engine) as opened:
        found, entries = feeds.all_feeds(opened), feeds.entry_counts(opened)
    rows = [(feed, health(feed, now), entries.get(feed.id, 0)) for feed in found]
    ordered = sorted(rows, key=lambda one: (one[1] in WELL, one[0].url))
    return request.page("feeds", feeds=ordered, problem=problem)


def add(request: DeskRequest) -> Response:
    """Subscribes to a feed, or to the feed of a site, as `tracker sources add` does."""
    url = request.field("url")
    try:
        wanted = Wanted(home=subscriptions.home_id(request.field("home")))
        if request.field("unchecked"):
            found = as_written(url, None)
        else:
            found = look_up(request.desk.settings, url, ask=False, unchecked=AS_IT_IS)
        feed, is_new = adding.add(request.engine, found, wanted, ask=False)
    except BadInput as error:
        return show_list(request, str(error))
    request.log("feed added" if is_new else "feed changed", feed=feed.url)
    what = "subscribed" if is_new else "subscribed already, brought up to date"
    return request.go(f"feed/{feed.id}", done=f"{what}. {found.note}".rstrip())


def show(request: DeskRequest, found: object = None) -> Response:
    """One feed: its health, what became of what it brought, and what a check `found`. Raises BadInput where there is
    none."""
    feed = _feed(request)
    with reading(request.engine) as opened:
        brought, entries = feeds.items_of(opened, feed.id), feeds.entry_counts(opened).get(feed.id, 0)
    shown: dict[str, Any] = {"feed": feed, "health": health(feed, request.desk.clock()), "found": found}
    return request.page("feed", brought=brought, entries=entries, done=request.query("done"), **shown)


def check(request: DeskRequest) -> Response:
    """Fetches the feed now and says what is wrong with it and what to do. Changes nothing."""
    feed = _feed(request)
    with reading(request.engine) as opened:
        dead_ends = feeds.count_dead_ends(opened, [feed.id]).get(feed.id, 0)
    return show(request, check_now(request.desk.settings, ToCheck(feed.url, feed.kind, dead_ends)))


def _feed(request: DeskRequest) -> Feed:
    """The feed of the address. Raises BadInput."""
    with reading(request.engine) as opened:
        feed = feeds.by_id(opened, request.path("key"))
    if feed is None:
        raise BadInput(f"there is no feed {request.path('key')}")
    return feed


def show_front(request: DeskRequest) -> Response:
    """Who waits for an answer, how much needs a person, and how the feeds are."""
    now = request.desk.clock()
    with reading(request.engine) as opened:
        waiting = remarks.open_remarks(opened)
        (pending, needy), differ = count_waiting(opened), count_differing(opened)
        states, actions = [health(feed, now) for feed in feeds.all_feeds(opened)], count_actions(opened)
        texts = count_texts(opened)
    ill = sum(state not in WELL for state in states)
    numbers: dict[str, Any] = {"pending": pending, "needy": needy, "differ": differ, "feeds": len(states), "ill": ill}
    return request.page("front", said=waiting, actions=actions, texts=texts, **numbers)
