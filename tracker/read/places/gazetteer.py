"""Every state, county, place and township of the United States, found by id, by name or by what a person types.

The table is `data/gazetteer.tsv.gz`; data/README.md tells how it is made and corrected.
"""

import gzip
import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from math import asin, cos, radians, sin, sqrt
from typing import NoReturn

from tracker.errors import UnknownPlace
from tracker.model import Jurisdiction, Kind, OcdId
from tracker.read.places.place_names import STATE_NAMES, fold, state_of

__all__ = ["STATE_NAMES", "Gazetteer", "is_within", "kilometres", "load", "miles"]

PREFIX = "ocd-division/country:us/"
EARTH_KM = 6371.0
"""Mean radius (IUGG)."""
EARTH_RADIUS_MILES = 3958.8
"""Of the sphere that has the Earth's volume: nowhere wrong by more than half a per cent."""
SUGGESTIONS = 4
"""More than a person reads in one line of error."""
CLOSE = 0.75
"""Ratio of difflib from which a misspelt name is still worth suggesting: two letters wrong in eight."""
SORTS = "city and county|city and borough|city|town|township|village|borough|county|parish|municipality"
OF = re.compile(rf"^(?:the )?({SORTS}) of (.+)$")
"""Formal names, already folded: "city of milwaukee", "county of dane"."""
ORDER = {Kind.PLACE: 0, Kind.COUNTY: 1, Kind.TOWNSHIP: 2, Kind.STATE: 3}
"""Among governments of one name and no known population, the likelier one in the news comes first."""


