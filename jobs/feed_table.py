"""Feeds on the terminal: a table for people, JSON lines for programs."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from db.values import Feed
from jobs.console import one_line
from jobs.wire import to_json
from tracker.read import gazetteer

HIDDEN = {"id", "etag", "modified", "body_hash"}
"""What only the poller needs."""


def show(feeds: Sequence[Feed], *, as_json: bool) -> None:
    """Prints all feeds, the failing ones first for people; by address for programs."""
    if as_json:
        for feed in feeds:
            print(to_json(record(feed)))
    elif not feeds:
        print("There are no feeds yet. `tracker feeds import --starter --state WI` subscribes to those of a state.")
    else:
        Console(soft_wrap=False).print(_table(sorted(feeds, key=lambda feed: (feed.state == "active", feed.url))))


def show_one(feed: Feed) -> None:
    """Prints everything known about a feed, one field a line."""
    for name, value in record(feed).items():
        print(f"{name:<12} {one_line(value) if value not in (None, '') else '-'}")


def record(feed: Feed) -> dict[str, Any]:
    """A feed for programs: its health first."""
    place = gazetteer.load().get(feed.home) if feed.home else None
    values = feed.model_dump(mode="json", exclude=HIDDEN)
    return {
        "url": feed.url,
        "title": feed.title,
        "state": feed.state,
        "home_name": place.label if place else "",
    } | values


def _table(feeds: Sequence[Feed]) -> Table:
    table = Table("State", "Feed", "Home", "Last heard", "Next poll", "Error", box=None, padding=(0, 2, 0, 0))
    for feed in feeds:
        place = gazetteer.load().get(feed.home) if feed.home else None
        name = f"{feed.title}\n{feed.url}" if feed.title else feed.url
        cells = (feed.state, name, place.label if place else "-", _moment(feed.heard_at, "never"))
        table.add_row(*(Text(cell) for cell in (*cells, _moment(feed.next_poll, "-"), one_line(feed.error))))
    return table


def _moment(at: datetime | None, none: str) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC" if at else none
