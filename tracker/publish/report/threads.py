"""Policies as they are shown: entries newest first, with the state of the policy on the build's day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.coverage import PlaceTimeline
from tracker.model import Entry, Policy, Stage
from tracker.publish import words
from tracker.publish.exports.format import in_order
from tracker.publish.report.overview import shown
from tracker.timeline.policies import PolicyStatus, status
from tracker.timeline.told import told

_STAGE_ORDER = {stage: number for number, stage in enumerate(Stage)}


_SHAPES = {
    "proposed": Stage.PROPOSED,
    "adopted": Stage.ADOPTED,
    "in force": Stage.EFFECTIVE,
    "suspended": Stage.RESCINDED,
    "rescinded": Stage.RESCINDED,
    "rejected": Stage.REJECTED,
    "blocked": Stage.BLOCKED,
}
"""The stage whose shape and colour shows a state; one that is only announced looks like a proposal."""
_HEADINGS = {
    Stage.EFFECTIVE: "In force today",
    Stage.ADOPTED: "Adopted",
    Stage.PROPOSED: "Proposed or announced",
    Stage.RESCINDED: "Ended or stopped",
    Stage.REJECTED: "Ended or stopped",
    Stage.BLOCKED: "Ended or stopped",
}
"""Where a thread stands on its place's page, most binding first."""


@dataclass(frozen=True)
class Thread:
    """One policy: `entries` newest first, without rejected ones, never empty."""

    policy: Policy
    entries: tuple[Entry, ...]
    status: PolicyStatus

    @property
    def stage(self) -> Stage:
        """The stage whose shape shows the state."""
        return _SHAPES.get(self.status.state, Stage.PROPOSED)

    @property
    def state_word(self) -> str:
        """`In force`: the status without its dates."""
        state = "announced" if self.status.state == "unknown" and self.status.until else self.status.state
        return "Not known" if state == "unknown" else state[:1].upper() + state[1:]

    @property
    def words(self) -> str:
        """`In force since July 6, 2017`: the status as a line of its own."""
        return self.status.words[:1].upper() + self.status.words[1:]


def moment(entry: Entry) -> tuple[date, int]:
    """Where an entry stands in time: its date, else the day of its first report; then by stage."""
    day = entry.date.first_day() if entry.date else words.first_report(entry) or date.min
    return day, _STAGE_ORDER[entry.stage]


def with_facts(timeline: PlaceTimeline, today: date) -> PlaceTimeline:
    """The timeline with what its entries tell of their policies, as files and pages need it."""
    policies = (policy.model_copy(update={"entries": told(policy, today)}) for policy in timeline.policies)
    return timeline.model_copy(update={"policies": tuple(policies)})


def thread(policy: Policy, today: date) -> Thread | None:
    """The policy as it is shown; None where nothing of it is."""
    entries = tuple(sorted(shown(policy.entries), key=moment, reverse=True))
    if not entries:
        return None
    return Thread(policy, entries, status(policy, today))


def threads(timeline: PlaceTimeline, today: date) -> list[Thread]:
    """The threads of a place, the one that changed last first."""
    found = [item for policy in timeline.policies if (item := thread(policy, today))]
    return sorted(found, key=lambda item: (*moment(item.entries[0]), item.policy.id), reverse=True)


def entries_of(items: Iterable[Thread]) -> list[Entry]:
    """All entries of the threads, in the order of files."""
    return in_order(entry for item in items for entry in item.entries)


def standing(items: Sequence[Thread]) -> list[tuple[str, list[Thread]]]:
    """What is in force today comes first, then what is on its way, then what ended: (heading, threads); none empty."""
    found: dict[str, list[Thread]] = {heading: [] for heading in _HEADINGS.values()}
    for item in items:
        found[_HEADINGS[item.stage]].append(item)
    return [(heading, group) for heading, group in found.items() if group]