class Gazetteer:
    """Looks jurisdictions up. Rows stay packed until they are asked for, and are indexed when one is."""

    def __init__(self, lines: Iterable[str]) -> None:
        """`lines` are rows of gazetteer.tsv without its header."""
        self._lines: list[str] = list(lines)
        self._of_key = lru_cache(maxsize=4096)(self._look_up)

    def get(self, ocd_id: str) -> Jurisdiction | None:
        """The jurisdiction of an OCD id; further ids of a consolidated government give the same jurisdiction."""
        number = self._ids.get(ocd_id.removeprefix(PREFIX))
        return None if number is None else self._unpack(number)

    def label(self, ocd_id: str) -> str:
        """The place for people ("Milwaukee, WI"); the id where it is not known."""
        place = self.get(ocd_id)
        return place.label if place else ocd_id

    def named(self, name: str) -> tuple[Jurisdiction, ...]:
        """Every jurisdiction of that name in any state, most populous first. Counties are found under their whole
        name ("Dane County", "Orleans Parish"), townships with or without "Township"."""
        return self._of_key(fold(name))

    def _look_up(self, key: str) -> tuple[Jurisdiction, ...]:
        numbers = self._names.get(key) or self._formal(key)
        return tuple(sorted((self._unpack(number) for number in set(numbers)), key=_rank))

    def may_begin(self, word: str) -> bool:
        """True where a name that `named` finds, of one word or more, begins with that word."""
        return fold(word).partition(" ")[0] in self._first_words

    @cached_property
    def _first_words(self) -> frozenset[str]:
        formal = {"the", *SORTS.replace(" and ", "|").split("|")}
        return frozenset({key.partition(" ")[0] for key in self._names} | formal)

    def knows(self, name: str) -> bool:
        """Whether any jurisdiction has that name; much cheaper than `named`, for trying the words of a text."""
        return fold(name) in self._names

    def in_state(self, postal: str) -> tuple[Jurisdiction, ...]:
        """Every jurisdiction of a state, the state itself included, most populous first."""
        return tuple(sorted((self._unpack(number) for number in self._inside(postal)), key=_rank))

    def state(self, postal: str) -> Jurisdiction:
        """The state, district or territory of a postal code; raises UnknownPlace."""
        for kind in ("state", "territory", "district"):
            if (number := self._ids.get(f"{kind}:{postal.lower()}")) is not None:
                return self._unpack(number)
        raise UnknownPlace(f"{postal!r} is not the postal code of a state")

    def states(self) -> tuple[Jurisdiction, ...]:
        """The fifty states, the District of Columbia and the five territories, by postal code."""
        return tuple(self.state(postal) for postal in sorted(set(STATE_NAMES.values())))

    def county_of(self, ocd_id: str) -> Jurisdiction | None:
        """The county in which most of a place lies. A county, and a city that is its own county, gives itself."""
        number = self._ids.get(ocd_id.removeprefix(PREFIX))
        if number is None:
            return None
        fields = self._lines[number].split("\t")
        return self._unpack(number) if fields[2] == "county" else self.get(fields[6]) if fields[6] else None

    def community(self, name: str, postal: str) -> Jurisdiction | None:
        """The county (or city) that governs a village or suburb without a government of its own: "Bethesda", "MD" is
        Montgomery County's."""
        return self.get(_communities().get((fold(name), postal), ""))

    def parse_home(self, text: str) -> Jurisdiction:
        """What a person calls a place: "Milwaukee, WI", "Dane County, Wis.", "Wisconsin" or an OCD id. A name without
        its state is taken if only one jurisdiction has it; a village that has no government gives its county. Raises
        UnknownPlace, with suggestions."""
        text = " ".join(text.split()).strip(" ,")
        if text.startswith("ocd-division/"):
            return self.get(text) or _refuse(f"the gazetteer has no {text}", self._near_ids(text))
        if (postal := state_of(text)) is not None:
            return self.state(postal)
        name, postal = _split(text)
        found = [place for place in self.named(name) if postal in (None, place.state)]
        if postal and (choice := self._choose(name, postal, found)):
            return choice
        if len(found) == 1:
            return found[0]
        if found:
            return _refuse(f"{text!r} can be several places: add the state", (place.label for place in found))
        if not text:
            return _refuse("no place is named", ())
        return _refuse(f"no place is called {text!r}", (*self._of_near_state(text), *self._close(name, postal)))

    def _choose(self, name: str, postal: str, found: list[Jurisdiction]) -> Jurisdiction | None:
        """With the state known the most populous of a name is meant, but never the state itself ("New York, N.Y.")."""
        local = [place for place in found if place.kind is not Kind.STATE] or found
        return local[0] if local else self.community(name, postal)

    def _formal(self, key: str) -> list[int]:
        """Numbers of the rows behind "city of X" or "county of X"."""
        if not (parts := OF.match(key)):
            return []
        sort, bare = parts.groups()
        return self._names.get(f"{bare} {sort}" if sort in ("county", "parish", "township") else bare, [])

    def _near_ids(self, ocd_id: str) -> list[str]:
        """Ids that look like a misspelt one, of the same state if there is one."""
        state = ocd_id.removeprefix(PREFIX).partition("/")[0]
        ids = [short for short in self._ids if short == state or short.startswith(f"{state}/")] or self._ids
        short = ocd_id.removeprefix(PREFIX)
        return [PREFIX + found for found in get_close_matches(short, ids, SUGGESTIONS, CLOSE)]

    def _of_near_state(self, text: str) -> Iterator[str]:
        """Labels of the places of this name where only the state is misspelt, those of the nearest state first."""
        name, comma, state = text.rpartition(",")
        if comma and state_of(state) is None:
            close = get_close_matches(fold(state), [fold(spelling) for spelling in STATE_NAMES], SUGGESTIONS)
            states = [state_of(spelling) for spelling in close]
            places = [place for place in self.named(name) if place.state in states]
            yield from (place.label for place in sorted(places, key=lambda place: states.index(place.state)))

    def _close(self, name: str, postal: str | None) -> Iterator[str]:
        """Labels of the jurisdictions whose names look like a misspelt one, in its state if that is known."""
        key, inside = fold(name), set(self._inside(postal) if postal else range(len(self._lines)))
        names = [spelling for spelling, numbers in self._names.items() if not inside.isdisjoint(numbers)]
        likely = [f"{key} county", f"{key} parish", *get_close_matches(key, names, SUGGESTIONS, CLOSE)]
        for spelling in likely:
            yield from (place.label for place in self.named(spelling) if postal in (None, place.state))

    @cached_property
    def _ids(self) -> dict[str, int]:
        """Numbers of the rows, by their ids without prefix. By itself: whoever only tells the names of known ids need
        not wait for `_names`, which takes four times as long."""
        found = {line.partition("\t")[0]: number for number, line in enumerate(self._lines)}
        for number, line in enumerate(self._lines):
            if others := line.rpartition("\t")[2]:
                found |= dict.fromkeys(others.split("|"), number)
        return found

    @cached_property
    def _names(self) -> dict[str, list[int]]:
        """Numbers of the rows, by their folded names."""
        found: dict[str, list[int]] = {}
        for number, line in enumerate(self._lines):
            _, name, *_, names, _ = line.split("\t")
            for spelling in (name, *names.split("|")) if names else (name,):
                found.setdefault(fold(spelling), []).append(number)
        return found

    def _inside(self, postal: str) -> list[int]:
        """Numbers of the rows of a state: their ids start with it."""
        starts = tuple(f"{sort}:{postal.lower()}{end}" for sort in ("state", "territory", "district") for end in "/\t")
        return [number for number, line in enumerate(self._lines) if line.startswith(starts)]

    def _unpack(self, number: int) -> Jurisdiction:
        return _jurisdiction(self._lines[number])


