"""Threads: which entries are of one procedure, and in which policy each is recorded.

Entries are threaded anew after every recording. A thread keeps the policy that most of its entries are recorded in,
each policy once. Where people chose the policy of some entries, the others of the thread follow the nearest of these.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from math import inf

from tracker.model import Entry, Evidence, Stage
from tracker.partial_date import PartialDate
from tracker.timeline.claims import file_of
from tracker.timeline.entry_fields import news_order
from tracker.timeline.history import POLICY
from tracker.timeline.ids import short_id
from tracker.timeline.same_file import FileIndex, words_of_file
from tracker.timeline.same_policy import Profile, log_odds, other_numbers, profile_of
from tracker.timeline.steps import ENDS, STAGE_ORDER
from tracker.timeline.vocabulary import NUMBERED_FOR_GOOD

JOINS = 0.0
"""Log-odds of one policy from which an entry joins a thread: more likely than not."""
WHOLE_JOINS = -0.9
"""The same of two threads that are complete: many reports together share fewer of their words than two entries do. Of
pairs within stories that the weights were not fitted to, .88 of those together are of one policy, and .96 of those of
one policy are together."""
END_JOINS = -1.5
"""The same where one begins with an end: what is repealed was adopted before, so one of the earlier threads has it."""
Told = tuple[Stage, PartialDate, str]
"""A stage, a day and the address of an article that tells of it: two such steps of one article are of two policies."""
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
    """A policy in the making; `members` are the positions of its entries, `steps` these, oldest first, `told` what the
    articles tell of them to the day. `record`: the first of the council's file that it is; `profile` is then what
    reports tell of it."""

    profile: Profile
    members: list[int]
    steps: list[Entry] = field(default_factory=list)
    told: set[Told] = field(default_factory=set)
    record: Evidence | None = None

    def take(self, other: "Thread") -> None:
        """Joins all that another thread has to this one."""
        self.profile.merge(other.profile)
        self.members += other.members
        self.steps = in_order([*self.steps, *other.steps])
        self.told |= other.told


def thread_members(entries: Sequence[Profiled]) -> list[list[int]]:
    """Which entries, by their positions, are of one policy; places in the order of their ids."""
    places: dict[str, list[int]] = defaultdict(list)
    for member, (entry, _) in enumerate(entries):
        places[entry.jurisdiction].append(member)
    return [thread.members for place in sorted(places) for thread in _of_place(entries, places[place])]


def _of_place(entries: Sequence[Profiled], members: Sequence[int]) -> list[Thread]:
    """The files of a council are threads of their own, which nothing but a person joins; what else is told goes to the
    file that it tells of, or makes threads."""
    recorded: dict[str, list[int]] = defaultdict(list)
    others = list[int]()
    for member in members:
        file = _file(entries[member][0])
        (recorded[file] if file else others).append(member)
    files = {name: _of_file(entries, recorded[name]) for name in sorted(recorded)}
    rest = _without_reports_of(list(files.values()), entries, others)
    return _joined(list(files.values()), _begun(entries, rest))


def _file(entry: Entry) -> str:
    """The council's file that an entry is of; the first by name, where a person merged steps of several."""
    return min(filter(None, map(file_of, entry.evidence)), default="")


def _of_file(entries: Sequence[Profiled], members: Sequence[int]) -> Thread:
    """All entries of a file."""
    whole = Thread(Profile(), [])
    for member in members:
        entry = entries[member][0]
        whole.take(
            Thread(profile_of(item for item in entry.evidence if not file_of(item)), [member], [entry], _told(entry))
        )
    records = [item for step in whole.steps for item in step.evidence if file_of(item)]
    whole.record = min(records, key=news_order)
    return whole


