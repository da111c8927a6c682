"""Threads: which entries are of one procedure, and what it is called."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.model import Entry, Policy
from tracker.timeline.describe import most_said, telling_order
from tracker.timeline.draft import Profile, profile_of
from tracker.timeline.ids import short_id
from tracker.timeline.match import MIN_OVERLAP, STRONG_WORDS
from tracker.timeline.policy_names import STANDING, policy_name
from tracker.timeline.sequence import STAGE_ORDER
from tracker.timeline.words import shared_words, topics_related

OPEN_DAYS = 2 * 365
"""An entry without a subject of its own joins the thread of its topic and body only if that was in the news within
two years."""
Profiled = tuple[Entry, Profile]
"""An entry that holds evidence, with what its policy is known by."""


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
