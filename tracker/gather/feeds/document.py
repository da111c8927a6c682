"""One document of a feed, read as far as can be without knowing what was there before. What is needed here is light, so
that processes of their own can do it (`jobs.gather.parsers`)."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from tracker.gather.feeds.identity import Keys, keys
from tracker.gather.feeds.parser import FeedItem, ParsedFeed, parse_feed

FUTURE = timedelta(days=1)
"""What is dated later than this from the moment at which we saw it is misdated; its date is not believed."""
BUILD = timedelta(minutes=1)
FEWEST_STAMPED = 3
"""Where more than half of the items, and at least so many, bear moments within BUILD of each other, it is the moment at
which the feed was made: people put their stories online one after another."""


@dataclass(frozen=True, slots=True)
class FeedDocument:
    """What a document says, its dates judged, and the keys of each of its items."""

    feed: ParsedFeed
    keys: tuple[Keys, ...]


def read_document(body: bytes, url: str, content_type: str, now: datetime) -> FeedDocument:
    """Reads the bytes of a feed that came from `url`. Raises FeedError."""
    feed = parse_feed(body, url, content_type)
    feed = replace(feed, items=believed_items(feed.items, now))
    return FeedDocument(feed, tuple(keys(item) for item in feed.items))


def believed(at: datetime | None, seen: datetime) -> datetime | None:
    """The moment, unless it lies in the future of `seen`."""
    return at if at and at <= seen + FUTURE else None


def believed_items(items: Sequence[FeedItem], now: datetime) -> tuple[FeedItem, ...]:
    """The items without dates in the future; those whose moment is that of the feed's making are marked doubtful."""
    kept = [replace(item, published=believed(item.published, now)) for item in items]
    stamp = _stamp([item.published for item in kept if item.published], len(kept))
    if stamp is None:
        return tuple(kept)
    return tuple(
        replace(item, doubtful=item.published is not None and stamp <= item.published <= stamp + BUILD) for item in kept
    )


def _stamp(moments: Sequence[datetime], items: int) -> datetime | None:
    """The first moment of the build that most of the items bear, or None."""
    moments = sorted(moments)
    counts = [(bisect_right(moments, at + BUILD) - number, at) for number, at in enumerate(moments)]
    most, first = max(counts, key=lambda pair: pair[0], default=(0, None))
    return first if most >= FEWEST_STAMPED and 2 * most > items else None
