"""On which day an article ran, and how that is known. "Thursday" is reckoned from that day, so a wrong one puts a wrong
date on a timeline: where nothing that can be believed tells it, it is the day on which we first saw the article, and
that is said (`PublishedBasis.SEEN`)."""

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from tracker.gather.documents import believed
from tracker.gather.moments import local_day
from tracker.model import PublishedBasis

PAGE_LAG = timedelta(days=2)
"""A page that declares itself older than its feed item by more than this is believed: feeds bring old articles again
under the day on which somebody touched them. A smaller difference is a matter of zones and midnights."""
DOUBTED = timedelta(days=90)
"""News reaches a feed within days. An item that is older than this when we first see it may be an old one, or bear the
default date of some program: its page is asked, and where that says as much later, neither of both is believed."""


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
    fed, told = believed(fed, seen), believed(told, seen)
    if told and not declared and (fed or local_day(told, zone) >= local_day(seen, zone)):
        told = None
    if told and (fed is None or told < fed - PAGE_LAG):
        return Day(told, PublishedBasis.PAGE)
    if fed is None or (told and told > fed + DOUBTED):
        return Day(seen, PublishedBasis.SEEN)
    return Day(fed, PublishedBasis.STATED)


def in_doubt(fed: datetime | None, seen: datetime) -> bool:
    """Whether the page has to be asked for the day, even where the feed holds the whole text."""
    fed = believed(fed, seen)
    return fed is None or fed < seen - DOUBTED
