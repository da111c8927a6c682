"""The dots of a map and the names beside the largest of them. Pure geometry."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from math import log10
from typing import NamedTuple

from tracker.model import Kind, Stage
from tracker.publish import words
from tracker.publish.report.catalogue import PlaceLine, counted
from tracker.publish.report.drawings.projection import Point, Where
from tracker.publish.safe import plain, shorten
from tracker.timeline.how_sure import SureWord

CELL = 8
"""Units of a frame in which places are drawn as one dot: the picture stays small whatever their number."""
DOTS_AT_MOST = 240
"""Dots in a picture, each a link: some 60 kB of the page, and as many stops on the way by keyboard. With more, cells
are made wider."""
FREE_DOTS, SMALLER, CROWDED = 60, 0.62, 0.75
"""Up to so many dots each is as large as its entries ask for; with more, each is so many times as large, and none has a
larger radius than this part of its cell."""
SMALLEST, GROWTH = 8.0, 7.0
"""Radius of a dot for one entry, and how much it grows when the entries are ten times as many."""
CHARACTER = 0.56
"""Width of a character of the sans-serif fonts, as a part of their size."""
NAME_LENGTH = 24
GAP = 5.0
"""Between a dot and its name."""
COVERED = 0.5
"""Of a dot's radius that a name may not touch: its rim may be."""
TOPICS_SAID = 4
SEVERAL = "several"
"""The kind of a dot of more than one place."""


class Dot(NamedTuple):
    """One link: its centre and radius in the frame, what it is called, where it leads, and its kind: `place`, `county`
    or another one of the model, or `several`. `standing` is the stage that shows how most of its policies stand,
    `topic` what most are on; `is_uncertain`: no step of it is more than that."""

    x: float
    y: float
    radius: float
    name: str
    said: str
    address: str
    kind: str
    standing: str = ""
    topic: str = ""
    is_uncertain: bool = False
    where: str = ""
    """Degrees of latitude and longitude, `43.05,-87.96`: a hundredth is less than a mile."""


class MapLabel(NamedTuple):
    """A name that is written beside its dot: where, and which end of it stands there (SVG's text-anchor)."""

    x: float
    y: float
    anchor: str
    text: str


@dataclass(slots=True)
class _Cell:
    """Places that lie together: where the largest of them is, and how many they are."""

    at: Point
    best: PlaceLine
    entries: int = 0
    places: int = 0
    policies: int = 0
    standings: Counter[str] = field(default_factory=Counter)
    topics: Counter[str] = field(default_factory=Counter)
    sureness: frozenset[str] = frozenset()

    @classmethod
    def of(cls, at: Point, place: PlaceLine) -> "_Cell":
        """One place alone."""
        told = counted(place.standings), counted(place.topics), frozenset({place.sureness})
        return cls(at, place, place.entries, 1, place.policies, *told)

    def take(self, other: "_Cell") -> None:
        self.entries += other.entries
        self.places += other.places
        self.policies += other.policies
        self.standings = self.standings + other.standings
        self.topics = self.topics + other.topics
        self.sureness |= other.sureness
        if _order(other.best) < _order(self.best):
            self.at, self.best = other.at, other.best


def _order(place: PlaceLine) -> tuple[int, str]:
    return -place.entries, place.address


