"""Topic pages: each policy of a topic with its state today, place by place; the same for one state of the country."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from tracker.model import Stage
from tracker.publish import addresses, words
from tracker.publish.exports import Extract, formats_with
from tracker.publish.geography import NamedPlace, state_name
from tracker.publish.report.catalogue import Catalogue, PolicyCount
from tracker.publish.report.drawings.plots import standing_plot
from tracker.publish.report.output.file_set import WHOLE_FORMATS, FileSet
from tracker.publish.report.pages.place import entry_files
from tracker.publish.report.policies import FEED_LENGTH
from tracker.publish.report.render import page
from tracker.publish.words import DirectionChoice

NEWEST = formats_with(Extract.NEWEST)
ROWS = 150
"""Policies on one page: some 90 kB, twice that where names are long. A topic with more lists its states, a state with
more has further pages."""
WHOLE_AT_MOST = 2_000
"""Entries of a topic that has files with all of them, some 4 MB of JSON: these are written again with each change. A
larger topic has the files of its states."""


@dataclass(frozen=True, slots=True)
class TopicRow:
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
class TopicFigures:
    """What the page of one topic shows, in all states or in one (`state`, by its name)."""

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


def write_in_state(files: FileSet, catalogue: Catalogue, counts: Iterable[PolicyCount], topic: str, state: str) -> None:
    """The pages and files of one topic in one state, by its code; none where it has no policy."""
    rows = _rows(catalogue, topic, state)
    if not rows:
        return
    name, site = state_name(state), files.site
    path = _path(topic, rows[0].place.id)
    part = _part((one for one in counts if (one.topic, one.state) == (topic, state)), path, name)
    for form in WHOLE_FORMATS:
        files.join(form, path + form.file_name, (row.policy_folder + form.file_name for row in rows))
    newest = [step.entry for step in catalogue.newest(FEED_LENGTH, state, topic)]
    files.write_all(entry_files(site, path, NEWEST, newest, f"{_title(topic)} in {name}"))
    rows.sort(key=_by_name)
    chunks = [rows[start : start + ROWS] for start in range(0, len(rows), ROWS)]
    paths = [path, *(f"{path}{number}/" for number in range(2, len(chunks) + 1))]
    for one, chunk in zip(paths, chunks, strict=True):
        formats = (*WHOLE_FORMATS, *NEWEST) if one == path else ()
        _write(files, one, topic, part, rows=chunk, paths=paths, states=[], downloads=formats, has_all=True)


def write_topic(files: FileSet, catalogue: Catalogue, counts: Iterable[PolicyCount], topic: str) -> None:
    """The page and files of a whole topic; none where it has no policy. Those of its states are there already."""
    its = [one for one in counts if one.topic == topic]
    if not its:
        return
    states, path = _states(topic, its), addresses.topic(topic)
    part = _part(its, path)
    whole = WHOLE_FORMATS if part.entries <= WHOLE_AT_MOST else ()
    for form in whole:
        files.join(form, path + form.file_name, (state.path + form.file_name for state in states))
    newest = [step.entry for step in catalogue.newest(FEED_LENGTH, topic=topic)]
    files.write_all(entry_files(files.site, path, NEWEST, newest, _title(topic)))
    rows = _rows(catalogue, topic, most=ROWS + 1)
    few = len(rows) <= ROWS
    listed = sorted(rows, key=_by_name) if few else []
    values: dict[str, Any] = {"states": [] if few else states, "downloads": (*whole, *NEWEST), "has_all": bool(whole)}
    _write(files, path, topic, part, rows=listed, paths=[], **values)


def _rows(catalogue: Catalogue, topic: str, state: str = "", most: int | None = None) -> list[TopicRow]:
    found = []
    for place, policy in catalogue.policies(topic, state, most):
        where = NamedPlace(place.name, state_name(place.state), place.state, place.address, 0, place.id)
        ways, stage = tuple(policy.directions.split()), Stage(policy.stage)
        folder = addresses.policy(policy.id)
        found.append(TopicRow(where, policy.name, folder, stage, policy.word, policy.details, ways))
    return found


def _part(counts: Iterable[PolicyCount], path: str, state: str = "") -> TopicFigures:
    part = TopicFigures(path, state)
    for one in counts:
        part.standing[one.stage, one.word] += one.policies
        part.entries += one.entries
    return part


def _states(topic: str, counts: Iterable[PolicyCount]) -> list[StateLine]:
    """In the order of OCD ids."""
    found: dict[str, StateLine] = {}
    for one in sorted(counts, key=lambda one: one.first):
        line = found.setdefault(one.state, StateLine(state_name(one.state), _path(topic, one.first), Counter()))
        line.counts[one.stage] += one.policies
    return list(found.values())


def _write(files: FileSet, path: str, topic: str, part: TopicFigures, rows: Iterable[TopicRow], **values: Any) -> None:
    plot = "" if part.state else standing_plot(part.by_stage)
    kept = list(rows)
    values |= {"directions": DirectionChoice.of(line.directions for line in kept)}
    values |= {"rows": kept, "topic": topic, "part": part, "plot": plot, "stages": tuple(Stage)}
    files.write(path + "index.html", page(files.site, "topic.html.j2", path, **values))


def _path(topic: str, place: str) -> str:
    return f"{addresses.topic(topic)}{addresses.state(place)}"


def _by_name(line: TopicRow) -> tuple[str, str]:
    return line.place.name, line.policy


def _title(name: str) -> str:
    return f"{words.topic(name)}: changes to local government procedures"
