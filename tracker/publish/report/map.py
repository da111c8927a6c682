"""The map of places: an inline SVG in the frame of the shipped outline. Pure geometry."""

import json
from collections import Counter
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
DOTS_AT_MOST = 1500
"""Circles in the picture: some 70 kB of the page. With more, cells are made wider."""
FREE_DOTS, CROWDED = 150, 0.55
"""Up to so many dots each is as large as its entries ask for; with more, none is larger than this part of its cell."""
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

    @property
    def crowded(self) -> bool:
        """True where dots touch one another and need a thinner edge."""
        return len(self.dots) > FREE_DOTS


@cache
def outline() -> dict[str, str]:
    """The shipped paths; read once."""
    text = files("tracker.publish.report").joinpath("data/us_outline.json").read_text("utf-8")
    return dict(json.loads(text))


class Dots:
    """Counts the entries of places by where they lie; places that lie together share a dot."""

    def __init__(self) -> None:
        self._cells: Counter[tuple[int, int]] = Counter()
        self._left_out = 0

    def add(self, place: PlaceRecord) -> None:
        """One place; without entries it is not drawn."""
        if not place.entries:
            return
        if place.latitude is None or place.longitude is None or place.state in OFF_THE_MAP:
            self._left_out += 1
            return
        x, y = _INSETS.get(place.state, _LOWER).point(place.longitude, place.latitude)
        self._cells[round(x / CELL), round(y / CELL)] += place.entries

    def picture(self) -> Map:
        """The map as it is now. With many dots all are smaller, so that they do not run into one another."""
        size, cells = self._merged()
        paths = outline()
        dots = tuple(
            Dot(x * size, y * size, radius(number, size, len(cells))) for (x, y), number in sorted(cells.items())
        )
        return Map(int(paths["width"]), int(paths["height"]), paths["land"], paths["borders"], dots, self._left_out)

    def _merged(self) -> tuple[int, Counter[tuple[int, int]]]:
        size, cells = CELL, self._cells
        while len(cells) > DOTS_AT_MOST:
            wider: Counter[tuple[int, int]] = Counter()
            for (x, y), number in cells.items():
                wider[round(x / 2), round(y / 2)] += number
            size, cells = 2 * size, wider
        return size, cells


def radius(entries: int, cell: int, dots: int) -> float:
    """Of a dot; grows with the logarithm, so that one busy city does not cover its neighbours."""
    free = SMALLEST + GROWTH * log10(max(1, entries))
    return round(free if dots <= FREE_DOTS else min(free, cell * CROWDED), 1)
