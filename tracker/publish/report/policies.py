"""Policies as they are shown: entries newest first, with the state of the policy on the build's day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from tracker.coverage import PlaceTimeline
from tracker.model import Entry, EntryStatus, Policy, Stage
from tracker.publish import words
from tracker.publish.exports.format import in_order
from tracker.publish.report.catalogue import Step
from tracker.timeline.policies import with_standing
from tracker.timeline.standing.lifecycle import State
from tracker.timeline.standing.standing import Standing, standing

_STAGE_ORDER = {stage: number for number, stage in enumerate(Stage)}

_SHAPES = {
    State.PROPOSED: Stage.PROPOSED,
    State.ADOPTED: Stage.ADOPTED,
    State.IN_FORCE: Stage.EFFECTIVE,
    State.AMENDED: Stage.EFFECTIVE,
    State.SUSPENDED: Stage.RESCINDED,
    State.ENDED: Stage.RESCINDED,
    State.GIVEN_UP: Stage.REJECTED,
    State.BLOCKED: Stage.BLOCKED,
}
"""The stage whose shape and colour shows how a policy stands."""
_HEADINGS = {
    Stage.EFFECTIVE: "In force today",
    Stage.ADOPTED: "Adopted",
    Stage.PROPOSED: "Proposed",
    Stage.RESCINDED: "Ended or stopped",
    Stage.REJECTED: "Ended or stopped",
    Stage.BLOCKED: "Ended or stopped",
}
"""Where a policy stands on its place's page, most binding first."""
UNCERTAIN = "Uncertain"
"""The last of them: what no step of a policy tells with even chance is claimed of none."""
NOT_KNOWN = "Not known"
"""How a policy stands on a day before all that was told of it."""


@dataclass(frozen=True)
class ShownPolicy:
    """One policy: `entries` newest first, without rejected ones, never empty; how it stands on the day of the build."""

    policy: Policy
    entries: tuple[Entry, ...]
    standing: Standing | None

    @property
    def is_open(self) -> bool:
        """True where no step is sure enough for a claim on how it stands."""
        return self.standing is not None and self.standing.open

    @property
    def stage(self) -> Stage:
        """The stage whose shape shows how it stands; the open one of a proposal where that is not known."""
        return _SHAPES[self.standing.state] if self.standing and not self.is_open else Stage.PROPOSED

    @property
    def heading(self) -> str:
        """Under which it stands on the page of its place."""
        return UNCERTAIN if self.is_open else _HEADINGS[self.stage]

    @property
    def state_word(self) -> str:
        """`In force`: the standing without its dates."""
        return _capital(self.standing.word) if self.standing else NOT_KNOWN

    @property
    def details(self) -> str:
        """`since July 6, 2017, as amended in December 2019`: the dates alone."""
        return self.standing.details if self.standing else ""

    @property
    def words(self) -> str:
        """`In force since July 6, 2017`: the standing as a line of its own."""
        return _capital(self.standing.words) if self.standing else NOT_KNOWN


def shown(entries: Iterable[Entry]) -> list[Entry]:
    """Without those that a person rejected: they have a page that says so, and stand nowhere else."""
    return [entry for entry in entries if entry.status is not EntryStatus.REJECTED]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def moment(entry: Entry) -> tuple[date, int]:
    """Where an entry stands in time: its date, else the day of its first report; then by stage."""
    day = entry.date.first_day() if entry.date else words.first_report(entry) or date.min
    return day, _STAGE_ORDER[entry.stage]


def with_facts(timeline: PlaceTimeline, today: date) -> PlaceTimeline:
    """The timeline with what its entries tell of their policies, as files and pages need it."""
    policies = tuple(policy_with_facts(policy, today) for policy in timeline.policies)
    return timeline.model_copy(update={"policies": policies})


def policy_with_facts(policy: Policy, today: date) -> Policy:
    """The same of one policy."""
    return policy.model_copy(update={"entries": with_standing(policy, today)})


