"""Feeds on the terminal: a table for people, JSON lines for programs."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from rich.table import Table

from db.values import Feed
from jobs.console import cell, one_line, table_console
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
        table_console().print(_table(sorted(feeds, key=lambda feed: (feed.state == "active", feed.url))))


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
    """Addresses and errors are never cut: people copy them."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for name in ("State", "Heard (UTC)"):
        table.add_column(name, no_wrap=True)
    table.add_column("Home")
    table.add_column("Feed", overflow="fold", ratio=1)
    for feed in feeds:
        place = gazetteer.load().get(feed.home) if feed.home else None
        lines = map(one_line, (feed.title, feed.url, feed.error))
        name = "\n".join(line for line in lines if line)
        cells = (feed.state, _moment(feed.heard_at, "never"), place.label if place else "-", name)
        table.add_row(*map(cell, cells))
    return table


def _moment(at: datetime | None, none: str) -> str:
    return f"{at:%Y-%m-%d %H:%M}" if at else none
