"""On which day an article ran, and how that is known. "Thursday" is reckoned from that day, so a wrong one puts a wrong
date on a timeline: where nothing that can be believed tells it, it is the day on which we first saw the article, and
that is said (`PublishedBasis.SEEN`)."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo

from tracker.gather.feeds import FeedItem
from tracker.gather.moments import local_day
from tracker.model import PublishedBasis

FUTURE = timedelta(days=1)
"""What is dated later than this from the moment at which we saw it is misdated; its date is not believed."""
PAGE_LAG = timedelta(days=2)
"""A page that declares itself older than its feed item by more than this is believed: feeds bring old articles again
under the day on which somebody touched them. A smaller difference is a matter of zones and midnights."""
DOUBTED = timedelta(days=90)
"""News reaches a feed within days. An item that is older than this when we first see it may be an old one, or bear the
default date of some program: its page is asked, and where that says as much later, neither of both is believed."""
BUILD = timedelta(minutes=1)
FEWEST_STAMPED = 3
"""Where more than half of the items, and at least so many, bear moments within BUILD of each other, it is the moment at
which the feed was made: people put their stories online one after another."""


@dataclass(frozen=True, slots=True)
class Day:
    """The moment (or the noon that stands for a day) at which an article ran, and how it is known."""

    at: datetime
    basis: PublishedBasis


def day_of(fed: datetime | None, told: datetime | None, declared: bool, seen: datetime, zone: tzinfo) -> Day:
    """By what its feed says and what its page tells (None: nothing), and the moment at which it was first seen.

    `declared`: the page says so in data made for programs. Else it was read off the page, which may mean anything: it
    contradicts no feed, and the day of the visit is taken for a clock in the page's head.
    """
    fed, told = _believed(fed, seen), _believed(told, seen)
    if told and not declared and (fed or local_day(told, zone) >= local_day(seen, zone)):
        told = None
    if told and (fed is None or told < fed - PAGE_LAG):
        return Day(told, PublishedBasis.PAGE)
    if fed is None or (told and told > fed + DOUBTED):
        return Day(seen, PublishedBasis.SEEN)
    return Day(fed, PublishedBasis.STATED)


def in_doubt(fed: datetime | None, seen: datetime) -> bool:
    """Whether the page has to be asked for the day, even where the feed holds the whole text."""
    fed = _believed(fed, seen)
    return fed is None or fed < seen - DOUBTED


def _believed(at: datetime | None, seen: datetime) -> datetime | None:
    return at if at and at <= seen + FUTURE else None


def believed_items(items: Sequence[FeedItem], now: datetime) -> tuple[FeedItem, ...]:
    """The items without dates in the future; those whose moment is that of the feed's making are marked doubtful."""
    kept = [replace(item, published=_believed(item.published, now)) for item in items]
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
