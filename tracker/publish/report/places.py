"""Lists of places, written while the places stream by: one page a state, the names to search, the dots of the map."""

import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from tracker.publish import addresses
from tracker.publish.geography import state_name
from tracker.publish.report.files import Folder
from tracker.publish.report.map import Dots
from tracker.publish.report.overview import PlaceRecord
from tracker.publish.report.render import Site, page
from tracker.publish.safe import plain, shorten

LISTED = 500
"""Up to so many places stand on one page; with more, that page lists the states."""
A_PAGE = 1000
"""Places on one page of a state: some 100 kB. No state but Pennsylvania and its like fills two."""
NAMES = "places/names.js"
"""What the search reads: a script, since a page that is opened from a file may not fetch one."""
NAME_LENGTH = 80


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


class PlaceLists:
    """Takes places in the order of their ids, so that the places of a state come together; holds one state."""

    def __init__(self, site: Site, folder: Folder) -> None:
        self._site, self._folder = site, folder
        self._stack = ExitStack()
        self._names = self._stack.enter_context(folder.stream(NAMES))
        self._names.write(b"trackerPlaces([")
        self._open: list[PlaceRecord] = []
        self.states: list[State] = []
        self.dots = Dots()
        self.count = 0

    def add(self, record: PlaceRecord) -> None:
        """One more place."""
        if self._open and self._open[-1].state != record.state:
            self._end_state()
        self._open.append(record)
        self.dots.add(record)
        self.count += 1

    def by_name(self) -> list[State]:
        """The states in alphabetical order."""
        return sorted(self.states, key=lambda state: state.name)

    def listed(self, at_most: int) -> bool:
        """True where there are so few places that a page can list them all."""
        return self.count <= at_most

    def _end_state(self) -> None:
        records = sorted(self._open, key=lambda record: (record.name, record.address))
        name, folder = state_name(records[0].state), addresses.segment(records[0].state.lower()) + "/"
        own = any(record.address == folder for record in records)
        first = f"places/{folder}" if own else folder
        for number, part in enumerate(parts(records, first, f"places/{folder}")):
            values = {"state": name, "count_all": len(records), "part": part, "timeline": folder if own else ""}
            values |= {
                "places": records[number * A_PAGE :][:A_PAGE],
                "parts": list(parts(records, first, f"places/{folder}")),
            }
            self._folder.write(part.address + "index.html", page(self._site, "state.html.j2", part.address, **values))
        self._names.write(b"," * bool(self.states) + b"\n" + names(name, records))
        kept = tuple(records) if self.listed(LISTED) else ()
        self.states.append(State(name, first, len(records), kept))
        self._open = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            if self._open:
                self._end_state()
            self._names.write(b"\n]);\n")
        self._stack.__exit__(kind, error, trace)


def parts(records: Sequence[PlaceRecord], first: str, folder: str) -> Iterator[Part]:
    """The pages over which a state's list is spread."""
    for number, start in enumerate(range(0, len(records), A_PAGE), start=1):
        rows = records[start : start + A_PAGE]
        address = first if number == 1 else f"{folder}{number}/"
        yield Part(address, rows[0].name, rows[-1].name)


def names(state: str, records: Sequence[PlaceRecord]) -> bytes:
    """One state for the search: its name, then (name, address, entries) of each place. Plain ASCII."""
    rows: list[list[Any]] = [[shorten(plain(item.name), NAME_LENGTH), item.address, item.entries] for item in records]
    return json.dumps([plain(state), rows], separators=(",", ":")).encode("ascii")
