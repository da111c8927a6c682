"""How far places are from each other, as the crow flies, by the gazetteer's coordinates. Pure."""

from functools import lru_cache
from math import asin, cos, radians, sin, sqrt

from tracker.model import Jurisdiction, Kind, OcdId
from tracker.read.places import gazetteer

EARTH_RADIUS_MILES = 3958.8
"""Of the sphere that has the Earth's volume: nowhere wrong by more than half a per cent."""


def miles(one: Jurisdiction, other: Jurisdiction) -> float | None:
    """By the haversine formula, between the points that the gazetteer gives; None where it gives none, and for states,
    which are no points."""
    if Kind.STATE in (one.kind, other.kind):
        return None
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return None
    here, there = radians(one.latitude), radians(other.latitude)
    across, along = there - here, radians(other.longitude - one.longitude)
    half = sin(across / 2) ** 2 + cos(here) * cos(there) * sin(along / 2) ** 2
    return 2 * EARTH_RADIUS_MILES * asin(min(1.0, sqrt(half)))


@lru_cache(maxsize=65_536)
def is_within(place: OcdId, centre: OcdId, reach: int) -> bool:
    """True where a place lies within so many miles of another; a county counts by its one point."""
    known = gazetteer.load()
    one, other = known.get(centre), known.get(place)
    far = miles(one, other) if one and other else None
    return far is not None and far <= reach
