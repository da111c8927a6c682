"""The map of places: an inline SVG in the frame of the shipped outline. Pure geometry."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import cos, log10, radians, sin, sqrt
from typing import NamedTuple

from tracker.publish.report.overview import PlaceRecord

SCALE, CENTRE_X, CENTRE_Y = 1300.0, 487.5, 305.0
"""The frame of us-atlas: d3.geoAlbersUsa().scale(1300).translate([487.5, 305])."""
CELL = 8
"""Units of the frame in which places are drawn as one dot: the picture stays small whatever their number."""
SMALLEST, GROWTH = 8.0, 7.0
"""Radius of a dot for one entry, and how much it grows when the entries are ten times as many."""


class Conic(NamedTuple):
    """A conic equal-area projection (Snyder, Map Projections, USGS 1395, p. 100), angles in degrees."""

    meridian: float
    centre: tuple[float, float]
    parallels: tuple[float, float]
    scale: float
    shift: tuple[float, float]

    def point(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Frame coordinates, y downwards."""
        x, y = self._raw(longitude - self.meridian, latitude)
        x0, y0 = self._raw(*self.centre)
        return (
            CENTRE_X + SCALE * (self.scale * (x - x0) + self.shift[0]),
            CENTRE_Y - SCALE * (self.scale * (y - y0) - self.shift[1]),
        )

    def _raw(self, longitude: float, latitude: float) -> tuple[float, float]:
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


class Dot(NamedTuple):
    """One circle: its centre and its radius in the frame."""

    x: float
    y: float
    radius: float


@dataclass(frozen=True)
class Map:
    """What the template draws; `left_out` counts the places that cannot be drawn."""

    width: int
    height: int
    land: str
    borders: str
    dots: tuple[Dot, ...]
    left_out: int


@cache
def outline() -> dict[str, str]:
    """The shipped paths; read once."""
    text = files("tracker.publish.report").joinpath("data/us_outline.json").read_text("utf-8")
    return dict(json.loads(text))


def draw(places: Iterable[PlaceRecord]) -> Map:
    """The dots of all places with entries; places that lie together share one."""
    cells: Counter[tuple[int, int]] = Counter()
    left_out = 0
    for place in places:
        if not place.entries:
            continue
        if place.latitude is None or place.longitude is None or place.state in OFF_THE_MAP:
            left_out += 1
            continue
        x, y = _INSETS.get(place.state, _LOWER).point(place.longitude, place.latitude)
        cells[round(x / CELL), round(y / CELL)] += place.entries
    paths = outline()
    dots = tuple(Dot(x * CELL, y * CELL, radius(number)) for (x, y), number in sorted(cells.items()))
    return Map(int(paths["width"]), int(paths["height"]), paths["land"], paths["borders"], dots, left_out)


def radius(entries: int) -> float:
    """Of a dot; grows with the logarithm, so that one busy city does not cover its neighbours."""
    return round(SMALLEST + GROWTH * log10(max(1, entries)), 1)
