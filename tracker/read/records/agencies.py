"""Whose agency it is: "Colbert County Sheriff's Office" in Alabama → the county, by the gazetteer."""

import re
from difflib import SequenceMatcher, get_close_matches
from functools import cache

from tracker.gather.sources.sheet import SheetRow
from tracker.model import Jurisdiction, Kind
from tracker.read.places import gazetteer
from tracker.read.places.place_names import STATE_NAMES, fold, state_of

OF_NO_GOVERNMENT = re.compile(
    r"\b(?:airports?|universit(?:y|ies)|colleges?|tech|regional|district jail|school (?:district|board)|schools|isd"
    r"|port authority|tribal|tribe|nation|band of|rancheria|state|alcohol)\b",
    re.I,
)
"""Agencies of several governments, of a state or of none that the timeline knows; but for a place of that name."""
AGENCY = re.compile(
    r"\s+(?:sheriff(?:[’'`]?s)?|police|pd|constable(?:[’'`]?s)?|marshal(?:[’'`]?s)?|department|dept\.?|division|bureau"
    r"|board|commission(?:ers)?|(?:criminal )?district attorney|prosecutor|public safety|fire|jail|detention"
    r"|corrections?|correctional|adult|probation|office of|city council|jurisdictional)\b.*$",
    re.I,
)
"""Where a name ends and the kind of agency begins."""
PART = re.compile(r"\s+(?:borough|city|town|(?:\w+\s+)?ward|metro(?:politan)?)$", re.I)
"""What stands behind a place's name in an agency's."""
FORMAL = re.compile(
    r"^(?:the\s+)?(?:metro(?:politan)?\s+|(?P<sort>city|town|village|borough|township|county)\s+of\s+)", re.I
)
METROPOLITAN = re.compile(r"\bmetro(?:politan)?\b", re.I)
_SPELT = (
    (re.compile(r"\bco\b\.?(?=\s)", re.I), "County"),
    (re.compile(r"(?<=[a-z])County\b"), " County"),
    (re.compile(r"\b(?:twp\b\.?|charter township\b)", re.I), "township"),
)
"""How words are written out that names have in short, or joined to another."""
_COUNTY_WORD = re.compile(r"\b(?:county|parish|borough)\b", re.I)
_CITY = re.compile(r"^city of\b|\bcity$", re.I)
CLOSE = 0.84
"""Ratio of difflib from which a misspelt name is taken: two letters in twelve."""


def jurisdiction_of(agency: str, state: str, county: str = "", *, of_county: bool = False) -> Jurisdiction | None:
    """The government whose agency this is; `state` and `county` as the sheet has them, and whether it calls the agency
    a county's (`of_county`). Where the name and the county contradict each other the name counts. None where it belongs
    to none, to several or to a state, or to a township of a name that several have and whose county is not told."""
    postal = sheet_state(state)
    name = " ".join(agency.split())
    for pattern, word in _SPELT:
        name = pattern.sub(word, name)
    bare = _bare(name)
    if postal is None or (OF_NO_GOVERNMENT.search(name) and not _exactly(bare, postal)):
        return None
    if within := _county_within(name, postal):
        return within
    column = _column(county, postal)
    if of_county or re.search(r"\b(?:county|parish|sheriff)\b", name, re.I):
        return _of_county(name, bare, postal, column)
    if re.search(r"\btownship\b", bare, re.I):
        return _township(bare, postal, column)
    return _exactly(bare, postal, column) or _nearly(bare, postal)


def signatory(row: SheetRow) -> Jurisdiction | None:
    """The government whose agency signed; None for a state's own, and for one that the timeline does not know."""
    if row.kind.lower().startswith("state"):
        return None
    return jurisdiction_of(row.agency, row.state, row.county, of_county=row.kind.lower() == "county")


@cache
def sheet_state(text: str) -> str | None:
    """The postal code of a state, also of one that is misspelt."""
    close = [] if state_of(text) else get_close_matches(text.title(), STATE_NAMES, 1, CLOSE)
    return state_of(close[0] if close else text)


def _bare(name: str) -> str:
    """`City of Racine Police Department` and `Police Department of the City of Racine` → `City of Racine`."""
    if AGENCY.match(f" {name}"):
        name = re.split(r"\bof the\b|\bof(?! the)\b(?=.)|,", name, maxsplit=1)[-1]
    return AGENCY.sub("", name).strip(" ,-")


def _county_within(name: str, postal: str) -> Jurisdiction | None:
    """The county whose whole name stands among the words: `Constable Precinct 1, Clay County`."""
    for word in _COUNTY_WORD.finditer(name):
        words = name[: word.end()].split()
        runs = (" ".join(words[first:]) for first in range(len(words) - 1))
        if found := next(filter(None, (_whole_county(run, postal) for run in runs)), None):
            return found
    return None


