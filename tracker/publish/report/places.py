"""Lists of places: one page a state and more where it is large, the names to search, the dots of the map."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from tracker.publish import addresses
from tracker.publish.geography import state_name
from tracker.publish.report.coverage import Heard, lasting_words
from tracker.publish.report.dots import Dots
from tracker.publish.report.map import state_map, us_dots
from tracker.publish.report.memory import Memory
from tracker.publish.report.names import Names
from tracker.publish.report.overview import Entries
from tracker.publish.report.records import PlaceRecord
from tracker.publish.report.render import page
from tracker.publish.report.shares import Share
from tracker.publish.report.state_news import state_news

LISTED = 500
"""Up to so many places stand on one page; with more, that page lists the states."""
A_PAGE = 600
"""Places on one page of a state: some 140 kB, and with what else it loads fewer than 200."""
COLUMNS = ", ".join(field.name for field in fields(PlaceRecord))


@dataclass(frozen=True, slots=True)
class State:
    """One state: how many places it has, and where they are listed. `records` is empty on large sites."""

    name: str
    address: str
    places: int
    records: tuple[PlaceRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One page of a state's list."""

    address: str
    first: str
    last: str


@dataclass(slots=True)
class PlaceLists:
    """What pages about all places show of them."""

    states: list[State] = field(default_factory=list)
    """In alphabetical order."""
    dots: Dots = field(default_factory=us_dots)
    count: int = 0

    def listed(self, at_most: int) -> bool:
        """True where there are so few places that a page can list them all."""
        return self.count <= at_most


def records_of(memory: Memory, state: str) -> list[PlaceRecord]:
    """The places of a state, in alphabetical order."""
    query = f"SELECT {COLUMNS} FROM place WHERE state = ? AND listed ORDER BY name, address, id"  # noqa: S608 - ours
    return [PlaceRecord(*row) for row in memory.all(query, state)]


def write_state(share: Share, entries: Entries, state: str, coverage: Heard) -> None:
    """The pages of one state; none where nothing of it is known."""
    if not share.memory.one("SELECT 1 FROM place WHERE state = ?", state):
        return
    records = records_of(share.memory, state)
    first, folder, own = _folders(state, records)
    every = list(parts(records, first, f"places/{folder}"))
    told = {"news": state_news(entries, state, coverage), "state_of": lasting_words, "map": state_map(state, records)}
    for number, part in enumerate(every):
        values: dict[str, Any] = {"state": state_name(state), "folder": folder, "timeline": folder if own else ""}
        values |= {"count_all": len(records), "places": records[number * A_PAGE :][:A_PAGE]}
        values |= {"part": part, "parts": every} | (told if number == 0 else {"news": None, "map": None})
        share.write(part.address + "index.html", page(share.site, "state.html.j2", part.address, **values))


def _folders(state: str, records: Sequence[PlaceRecord]) -> tuple[str, str, bool]:
    """Where the list of the state begins, the state's own folder, and whether it has a timeline there."""
    folder = addresses.segment(state.lower()) + "/"
    own = any(record.address == folder for record in records)
    return f"places/{folder}" if own else folder, folder, own


def write_lists(share: Share, states: Iterable[str]) -> PlaceLists:
    """The names to search; what the other pages show. `states` are codes, in the order of OCD ids."""
    lists = PlaceLists(count=share.memory.one("SELECT count(*) FROM place WHERE listed"))
    names = Names()
    for state in states:
        records = records_of(share.memory, state)
        address = _folders(state, records)[0]
        names.add(state_name(state), address, records)
        for record in records:
            lists.dots.add(record)
        kept = tuple(records) if lists.listed(LISTED) else ()
        lists.states.append(State(state_name(state), address, len(records), kept))
    share.write_all(names.files())
    lists.states.sort(key=lambda state: state.name)
    return lists


def parts(records: Sequence[PlaceRecord], first: str, folder: str) -> Iterator[Part]:
    """The pages over which a state's list is spread: one at least."""
    for number, start in enumerate(range(0, max(1, len(records)), A_PAGE), start=1):
        rows = records[start : start + A_PAGE]
        address = first if number == 1 else f"{folder}{number}/"
        yield Part(address, rows[0].name, rows[-1].name) if rows else Part(address, "", "")
