"""Sources on the terminal: a table for people, JSON lines for programs."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session

from db.feeds import feeds
from db.feeds.feeds import ItemCounts
from db.feeds.matter_counts import count_matters
from db.sources.document_counts import DocumentCounts, count_documents
from db.values import PUT_ASIDE, Feed, FormerAddress
from jobs.json_lines import to_json
from jobs.terminal.console import one_line
from jobs.terminal.table import Column
from jobs.terminal.table import show as show_table
from tracker.coverage import MatterCounts, Trouble
from tracker.gather.feeds.searches import GOOGLE_ONLY
from tracker.gather.schedule import QUIET
from tracker.kinds import SourceKind
from tracker.publish.counts import count
from tracker.read.places import gazetteer

HIDDEN = {"etag", "modified", "body_hash", "cursor"}
"""What only the poller needs."""
WELL = frozenset({"new", "healthy"})
COLUMNS = (
    *(Column(name) for name in ("Id", "Kind", "Health", "Heard (UTC)", "Home")),
    Column("Entries", right=True),
    Column("Source", ratio=1),
    Column("Address", below=True),
    Column("Brought", below=True),
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


@dataclass(frozen=True, slots=True)
class Brought:
    """What sources brought, by their ids."""

    entries: Mapping[int, int] = field(default_factory=dict)
    items: Mapping[int, int] = field(default_factory=dict)
    matters: Mapping[int, MatterCounts] = field(default_factory=dict)
    documents: Mapping[int, DocumentCounts] = field(default_factory=dict)

    def in_words(self, source: Feed) -> str:
        """`312 items`, or `1,204 matters, 310 about a rule, 44 followed`; empty for a kind that counts neither."""
        if source.kind is SourceKind.FEED:
            return count(self.items.get(source.id, 0), "item")
        if source.kind is SourceKind.LEGISTAR:
            known = self.matters.get(source.id, MatterCounts())
            return f"{count(known.all, 'matter')}, {known.counting:,} about a rule, {known.followed:,} followed"
        if source.kind is SourceKind.DOCUMENTS:
            return _documents_in_words(self.documents.get(source.id, DocumentCounts()))
        return ""


def _documents_in_words(known: DocumentCounts) -> str:
    """`31 documents, 2 not visited yet, 1 no longer published, 3 that cannot be had or read`, without noughts."""
    others = {"not visited yet": known.waiting, "no longer published": known.gone}
    others["that cannot be had or read"] = known.failing
    told = [f"{number:,} {what}" for what, number in others.items() if number]
    return ", ".join([count(known.listed, "document"), *told])


def brought(session: Session) -> Brought:
    """What all sources brought, counted."""
    items, matters = feeds.count_items(session), count_matters(session)
    return Brought(feeds.entry_counts(session), items, matters, count_documents(session))


def show(sources: Sequence[Feed], told: Brought, *, as_json: bool) -> None:
    """Prints all sources, those that are not well first for people; by address for programs."""
    now = datetime.now(UTC)
    if as_json:
        for source in sources:
            print(to_json(record(source, told, now)))
    elif not sources:
        print("There are no sources yet. `tracker sources import --starter --state WI` takes the feeds of a state.")
    else:
        ordered = sorted(sources, key=lambda source: (health(source, now) in WELL, source.url))
        show_table(COLUMNS, [_cells(source, told, now) for source in ordered])


def show_one(
    feed: Feed,
    told: Brought,
    brought: ItemCounts,
    former: Sequence[FormerAddress],
    troubles: Sequence[Trouble],
    *,
    as_json: bool,
) -> None:
    """Prints everything known about a source, one field a line, or as one JSON object. `troubles`: its documents that
    cannot be had or read."""
    known = record(feed, told, datetime.now(UTC))
    if as_json and feed.kind is SourceKind.DOCUMENTS:
        known["troubles"] = [{"address": one.name, "reason": one.what} for one in troubles]
    known |= {"items": brought.states, "no_article": [{"reason": why, "items": n} for why, n in brought.reasons]}
    known["former_addresses"] = [each.model_dump(mode="json") for each in former]
    if as_json:
        print(to_json(known))
        return
    known["former_addresses"] = ", ".join(f"{each.url} (until {each.until:%Y-%m-%d})" for each in former)
    is_feed = feed.kind is SourceKind.FEED
    known |= {"items": _items(brought) if is_feed else "", "no_article": "", "topics": ", ".join(feed.topics) or "all"}
    counted = {SourceKind.LEGISTAR: "matters", SourceKind.DOCUMENTS: "documents"}
    known |= dict.fromkeys(counted.values(), told.in_words(feed))
    hidden = set(counted.values()) - {counted.get(feed.kind, "matters")}
    left_out = {"no_article", *hidden, *(("matters", "topics") if is_feed else ("items", "searches"))}
    for name, value in known.items():
        if name not in left_out:
            _print_field(name, value)
    for reason, number in brought.reasons:
        says = f"{number} items lead only to Google's own page" if reason == GOOGLE_ONLY else f"{number} items"
        _print_field("no_article", f"{says}: {reason}")
    for one in troubles:
        _print_field("cannot be read", f"{one.name}: {one.what}")
    if feed.error:
        _print_field("remedy", f"`tracker sources check {feed.id}` tries it now and says what to do")


def _print_field(name: str, value: object) -> None:
    print(f"{name:<16} {one_line(value) if value not in (None, '') else '-'}")


def health(feed: Feed, now: datetime) -> str:
    """One word: new, healthy, quiet, failing or retired."""
    if feed.state != "active":
        return feed.state
    if not feed.heard_at:
        return "new"
    return "quiet" if now - (feed.changed_at or feed.added_at) > QUIET else "healthy"


def record(feed: Feed, told: Brought, now: datetime) -> dict[str, Any]:
    """A source for programs: its health first. `entries`: how many rest on what it brought; `searches`: the engine
    whose news search it is, empty for any other source; `matters`: those of a council's record, null for others."""
    values = feed.model_dump(mode="json", exclude=HIDDEN)
    return {
        "url": feed.url,
        "title": feed.title,
        "health": health(feed, now),
        "state": feed.state,
        "home_name": gazetteer.load().label(feed.home or ""),
        "entries": told.entries.get(feed.id, 0),
        "matters": _matters(told.matters.get(feed.id)) if feed.kind is SourceKind.LEGISTAR else None,
        "documents": _documents(told.documents.get(feed.id)) if feed.kind is SourceKind.DOCUMENTS else None,
        "searches": feed.engine,
    } | values


def _matters(known: MatterCounts | None) -> dict[str, int]:
    known = known or MatterCounts()
    return {"known": known.all, "about_a_rule": known.counting, "followed": known.followed}


def _documents(known: DocumentCounts | None) -> dict[str, int]:
    return asdict(known or DocumentCounts())


def _cells(feed: Feed, told: Brought, now: datetime) -> tuple[str, ...]:
    heard, following = _moment(feed.heard_at, "never"), _moment(feed.next_poll, "")
    home = gazetteer.load().label(feed.home or "-")
    entries = str(told.entries.get(feed.id, 0))
    state, named = health(feed, now), (feed.title, feed.url, told.in_words(feed))
    return str(feed.id), feed.kind.value, state, heard, home, entries, *named, following, feed.error


def _items(brought: ItemCounts) -> str:
    """`40 articles, 3 waiting, 2 failed`."""
    told = (f"{brought.states[state]} {word}" for state, word in STATES.items() if brought.states.get(state))
    others = sum(number for state, number in brought.states.items() if state not in STATES)
    return ", ".join([*told, *([f"{others} others"] if others else [])]) or "none yet"


def _moment(at: datetime | None, none: str) -> str:
    return f"{at:%Y-%m-%d %H:%M}" if at else none