def _without_reports_of(files: Sequence[Thread], entries: Sequence[Profiled], members: Sequence[int]) -> list[int]:
    """Gives each file the entries whose reports tell of it by their words; the members that are left."""
    known = FileIndex(words_of_file(thread.record) for thread in files if members and thread.record)
    left = list[int]()
    for member in members:
        entry = entries[member][0]
        choice = known.told_by([item for item in entry.evidence if item.supports])
        if choice is None or not files[choice].told.isdisjoint(_told(entry)):
            left.append(member)
        else:
            files[choice].take(Thread(entries[member][1], [member], [entry], _told(entry)))
    return left


def _begun(entries: Sequence[Profiled], members: Iterable[int]) -> list[Thread]:
    """Entries that tell of a subject first, oldest first, each to the thread that it fits best."""
    threads: list[Thread] = []
    for member in sorted(members, key=lambda member: _threading_order(*entries[member])):
        entry, profile = entries[member]
        own = Thread(Profile(), [member], [entry], _told(entry))
        own.profile.merge(profile)
        thread = _best(threads, own, lambda _thread: JOINS)
        threads.append(own) if thread is None else thread.take(own)
    return threads


def _told(entry: Entry) -> set[Told]:
    day = entry.date
    return {(entry.stage, day, item.url) for item in entry.evidence} if day and day.day else set()


def _joined(files: Sequence[Thread], begun: Sequence[Thread]) -> list[Thread]:
    """The threads of one place, those of one policy together, each with the earlier one, or the file, that it fits
    best; a file of which nothing was reported is none of them."""
    joined = [thread for thread in files if thread.profile.size]
    for thread in sorted(begun, key=lambda thread: _told_order(thread.steps[0])):
        whole = _best(joined, thread, partial(_needed, later=thread))
        joined.append(thread) if whole is None else whole.take(thread)
    return [*(thread for thread in files if not thread.profile.size), *joined]


def _best(threads: Sequence[Thread], later: Thread, needed: Callable[[Thread], float]) -> Thread | None:
    """The thread that another one fits best, of those that it fits as well as is needed; of equals the first. What one
    article tells apart is not of one policy."""
    fits = [
        (odds, -number)
        for number, thread in enumerate(threads)
        if thread.told.isdisjoint(later.told) and (odds := _affinity(thread.profile, later.profile)) > needed(thread)
    ]
    return threads[-max(fits)[1]] if fits else None


def _needed(earlier: Thread, later: Thread) -> float:
    """Log-odds from which two threads are of one policy."""
    begins, ends = later.steps[0], later.steps[0].stage in ENDS
    return END_JOINS if ends and any(_stands(step, day_of(begins)) for step in earlier.steps) else WHOLE_JOINS


def _stands(step: Entry, before: date) -> bool:
    return step.stage in (Stage.ADOPTED, Stage.EFFECTIVE) and day_of(step) < before


def _affinity(thread: Profile, profile: Profile) -> float:
    """Log-odds that an entry is of a thread. Procedures that are numbered for good have one number."""
    return -inf if other_numbers(thread, profile) & NUMBERED_FOR_GOOD else log_odds(thread, profile)


def _threading_order(entry: Entry, profile: Profile) -> tuple[object, ...]:
    return not profile.subject and not profile.rule, *_told_order(entry)


def _told_order(entry: Entry) -> tuple[object, ...]:
    """What is told first of two entries of one day and stage comes first: their ids may depend on which came first."""
    first = entry.evidence[0]
    return *_order(entry)[:2], first.published, first.url, first.finding.start, entry.id


def closest_policy(entry: Entry, others: Sequence[Entry]) -> str:
    """The policy, of those that `others` name, that an entry fits best; of equals the smallest id."""
    if len({other.policy for other in others}) == 1:
        return others[0].policy
    profile = profile_of(entry.evidence)
    return min((-log_odds(profile_of(other.evidence), profile), other.policy) for other in others)[1]


def policy_id(entries: Iterable[Entry]) -> str:
    """The id of a new policy of these entries: after its oldest."""
    first = in_order(entries)[0]
    return short_id("policy", first.jurisdiction, first.id)


