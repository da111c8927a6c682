"""On which day an article ran, and how that is known. "Thursday" is reckoned from that day, so a wrong one puts a wrong
date on a timeline: where nothing that can be believed tells it, it is the day on which we first saw the article, and
that is said (`PublishedBasis.SEEN`).

The day is that of the outlet's zone, from the state that it serves: most feeds give their moments in UTC, and a story
of Tuesday evening in Milwaukee must not run on Wednesday.
"""

import gzip
import re
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from tracker.gather.feeds.document import believed
from tracker.gather.text.moments import local_day
from tracker.model import PublishedBasis

DEFAULT_ZONE = "America/New_York"
"""For an outlet without a home: the zone of nearly half of the population."""
STATES_OF_ZONE = {
    "America/New_York": "CT DC DE FL GA IN KY MA MD ME MI NC NH NJ NY OH PA RI SC VA VT WV",
    "America/Chicago": "AL AR IA IL KS LA MN MO MS ND NE OK SD TN TX WI",
    "America/Denver": "CO ID MT NM UT WY",
    "America/Phoenix": "AZ",
    "America/Los_Angeles": "CA NV OR WA",
    "America/Anchorage": "AK",
    "Pacific/Honolulu": "HI",
    "America/Puerto_Rico": "PR VI",
    "Pacific/Guam": "GU MP",
    "Pacific/Pago_Pago": "AS",
}
"""States that lie in two zones stand under that of most of their people; `zones.tsv.gz` has who lives in the other."""
_ZONE_OF_STATE = {state: zone for zone, states in STATES_OF_ZONE.items() for state in states.split()}
_PREFIX = "ocd-division/country:us/"
_STATE = re.compile(r"/(?:state|territory|district):([a-z]{2})\b|,\s*([A-Za-z]{2})\s*$")


def zone_of(home: str | None) -> ZoneInfo:
    """The zone of a home, "Milwaukee, WI" or an OCD id; the default where it names no state in two letters."""
    found = _STATE.search(home or "")
    state = (found[1] or found[2]).upper() if found else ""
    return ZoneInfo(_other_zones().get((home or "").removeprefix(_PREFIX)) or zone_of_state(state))


def zone_of_state(postal: str) -> str:
    """That of most of its people."""
    return _ZONE_OF_STATE.get(postal, DEFAULT_ZONE)


@cache
def _other_zones() -> dict[str, str]:
    """By the ids of places in another zone than most of their state; built with the gazetteer."""
    packed = files("tracker.gather").joinpath("data/zones.tsv.gz").read_bytes()
    return dict(line.split("\t") for line in gzip.decompress(packed).decode().splitlines()[1:])


PAGE_LAG = timedelta(days=2)
"""A page that declares itself older than its feed item by more than this is believed: feeds bring old articles again
under the day on which somebody touched them. A smaller difference is a matter of zones and midnights."""
DOUBTED = timedelta(days=90)
"""News reaches a feed within days. An item that is older than this when we first see it may be an old one, or bear the
default date of some program: its page is asked, and where that says as much later, neither of both is believed."""


@dataclass(frozen=True, slots=True)
class PublicationDay:
    """The moment (or the noon that stands for a day) at which an article ran, and how it is known."""

    at: datetime
    basis: PublishedBasis


def day_of(fed: datetime | None, told: datetime | None, declared: bool, seen: datetime, zone: tzinfo) -> PublicationDay:
    """By what its feed says and what its page tells (None: nothing), and the moment at which it was first seen.

    `declared`: the page says so in data made for programs. Else it was read off the page, which may mean anything: it
    contradicts no feed, and the day of the visit is taken for a clock in the page's head.
    """
    fed, told = believed(fed, seen), believed(told, seen)
    if told and not declared and (fed or local_day(told, zone) >= local_day(seen, zone)):
        told = None
    if told and (fed is None or told < fed - PAGE_LAG):
        return PublicationDay(told, PublishedBasis.PAGE)
    if fed is None or (told and told > fed + DOUBTED):
        return PublicationDay(seen, PublishedBasis.SEEN)
    return PublicationDay(fed, PublishedBasis.STATED)


def in_doubt(fed: datetime | None, seen: datetime) -> bool:
    """Whether the page has to be asked for the day, even where the feed holds the whole text."""
    fed = believed(fed, seen)
    return fed is None or fed < seen - DOUBTED
