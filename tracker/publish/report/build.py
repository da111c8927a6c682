"""One build: the pages of the places that changed, then what is about many and has to do with them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from tracker.coverage import Coverage, PlaceTimeline
from tracker.model import OcdId
from tracker.publish.report import dataset, fingerprints, index, places, topics
from tracker.publish.report.coverage import Heard, feed_line, heard
from tracker.publish.report.files import Folder
from tracker.publish.report.memory import Known, Memory
from tracker.publish.report.overview import Entries, overview, states_of, topics_in
from tracker.publish.report.pages import paths, place_pages
from tracker.publish.report.records import is_listed, readable, records, turn
from tracker.publish.report.render import Site
from tracker.publish.report.shares import Share
from tracker.publish.report.sources import Places
from tracker.publish.report.state_news import NONE_HERE
from tracker.publish.report.threads import threads, with_facts

STATE_DEPTH = 3
"""Parts of the id of a state: `ocd-division/country:us/state:wi`."""
HEARD = "heard/"
"""What is kept of a state: how its feeds are heard."""
SPLIT = "split"
"""What is kept of a build as a whole: whether the dataset is split by state."""


@dataclass
class Build:
    """`wanted` are the places that may be another than at the last build, None for all; `changed` those that are, by
    state: they were made, or are gone."""

    site: Site
    folder: Folder
    memory: Memory
    source: Places
    wanted: list[OcdId] | None
    base: str
    coverage: tuple[Coverage, ...]
    changed: dict[str, set[OcdId]] = field(default_factory=dict)
    _topics: dict[str, set[str]] = field(default_factory=dict)
    """Topics by the states in which they are touched."""

    def __post_init__(self) -> None:
        self._entries = Entries(self.memory, self.site.today)

    @property
    def is_whole(self) -> bool:
        """True where everything is looked at."""
        return self.wanted is None

    def run(self, coverage: Heard) -> None:
        """Writes everything; nothing takes its place yet."""
        seen = {self._place(timeline) for timeline in self.source.load(self.wanted)}
        for place in self._expected() - seen:
            self._leave(place)
        states = list(states_of(self.memory))
        others = self._heard_otherwise(states)
        for state in sorted({*(states if self.is_whole else others), *self.changed}):
            self._finish_state(state)
        for topic in sorted(set().union(*self._topics.values())):
            with self._share(f"topic/{topic}") as share:
                topics.write_topic(share, self._entries, topic)
        self._finish_data(states)
        self._finish_site(states, coverage)

    def _expected(self) -> set[OcdId]:
        """The places that the source may have given."""
        if self.wanted is not None:
            return set(self.wanted)
        return {place for (place,) in self.memory.all("SELECT id FROM place")} | self.source.stamps.keys()

    def _place(self, bare: PlaceTimeline) -> OcdId:
        """The pages of one place, where it is another than at the last build."""
        place, today = bare.jurisdiction.id, self.site.today
        timeline = with_facts(bare, today)
        shown = threads(timeline, today)
        known, stamp, turns = self.memory.known(place), self.source.stamps.get(place, 0), turn(bare, today)
        mark = fingerprints.of_place(self.base, bare, shown, self.site)
        of_its_own = paths(timeline) if is_listed(bare) else ()
        if known and known.mark == mark and (not self.is_whole or self.folder.keep_all(of_its_own)):
            self.memory.same(place, stamp, turns)
            return place
        for path, content in place_pages(self.site, timeline, shown) if is_listed(bare) else ():
            self.folder.write(path, content)
        self._forget(place, bare.jurisdiction.state)
        kept = Known(stamp, mark)
        self.memory.put(place, kept, turns, readable(bare), records(timeline, shown))
        self._topics[bare.jurisdiction.state] |= topics_in(self.memory, place)
        return place

    def _forget(self, place: OcdId, state: str) -> None:
        """Its files may go, and pages that told of it are to be made again."""
        self.changed.setdefault(state, set()).add(place)
        self._topics.setdefault(state, set()).update(topics_in(self.memory, place))
        if not self.is_whole and (old := self.memory.timeline(place)):
            self.folder.drop(paths(old))
        self.memory.drop(place)

    def _leave(self, place: OcdId) -> None:
        """A place that is not there."""
        if state := self.memory.one("SELECT state FROM place WHERE id = ?", place):
            self._forget(place, state)
        self.memory.absent(place, self.source.stamps.get(place, 0))

    def _finish_state(self, state: str) -> None:
        """What is about one state."""
        with self._share(f"state/{state}") as share:
            places.write_state(share, self._entries, state, self._heard_in(state))
        wanted = self._topics.setdefault(state, set())
        if self.is_whole:
            wanted |= topics.topics_of_state(self.memory, state)
        for topic in sorted(wanted):
            with self._share(f"topic/{topic}/{state}") as share:
                topics.write_in_state(share, self._entries, topic, state)

    def _finish_site(self, states: Iterable[str], coverage: Heard) -> None:
        with self._share("") as share:
            has_files = dataset.write(share, is_same=not (self.is_whole or self.changed))
            lists = places.write_lists(share, states)
            shown = overview(self.memory, self._entries)
            share.write_all(index.pages(index.Whole(self.site, shown, lists, coverage, has_files)))

    def _finish_data(self, states: Iterable[str]) -> None:
        """The files of the states, where the dataset is split by them; none of them where it is not."""
        split, was = dataset.is_split(self.memory), bool(self.memory.fact(SPLIT))
        self.memory.keep(SPLIT, "split" if split else "")
        known = {owner for (owner,) in self.memory.all("SELECT DISTINCT owner FROM file WHERE owner LIKE 'data/%'")}
        now = {dataset.OWNER + state for state in states} if split else set()
        for owner in sorted(known | now):
            state = owner.removeprefix(dataset.OWNER)
            if owner not in now or not was or self.is_whole or state in self.changed:
                with self._share(owner) as share:
                    if owner in now:
                        dataset.write_state(share, state)

    def _heard_otherwise(self, states: Iterable[str]) -> set[str]:
        """States whose feeds are heard otherwise than at the last build; from now on it is known how."""
        now = {state: fingerprints.mark(*map(feed_line, self._feeds_in(state))) for state in states}
        other = {state for state, mark in now.items() if self.memory.fact(HEARD + state) != mark}
        for state in other:
            self.memory.keep(HEARD + state, now[state])
        return other

    def _heard_in(self, state: str) -> Heard:
        return heard(self._feeds_in(state), NONE_HERE)

    def _feeds_in(self, state: str) -> list[Coverage]:
        """The feeds of a state, of its places and of all that lies around it."""
        some = self.memory.one("SELECT min(id) FROM place WHERE state = ?", state) or ""
        whole = "/".join(some.split("/")[:STATE_DEPTH])
        return [feed for feed in self.coverage if feed.home and _is_around(feed.home, whole)]

    def _share(self, owner: str) -> Share:
        return Share(self.site, self.folder, self.memory, owner)


def _is_around(home: OcdId, state: OcdId) -> bool:
    """True for the state, what lies in it, and what it lies in."""
    return f"{home}/".startswith(f"{state}/") or f"{state}/".startswith(f"{home}/")


def marks_of_homes(coverage: Iterable[Coverage]) -> dict[OcdId, str]:
    """How the feeds of each home are heard, as the pages of its places say it."""
    lines: dict[OcdId, list[str]] = {}
    for feed in coverage:
        if feed.home:
            lines.setdefault(feed.home, []).append(feed_line(feed))
    return {home: fingerprints.mark(*said) for home, said in lines.items()}


def changed_places(memory: Memory, source: Places, homes: Mapping[OcdId, str], today: str) -> list[OcdId]:
    """The places that may be another than at the last build: their stamp is another, the day has come, or one of the
    feeds that cover them is heard otherwise."""
    stamps: dict[OcdId, int] = dict(memory.all("SELECT id, stamp FROM place UNION ALL SELECT id, stamp FROM absent"))
    found = {
        place for place in stamps.keys() | source.stamps.keys() if stamps.get(place) != source.stamps.get(place, 0)
    }
    found |= {place for (place,) in memory.all("SELECT id FROM place WHERE turn <> '' AND turn <= ?", today)}
    found |= {place for (place,) in memory.all("SELECT id FROM place WHERE mark = ''")}
    before = memory.homes()
    other = {home for home in before.keys() | homes.keys() if before.get(home) != homes.get(home)}
    if other:
        found |= other | {place for place in stamps if not other.isdisjoint(_around(place))}
    return sorted(found)


def _around(place: OcdId) -> Iterator[OcdId]:
    """The place and all that lie around it."""
    return (place.rsplit("/", depth)[0] for depth in range(place.count("/")))
