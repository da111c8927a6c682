"""Which feeds are heard: silence must never look like "nothing changed"."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from tracker.coverage import NETWORK, Coverage, Trouble
from tracker.model import Evidence
from tracker.publish import words

_ORDER = {"failing": 0, "retired": 1, "active": 2}
"""What needs a person first."""


@dataclass(frozen=True)
class CoverageSummary:
    """The feeds, those in trouble first, and the sentence that sums them up."""

    feeds: tuple[Coverage, ...]
    sentence: str
    troubles: tuple[Trouble, ...] = ()
    """What of the tracker's own is out of order."""

    @property
    def silent(self) -> int:
        """Feeds that are not heard."""
        return sum(feed.state != "active" for feed in self.feeds)

    @property
    def put_aside(self) -> int:
        """Items whose pages were not fetched."""
        return sum(feed.put_aside for feed in self.feeds)


NONE_HERE = "No feed of its own is followed, so a change may go unnoticed."
OUTLETS_NAMED = 3
NONE_AT_ALL = "No feed is followed, so nothing new can be found."


def none_here(reports: Iterable[Evidence]) -> str:
    """What is said of a place that no feed has as its home: by which outlets it was heard all the same, those with most
    articles first."""
    articles = {item.url: words.outlet(item) for item in reports}
    outlets = [name for name, _ in Counter(articles.values()).most_common()]
    if not outlets:
        return NONE_HERE
    others = len(outlets) - OUTLETS_NAMED
    named = outlets[:OUTLETS_NAMED] + ([words.count(others, "other outlet")] if others > 0 else [])
    return f"{NONE_HERE} It was heard of through {words.series(named)}."


def coverage_summary(
    feeds: Iterable[Coverage], none: str = NONE_HERE, troubles: Iterable[Trouble] = ()
) -> CoverageSummary:
    """Sorted and summed up; `none` is what is said where there is no feed."""
    ordered = tuple(sorted(feeds, key=lambda feed: (_ORDER.get(feed.state, 0), (feed.title or feed.feed).lower())))
    troubles = tuple(troubles)
    outage = next((trouble for trouble in troubles if trouble.name == NETWORK), None)
    return CoverageSummary(ordered, _sentence(ordered, outage) or none, troubles)


def _sentence(feeds: tuple[Coverage, ...], outage: Trouble | None = None) -> str:
    if not feeds:
        return ""
    if outage:
        followed = words.count(len(feeds), "feed is", "feeds are")
        since = words.day(outage.since.date())
        return f"{followed} followed, and none can be heard since {since}: the tracker's own network is down."
    well = sum(feed.state == "active" for feed in feeds)
    if well == len(feeds):
        return f"{words.count(well, 'feed is', 'feeds are')} followed and heard."
    return f"{well} of {words.count(len(feeds), 'feed')} heard. A change may have been missed while a feed was silent."


def feed_line(feed: Coverage) -> str:
    """All that a place's page says of a feed, as one line."""
    error = feed.error if feed.state != "active" else ""
    return f"{feed.title or feed.feed}: {feed.state}, {lasting_words(feed)} {error}"


def lasting_words(feed: Coverage) -> str:
    """What `state_words` says, without the day of a feed that is heard: on the pages of places it would be another
    every day, and all of them would be made again for it. The coverage page tells the day."""
    return "heard" if feed.state == "active" and feed.last_heard else state_words(feed)


def state_words(feed: Coverage) -> str:
    """`heard July 4, 2017`, `not heard since June 2, 2017`, `retired by its publisher`."""
    last = words.day(feed.last_heard.date()) if feed.last_heard else ""
    if feed.state == "active":
        return f"heard {last}" if last else "not polled yet"
    if feed.state == "retired":
        return f"retired by its publisher; last heard {last}" if last else "retired by its publisher"
    return f"silent; last heard {last}" if last else "silent; never heard"
