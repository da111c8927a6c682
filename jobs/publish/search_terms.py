"""What a search asks, and what it finds on the terminal. Whatever stands in an address means something; what is not
known is said."""

import shlex
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from sqlmodel import Session

from db.search.query import MOST_PAGES, SearchRequest, corrected_words, search
from db.timeline.filters import EntryFilter
from jobs.clock import local, now
from jobs.review.show import place_name
from jobs.settings import Settings
from jobs.store import open_session
from jobs.terminal.console import say
from jobs.terminal.no_entries import gaps
from jobs.terminal.options import (
    known_direction,
    known_effect,
    known_stage,
    known_state,
    known_status,
    known_sure,
    known_topic,
    known_year,
)
from jobs.terminal.table import Column
from jobs.terminal.table import show as show_table
from tracker.errors import BadValue
from tracker.model import Entry, Publish
from tracker.publish import words
from tracker.publish.counts import count
from tracker.publish.exports.json import JsonExport
from tracker.publish.report.pages.search_page import FACETS, Params, best_report
from tracker.publish.search_query import MAX_QUERY, SearchQuery, parse
from tracker.publish.words import UNKNOWN_DIRECTION
from tracker.read.places import gazetteer
from tracker.read.topics import topics

MOST_VALUES = 40
"""Of an address; nobody chooses more by hand."""
KNOWN = ("q", *FACETS, "order", "page")
"""What the address of the page means; that of the desk may mean more of READ."""
LATEST = "latest"
NOTHING = "no entry answers to all of this; try fewer or other words, or leave out an option"
COLUMNS = (
    *(Column(name) for name in ("Entry", "When", "Stage")),
    Column("Place and title", ratio=2),
    Column("Quote", ratio=3),
)


def params_of(pairs: Iterable[tuple[str, str]], known: Sequence[str] = KNOWN) -> Params:
    """Those of an address that mean something, each once, in one order: so that one choice has one address."""
    known_pairs = ((name, value.strip()[:MAX_QUERY]) for name, value in pairs if name in known and value.strip())
    return sorted(dict.fromkeys(known_pairs), key=lambda pair: known.index(pair[0]))[:MOST_VALUES]


def query_of(params: Params) -> tuple[SearchRequest, tuple[str, ...]]:
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
    last = dict(params)
    return SearchRequest(parse(last.get("q", "")), narrowed, last.get("order") == LATEST, _page(last)), tuple(problems)


def _page(params: Mapping[str, str]) -> int:
    text = params.get("page", "1")
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


def print_found(
    settings: Settings,
    typed: Sequence[str],
    places: Sequence[str],
    options: Mapping[str, Sequence[str] | None],
    *,
    latest: bool,
    limit: int,
    as_json: bool,
) -> None:
    """Prints the entries that answer and how many there are; for programs one entry a line, as `tracker export` writes
    it. Places as export takes them, a state with all that lies in it. Raises BadValue."""
    narrowed = {name: [READ[name](value)[1] for value in values or ()] for name, values in options.items()}
    narrowed["place"] = [gazetteer.load().parse_home(place).id for place in places]
    wanted = SearchRequest(parse(" ".join(typed)), narrowed, latest, a_page=limit)
    today = local(now(), settings).date()
    with open_session(settings) as session:
        found = search(session, wanted, Publish.ALL, today)
        if as_json:
            export = JsonExport(today, settings.report_url)
            for entry in found.entries:
                print(export.item(entry))
        elif found.entries:
            show_table(COLUMNS, (_cells(entry, wanted.words, today) for entry in found.entries))
            order = "the best first" if found.is_ranked else "the latest first"
            print(f"{len(found.entries)} shown of {count(found.total, 'entry', 'entries')}, {order}.")
        _say_gaps(session, wanted, found.total, today)


def _cells(entry: Entry, looked_for: SearchQuery, today: date) -> tuple[str, ...]:
    best = best_report(entry, looked_for)
    said = f"{words.in_quotes(best.finding.said)} {words.outlet(best)}" if best else ""
    what = f"{place_name(entry.jurisdiction, entry)}: {entry.title}"
    return entry.id, words.when(entry), words.stage(entry, today), what, said


def _say_gaps(session: Session, asked: SearchRequest, total: int, today: date) -> None:
    """On stderr: of which place or topic nothing is recorded, else that nothing answers, and what perhaps would."""

    chosen = {name: tuple(asked.narrowed[name]) for name in ("place", "topic")}
    lines = gaps(session, EntryFilter(places=chosen["place"], inside=True, topics=chosen["topic"]))
    for line in lines or ([] if total else [NOTHING]):
        say(line)
    if not total and (other := corrected_words(session, asked, Publish.ALL, today)):
        say(f"did you mean `tracker search {shlex.quote(other)}`?")
