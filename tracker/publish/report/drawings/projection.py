"""From degrees to the frames of the shipped outlines. Pure geometry."""

from collections.abc import Callable
from math import cos, radians, sin, sqrt
from typing import NamedTuple

from tracker.publish.report.catalogue import PlaceLine

Point = tuple[float, float]
"""x and y in a frame, y downwards."""
Where = Callable[[PlaceLine], Point | None]
"""Where a place lies in some frame; None where that does not have it."""
SCALE, CENTRE_X, CENTRE_Y = 1300.0, 487.5, 305.0
"""The frame of us-atlas: d3.geoAlbersUsa().scale(1300).translate([487.5, 305])."""


class Conic(NamedTuple):
    """A conic equal-area projection (Snyder, Map Projections, USGS 1395, p. 100), angles in degrees."""

    meridian: float
    centre: tuple[float, float]
    parallels: tuple[float, float]
    scale: float
    shift: tuple[float, float]

    def point(self, longitude: float, latitude: float) -> Point:
        """Frame coordinates, y downwards."""
        x, y = self._raw(longitude - self.meridian, latitude)
        x0, y0 = self._raw(*self.centre)
        return (
            CENTRE_X + SCALE * (self.scale * (x - x0) + self.shift[0]),
            CENTRE_Y - SCALE * (self.scale * (y - y0) - self.shift[1]),
        )

    def _raw(self, longitude: float, latitude: float) -> Point:
        first, second = (sin(radians(parallel)) for parallel in self.parallels)
        n = (first + second) / 2
        c = 1 + first * (2 * n - first)
        rho, rho0 = sqrt(max(0.0, c - 2 * n * sin(radians(latitude)))) / n, sqrt(c) / n
        angle = radians((longitude + 180) % 360 - 180) * n
        return rho * sin(angle), rho0 - rho * cos(angle)


_LOWER = Conic(-96, (-0.6, 38.7), (29.5, 45.5), 1.0, (0.0, 0.0))
_INSETS = {
    "AK": Conic(-154, (-2, 58.5), (55, 65), 0.35, (-0.307, 0.201)),
    "HI": Conic(-157, (-3, 19.9), (8, 18), 1.0, (-0.205, 0.212)),
}
"""Parameters of d3.geoAlbersUsa: Alaska at 0.35 of the scale, Hawaii at the same."""
OFF_THE_MAP = frozenset({"AS", "GU", "MP", "PR", "VI"})
"""Territories, for which the outline has no inset; the list of places has them."""


def us_point(place: PlaceLine) -> Point | None:
    """In the frame of the country."""
    if place.latitude is None or place.longitude is None or place.state in OFF_THE_MAP:
        return None
    return _INSETS.get(place.state, _LOWER).point(place.longitude, place.latitude)
