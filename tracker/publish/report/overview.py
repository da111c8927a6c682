"""What the index needs from all places, asked of what the report remembers."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from tracker.model import Entry, Stage
from tracker.publish.report.memory import Memory
from tracker.timeline.told import told

LATELY = 10
"""Changes listed on the index: about two screens."""
FEED_LENGTH = 50
"""Entries in the Atom feed of many places: a feed reader polls often and keeps what it has."""
SOON = 100
"""Coming dates listed; more than a reader will look through."""
SOON_SHOWN = 5
"""Of these, how many the index shows before it leads to the calendar file."""
OPEN = 64
"""Places of which the timelines are held while entries of them are looked up: the newest ones of a state are of few."""
NEWEST = "ORDER BY reported DESC, date DESC, place, position LIMIT ?"
Activity = Counter[tuple[int, int, Stage]]


@dataclass(slots=True)
class Overview:
    """Everything that the index and the topic list show."""

    newest: list[Entry] = field(default_factory=list)
    """The `FEED_LENGTH` that were reported last, newest first."""
    soonest: list[Entry] = field(default_factory=list)
    """The `SOON` whose dates come next."""
    activity: Activity = field(default_factory=Counter)
    """Entries by (year, month, stage); month 0 where only the year is known."""
    topics: dict[str, Counter[Stage]] = field(default_factory=dict)
    policies: int = 0
    entries: int = 0


class Entries:
    """Whole entries of what is remembered, as of a day: a few, by the places that they are of."""

    def __init__(self, memory: Memory, today: date) -> None:
        self._memory, self._today = memory, today
        self._place = lru_cache(OPEN)(self._load)

    def newest(self, size: int = FEED_LENGTH, state: str = "", topic: str = "") -> list[Entry]:
        """Those reported last, of all places or of one state, of all topics or of one; newest first."""
        asked = {"home = ?": state, "topic = ?": topic}
        where = " AND ".join(term for term, value in asked.items() if value) or "1"
        values = [value for value in asked.values() if value]
        return self._found(f"SELECT place, id FROM entry WHERE {where} {NEWEST}", *values, size)  # noqa: S608 - ours

    def soonest(self, size: int = SOON, state: str = "") -> list[Entry]:
        """Those that take effect, or end, today or later, soonest first; a month counts by its first day. Of one day,
        starts come before ends."""
        here = "AND home = ?" if state else ""
        query = f"SELECT place, id FROM entry WHERE comes >= ? {here} ORDER BY date, stage, id LIMIT ?"  # noqa: S608 - ours
        return self._found(query, self._today.isoformat(), *([state] if state else []), size)

    def topics(self, size: int, state: str) -> list[tuple[str, int]]:
        """The topics of a state with how many entries they have, those with most first."""
        query = "SELECT topic, count(*) FROM entry WHERE home = ? GROUP BY topic ORDER BY 2 DESC, 1 LIMIT ?"
        return [(topic, number) for topic, number in self._memory.all(query, state, size)]

    def _found(self, query: str, *values: object) -> list[Entry]:
        return [self._place(place)[name] for place, name in self._memory.all(query, *values)]

    def _load(self, place: str) -> dict[str, Entry]:
        timeline = self._memory.timeline(place)
        policies = timeline.policies if timeline else ()
        return {entry.id: entry for policy in policies for entry in told(policy, self._today)}


def overview(memory: Memory, entries: Entries) -> Overview:
    """As the places stand that are remembered now."""
    policies, count = next(memory.all("SELECT coalesce(sum(policies), 0), coalesce(sum(entries), 0) FROM place"))
    return Overview(
        newest=entries.newest(),
        soonest=entries.soonest(),
        activity=activity_of(memory),
        topics=topics_of(memory),
        policies=policies,
        entries=count,
    )


def activity_of(memory: Memory) -> Activity:
    """How many entries each month and stage has."""
    query = "SELECT year, month, stage, count(*) FROM entry WHERE year IS NOT NULL GROUP BY year, month, stage"
    return Counter({(year, month, Stage(stage)): number for year, month, stage, number in memory.all(query)})


def topics_of(memory: Memory) -> dict[str, Counter[Stage]]:
    """How many entries each topic has at each stage."""
    found: dict[str, Counter[Stage]] = {}
    for topic, stage, number in memory.all("SELECT topic, stage, count(*) FROM entry GROUP BY topic, stage"):
        found.setdefault(topic, Counter())[Stage(stage)] = number
    return found


def states_of(memory: Memory) -> Iterator[str]:
    """The codes of the states that have places, in the order of their OCD ids."""
    return (state for (state,) in memory.all("SELECT state FROM place GROUP BY state ORDER BY min(id)"))


def topics_in(memory: Memory, place: str) -> set[str]:
    """The topics of the policies of a place."""
    return {topic for (topic,) in memory.all("SELECT DISTINCT topic FROM policy WHERE place = ?", place)}
