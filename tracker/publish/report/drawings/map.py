"""The maps of places: inline SVG in the frames of the shipped outlines. Pure geometry."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from tracker.model import Stage
from tracker.publish.report.catalogue import PlaceLine
from tracker.publish.report.drawings.dots import FREE_DOTS, Dot, Dots, MapLabel, labels
from tracker.publish.report.drawings.projection import Point, us_point

STATE_MARGIN = 40
"""Units around a state in its own frame, for dots at its edge."""
LETTERS = 31.0
"""Units of either frame that letters are high on a narrow screen, where they are largest: 11 pixels of 380. The style
sheet says the same."""
NAMED = 10
"""Names on a map; all others are links and in the list."""
TOPICS_COLOURED = 5
"""As many colours as people tell apart; each has a letter too, and the rest share a sixth."""
SIZES = (1, 10, 100, 1000)
"""Entries of the dots that the legend shows, as far as the map has such."""


@dataclass(frozen=True)
class Map:
    """What the template draws; `left_out` counts the places that cannot be drawn; `key` has the dots of the legend:
    (radius, entries)."""

    frame: tuple[int, int, int, int]
    land: str
    borders: str
    dots: tuple[Dot, ...]
    left_out: int
    labels: tuple[MapLabel, ...]
    key: tuple[tuple[float, int], ...]

    @property
    def box(self) -> str:
        """SVG's viewBox."""
        return " ".join(map(str, self.frame))

    @property
    def crowded(self) -> bool:
        """True where dots touch one another and need a thinner edge."""
        return len(self.dots) > FREE_DOTS

    @property
    def standings(self) -> tuple[Stage, ...]:
        """How most policies of some dot stand, in the order of the stages."""
        here = {dot.standing for dot in self.dots}
        return tuple(stage for stage in Stage if stage.value in here)

    @property
    def topics(self) -> tuple[str, ...]:
        """What most policies of the most dots are on: those that have a colour and a letter of their own."""
        counts = Counter(dot.topic for dot in self.dots if dot.topic)
        return tuple(topic for topic, _ in counts.most_common(TOPICS_COLOURED))

    def topic_of(self, dot: Dot) -> int:
        """The number of a dot's colour and letter, from 1 on; 0 for all other topics."""
        return self.topics.index(dot.topic) + 1 if dot.topic in self.topics else 0

    @property
    def kinds(self) -> frozenset[str]:
        """What the dots stand for."""
        return frozenset(dot.kind for dot in self.dots)


@cache
def outline() -> dict[str, Any]:
    """The shipped paths of the country; read once."""
    return _data("us_outline.json")


@cache
def state_outlines() -> dict[str, Any]:
    """Every state in a frame of its own, by postal code; read once."""
    return _data("state_outlines.json")


def _data(name: str) -> dict[str, Any]:
    return dict(json.loads(files("tracker.publish.report").joinpath("data", name).read_text("utf-8")))


def us_dots() -> Dots:
    """The dots of the country, before the first place."""
    return Dots(us_point)


def us_map(dots: Dots) -> Map:
    """The country with the dots of its places."""
    paths = outline()
    return _map((0, 0, int(paths["width"]), int(paths["height"])), paths["land"], paths["borders"], dots)


def state_map(code: str, places: Iterable[PlaceLine]) -> Map | None:
    """One state with its places; None for what has no outline, and where no place can be drawn."""
    paths = state_outlines().get(code.upper())
    if paths is None:
        return None

    def where(place: PlaceLine) -> Point | None:
        found = us_point(place)
        return found and ((found[0] - paths["left"]) * paths["scale"], (found[1] - paths["top"]) * paths["scale"])

    dots = Dots(where, country=False)
    for place in places:
        dots.add(place)
    frame = (-STATE_MARGIN, -STATE_MARGIN, paths["width"] + 2 * STATE_MARGIN, paths["height"] + 2 * STATE_MARGIN)
    found = _map(frame, paths["path"], "", dots)
    return found if found.dots else None


def _map(frame: tuple[int, int, int, int], land: str, borders: str, dots: Dots) -> Map:
    shown = dots.shown()
    return Map(frame, land, borders, shown, dots.left_out, labels(shown, frame, LETTERS, NAMED), dots.key(SIZES))
