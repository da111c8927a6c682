"""The first page: what waits for people."""

from fastapi import Response

from db.engine import reading
from db.feeds import feeds
from db.people import remarks
from db.people.review_queue import count_differing, count_waiting
from jobs.desk.asked import Asked
from jobs.feeds.table import WELL, health


def show(asked: Asked) -> Response:
    """Who waits for an answer, how much needs a person, and how the feeds are."""
    now = asked.desk.clock()
    with reading(asked.engine) as opened:
        said = remarks.still_open(opened)
        (pending, needy), differ = count_waiting(opened), count_differing(opened)
        states = [health(feed, now) for feed in feeds.all_feeds(opened)]
    ill = sum(state not in WELL for state in states)
    return asked.page("front", said=said, pending=pending, needy=needy, differ=differ, feeds=len(states), ill=ill)
