"""Names for places as pages and mails write them."""

from dataclasses import dataclass

from tracker.model import Entry, Jurisdiction
from tracker.publish import addresses
from tracker.read.places import gazetteer
from tracker.read.places.place_names import state_rows

STATES = {row["postal"]: row["name"] for row in state_rows()}
"""Postal code → name of the states, the District of Columbia and the territories."""


@dataclass(frozen=True)
class NamedPlace:
    """A jurisdiction as a page names it. `folder` is its address from the site's root."""

    name: str
    state: str
    code: str
    folder: str
    population: int
    id: str

    @property
    def label(self) -> str:
        """`Milwaukee, Wisconsin`; a state is just its name."""
        return self.name if self.name == self.state else f"{self.name}, {self.state}"


def state_name(code: str) -> str:
    """`Wisconsin` for `WI`; an unknown code stays as it is."""
    return STATES.get(code.upper(), code)


def place_of(jurisdiction: Jurisdiction) -> NamedPlace:
    """The place as pages name it."""
    return NamedPlace(
        name=jurisdiction.name,
        state=state_name(jurisdiction.state),
        code=jurisdiction.state,
        folder=addresses.place(jurisdiction.id),
        population=jurisdiction.population,
        id=jurisdiction.id,
    )


def name_of(ocd_id: str) -> str:
    """`St. Louis, Missouri` for the id of a place that has no record here; a place that the gazetteer does not know is
    named by its id, other text stays as it is."""
    if not ocd_id.startswith("ocd-division/"):
        return ocd_id
    known = gazetteer.load().get(ocd_id)
    return place_of(known).label if known else _name_from_id(ocd_id)


def _name_from_id(ocd_id: str) -> str:
    """What the id itself says: `Nowhere County, Wisconsin`."""
    pairs = [part.partition(":")[::2] for part in ocd_id.split("/")[2:]]
    if not pairs:
        return "United States"
    state = state_name(pairs[0][1])
    if len(pairs) == 1:
        return state
    kind, slug = pairs[-1]
    name = slug.replace("_", " ").replace("~", "’").title()
    return f"{name}{'' if kind == 'place' else ' ' + kind.replace('_', ' ').title()}, {state}"


def state_code(ocd_id: str) -> str:
    """`WI` for an id in `state:wi`; empty for the country."""
    return addresses.state(ocd_id).strip("/").upper() if ocd_id.count("/") > 1 else ""


def label(entry: Entry) -> str:
    """`Springfield, MO`: a place with its state, so that places of one name are told apart."""
    code = state_code(entry.jurisdiction)
    name = entry.jurisdiction_name
    return name if not code or name == state_name(code) or name.endswith(f", {code}") else f"{name}, {code}"
