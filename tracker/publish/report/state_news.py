"""What a state's page tells of its places: the latest changes, coming dates, topics, and the feeds that are heard."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from tracker.coverage import Coverage, PlaceTimeline
from tracker.model import Entry
from tracker.publish.report.coverage import Heard, heard
from tracker.publish.report.overview import Newest, Soonest, shown

LATELY = 8
"""Changes listed: about two screens."""
SOON_SHOWN = 8
"""Coming dates; the calendar has those of all places."""
TOPICS_SHOWN = 10
FEEDS_SHOWN = 30
"""Feeds listed, those in trouble first; the page of each place has its own."""
NONE_HERE = "No feed of this state is followed, so a change may go unnoticed."


@dataclass(slots=True)
class StateNews:
    """Gathered while the places of one state stream by; holds a bounded number of entries."""

    today: date
    newest: Newest = field(default_factory=lambda: Newest(LATELY))
    soonest: Soonest = field(init=False)
    counts: Counter[str] = field(default_factory=Counter)
    """Entries by the topic of their policy."""
    feeds: dict[str, Coverage] = field(default_factory=dict)
    feeds_shown: int = FEEDS_SHOWN

    def __post_init__(self) -> None:
        self.soonest = Soonest(self.today)

    def add(self, timeline: PlaceTimeline) -> None:
        """One place."""
        self.feeds |= {feed.feed: feed for feed in timeline.coverage}
        for policy in timeline.policies:
            for entry in shown(policy.entries):
                self.newest.add(entry)
                self.soonest.add(entry)
                self.counts[policy.topic] += 1

    @property
    def lately(self) -> list[Entry]:
        """Newest first."""
        return self.newest.entries()

    @property
    def soon(self) -> list[Entry]:
        """Soonest first."""
        return self.soonest.entries()[:SOON_SHOWN]

    @property
    def topics(self) -> list[tuple[str, int]]:
        """Those with most entries first."""
        return sorted(self.counts.items(), key=lambda item: (-item[1], item[0]))[:TOPICS_SHOWN]

    @property
    def coverage(self) -> Heard:
        """The feeds of all places."""
        return heard(self.feeds.values(), NONE_HERE)
