"""Builds gazetteer.tsv.gz (jurisdictions), communities.tsv.gz (places that others govern) and, for gather, zones.tsv.gz
(places in another time zone than most of their state) out of registry packages.

Run from the top of the repository; needs no network once the packages are installed:

    uv run --group gazetteer python tracker/read/data/build_gazetteer.py

The same packages give the same bytes. README.md beside this file explains the columns and how to correct a row;
GAZETTEER_LICENCES.md names the sources.
"""

import gzip
import sys
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from tracker.gather.days import zone_of_state
from tracker.read.data.build_divisions import Rows, check_states, divisions
from tracker.read.data.build_geography import Counties, Spot, complete, geonames, match, set_zones, sum_up
from tracker.read.places.place_names import fold

HERE = Path(__file__).parent
OF_GATHER = HERE.parents[1] / "gather" / "data"
MONTHS = (1, 7)
"""Zones that have one hour in both are one to us."""


def main(folder: Path = HERE, of_gather: Path = OF_GATHER) -> None:
    """Writes the files into their folders."""
    check_states()
    rows = divisions()
    counties = Counties(rows)
    spots = list(geonames(counties))
    match(rows, spots, counties)
    for row in rows.values():
        complete(row, rows, counties)
    sum_up(rows, spots)
    for row in rows.values():
        row.population = row.given or row.population
    write(rows, folder / "gazetteer.tsv.gz")
    write_communities(spots, rows, folder / "communities.tsv.gz")
    set_zones(rows, spots, counties)
    write_zones(rows, of_gather / "zones.tsv.gz")


def write(rows: Rows, out: Path) -> None:
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
    pack(out, lines)


def write_communities(spots: list[Spot], rows: Rows, out: Path) -> None:
    """Villages and suburbs without a government of their own, with the county (or city) that governs them."""
    lines = ["name\tstate\towner"]
    owned = [(spot, rows[spot.owner]) for spot in spots if spot.owner in rows]
    villages = [(s.state, s.name, owner.id) for s, owner in owned if fold(s.name) not in owner.spellings()]
    lines += ["\t".join((name, state, owner)) for state, name, owner in sorted(villages)]
    pack(out, lines)


def write_zones(rows: Rows, out: Path) -> None:
    """The counties, places and townships whose clocks are not those of their state."""
    zones = {row.id: row.zone for row in rows.values() if row.zone and row.kind != "state"}
    others = [name for name, zone in zones.items() if hours(zone) != hours(zone_of_state(rows[name].state))]
    pack(out, ["id\tzone", *(f"{name}\t{zones[name]}" for name in sorted(others))])


def hours(zone: str) -> list[timedelta | None]:
    return [datetime(2026, month, 15, tzinfo=ZoneInfo(zone)).utcoffset() for month in MONTHS]


def pack(path: Path, lines: list[str]) -> None:
    """Gzip without a time stamp or a name, so that the same lines give the same bytes."""
    with path.open("wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", filename="", mtime=0, compresslevel=9) as packed:
        packed.write(("\n".join(lines) + "\n").encode())
    sys.stderr.write(f"{path.name}: {len(lines) - 1} rows, {path.stat().st_size} bytes\n")


if __name__ == "__main__":
    main()
