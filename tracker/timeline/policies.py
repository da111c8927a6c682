"""Threads: which entries are of one procedure, what it is called, and how it stands on a day."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.model import Entry, EntryStatus, Policy, Stage
from tracker.partial_date import PartialDate
from tracker.timeline.describe import most_said, telling_order
from tracker.timeline.draft import Profile, profile_of
from tracker.timeline.ids import short_id
from tracker.timeline.match import MIN_OVERLAP, STRONG_WORDS
from tracker.timeline.naming import is_suspension
from tracker.timeline.policy_names import policy_name
from tracker.timeline.standing_numbers import STANDING
from tracker.timeline.words import shared_words, topics_related

OPEN_DAYS = 2 * 365
"""An entry without a subject of its own joins the thread of its topic and body only if that was in the news within
two years."""
Profiled = tuple[Entry, Profile]
"""An entry that holds evidence, with what its policy is known by."""
STAGE_ORDER = {stage: order for order, stage in enumerate(Stage)}
"""Steps of one day in the order in which they happen: proposed, adopted, effective, then the ends."""


def day_of(entry: Entry) -> date:
    """The day that an entry is sorted by: the first that its date can mean, or that of the first report."""
    return entry.date.first_day() if entry.date else entry.evidence[0].published if entry.evidence else date.max


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """Oldest first; steps of one day in their natural order."""
    return sorted(entries, key=_order)


def _order(entry: Entry) -> tuple[date, int, str]:
    return day_of(entry), STAGE_ORDER[entry.stage], entry.id


@dataclass(slots=True)
class Thread:
    """A policy in the making; `members` are the positions of its entries."""

    profile: Profile
    members: list[int]
    first: int
    last: int

    def add(self, member: int, profile: Profile, day: int) -> None:
        """One more entry of this policy; `day` as an ordinal."""
        self.profile.merge(profile)
        self.members.append(member)
        self.first, self.last = min(self.first, day), max(self.last, day)


def _affinity(thread: Thread, profile: Profile, day: int) -> tuple[int, ...]:
    """How well an entry fits a thread: () for not at all, larger is better."""
    mine, theirs = set(profile.identifiers), set(thread.profile.identifiers)
    if mine & theirs:
        return (3, 0, 0)
    kinds = {kind for kind, _ in mine} & {kind for kind, _ in theirs}
    if kinds & STANDING:
        return ()
    shared, share = shared_words(profile.words, profile.size, thread.profile.words, thread.profile.size)
    related = any(topics_related(a, b) for a in profile.topics for b in thread.profile.topics)
    near = -min(abs(day - thread.first), abs(day - thread.last))
    if shared:
        enough = share >= MIN_OVERLAP and (related or len(shared) >= STRONG_WORDS)
        return (2, int(100 * share), near) if enough else ()
    silent = not profile.words or not thread.profile.words
    same_topic = bool(set(profile.topics) & set(thread.profile.topics))
    bodies_fit = (
        not profile.branches or not thread.profile.branches or set(profile.branches) & set(thread.profile.branches)
    )
    return (1, 0, near) if silent and same_topic and bodies_fit and near >= -OPEN_DAYS else ()


def _thread_one_place(entries: Sequence[Profiled], members: Iterable[int]) -> list[Thread]:
    """Entries with a subject first, oldest first, each to the thread that fits best."""
    threads: list[Thread] = []
    for member in sorted(members, key=lambda member: _threading_order(*entries[member])):
        entry, profile = entries[member]
        day = day_of(entry).toordinal()
        fits = [(fit, -index) for index, thread in enumerate(threads) if (fit := _affinity(thread, profile, day))]
        if not fits:
            threads.append(Thread(Profile(), [], day, day))
        threads[-max(fits)[1] if fits else -1].add(member, profile, day)
    return threads


def _threading_order(entry: Entry, profile: Profile) -> tuple[object, ...]:
    """What is told first of two entries of one day and stage comes first: their ids may depend on which came first."""
    first = entry.evidence[0]
    return not profile.words, *_order(entry)[:2], first.published, first.url, first.finding.start, entry.id


def thread_members(entries: Sequence[Profiled]) -> list[list[int]]:
    """Which entries, by their positions, are of one policy; places in the order of their ids."""
    places: dict[str, list[int]] = defaultdict(list)
    for member, (entry, _) in enumerate(entries):
        places[entry.jurisdiction].append(member)
    return [thread.members for place in sorted(places) for thread in _thread_one_place(entries, places[place])]


def threads(entries: Iterable[Entry]) -> tuple[Policy, ...]:
    """The policies that entries form by what they say, whatever policy they name; places in order of their ids."""
    return threads_of([(entry, profile_of(entry.evidence)) for entry in entries])


def threads_of(entries: Sequence[Profiled]) -> tuple[Policy, ...]:
    """The same where the profiles of the entries are known already."""
    return tuple(policy_from([entries[member][0] for member in members]) for members in thread_members(entries))


def policy_id(entries: Iterable[Entry]) -> str:
    """The id of a new policy of these entries: after its oldest."""
    first = in_order(entries)[0]
    return short_id("policy", first.jurisdiction, first.id)


def policy_from(entries: Sequence[Entry], given_id: str = "", name: str = "") -> Policy:
    """The policy of entries that belong together; id and name are derived from them unless given."""
    ordered = in_order(entries)
    first = ordered[0]
    new_id = given_id or policy_id(entries)
    return Policy(
        id=new_id,
        name=name or policy_name(ordered),
        jurisdiction=first.jurisdiction,
        topic=_topic(ordered),
        entries=tuple(entry.model_copy(update={"policy": new_id}) for entry in ordered),
    )


def _topic(ordered: Sequence[Entry]) -> str:
    """What people set for most of the entries, else what most independent reports say."""
    chosen = Counter(entry.topic for entry in ordered if "topic" in entry.locked)
    if chosen:
        return max(chosen, key=chosen.__getitem__)  # of equals the one that stands first
    evidence = sorted((item for entry in ordered for item in entry.evidence), key=telling_order)
    return most_said(evidence, lambda item: item.finding.topic) or ordered[0].topic


def by_policy(entries: Iterable[Entry]) -> tuple[Policy, ...]:
    """Entries grouped by the policy that they name (as recorded, a person's merges and splits included)."""
    groups: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        groups[entry.policy].append(entry)
    return tuple(policy_from(group, policy_id) for policy_id, group in sorted(groups.items()))


def closest_policy(entry: Entry, others: Sequence[Entry]) -> str:
    """The policy, of those that `others` name, that an entry fits best: the largest share of telling words in common
    with one of its entries, then the nearest day, then the smallest id."""
    if len({other.policy for other in others}) == 1:
        return others[0].policy
    words, day = profile_of(entry.evidence).words.keys(), day_of(entry).toordinal()

    def distance(other: Entry) -> tuple[float, int, str]:
        theirs = profile_of(other.evidence).words.keys()
        share = len(words & theirs) / max(1, len(words | theirs))
        return -share, abs(day - day_of(other).toordinal()), other.policy

    return min(map(distance, others))[2]


@dataclass(frozen=True, slots=True)
class PolicyStatus:
    """How a policy stands on a day: `state` is one word for styles and filters, `words` a line for people, `since` the
    date of the entry that decides, `until` a start that is still to come, `changed` when it was changed since."""

    state: str
    words: str
    since: PartialDate | None = None
    until: PartialDate | None = None
    changed: PartialDate | None = None


ENDS = {Stage.RESCINDED: "rescinded", Stage.BLOCKED: "blocked"}
REPEAL_DAYS = 183
"""A repeal that is passed takes effect within half a year: a start after an end, with nothing adopted since, is that of
the repeal."""
BLOCK_DAYS = 31
"""A judgment or a state's law that blocks a rule begins within a month: a start so soon, told by the same article, is
its own."""
VETO_DAYS = 60
"""A veto follows the vote within weeks; a later rejection is of another proposal, and what was adopted stands."""
_VETO = re.compile(r"\bveto", re.IGNORECASE)


def status(policy: Policy, as_of: date) -> PolicyStatus:
    """How `policy` stands on the day `as_of`, by its entries that no person has rejected."""
    entries = [entry for entry in in_order(policy.entries) if entry.status is not EntryStatus.REJECTED]
    entries = [entry for entry in entries if not _foiled(entry, entries)]
    standing = _Standing()
    for entry in entries:
        if _has_come(entry, as_of):
            standing.step(entry)
    coming = [entry for entry in entries if entry.stage is Stage.EFFECTIVE and not _has_come(entry, as_of)]
    start = coming[0].date if coming else None
    since, changed = (entry.date if entry else None for entry in (standing.decisive, standing.changed))
    return PolicyStatus(standing.state, _words(standing.state, since, start, changed, as_of), since, start, changed)


def _has_come(entry: Entry, as_of: date) -> bool:
    """True where the step is behind us. A start of "July" may be the last of July; a proposal is one from its first
    report on, also where its date is that of a vote to come."""
    if entry.stage is Stage.EFFECTIVE and entry.date:
        return entry.date.last_day() <= as_of
    day = day_of(entry)
    if entry.stage is Stage.PROPOSED:
        day = min([day, *(item.published for item in entry.evidence)])
    return day <= as_of


def _foiled(entry: Entry, entries: Sequence[Entry]) -> bool:
    """True for a start that was only ever foretold, before an end that came first."""
    if entry.stage is not Stage.EFFECTIVE or not entry.evidence:
        return False
    told, start = max(item.published for item in entry.evidence), day_of(entry)
    ends = [day_of(e) for e in entries if e.stage in ENDS]
    return any(told <= end < start for end in ends)


@dataclass(slots=True)
class _Standing:
    """The state after the steps so far, the entry that decided it, and the one that changed a rule in force since."""

    state: str = "unknown"
    decisive: Entry | None = None
    changed: Entry | None = None
    adopted: Entry | None = None

    def step(self, entry: Entry) -> None:
        """One more step, in the order of their days."""
        if entry.stage is Stage.EFFECTIVE:
            self._start(entry)
        elif entry.stage is Stage.ADOPTED:
            self.adopted = entry
            if self.state == "in force":
                self.changed = entry
            else:
                self._decide("adopted", entry)
        elif entry.stage in ENDS:
            suspended = entry.stage is Stage.RESCINDED and is_suspension(entry.evidence)
            self._decide("suspended" if suspended else ENDS[entry.stage], entry)
        elif self.state in ("unknown", "proposed", "rejected") or self._is_vetoed(entry):
            self._decide("rejected" if entry.stage is Stage.REJECTED else "proposed", entry)

    def _decide(self, state: str, entry: Entry) -> None:
        self.state, self.decisive, self.changed = state, entry, None

    def _start(self, entry: Entry) -> None:
        if self.state == "in force":
            self.changed = entry if self.changed else None
        elif not self._is_of_end(entry):
            self._decide("in force", entry)

    def _is_of_end(self, entry: Entry) -> bool:
        """True for a start that is that of the repeal or of the block; not where something was adopted in place of what
        was repealed."""
        if not self.decisive:
            return False
        end = day_of(self.decisive)
        days = (day_of(entry) - end).days
        if self.state == "blocked":
            same = {item.url for item in entry.evidence} & {item.url for item in self.decisive.evidence}
            return bool(same) and days <= BLOCK_DAYS
        replaced = self.adopted is not None and day_of(self.adopted) >= end
        return self.state == "rescinded" and not replaced and days <= REPEAL_DAYS

    def _is_vetoed(self, entry: Entry) -> bool:
        """True where what was adopted lately is rejected by a veto."""
        if entry.stage is not Stage.REJECTED or self.state != "adopted" or not self.decisive:
            return False
        vetoed = any(_VETO.search(item.finding.said) for item in entry.evidence)
        return vetoed and (day_of(entry) - day_of(self.decisive)).days <= VETO_DAYS


def _words(
    state: str, since: PartialDate | None, start: PartialDate | None, changed: PartialDate | None, as_of: date
) -> str:
    """`in force since June 21, 2017, changed May 1, 2019`; `adopted, takes effect July 6, 2017`."""
    when = since.in_words() if since else ""
    coming = f", takes effect {start.in_words()}" if start else ""
    if state == "unknown":
        return f"announced{coming}" if start else "not known"
    if start and state in ("adopted", "proposed"):
        return f"{state}{coming}"
    if state == "proposed" and since and since.first_day() > as_of:
        return f"proposed, scheduled for {when}"
    if state == "in force":
        return f"in force{f' since {when}' if when else ''}{f', changed {changed.in_words()}' if changed else ''}"
    linked = f" since {when}" if state in ("suspended", "blocked") else f" {when}"
    return f"{state}{linked if when else ''}{coming}"
