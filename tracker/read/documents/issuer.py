"""Whose policy it is: the department in an order's head → its government, with the help of the home of the source."""

import re

from tracker.gather.documents.policy_text import DocumentText
from tracker.model import Jurisdiction, Kind
from tracker.read.places import gazetteer
from tracker.read.places.place_names import fold, states_named
from tracker.read.records.agencies import AGENCY, FORMAL, jurisdiction_of

_PLAIN = re.compile(r"\s+(?:county|parish)$", re.I)


def government_of(department: str, text: DocumentText, home: Jurisdiction | None) -> Jurisdiction | None:
    """The government whose department issued a document. With a home: that of the state whose name the department has,
    else the home. Without one only what is sure: a name that one place has, or one of a state that the head names;
    else None."""
    if home:
        named = jurisdiction_of(department, home.state) if department else None
        return named if named and _names(department, named) else home
    states = {state for line in (*text.head, text.title) for state in states_named(line)}
    if len(states) == 1:
        named = jurisdiction_of(department, next(iter(states))) if department else None
        return named if named and _names(department, named) else None
    bare = FORMAL.sub("", AGENCY.sub("", department)).strip()
    found = [place for place in gazetteer.load().named(bare) if place.kind in (Kind.PLACE, Kind.COUNTY)] if bare else []
    return found[0] if len(found) == 1 else None


def _names(department: str, place: Jurisdiction) -> bool:
    """True where the department's name has the place's own: names that are only spelt nearly so are not sure."""
    return fold(_PLAIN.sub("", place.name)) in fold(department)
