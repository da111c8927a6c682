"""What the index needs from all places, asked of what the report remembers."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from tracker.model import Entry, Policy, Stage
from tracker.publish.report.blocks import Block, block
from tracker.publish.report.memory import Memory
from tracker.publish.report.threads import thread
from tracker.timeline.policies import with_standing

LATELY = 8
"""Policies on the index of which something was reported last: about three screens."""
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
    lately: list[Block] = field(default_factory=list)
    """The `LATELY` policies of which something was reported last."""
    soonest: list[Entry] = field(default_factory=list)
    """The `SOON` whose dates come next."""
    activity: Activity = field(default_factory=Counter)
    """Entries by (year, month, stage); month 0 where only the year is known."""
    topics: dict[str, Counter[Stage]] = field(default_factory=dict)
    policies_on: Counter[str] = field(default_factory=Counter)
    """How many policies each topic has."""
    policies: int = 0
    entries: int = 0
    places: int = 0
    """Those that have entries."""


class _Step(NamedTuple):
    """An entry, and the policy on whose page it stands."""

    policy: Policy
    entry: Entry


class Entries:
    """Whole entries of what is remembered, as of a day: a few, by the places that they are of."""

    def __init__(self, memory: Memory, today: date) -> None:
        self._memory, self._today = memory, today
        self._place = lru_cache(OPEN)(self._load)

    def newest(self, size: int = FEED_LENGTH, state: str = "", topic: str = "") -> list[Entry]:
        """Those reported last, of all places or of one state, of all topics or of one; newest first."""
        return [step.entry for step in self._newest(size, state, topic)]

    def blocks(self, size: int, state: str = "") -> list[Block]:
        """The policies of which something was reported last, of all places or of one state; as blocks."""
        policies = {step.policy.id: step.policy for step in self._newest(FEED_LENGTH, state, "")}
        shown = (thread(policy, self._today) for policy in policies.values())
        return [block(one, self._today) for one in islice(shown, size) if one]

    def _newest(self, size: int, state: str, topic: str) -> list[_Step]:
        asked = {"home = ?": state, "topic = ?": topic}
        where = " AND ".join(term for term, value in asked.items() if value) or "1"
        values = [value for value in asked.values() if value]
        return self._found(f"SELECT place, id FROM entry WHERE {where} {NEWEST}", *values, size)  # noqa: S608 - ours

    def soonest(self, size: int = SOON, state: str = "") -> list[Entry]:
        """Those that take effect, or end, today or later, soonest first; a month counts by its first day. Of one day,
        starts come before ends."""
        here = "AND home = ?" if state else ""
        query = f"SELECT place, id FROM entry WHERE comes >= ? {here} ORDER BY date, stage, id LIMIT ?"  # noqa: S608 - ours
        found = self._found(query, self._today.isoformat(), *([state] if state else []), size)
        return [step.entry for step in found]

    def topics(self, size: int, state: str) -> list[tuple[str, int, int]]:
        """The topics of a state with how many policies and entries they have, those with most entries first."""
        query = (
            "SELECT topic, count(*), sum(entries) FROM policy WHERE home = ? GROUP BY topic ORDER BY 3 DESC, 1 LIMIT ?"
        )
        return list(self._memory.all(query, state, size))

    def _found(self, query: str, *values: object) -> list[_Step]:
        return [self._place(place)[name] for place, name in self._memory.all(query, *values)]

    def _load(self, place: str) -> dict[str, _Step]:
        timeline = self._memory.timeline(place)
        policies = (
            policy.model_copy(update={"entries": with_standing(policy, self._today)})
            for policy in (timeline.policies if timeline else ())
        )
        return {entry.id: _Step(policy, entry) for policy in policies for entry in policy.entries}


def overview(memory: Memory, entries: Entries) -> Overview:
    """As the places stand that are remembered now."""
    sums = "SELECT coalesce(sum(policies), 0), coalesce(sum(entries), 0), coalesce(sum(entries > 0), 0) FROM place"
    policies, count, places = next(memory.all(sums))
    return Overview(
        newest=entries.newest(),
        lately=entries.blocks(LATELY),
        soonest=entries.soonest(),
        activity=activity_of(memory),
        topics=topics_of(memory),
        policies_on=Counter(dict(memory.all("SELECT topic, count(*) FROM policy GROUP BY topic"))),
        policies=policies,
        entries=count,
        places=places,
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
