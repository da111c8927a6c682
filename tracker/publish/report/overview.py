"""What the index needs from all places: small records and counts, gathered while the places stream by."""

import heapq
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import count

from tracker.coverage import PlaceTimeline
from tracker.model import Entry, EntryStatus, Jurisdiction, Stage
from tracker.publish import addresses, words

LATELY = 10
"""Changes listed on the index: about two screens."""
FEED_LENGTH = 50
"""Entries in the Atom feed of many places: a feed reader polls often and keeps what it has."""
SOON = 100
"""Coming dates listed; more than a reader will look through."""
SOON_SHOWN = 5
"""Of these, how many the index shows before it leads to the calendar file."""


@dataclass(frozen=True, slots=True)
class PlaceRecord:
    """One line of the list of places."""

    state: str
    name: str
    kind: str
    address: str
    policies: int
    entries: int
    latest: str
    latitude: float | None
    longitude: float | None


@dataclass(slots=True)
class Newest:
    """The `size` entries that were reported last, whatever number pass by."""

    size: int
    _heap: list[tuple[date, str, int, Entry]] = field(default_factory=list)
    _order: Iterator[int] = field(default_factory=count)

    def add(self, entry: Entry) -> None:
        reported = words.first_report(entry) or date.min
        item = (reported, str(entry.date or ""), -next(self._order), entry)
        if len(self._heap) < self.size:
            heapq.heappush(self._heap, item)
        else:
            heapq.heappushpop(self._heap, item)

    def entries(self) -> list[Entry]:
        """Newest first."""
        return [item[-1] for item in sorted(self._heap, key=lambda item: item[:3], reverse=True)]


def starts(entry: Entry, today: date) -> bool:
    """True where the entry says that something takes effect, or ends, today or later."""
    comes = entry.stage in (Stage.EFFECTIVE, Stage.RESCINDED)
    return comes and entry.date is not None and entry.date.last_day() >= today


@dataclass(slots=True)
class Soonest:
    """The entries whose dates come next, at most `SOON`."""

    today: date
    _entries: list[Entry] = field(default_factory=list)

    def add(self, entry: Entry) -> None:
        if starts(entry, self.today):
            self._entries.append(entry)
            if len(self._entries) > 2 * SOON:
                self._entries = self.entries()

    def entries(self) -> list[Entry]:
        """Soonest first; a month counts by its first day."""
        return sorted(self._entries, key=lambda entry: (entry.date or words.NO_DATE, entry.id))[:SOON]


def shown(entries: tuple[Entry, ...]) -> list[Entry]:
    """Without those that a person rejected: they have a page that says so, and stand nowhere else."""
    return [entry for entry in entries if entry.status is not EntryStatus.REJECTED]


@dataclass(slots=True)
class Overview:
    """Everything that the index and the topic list show."""

    today: date
    newest: Newest = field(default_factory=lambda: Newest(FEED_LENGTH))
    soonest: Soonest = field(init=False)
    activity: Counter[tuple[int, int, Stage]] = field(default_factory=Counter)
    """Entries by (year, month, stage); month 0 where only the year is known."""
    topics: dict[str, Counter[Stage]] = field(default_factory=dict)
    policies: int = 0
    entries: int = 0

    def __post_init__(self) -> None:
        self.soonest = Soonest(self.today)

    def add(self, timeline: PlaceTimeline) -> PlaceRecord:
        """Counts one place and gives its line."""
        by_policy = [(policy.topic, shown(policy.entries)) for policy in timeline.policies]
        entries = [entry for _, members in by_policy for entry in members]
        policies = sum(bool(members) for _, members in by_policy)
        for topic, members in by_policy:
            for entry in members:
                self._count(entry, topic)
        self.policies += policies
        self.entries += len(entries)
        return _record(timeline.jurisdiction, policies, entries)

    def _count(self, entry: Entry, topic: str) -> None:
        """`topic` is that of the policy: on its page the entry stands, whatever the entry alone would be about."""
        self.newest.add(entry)
        self.soonest.add(entry)
        moment = entry.date or words.first_report(entry)
        if moment:
            self.activity[moment.year, moment.month or 0, entry.stage] += 1
        self.topics.setdefault(topic, Counter())[entry.stage] += 1


def _record(place: Jurisdiction, policies: int, entries: list[Entry]) -> PlaceRecord:
    latest = words.last_report(entries)
    return PlaceRecord(
        state=place.state,
        name=place.name,
        kind=place.kind.value,
        address=addresses.place(place.id),
        policies=policies,
        entries=len(entries),
        latest=words.day(latest) if latest else "",
        latitude=place.latitude,
        longitude=place.longitude,
    )
