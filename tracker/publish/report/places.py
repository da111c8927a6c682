"""Lists of places, written while the places stream by: one page a state, the names to search, the dots of the map."""

import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from tracker.coverage import PlaceTimeline
from tracker.model import Kind
from tracker.publish import addresses
from tracker.publish.geography import state_name
from tracker.publish.report.coverage import state_words
from tracker.publish.report.files import Folder
from tracker.publish.report.map import state_map, us_dots
from tracker.publish.report.overview import PlaceRecord
from tracker.publish.report.render import Site, page
from tracker.publish.report.state_news import StateNews
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
        self._state = ""
        self._open: list[PlaceRecord] = []
        self.states: list[State] = []
        self._news = StateNews(site.today)
        self.dots = us_dots()
        self.count = 0

    def add(self, record: PlaceRecord, timeline: PlaceTimeline) -> None:
        """One more place: its line, and all that it shows. A state that has feeds and no entries is no line: its own
        page is the one of its places."""
        if self._state != record.state:
            self._end_state()
            self._state = record.state
        self._news.add(timeline)
        if is_listed(timeline):
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
        if not self._state:
            return
        records = sorted(self._open, key=lambda record: (record.name, record.address))
        name, folder = state_name(self._state), addresses.segment(self._state.lower()) + "/"
        own = any(record.address == folder for record in records)
        first = f"places/{folder}" if own else folder
        every = list(parts(records, first, f"places/{folder}"))
        told = {"news": self._news, "state_of": state_words, "map": state_map(self._state, records)}
        for number, part in enumerate(every):
            values = {"state": name, "folder": folder, "timeline": folder if own else "", "count_all": len(records)}
            values |= {"places": records[number * A_PAGE :][:A_PAGE], "part": part, "parts": every}
            values |= told if number == 0 else {"news": None, "map": None}
            self._folder.write(part.address + "index.html", page(self._site, "state.html.j2", part.address, **values))
        self._names.write(b"," * bool(self.states) + b"\n" + names(name, records))
        kept = tuple(records) if self.listed(LISTED) else ()
        self.states.append(State(name, first, len(records), kept))
        self._open, self._news = [], StateNews(self._site.today)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self._end_state()
            self._names.write(b"\n]);\n")
        self._stack.__exit__(kind, error, trace)


def is_listed(timeline: PlaceTimeline) -> bool:
    """False for a state of which nothing but its feeds is known."""
    return timeline.jurisdiction.kind is not Kind.STATE or bool(timeline.policies)


def parts(records: Sequence[PlaceRecord], first: str, folder: str) -> Iterator[Part]:
    """The pages over which a state's list is spread: one at least."""
    for number, start in enumerate(range(0, max(1, len(records)), A_PAGE), start=1):
        rows = records[start : start + A_PAGE]
        address = first if number == 1 else f"{folder}{number}/"
        yield Part(address, rows[0].name, rows[-1].name) if rows else Part(address, "", "")


def names(state: str, records: Sequence[PlaceRecord]) -> bytes:
    """One state for the search: its name, then (name, address, entries) of each place. Plain ASCII."""
    rows: list[list[Any]] = [[shorten(plain(item.name), NAME_LENGTH), item.address, item.entries] for item in records]
    return json.dumps([plain(state), rows], separators=(",", ":")).encode("ascii")