def _whole_county(name: str, postal: str) -> Jurisdiction | None:
    """The county of this very name; a city that is its own county has that name too."""
    found = [place for place in gazetteer.load().named(name) if place.state == postal]
    counties = [place for place in found if place.kind is Kind.COUNTY]
    exact = [place for place in counties if fold(place.name) == fold(name)]
    return next(iter(exact or counties or [place for place in found if _is_own_county(place)]), None)


def _is_own_county(place: Jurisdiction) -> bool:
    return gazetteer.load().county_of(place.id) == place


def _county(name: str, postal: str) -> Jurisdiction | None:
    """A county by its name with or without what it is."""
    plain = _plain(name)
    spellings = (name, *(f"{plain} {sort}" for sort in ("County", "Parish", "Borough"))) if plain else ()
    return next(filter(None, (_whole_county(spelling, postal) for spelling in spellings)), None)


def _column(text: str, postal: str) -> Jurisdiction | None:
    """What stands in the sheet's column of counties: a county, or a city that is its own."""
    name = " ".join(text.split())
    city = _exactly(name, postal)
    if city and _CITY.search(name):
        return city
    return _county(name, postal) or city or _nearest_county(name, postal)


def _of_county(name: str, bare: str, postal: str, column: Jurisdiction | None) -> Jurisdiction | None:
    """A county's agency in whose name no county stands as it is spelt: by the city that is meant, by the county of the
    column where that has nearly this name, by the nearest name, by the column, by the nearest place."""
    city = _exactly(bare, postal)
    is_police = re.search(r"\bpolice\b", name, re.I) and not METROPOLITAN.search(name)
    if city and (is_police or _CITY.search(bare)):
        return city
    if column and _alike(bare, column.name):
        return column
    own = city if city and _is_own_county(city) else None
    if city and not own and METROPOLITAN.search(name):
        return column or city
    near = _county(bare, postal) or own or (None if city else _nearest_county(bare, postal))
    return near or column or city or _nearly(bare, postal)


def _plain(name: str) -> str:
    """A county's name without what it is, folded."""
    return " ".join(_COUNTY_WORD.sub(" ", fold(name)).split())


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, _plain(one), _plain(other)).ratio() >= CLOSE


def _township(name: str, postal: str, column: Jurisdiction | None) -> Jurisdiction | None:
    places = gazetteer.load()
    found = [place for place in places.named(name) if place.state == postal and place.kind is Kind.TOWNSHIP]
    if len(found) > 1 and column:
        found = [place for place in found if places.county_of(place.id) == column]
    return found[0] if len(found) == 1 else None


def _exactly(name: str, postal: str, column: Jurisdiction | None = None) -> Jurisdiction | None:
    """A place of this name, as it stands or without what it is; of several of one name the one of the sort that stands
    there ("Borough of"), or in the county of the column, a place before a township, the most populous."""
    places, formal = gazetteer.load(), FORMAL.match(name)
    plain = FORMAL.sub("", name)
    for spelling in dict.fromkeys((name, plain, PART.sub("", plain))):
        found = [place for place in places.named(spelling) if place.state == postal]
        found = [place for kind in (Kind.PLACE, Kind.TOWNSHIP) for place in found if place.kind is kind]
        sort = f"_{formal['sort']}".lower() if formal else ""
        best = [place for place in found if sort and place.id.endswith(sort)]
        best += [place for place in found if column and places.county_of(place.id) == column]
        if found:
            return (best or found)[0]
    return None


@cache
def _names(postal: str, kind: Kind) -> dict[str, Jurisdiction]:
    """The governments of a kind in a state by their folded names; of one name the most populous."""
    return {fold(place.name): place for place in reversed(gazetteer.load().in_state(postal)) if place.kind is kind}


@cache
def _counties(postal: str) -> dict[str, Jurisdiction]:
    """The counties of a state by their names, each with "county" for what it is: so they are compared alike."""
    return {f"{_plain(name)} county": place for name, place in _names(postal, Kind.COUNTY).items()}


def _nearest_county(name: str, postal: str) -> Jurisdiction | None:
    plain = _plain(name)
    spellings = (f"{plain} county", fold(name)) if plain else ()  # "county" itself may be misspelt
    return next(filter(None, (_nearest(spelling, _counties(postal)) for spelling in spellings)), None)


def _nearest(key: str, inside: dict[str, Jurisdiction]) -> Jurisdiction | None:
    """The government whose name is spelt nearly so."""
    close = get_close_matches(key, inside, 1, CLOSE)
    return inside[close[0]] if close else None


def _nearly(name: str, postal: str) -> Jurisdiction | None:
    """The one place that begins with this name, or that is spelt nearly so; none is meant by the state's own name."""
    key, inside = fold(FORMAL.sub("", name)), _names(postal, Kind.PLACE)
    if state_of(key) == postal:
        return None
    longer = [spelling for spelling in inside if key and spelling.startswith(f"{key} ")]
    return inside[longer[0]] if len(longer) == 1 else _nearest(key, inside)
