"""Builds gazetteer.tsv.gz, the table of jurisdictions that the tracker ships, out of packages of the registry.

Run from the top of the repository; needs no network once the packages are installed:

    uv run --group gazetteer python tracker/read/data/build_gazetteer.py

The same packages give the same bytes. README.md beside this file explains the columns and how to correct a row;
GAZETTEER_LICENCES.md names the sources.
"""

import gzip
import sys
from pathlib import Path

from build_divisions import Rows, check_states, divisions
from build_geography import Counties, complete, geonames, match, sum_up

from tracker.read.place_names import fold

OUT = Path(__file__).parent / "gazetteer.tsv.gz"


def main() -> None:
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
    write(rows)


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
