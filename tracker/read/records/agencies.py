"""Whose agency it is: "Colbert County Sheriff's Office" in Alabama → the county, by the gazetteer."""

import re
from difflib import get_close_matches
from functools import cache

from tracker.gather.sources.sheet import SheetRow
from tracker.model import Jurisdiction, Kind
from tracker.read.places import gazetteer
from tracker.read.places.place_names import fold, state_of

OF_NO_GOVERNMENT = re.compile(
    r"\b(?:airports?|universit(?:y|ies)|college|regional|district jail|school district|schools|tribal|tribe|nation"
    r"|state|alcohol)\b",
    re.I,
)
"""Agencies of several governments, of a state or of none that the timeline knows."""
AGENCY = re.compile(
    r"\s+(?:sheriff(?:[’'`]?s)?|police|constable(?:[’'`]?s)?|marshal(?:[’'`]?s)?|department|dept\.?|division|board"
    r"|commission(?:ers)?|district attorney|prosecutor|public safety|jail|detention|corrections?|correctional|adult"
    r"|probation|office of|city council|jurisdictional)\b.*$",
    re.I,
)
"""Where a name ends and the kind of agency begins."""
PART = re.compile(r"\s+(?:borough|city|(?:\w+\s+)?ward|metropolitan)$", re.I)
"""What stands behind a place's name in an agency's."""
FORMAL = re.compile(r"^(?:the\s+)?(?:city|town|village|borough|township|county)\s+of\s+", re.I)
_TOWNSHIP = re.compile(r"\btwp\b\.?", re.I)
CLOSE = 0.84
"""Ratio of difflib from which a county's misspelt name is taken: two letters in twelve."""


def jurisdiction_of(agency: str, state: str, county: str = "", *, of_county: bool = False) -> Jurisdiction | None:
    """The government whose agency this is; `state` and `county` as the sheet has them, and whether it calls the agency
    a county's (`of_county`). Where the name and the county contradict each other the name counts. None where it belongs
    to none, to several or to a state, or to a township of a name that several have and whose county is not told."""
    postal = state_of(state)
    name = " ".join(agency.split())
    if postal is None or OF_NO_GOVERNMENT.search(name):
        return None
    bare = _TOWNSHIP.sub("township", AGENCY.sub("", name).strip(" ,-"))
    spellings = dict.fromkeys((FORMAL.sub("", bare), bare, PART.sub("", bare)))
    if of_county and re.search(r"\bpolice\b", name, re.I) and not re.search(r"\bcounty\b", name, re.I):
        return next(filter(None, (_exactly(spelling, postal) for spelling in spellings)), None) or _county(
            county, postal
        )
    if of_county or re.search(r"\b(?:county|parish|sheriff)\b", name, re.I):
        return _county(bare, postal) or _county(county, postal)
    if re.search(r"\btownship\b", bare, re.I):
        return _township(bare, postal, county)
    return next(filter(None, (_place(spelling, postal) for spelling in spellings)), None)


def signatory(row: SheetRow) -> Jurisdiction | None:
    """The government whose agency signed; None for a state's own, and for one that the timeline does not know."""
    if row.kind.lower().startswith("state"):
        return None
    return jurisdiction_of(row.agency, row.state, row.county, of_county=row.kind.lower() == "county")


def _county(name: str, postal: str) -> Jurisdiction | None:
    if not name.strip():
        return None
    places = gazetteer.load()
    spellings = (name, f"{name} County", f"{name} Parish", re.sub(r"\s+(?:county|parish)$", "", name, flags=re.I))
    for spelling in spellings:
        found = [place for place in places.named(spelling) if place.state == postal]
        counties = [place for place in found if place.kind is Kind.COUNTY and fold(place.name) == fold(spelling)]
        if (
            counties := counties
            or [place for place in found if place.kind is Kind.COUNTY]
            or [place for place in found if places.county_of(place.id) == place]
        ):
            return counties[0]
    inside = _names(postal, Kind.COUNTY)
    close = get_close_matches(fold(name), inside, 1, CLOSE)
    return inside[close[0]] if close else None


def _township(name: str, postal: str, county: str) -> Jurisdiction | None:
    places = gazetteer.load()
    found = [place for place in places.named(name) if place.state == postal and place.kind is Kind.TOWNSHIP]
    if len(found) > 1 and (inside := _county(county, postal)):
        found = [place for place in found if places.county_of(place.id) == inside]
    return found[0] if len(found) == 1 else None


def _exactly(name: str, postal: str) -> Jurisdiction | None:
    kinds = (Kind.PLACE, Kind.TOWNSHIP)
    found = (place for place in gazetteer.load().named(name) if place.state == postal and place.kind in kinds)
    return next(found, None)


@cache
def _names(postal: str, kind: Kind) -> dict[str, Jurisdiction]:
    """The governments of a kind in a state by their folded names; of one name the most populous."""
    return {fold(place.name): place for place in reversed(gazetteer.load().in_state(postal)) if place.kind is kind}


def _place(name: str, postal: str) -> Jurisdiction | None:
    """Of this name; else the one place that begins with it, or the one that is spelt nearly so."""
    if found := _exactly(name, postal):
        return found
    key, inside = fold(name), _names(postal, Kind.PLACE)
    longer = [spelling for spelling in inside if key and spelling.startswith(f"{key} ")]
    if len(longer) == 1:
        return inside[longer[0]]
    close = get_close_matches(key, inside, 1, CLOSE)
    return inside[close[0]] if close else None
