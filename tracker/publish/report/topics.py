"""Topic pages: each policy of a topic with its state today, place by place; the same for one state of the country."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from tracker.model import Stage
from tracker.publish import addresses, words
from tracker.publish.exports import Extract, formats_with
from tracker.publish.geography import NamedPlace, state_name
from tracker.publish.report.memory import Memory
from tracker.publish.report.overview import Entries
from tracker.publish.report.pages import files
from tracker.publish.report.plots import standing_plot
from tracker.publish.report.render import page
from tracker.publish.report.shares import WHOLE_FORMATS, Share
from tracker.publish.words import DirectionChoice

NEWEST = formats_with(Extract.NEWEST)
ROWS = 150
"""Policies on one page: some 90 kB, twice that where names are long. A topic with more lists its states, a state with
more has further pages."""
WHOLE_AT_MOST = 2_000
"""Entries of a topic that has files with all of them, some 4 MB of JSON: these are written again with each change. A
larger topic has the files of its states."""
_ROWS = """
SELECT place.id, place.name, place.state, place.address, policy.id, policy.name, policy.stage, policy.word,
policy.details, policy.directions FROM policy JOIN place ON place.id = policy.place
WHERE topic = ? {} ORDER BY policy.place, policy.position LIMIT ?
"""
_COUNTS = "SELECT stage, word, count(*), sum(entries) FROM policy WHERE topic = ? {} GROUP BY stage, word"
_IN_STATE = "AND home = ?"


@dataclass(frozen=True, slots=True)
class Row:
    """One policy on a topic page: its state as a word, and `since July 6, 2017`."""

    place: NamedPlace
    policy: str
    policy_folder: str
    stage: Stage
    state: str
    when: str
    directions: tuple[str, ...] = ()
    """Which way its steps led (`words.ways`)."""


@dataclass(slots=True)
class Part:
    """What the page of one topic shows, in all states or in one (`state`, by its name)."""

    title: str
    path: str
    state: str = ""
    standing: Counter[tuple[Stage, str]] = field(default_factory=Counter)
    """How many policies are in each state today, with the stage whose shape shows it."""
    entries: int = 0

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


def write_in_state(share: Share, entries: Entries, topic: str, state: str) -> None:
    """The pages and files of one topic in one state, by its code; none where it has no policy."""
    rows = list(_rows(share.memory, topic, state))
    if not rows:
        return
    name = state_name(state)
    part = _part(share.memory, topic, state)
    part.title, part.path, part.state = f"{_title(topic)} in {name}", _path(topic, rows[0].place.id), name
    for form in WHOLE_FORMATS:
        share.join(form, part.path + form.file_name, (row.policy_folder + form.file_name for row in rows))
    share.write_all(files(share.site, part.path, NEWEST, entries.newest(state=state, topic=topic), part.title))
    rows.sort(key=_by_name)
    chunks = [rows[start : start + ROWS] for start in range(0, len(rows), ROWS)]
    paths = [part.path, *(f"{part.path}{number}/" for number in range(2, len(chunks) + 1))]
    for path, chunk in zip(paths, chunks, strict=True):
        formats = (*WHOLE_FORMATS, *NEWEST) if path == part.path else ()
        _write(share, path, topic, part, rows=chunk, paths=paths, states=[], downloads=formats, has_all=True)


def write_topic(share: Share, entries: Entries, topic: str) -> None:
    """The page and files of a whole topic; none where it has no policy. Those of its states are there already."""
    states = _states(share.memory, topic)
    if not states:
        return
    part = _part(share.memory, topic)
    part.title, part.path = _title(topic), addresses.topic(topic)
    whole = WHOLE_FORMATS if part.entries <= WHOLE_AT_MOST else ()
    for form in whole:
        share.join(form, part.path + form.file_name, (state.path + form.file_name for state in states))
    share.write_all(files(share.site, part.path, NEWEST, entries.newest(topic=topic), part.title))
    rows = list(_rows(share.memory, topic, most=ROWS + 1))
    few = len(rows) <= ROWS
    listed = sorted(rows, key=_by_name) if few else []
    values: dict[str, Any] = {"states": [] if few else states, "downloads": (*whole, *NEWEST), "has_all": bool(whole)}
    _write(share, part.path, topic, part, rows=listed, paths=[], **values)


def topics_of_state(memory: Memory, state: str) -> set[str]:
    """The topics that a state has policies on."""
    return {topic for (topic,) in memory.all("SELECT DISTINCT topic FROM policy WHERE home = ?", state)}


def _rows(memory: Memory, topic: str, state: str = "", most: int = -1) -> Iterator[Row]:
    query, values = _narrowed(_ROWS, topic, state)
    for key, label, code, folder, policy, name, stage, word, details, ways in memory.all(query, *values, most):
        where = NamedPlace(label, state_name(code), code, folder, 0, key)
        yield Row(where, name, addresses.policy(policy), Stage(stage), word, details, tuple(ways.split()))


def _part(memory: Memory, topic: str, state: str = "") -> Part:
    part = Part("", "")
    query, values = _narrowed(_COUNTS, topic, state)
    for stage, word, number, entries in memory.all(query, *values):
        part.standing[Stage(stage), word] = number
        part.entries += entries
    return part


def _narrowed(query: str, topic: str, state: str) -> tuple[str, list[str]]:
    return query.format(_IN_STATE if state else ""), [topic, state] if state else [topic]


def _states(memory: Memory, topic: str) -> list[StateLine]:
    """In the order of OCD ids."""
    query = "SELECT home, stage, min(place), count(*) FROM policy WHERE topic = ? GROUP BY home, stage ORDER BY 3"
    found: dict[str, StateLine] = {}
    for state, stage, place, number in memory.all(query, topic):
        line = found.setdefault(state, StateLine(state_name(state), _path(topic, place), Counter()))
        line.counts[Stage(stage)] = number
    return list(found.values())


def _write(share: Share, path: str, topic: str, part: Part, rows: Iterable[Row], **values: Any) -> None:
    plot = "" if part.state else standing_plot(part.by_stage)
    kept = list(rows)
    values |= {"directions": DirectionChoice.of(line.directions for line in kept)}
    values |= {"rows": kept, "topic": topic, "part": part, "plot": plot, "stages": tuple(Stage)}
    share.write(path + "index.html", page(share.site, "topic.html.j2", path, **values))


def _path(topic: str, place: str) -> str:
    return f"{addresses.topic(topic)}{addresses.state(place)}"


def _by_name(line: Row) -> tuple[str, str]:
    return line.place.name, line.policy


def _title(name: str) -> str:
    return f"{words.topic(name)}: changes to local government procedures"
