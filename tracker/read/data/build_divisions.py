"""The governments of the United States out of the table of Open Civic Data ids, one row for each."""

import csv
import re
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib.resources import files

import us

from tracker.read.places.place_names import fold, read_table, state_rows

PREFIX = "ocd-division/country:us/"
Point = tuple[float, float]
"""Latitude and longitude in degrees."""
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


@dataclass
class Row:
    """One government while its row is put together. `names` are further names, `same` further ids of it; `given` is the
    population that places.csv says."""

    id: str
    name: str
    kind: str
    sort: str = ""
    fips: str = ""
    population: int = 0
    point: Point | None = None
    county: str = ""
    given: int = 0
    names: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    zone: str = ""

    @property
    def state(self) -> str:
        return self.id.partition("/")[0].partition(":")[2].upper()

    def spellings(self) -> list[str]:
        return list(dict.fromkeys(fold(name) for name in [self.name, *self.names]))


Rows = dict[str, Row]


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
    with table.open(encoding="utf-8") as lines:
        for record in csv.DictReader(lines):
            short = record["id"].removeprefix(PREFIX)
            if (kind := kind_of(short)) and not record["validThrough"]:
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
    if county := re.search(r"~([a-z_]+_county)~$", short):  # "liberty_borough_~tioga_county~": one of two
        row.county = f"state:{row.state.lower()}/county:{county.group(1).removesuffix('_county')}"
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
        row.name, row.kind = fixed["name"] or row.name, fixed["kind"] or row.kind
        row.given = int(fixed["population"] or 0)
        if fixed["latitude"]:
            row.point = (float(fixed["latitude"]), float(fixed["longitude"]))
        row.county = fixed["county"] or row.county
        row.names += [name for name in fixed["also"].split("|") if name]
        others = [other for other in fixed["also_ids"].split("|") if other]
        if row.id in same and same[row.id] in others:  # we prefer the other of the two ids
            del same[row.id]
        same |= dict.fromkeys(others, row.id)


def preferred(old: str, new: str) -> tuple[str, str]:
    """(alias, id): where a city and its county are one government, the city's id is ours, since news uses its name."""
    of_place, of_county = kind_of(old) == "place", kind_of(new) == "county"
    renamed_by_census = new in (f"{old}_town", f"state:mi/place:village_of_{old.rpartition(':')[2]}")
    return (new, old) if (of_place and of_county) or renamed_by_census else (old, new)


def merge(rows: Rows, old: str, new: str) -> None:
    """The government with the id `old` is the one with the id `new`; its name and ids go over."""
    row, gone = rows[new], rows.pop(old, None)
    row.same.append(old)
    if kind_of(old) == "place":
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
