"""Lists of places: one page a state and more where it is large, the names to search, the dots of the map."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tracker.model import Entry
from tracker.publish import addresses
from tracker.publish.geography import state_name
from tracker.publish.report.catalogue import Catalogue, PlaceLine, PolicyCount
from tracker.publish.report.coverage import CoverageSummary, lasting_words
from tracker.publish.report.drawings.dots import Dots
from tracker.publish.report.drawings.map import state_map, us_dots
from tracker.publish.report.output.file_set import FileSet
from tracker.publish.report.pages.names import Names
from tracker.publish.report.policies import FEED_LENGTH, Block, lately, steps
from tracker.publish.report.render import page
from tracker.publish.words import DirectionChoice, directions

LATELY = 6
"""Policies listed: about two screens."""
SOON_SHOWN = 8
"""Coming dates; the calendar has those of all places."""
TOPICS_SHOWN = 10
FEEDS_SHOWN = 30
"""Feeds listed, those in trouble first; the page of each place has its own."""
NONE_HERE = "No feed of this state is followed, so a change may go unnoticed."


@dataclass(frozen=True, slots=True)
class StateNews:
    """`lately` newest first, `soon` soonest first, `topics` with how many policies and entries they have, those with
    most first."""

    lately: list[Block]
    soon: list[Entry]
    topics: list[tuple[str, int, int]]
    coverage: CoverageSummary
    feeds_shown: int = FEEDS_SHOWN

    @property
    def directions(self) -> DirectionChoice:
        """Which way the steps lead that are listed."""
        return directions(steps(self.lately))


def _news(
    catalogue: Catalogue, counts: Iterable[PolicyCount], state: str, coverage: CoverageSummary, today: date
) -> StateNews:
    """Of a state, by its code; `coverage` is of all its places."""
    soon = [step.entry for step in catalogue.soonest(SOON_SHOWN, state)]
    return StateNews(
        lately(catalogue.newest(FEED_LENGTH, state), LATELY, today), soon, _topics(counts, state), coverage
    )


def _topics(counts: Iterable[PolicyCount], state: str) -> list[tuple[str, int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for one in counts:
        if one.state == state:
            policies, entries = found.get(one.topic, (0, 0))
            found[one.topic] = policies + one.policies, entries + one.entries
    rows = [(topic, *numbers) for topic, numbers in found.items()]
    return sorted(rows, key=lambda row: (-row[2], row[0]))[:TOPICS_SHOWN]


LISTED = 500
"""Up to so many places stand on one page; with more, that page lists the states."""
A_PAGE = 600
"""Places on one page of a state: some 140 kB, and with what else it loads fewer than 200."""


@dataclass(frozen=True, slots=True)
class ListedState:
    """One state: how many places it has, and where they are listed. `records` is empty on large sites."""

    name: str
    address: str
    places: int
    records: tuple[PlaceLine, ...] = ()


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a state's list."""

    address: str
    first: str
    last: str


@dataclass(slots=True)
class PlaceLists:
    """What pages about all places show of them."""

    states: list[ListedState] = field(default_factory=list)
    """In alphabetical order."""
    dots: Dots = field(default_factory=us_dots)
    count: int = 0
    with_entries: int = 0

    def listed(self, at_most: int) -> bool:
        """True where there are so few places that a page can list them all."""
        return self.count <= at_most


def write_state(
    files: FileSet, catalogue: Catalogue, counts: Iterable[PolicyCount], state: str, coverage: CoverageSummary
) -> None:
    """The pages of one state, by its code; none where nothing of it is known."""
    if state not in catalogue.states():
        return
    records = catalogue.places(state)
    first, folder, own = _folders(state, records)
    every = list(parts(records, first, f"places/{folder}"))
    news = _news(catalogue, counts, state, coverage, files.site.today)
    on_first = {"news": news, "state_of": lasting_words, "map": state_map(state, records)}
    for number, part in enumerate(every):
        values: dict[str, Any] = {"state": state_name(state), "folder": folder, "timeline": folder if own else ""}
        values |= {
            "councils": coverage.councils,
            "count_all": len(records),
            "places": records[number * A_PAGE :][:A_PAGE],
        }
        values |= {"part": part, "parts": every} | (on_first if number == 0 else {"news": None, "map": None})
        files.write(part.address + "index.html", page(files.site, "state.html.j2", part.address, **values))


def _folders(state: str, records: Sequence[PlaceLine]) -> tuple[str, str, bool]:
    """Where the list of the state begins, the state's own folder, and whether it has a timeline there."""
    folder = addresses.segment(state.lower()) + "/"
    own = any(record.address == folder for record in records)
    return f"places/{folder}" if own else folder, folder, own


def write_lists(files: FileSet, catalogue: Catalogue) -> PlaceLists:
    """The names to search; what the other pages show."""
    by_state = {state: catalogue.places(state) for state in catalogue.states()}
    lists = PlaceLists(count=sum(map(len, by_state.values())))
    names = Names()
    for state, records in by_state.items():
        address = _folders(state, records)[0]
        names.add(state_name(state), address, records)
        for record in records:
            lists.dots.add(record)
            lists.with_entries += record.entries > 0
        kept = tuple(records) if lists.listed(LISTED) else ()
        lists.states.append(ListedState(state_name(state), address, len(records), kept))
    files.write_all(names.files())
    lists.states.sort(key=lambda state: state.name)
    return lists


def parts(records: Sequence[PlaceLine], first: str, folder: str) -> Iterator[ListPage]:
    """The pages over which a state's list is spread: one at least."""
    for number, start in enumerate(range(0, max(1, len(records)), A_PAGE), start=1):
        rows = records[start : start + A_PAGE]
        address = first if number == 1 else f"{folder}{number}/"
        yield ListPage(address, rows[0].name, rows[-1].name) if rows else ListPage(address, "", "")