Pair = tuple[Entry, Entry | None]
"""An entry as its evidence has it, and the recorded one that it continues, if any."""


def assign(pairs: Sequence[Pair], taken: Collection[str]) -> list[str]:
    """The policy of each pair; `taken` are the ids of all recorded policies. Entries of complete places, with
    evidence."""
    no_words = Profile()  # of files, which no words join
    threads = thread_members([(entry, no_words if _file(entry) else profile_of(entry.evidence)) for entry, _ in pairs])
    hosted = [_hosted(pairs, members) for members in threads]
    hosts = Counter(policy for policies in hosted for policy in policies)
    anchors = [_anchors(pairs, members, own, hosts) for members, own in zip(threads, hosted, strict=True)]
    chosen = {old.policy for olds in anchors for old in olds}
    free = [members for members, olds in zip(threads, anchors, strict=True) if not olds]
    voted = iter(_by_vote(pairs, free, chosen, taken))
    result = [""] * len(pairs)
    for members, olds in zip(threads, anchors, strict=True):
        policy = "" if olds else next(voted)
        for member in members:
            result[member] = policy or _followed(*pairs[member], olds)
    return result


def _hosted(pairs: Sequence[Pair], members: Sequence[int]) -> frozenset[str]:
    """The policies that a thread is recorded in without any person's choice."""
    olds = [old for member in members if (old := pairs[member][1])]
    free = {old.policy for old in olds if POLICY not in old.locked}
    return frozenset(free - {old.policy for old in olds if POLICY in old.locked})


def _anchors(
    pairs: Sequence[Pair], members: Sequence[int], hosted: Collection[str], hosts: Mapping[str, int]
) -> list[Entry]:
    """The recorded entries of a thread whose policy a person chose; but not a single one that a person moved into the
    policy of another thread: it is a guest there, and takes no other entry along. `hosted` are the policies that this
    thread is recorded in without any person's choice, `hosts` in how many threads each is so."""
    olds = [old for member in members if (old := pairs[member][1])]
    own = {old.policy for old in olds if POLICY not in old.locked}
    elsewhere = {policy for policy in {old.policy for old in olds} if hosts.get(policy, 0) > (policy in hosted)}
    return [old for old in olds if POLICY in old.locked and (old.policy in own or old.policy not in elsewhere)]


def _followed(entry: Entry, old: Entry | None, anchors: Sequence[Entry]) -> str:
    """The policy of a thread in which people chose: the recorded one if they know it, else the nearest of theirs."""
    return old.policy if old and old.policy in {item.policy for item in anchors} else closest_policy(entry, anchors)


def _by_vote(
    pairs: Sequence[Pair], threads: Sequence[Sequence[int]], chosen: Collection[str], taken: Collection[str]
) -> list[str]:
    """The policy of each thread: that of most of its recorded entries, but none of `chosen`: others have these."""
    votes = [
        Counter(old.policy for member in members if (old := pairs[member][1]) and POLICY not in old.locked)
        for members in threads
    ]
    news = [policy_id(pairs[member][0] for member in members) for members in threads]
    wishes = [
        (-count, news[thread], past, thread) for thread, counted in enumerate(votes) for past, count in counted.items()
    ]
    result: dict[int, str] = {}
    given = set(chosen)
    for _, _, past, thread in sorted(wishes):
        if thread not in result and past not in given:
            result[thread] = past
            given.add(past)
    used = {*taken, *given}
    for thread in sorted(set(range(len(threads))) - result.keys(), key=news.__getitem__):
        result[thread] = _free(news[thread], used)
        used.add(result[thread])
    return [result[thread] for thread in range(len(threads))]


def _free(name: str, taken: Collection[str]) -> str:
    """`name`, or a name derived from it that is not taken."""
    count, free = 0, name
    while free in taken:
        count += 1
        free = short_id(name, str(count))
    return free
