"""Topic pages: each policy of a topic with its state today, place by place; the same for one state of the country."""

from collections import Counter
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from tracker.model import Direction, Entry, Jurisdiction, Stage
from tracker.publish import addresses, words
from tracker.publish.geography import Place, place_of
from tracker.publish.report.files import Folder
from tracker.publish.report.overview import FEED_LENGTH, Newest
from tracker.publish.report.pages import downloads, files
from tracker.publish.report.plots import standing_plot
from tracker.publish.report.render import Site, page
from tracker.publish.report.threads import Thread
from tracker.publish.report.whole import WHOLE_FORMATS, EntryFiles, Texts

TOPIC_FORMATS = (*WHOLE_FORMATS, "atom")
ROWS = 250
"""Policies on one page: some 150 kB. A topic with more lists its states, a state with more has further pages."""


@dataclass(frozen=True, slots=True)
class Row:
    """One policy on a topic page: its state as a word, and `since July 6, 2017`."""

    place: Place
    policy: str
    policy_folder: str
    stage: Stage
    state: str
    when: str
    directions: tuple[str, ...] = ()
    """Which way its steps led."""


def row(place: Place, item: Thread) -> Row:
    """The line of one policy."""
    ways = tuple(way.value for way in words.directions(item.entries))
    return Row(
        place, item.policy.name, addresses.policy(item.policy.id), item.stage, item.state_word, item.details, ways
    )


@dataclass
class Part:
    """What is gathered for the page of one topic, in all states or in one; `rows` are the first ones only."""

    title: str
    path: str
    files: EntryFiles
    state: str = ""
    most: int = ROWS + 1
    newest: Newest = field(default_factory=lambda: Newest(FEED_LENGTH))
    standing: Counter[tuple[Stage, str]] = field(default_factory=Counter)
    """How many policies are in each state today, with the stage whose shape shows it."""
    rows: list[Row] = field(default_factory=list)

    def add(self, line: Row, entries: Iterable[Entry], texts: Texts) -> None:
        """One policy."""
        self.standing[line.stage, line.state] += 1
        if len(self.rows) < self.most:
            self.rows.append(line)
        for entry in entries:
            self.files.add(texts.of(entry))
            self.newest.add(entry)

    @property
    def lines(self) -> list[tuple[tuple[Stage, str], int]]:
        """The states with their numbers, in the order of the stages."""
        order = {stage: place for place, stage in enumerate(Stage)}
        return sorted(self.standing.items(), key=lambda line: (order[line[0][0]], line[0][1]))

    @property
    def by_stage(self) -> Counter[Stage]:
        """Policies by the stage that shows how they stand."""
        counts: Counter[Stage] = Counter()
        for (stage, _), number in self.standing.items():
            counts[stage] += number
        return counts


@dataclass(frozen=True, slots=True)
class StateLine:
    """One state in the table of a topic that is too large to be listed."""

    name: str
    path: str
    counts: Counter[Stage]


class Topic:
    """One topic, while the places stream by; of its states, one is open."""

    def __init__(self, site: Site, folder: Folder, texts: Texts, name: str) -> None:
        self._site, self._folder, self._texts, self.name = site, folder, texts, name
        self._stack = ExitStack()
        self._state_stack = ExitStack()
        self._whole = self._part(self._stack, addresses.topic(name), _title(name))
        self._here: Part | None = None
        self._states: list[StateLine] = []

    def add(self, place: Place, item: Thread) -> None:
        """One policy."""
        if self._here is None or self._here.state != place.state:
            self.end_state()
            path = f"{addresses.topic(self.name)}{addresses.state(place.id)}"
            self._here = self._part(self._state_stack, path, f"{_title(self.name)} in {place.state}", place.state)
        line = row(place, item)
        for part in (self._whole, self._here):
            part.add(line, item.entries, self._texts)

    def end_state(self) -> None:
        """The page of the open state, if one is open."""
        if self._here is None:
            return
        self._end_files(self._here, self._state_stack)
        rows = sorted(self._here.rows, key=_by_name)
        chunks = [rows[start : start + ROWS] for start in range(0, len(rows), ROWS)]
        paths = [self._here.path, *(f"{self._here.path}{number}/" for number in range(2, len(chunks) + 1))]
        for path, chunk in zip(paths, chunks, strict=True):
            formats = downloads(TOPIC_FORMATS) if path == self._here.path else []
            self._write(path, self._here, rows=chunk, paths=paths, states=[], downloads=formats)
        self._states.append(StateLine(self._here.state, self._here.path, self._here.by_stage))
        self._here = None

    def end(self) -> None:
        """The page of the whole topic."""
        self.end_state()
        self._end_files(self._whole, self._stack)
        few = len(self._whole.rows) <= ROWS
        rows, states = (sorted(self._whole.rows, key=_by_name), []) if few else ([], self._states)
        formats = downloads(TOPIC_FORMATS)
        self._write(self._whole.path, self._whole, rows=rows, paths=[], states=states, downloads=formats)

    def close(self, *error: Any) -> None:
        """Forgets what is not written."""
        self._state_stack.__exit__(*error)
        self._stack.__exit__(*error)

    def _part(self, stack: ExitStack, path: str, title: str, state: str = "") -> Part:
        opened = EntryFiles(self._site, self._folder, path, title, stack)
        most = 10**9 if state else ROWS + 1
        return Part(title, path, opened, state, most)

    def _end_files(self, part: Part, stack: ExitStack) -> None:
        part.files.end()
        stack.close()
        for name, content in files(self._site, part.path, ("atom",), part.newest.entries(), part.title):
            self._folder.write(name, content)

    def _write(self, path: str, part: Part, **values: Any) -> None:
        plot = "" if part.state else standing_plot(part.by_stage)
        found = {way for line in values["rows"] for way in line.directions}
        values |= {"directions": [way for way in Direction if way in found]}
        values |= {"topic": self.name, "part": part, "plot": plot, "stages": tuple(Stage)}
        self._folder.write(path + "index.html", page(self._site, "topic.html.j2", path, **values))


class Topics:
    """All topics of one build."""

    def __init__(self, site: Site, folder: Folder, texts: Texts) -> None:
        self._site, self._folder, self._texts = site, folder, texts
        self._topics: dict[str, Topic] = {}

    def add(self, jurisdiction: Jurisdiction, shown: Iterable[Thread]) -> None:
        """The policies of one place."""
        place = place_of(jurisdiction)
        for item in shown:
            name = item.policy.topic
            if name not in self._topics:
                self._topics[name] = Topic(self._site, self._folder, self._texts, name)
            self._topics[name].add(place, item)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for topic in self._topics.values():
            if error is None:
                topic.end()
            topic.close(kind, error, trace)


def _by_name(line: Row) -> tuple[str, str]:
    return line.place.name, line.policy


def _title(name: str) -> str:
    return f"{words.topic(name)}: changes to local government procedures"
