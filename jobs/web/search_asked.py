"""What the address of a search asks. Whatever stands there means something; what is not known is said."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from db.search.query import MOST_PAGES, Asked
from jobs.choice import (
    known_direction,
    known_effect,
    known_stage,
    known_state,
    known_status,
    known_sure,
    known_topic,
    known_year,
)
from tracker.errors import BadValue
from tracker.publish.report.search_page import FACETS, Params
from tracker.publish.search_query import MAX_QUERY, parse
from tracker.publish.words import UNKNOWN_DIRECTION
from tracker.read.places import gazetteer
from tracker.read.topics import topics

MOST_VALUES = 40
"""Of an address; nobody chooses more by hand."""
KNOWN = ("q", *FACETS, "order", "page")
"""What the address of the page means; that of the desk may mean more of READ."""
LATEST = "latest"


def params_of(given: Iterable[tuple[str, str]], known: Sequence[str] = KNOWN) -> Params:
    """Those of an address that mean something, each once, in one order: so that one choice has one address."""
    told = dict.fromkeys((name, value.strip()[:MAX_QUERY]) for name, value in given if name in known and value.strip())
    return sorted(told, key=lambda pair: known.index(pair[0]))[:MOST_VALUES]


def asked(params: Params) -> tuple[Asked, tuple[str, ...]]:
    """What is looked for, and what of it was not understood: no entry answers to that."""
    narrowed: dict[str, list[str]] = {}
    problems = list[str]()
    for name, value in params:
        if name in READ:
            try:
                facet, known = READ[name](value)
            except BadValue as error:
                problems.append(f"{str(error)[:1].upper()}{str(error)[1:]}")
                facet, known = name, value
            narrowed.setdefault(facet, []).append(known)
    told = dict(params)
    wanted = Asked(parse(told.get("q", "")), narrowed, told.get("order") == LATEST, _page(told))
    return wanted, tuple(problems)


def _page(told: Mapping[str, str]) -> int:
    text = told.get("page", "1")
    return min(max(int(text), 1), MOST_PAGES) if text.isascii() and text.isdigit() and len(text) < 5 else 1


def _place(text: str) -> tuple[str, str]:
    """A state among the places is the state with all that lies in it."""
    found = gazetteer.load().parse_home(text)
    return ("state", found.state.lower()) if found.id.count("/") == 2 else ("place", found.id)


def _topic(text: str) -> tuple[str, str]:
    """One that was recorded stays what it is, also where the data file no longer has it."""
    return "topic", text if text in topics() else known_topic(text)


READ: Mapping[str, Callable[[str], tuple[str, str]]] = {
    "state": lambda text: ("state", known_state(text).lower()),
    "place": _place,
    "topic": _topic,
    "stage": lambda text: ("stage", str(known_stage(text))),
    "effect": lambda text: ("effect", str(known_effect(text))),
    "direction": lambda text: ("direction", text if text == UNKNOWN_DIRECTION else str(known_direction(text))),
    "year": lambda text: ("year", known_year(text)),
    "sure": lambda text: ("sure", str(known_sure(text))),
    "status": lambda text: ("status", str(known_status(text))),
}
"""How each facet is read: (facet, value as it is counted). Raises BadValue."""