class Dots:
    """Counts the entries of places by where they lie in a frame; places that lie together share a dot. Of a map of the
    `country` a dot that is shared leads to its state, else to the largest place."""

    def __init__(self, where: Where, *, country: bool = True) -> None:
        self._where, self._country = where, country
        self._cells: dict[tuple[int, int], _Cell] = {}
        self.left_out = 0
        """Places that the frame does not have."""

    def add(self, place: PlaceLine) -> None:
        """One place; without entries it is not drawn, nor is a state, which is no dot."""
        if not place.entries:
            return
        at = None if place.kind == Kind.STATE.value else self._where(place)
        if at is None:
            self.left_out += 1
            return
        one = _Cell.of(at, place)
        _put(self._cells, (round(at[0] / CELL), round(at[1] / CELL)), one)

    def shown(self) -> tuple[Dot, ...]:
        """The dots, those of most entries first. With many of them all are smaller, so that they do not run into one
        another."""
        size, cells = self._merged()
        found = sorted(cells.values(), key=lambda cell: (-cell.entries, cell.best.address))
        return tuple(self._dot(cell, radius(cell.entries, size, len(found))) for cell in found)

    def key(self, sizes: Sequence[int]) -> tuple[tuple[float, int], ...]:
        """(radius, entries) of dots of so many entries, as far as there are such here and they differ."""
        size, cells = self._merged()
        busiest = max((cell.entries for cell in cells.values()), default=0)
        here = {radius(one, size, len(cells)): one for one in reversed(sizes) if one <= busiest}
        return tuple(sorted(here.items()))

    def _merged(self) -> tuple[int, dict[tuple[int, int], _Cell]]:
        size, cells = CELL, self._cells
        while len(cells) > DOTS_AT_MOST:
            wider: dict[tuple[int, int], _Cell] = {}
            for (x, y), cell in cells.items():
                _put(wider, (round(x / 2), round(y / 2)), replace(cell))
            size, cells = 2 * size, wider
        return size, cells

    def _dot(self, cell: _Cell, size: float) -> Dot:
        best = cell.best
        name = shorten(plain(best.name), NAME_LENGTH)
        told = f"{name}, {best.state}" if self._country else name
        if cell.places > 1:
            told += f" and {words.count(cell.places - 1, 'place')} beside it"
        several = cell.places > 1
        address = best.address.partition("/")[0] + "/" if several and self._country else best.address
        steps = f"{words.count(cell.policies, 'policy', 'policies')}, {words.count(cell.entries, 'step')}"
        uncertain = cell.sureness <= {SureWord.UNCERTAIN.value}
        said = f"{told}: {steps}{', all uncertain' if uncertain else ''}{_kinds(cell)}"
        kind = SEVERAL if several else best.kind
        at = round(cell.at[0], 1), round(cell.at[1], 1)
        commonest = _commonest(cell.standings), _commonest(cell.topics)
        return Dot(
            *at, size, name, said, address, kind, *commonest, uncertain, f"{best.latitude:.2f},{best.longitude:.2f}"
        )


def _commonest(counts: Counter[str]) -> str:
    return next((value for value, _ in counts.most_common(1)), "")


def _kinds(cell: _Cell) -> str:
    """`; 2 in force, 1 proposed; immigration, housing`: what the colours show."""
    stands = [f"{number} {words.STANDS[Stage(stage)].lower()}" for stage, number in cell.standings.most_common()]
    topics = [words.topic(topic).lower() for topic, _ in cell.topics.most_common(TOPICS_SAID)]
    return "".join(f"; {', '.join(part)}" for part in (stands, topics) if part)


def _put(cells: dict[tuple[int, int], _Cell], key: tuple[int, int], cell: _Cell) -> None:
    if key in cells:
        cells[key].take(cell)
    else:
        cells[key] = cell


def radius(entries: int, cell: int, dots: int) -> float:
    """Of a dot; grows with the logarithm, so that one busy city does not cover its neighbours."""
    free = SMALLEST + GROWTH * log10(max(1, entries))
    return round(free if dots <= FREE_DOTS else min(free * SMALLER, cell * CROWDED), 1)


class _Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "_Box") -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


def labels(
    dots: Sequence[Dot], frame: tuple[float, float, float, float], size: float, most: int
) -> tuple[MapLabel, ...]:
    """Names for the first `most` dots that have room for one in the `frame` (left, top, width, height), written `size`
    units high: none on another, none over a dot."""
    left, top, width, height = frame
    inside = _Box(left, top, left + width, top + height)
    taken = [_around(dot, COVERED) for dot in dots]
    told = list[MapLabel]()
    for dot in dots:
        for label, box in _sides(dot, size):
            if _holds(inside, box) and not any(box.meets(other) for other in taken):
                told.append(label)
                taken.append(box)
                break
        if len(told) == most:
            break
    return tuple(told)


def _around(dot: Dot, part: float) -> _Box:
    reach = dot.radius * part
    return _Box(dot.x - reach, dot.y - reach, dot.x + reach, dot.y + reach)


def _holds(outer: _Box, inner: _Box) -> bool:
    return (
        outer.left <= inner.left
        and inner.right <= outer.right
        and outer.top <= inner.top
        and inner.bottom <= outer.bottom
    )


def _sides(dot: Dot, size: float) -> Iterator[tuple[MapLabel, _Box]]:
    """Right of the dot, left, above and below."""
    width, away = CHARACTER * size * len(dot.name), dot.radius + GAP
    middle, half = dot.y + 0.35 * size, 0.5 * size
    for anchor, x, y in (
        ("start", dot.x + away, middle),
        ("end", dot.x - away, middle),
        ("middle", dot.x, dot.y - away),
        ("middle", dot.x, dot.y + away + 0.7 * size),
    ):
        left = x - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
        centre = y - 0.35 * size
        label = MapLabel(round(x, 1), round(y, 1), anchor, dot.name)
        yield label, _Box(left, centre - half, left + width, centre + half)
