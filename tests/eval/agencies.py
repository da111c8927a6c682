"""Names of agencies, made of the gazetteer as sheets of 287(g) agreements print them: how many are placed right.

    uv run python tests/eval/agencies.py [--of 200] [--errors]

No row of any sheet is in it. A form is tried on so many governments drawn at random, always the same ones.
"""

import argparse
import random
from collections import Counter
from collections.abc import Iterator

from tracker.gather.sources.sheet import SheetRow
from tracker.model import Jurisdiction, Kind
from tracker.read.places import gazetteer
from tracker.read.places.place_names import state_rows
from tracker.read.records.agencies import signatory

SORTS = (" County", " Parish", " Borough")
OF_COUNTIES = (
    "{} Sheriff's Office", "{} Sheriff’s Department", "{} SHERIFFS OFFICE", "{}  Sheriff", "{} Sherrif's Offic",
    "{short} Co. Sheriff's Office", "{short} Sheriff's Office", "Sheriff's Office of {}", "Office of the Sheriff, {}",
    "{} Detention Center", "{} Department of Corrections", "{} Board of County Commissioners", "{} Police Department",
    "{} Constable Precinct 3", "{} Precinct 2 Constable's Office", "Constable Pct. 1, {}", "{} Jailer",
    "{} Criminal District Attorney's Office", "{} Criminal Justice Authority", "{typo} Sheriff's Office",
)  # fmt: skip
OF_PLACES = (
    "{} Police Department", "City of {} Police Department", "Town of {} Police Dept", "{} PD", "{}  Police",
    "{} Public Safety Department", "{} City Marshal's Office", "Police Department of {}", "{} Town Police Department",
    "{} Bureau of Police", "{} Division of Police", "{} Constable", "{typo} Police Department",
)  # fmt: skip
OF_TOWNSHIPS = ("{} Police Department", "{} Constable's Office", "{short} Twp. Police Department")
OF_NONE = (
    "{} International Airport Police Department", "{} State College Police Department", "University of {} Police",
    "{} ISD Police Department", "{} Regional Jail Authority", "{} Port Authority Police", "{} School District Police",
)  # fmt: skip
SMALL = 5_000
"""People of a place below which a name is often that of several governments of its state."""
SHORTEST = 7
"""Letters of a name of which a typo leaves enough."""


def typo(name: str, draw: random.Random) -> str:
    """A letter lost, doubled, or two that changed places."""
    at = draw.randrange(1, len(name) - 1)
    lost, twice = name[:at] + name[at + 1 :], name[: at + 1] + name[at:]
    return draw.choice((lost, twice, name[:at] + name[at + 1] + name[at] + name[at + 2 :]))


def cases(most: int) -> Iterator[tuple[str, SheetRow, str | None]]:
    """(the form, a row, the OCD id of its government)."""
    draw, places = random.Random(7), gazetteer.load()
    states = {row["postal"]: row["name"] for row in state_rows()}
    known = [place for postal in states for place in places.in_state(postal)]
    number = Counter((place.state, place.kind, place.name) for place in known)
    counties = [one for one in known if one.kind is Kind.COUNTY and one.name.endswith(SORTS)]
    towns = [one for one in known if one.kind is Kind.PLACE and one.population > SMALL and len(one.name) >= SHORTEST]
    towns = [one for one in towns if not number[one.state, Kind.TOWNSHIP, f"Town of {one.name}"]]  # another government
    rural = [one for one in known if one.kind is Kind.TOWNSHIP and one.name.endswith(" Township")]
    groups = (("County", OF_COUNTIES, counties), ("Municipality", OF_PLACES, towns))
    for sort, forms, of in (*groups, ("Municipality", OF_TOWNSHIPS, rural), ("Municipality", OF_NONE, towns)):
        for form in forms:
            for place in draw.sample(of, min(most, len(of))):
                if number[place.state, place.kind, place.name] == 1:
                    column = draw.choice(_columns(places.county_of(place.id), is_needed="{short} Sheriff" in form))
                    words = {"short": place.name.rpartition(" ")[0] or place.name, "typo": typo(place.name, draw)}
                    row = SheetRow(states[place.state], form.format(place.name, **words), sort, column, "", None, 2)
                    yield form, row, None if forms is OF_NONE else place.id


def _columns(county: Jurisdiction | None, *, is_needed: bool) -> list[str]:
    """What may stand in the column of counties."""
    name = county.name if county else ""
    return [name] if is_needed else ["", name, name.removesuffix(" County"), name.upper()]


def main() -> None:
    parser = argparse.ArgumentParser(description="Places agencies of made names, and measures how many are right.")
    parser.add_argument("--of", type=int, default=200, help="governments to draw for each form")
    parser.add_argument("--errors", action="store_true", help="also what is placed wrong")
    options = parser.parse_args()
    right, every = Counter[str](), Counter[str]()
    for form, row, want in cases(options.of):
        found = signatory(row)
        every[form] += 1
        right[form] += (found.id if found else None) == want
        if options.errors and (found.id if found else None) != want:
            print(f"{row.agency}, {row.state} ({row.county}): {found and found.id}, not {want}")
    for form, count in every.items():
        print(f"{right[form] / count:.3f} of {count:4}  {form}")
    print(f"{right.total() / every.total():.4f} of {every.total()}")


if __name__ == "__main__":
    main()
