"""Feeds on the terminal: a table for people, JSON lines for programs."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from db.feeds.feeds import ItemCounts
from db.values import PUT_ASIDE, Feed, FormerAddress
from jobs.json_lines import to_json
from jobs.terminal.console import one_line
from jobs.terminal.table import Column
from jobs.terminal.table import show as show_table
from tracker.gather.feeds.searches import GOOGLE_ONLY
from tracker.gather.schedule import QUIET
from tracker.read.places import gazetteer

HIDDEN = {"etag", "modified", "body_hash"}
"""What only the poller needs."""
WELL = frozenset({"new", "healthy"})
COLUMNS = (
    *(Column(name) for name in ("Id", "Health", "Heard (UTC)", "Home")),
    Column("Entries", right=True),
    Column("Feed", ratio=1),
    Column("Address", below=True),
    Column("Next poll (UTC)", below=True, lead="next poll "),
    Column("Error", below=True),
)
STATES = {
    "article": "articles",
    "new": "waiting",
    PUT_ASIDE: "put aside by their headlines",
    "failed": "failed",
    "skipped": "left out",
}
"""Of items, as people read them."""


def show(feeds: Sequence[Feed], entries: Mapping[int, int], *, as_json: bool) -> None:
    """Prints all feeds, those that are not well first for people; by address for programs. `entries` by feed id."""
    now = datetime.now(UTC)
    if as_json:
        for feed in feeds:
            print(to_json(record(feed, entries.get(feed.id, 0), now)))
    elif not feeds:
        print("There are no feeds yet. `tracker feeds import --starter --state WI` subscribes to those of a state.")
    else:
        ordered = sorted(feeds, key=lambda feed: (health(feed, now) in WELL, feed.url))
        show_table(COLUMNS, [_cells(feed, entries.get(feed.id, 0), now) for feed in ordered])


def show_one(feed: Feed, entries: int, brought: ItemCounts, former: Sequence[FormerAddress], *, as_json: bool) -> None:
    """Prints everything known about a feed, one field a line, or as one JSON object."""
    known = record(feed, entries, datetime.now(UTC))
    known |= {"items": brought.states, "no_article": [{"reason": why, "items": n} for why, n in brought.reasons]}
    known["former_addresses"] = [each.model_dump(mode="json") for each in former]
    if as_json:
        print(to_json(known))
        return
    known["former_addresses"] = ", ".join(f"{each.url} (until {each.until:%Y-%m-%d})" for each in former)
    known |= {"items": _items(brought), "no_article": ""}
    for name, value in known.items():
        if name != "no_article":
            _print_field(name, value)
    for reason, number in brought.reasons:
        told = f"{number} items lead only to Google's own page" if reason == GOOGLE_ONLY else f"{number} items"
        _print_field("no_article", f"{told}: {reason}")
    if feed.error:
        _print_field("remedy", f"`tracker feeds check {feed.id}` tries it now and says what to do")


def _print_field(name: str, value: object) -> None:
    print(f"{name:<16} {one_line(value) if value not in (None, '') else '-'}")


def health(feed: Feed, now: datetime) -> str:
    """One word: new, healthy, quiet, failing or retired."""
    if feed.state != "active":
        return feed.state
    if not feed.heard_at:
        return "new"
    return "quiet" if now - (feed.changed_at or feed.added_at) > QUIET else "healthy"


def record(feed: Feed, entries: int, now: datetime) -> dict[str, Any]:
    """A feed for programs: its health first. `entries`: how many rest on what it brought; `searches`: the engine whose
    news search it is, empty for an outlet's feed."""
    values = feed.model_dump(mode="json", exclude=HIDDEN)
    return {
        "url": feed.url,
        "title": feed.title,
        "health": health(feed, now),
        "state": feed.state,
        "home_name": _home(feed),
        "entries": entries,
        "searches": feed.engine,
    } | values


def _cells(feed: Feed, entries: int, now: datetime) -> tuple[str, ...]:
    heard, following = _moment(feed.heard_at, "never"), _moment(feed.next_poll, "")
    home = _home(feed) or "-"
    return str(feed.id), health(feed, now), heard, home, str(entries), feed.title, feed.url, following, feed.error


def _items(brought: ItemCounts) -> str:
    """`40 articles, 3 waiting, 2 failed`."""
    told = (f"{brought.states[state]} {word}" for state, word in STATES.items() if brought.states.get(state))
    others = sum(number for state, number in brought.states.items() if state not in STATES)
    return ", ".join([*told, *([f"{others} others"] if others else [])]) or "none yet"


def _home(feed: Feed) -> str:
    place = gazetteer.load().get(feed.home) if feed.home else None
    return place.label if place else ""


def _moment(at: datetime | None, none: str) -> str:
    return f"{at:%Y-%m-%d %H:%M}" if at else none
