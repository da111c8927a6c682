"""Feeds on the terminal: a table for people, JSON lines for programs."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from db.values import Feed
from jobs.console import one_line
from jobs.table import Column
from jobs.table import show as show_table
from jobs.wire import to_json
from tracker.read.places import gazetteer

HIDDEN = {"etag", "modified", "body_hash"}
"""What only the poller needs."""
COLUMNS = (
    *(Column(name) for name in ("Id", "State", "Heard (UTC)", "Home")),
    Column("Feed", ratio=1),
    *(Column(name, below=True) for name in ("Address", "Error")),
)


def show(feeds: Sequence[Feed], *, as_json: bool) -> None:
    """Prints all feeds, the failing ones first for people; by address for programs."""
    if as_json:
        for feed in feeds:
            print(to_json(record(feed)))
    elif not feeds:
        print("There are no feeds yet. `tracker feeds import --starter --state WI` subscribes to those of a state.")
    else:
        show_table(COLUMNS, map(_cells, sorted(feeds, key=lambda feed: (feed.state == "active", feed.url))))


def show_one(feed: Feed) -> None:
    """Prints everything known about a feed, one field a line."""
    for name, value in record(feed).items():
        print(f"{name:<12} {one_line(value) if value not in (None, '') else '-'}")


def record(feed: Feed) -> dict[str, Any]:
    """A feed for programs: its health first."""
    values = feed.model_dump(mode="json", exclude=HIDDEN)
    return {
        "url": feed.url,
        "title": feed.title,
        "state": feed.state,
        "home_name": _home(feed),
    } | values


def _cells(feed: Feed) -> tuple[str, ...]:
    heard = _moment(feed.heard_at, "never")
    return str(feed.id), feed.state, heard, _home(feed) or "-", feed.title, feed.url, feed.error


def _home(feed: Feed) -> str:
    place = gazetteer.load().get(feed.home) if feed.home else None
    return place.label if place else ""


def _moment(at: datetime | None, none: str) -> str:
    return f"{at:%Y-%m-%d %H:%M}" if at else none