@lru_cache(maxsize=4096)
def _jurisdiction(line: str) -> Jurisdiction:
    short, name, kind, population, latitude, longitude, *_ = line.split("\t")
    return Jurisdiction(
        id=PREFIX + short,
        name=name,
        kind=Kind(kind),
        state=short.partition("/")[0].partition(":")[2].upper(),
        population=int(population or 0),
        latitude=float(latitude) if latitude else None,
        longitude=float(longitude) if longitude else None,
    )


def _rank(place: Jurisdiction) -> tuple[int, int, str]:
    return (-place.population, ORDER[place.kind], place.id)


def _split(text: str) -> tuple[str, str | None]:
    """("Milwaukee", "WI") of "Milwaukee, Wis." or "Milwaukee WI"; no state: (text, None)."""
    name, comma, state = text.rpartition(",")
    if comma and (postal := state_of(state)):
        return name, postal
    words = text.split()
    for count in (2, 1):
        if len(words) > count and (postal := state_of(" ".join(words[-count:]))):
            return " ".join(words[:-count]), postal
    return text, None


def _refuse(message: str, labels: Iterable[str]) -> NoReturn:
    shown = list(dict.fromkeys(labels))[:SUGGESTIONS]
    remedy = f"did you mean {' or '.join(shown)}?" if shown else 'write it like "Milwaukee, WI" or "Dane County, WI"'
    raise UnknownPlace(f"{message}; {remedy}")


def kilometres(a: Jurisdiction, b: Jurisdiction) -> float | None:
    """As the crow flies, None where a point is unknown."""
    angle = _angle(a, b)
    return None if angle is None else EARTH_KM * angle


def miles(a: Jurisdiction, b: Jurisdiction) -> float | None:
    """The same; None for states too, which are no points."""
    angle = None if Kind.STATE in (a.kind, b.kind) else _angle(a, b)
    return None if angle is None else EARTH_RADIUS_MILES * angle


def _angle(a: Jurisdiction, b: Jurisdiction) -> float | None:
    """Radians between the points that the gazetteer gives (haversine)."""
    if a.latitude is None or a.longitude is None or b.latitude is None or b.longitude is None:
        return None
    north, east = radians(b.latitude - a.latitude), radians(b.longitude - a.longitude)
    chord = sin(north / 2) ** 2 + cos(radians(a.latitude)) * cos(radians(b.latitude)) * sin(east / 2) ** 2
    return 2 * asin(min(1.0, sqrt(chord)))


def _rows(name: str) -> list[str]:
    """The lines of a packed table, without its header."""
    packed = files("tracker.read").joinpath("data", name).read_bytes()
    return gzip.decompress(packed).decode().splitlines()[1:]


@cache
def _communities() -> dict[tuple[str, str], str]:
    """(folded name, postal code) → id of the government, for the names that stand for one government only."""
    owners: dict[tuple[str, str], set[str]] = {}
    for name, postal, owner in (line.split("\t") for line in _rows("communities.tsv.gz")):
        owners.setdefault((fold(name), postal), set()).add(owner)
    return {key: min(found) for key, found in owners.items() if len(found) == 1}


@cache
def load() -> Gazetteer:
    """The gazetteer that ships with the tracker, read once."""
    return Gazetteer(_rows("gazetteer.tsv.gz"))


@lru_cache(maxsize=65_536)
def is_within(place: OcdId, centre: OcdId, reach: int) -> bool:
    """True where a place lies within so many miles of another; a county counts by its one point."""
    known = load()
    one, other = known.get(centre), known.get(place)
    far = miles(one, other) if one and other else None
    return far is not None and far <= reach