def thread(policy: Policy, today: date) -> ShownPolicy | None:
    """The policy as it is shown; None where nothing of it is."""
    entries = tuple(sorted(shown(policy.entries), key=moment, reverse=True))
    if not entries:
        return None
    return ShownPolicy(policy, entries, standing(policy.entries, today))


def threads(timeline: PlaceTimeline, today: date) -> list[ShownPolicy]:
    """The threads of a place, the one that changed last first."""
    found = [item for policy in timeline.policies if (item := thread(policy, today))]
    return sorted(found, key=lambda item: (*moment(item.entries[0]), item.policy.id), reverse=True)


def entries_of(items: Iterable[ShownPolicy]) -> list[Entry]:
    """All entries of the threads, in the order of files."""
    return in_order(entry for item in items for entry in item.entries)


def by_standing(items: Sequence[ShownPolicy]) -> list[tuple[str, list[ShownPolicy]]]:
    """What is in force today comes first, then what is on its way, then what ended: (heading, threads); none empty."""
    found: dict[str, list[ShownPolicy]] = {heading: [] for heading in (*_HEADINGS.values(), UNCERTAIN)}
    for item in items:
        found[item.heading].append(item)
    return [(heading, group) for heading, group in found.items() if group]


FEED_LENGTH = 50
"""Entries in the Atom feed of many places: a feed reader polls often and keeps what it has."""
NEWS_SHOWN = 2
"""Steps of one policy that are told in full: what was decided, and what else the same report has decided."""
EARLIER_SHOWN = 3
"""Steps of before, a line each; the policy's page has all."""


@dataclass(frozen=True, slots=True)
class Block:
    """One policy: `news` latest report first, `coming` soonest first, `earlier` newest first, with how many `more` of
    these its own page has."""

    thread: ShownPolicy
    news: tuple[Entry, ...]
    coming: tuple[Entry, ...]
    earlier: tuple[Entry, ...]
    more: int

    @property
    def steps(self) -> tuple[Entry, ...]:
        """All that the block shows."""
        return (*self.news, *self.coming, *self.earlier)


def block(thread: ShownPolicy, today: date) -> Block:
    """The block of a policy on the day of the build."""
    news = _news(thread.entries, today)
    rest = [entry for entry in thread.entries if entry not in news]
    coming = sorted((entry for entry in rest if _is_coming(entry, today)), key=lambda entry: str(entry.date))
    earlier = [entry for entry in rest if entry not in coming]
    kept = earlier[:EARLIER_SHOWN]
    return Block(thread, tuple(news), tuple(coming), tuple(kept), len(earlier) - len(kept))


def steps(blocks: Iterable[Block]) -> list[Entry]:
    """All that the blocks show."""
    return [entry for one in blocks for entry in one.steps]


def _news(entries: Sequence[Entry], today: date) -> list[Entry]:
    """What the last report is about: its news, else the latest step that it tells of. What comes is told as that where
    something was decided besides."""
    last = max((words.first_report(entry) or date.min for entry in entries), default=date.min)
    fresh = [entry for entry in entries if (words.first_report(entry) or date.min) == last]
    found = [entry for entry in fresh if any(item.finding.primary for item in entry.evidence)] or fresh[:1]
    decided = [entry for entry in found if not _is_coming(entry, today)]
    return (decided or found)[:NEWS_SHOWN]


def comes(entry: Entry) -> str:
    """The last day on which the entry is told as taking effect, or ending, in ISO 8601; empty where it does neither."""
    ahead = entry.stage in (Stage.EFFECTIVE, Stage.RESCINDED)
    return words.coming_until(entry.date).isoformat() if entry.date and ahead else ""


def _is_coming(entry: Entry, today: date) -> bool:
    return words.is_ahead(entry, today) and bool(comes(entry))


def lately(steps: Iterable[Step], most: int, today: date) -> list[Block]:
    """The policies of which these are the newest steps, as blocks: so many at most."""
    policies = {step.policy.id: step.policy for step in steps}
    shown = (thread(policy, today) for policy in policies.values())
    return [block(one, today) for one in islice(shown, most) if one]
