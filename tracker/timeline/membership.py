"""Which policy each entry is recorded in: threads as they are now, policies as they are known.

Entries are threaded anew after every recording. A thread keeps the policy that most of its entries are recorded in,
each policy once. Where people chose the policy of some entries, the others of the thread follow the nearest of these.
"""

from collections import Counter
from collections.abc import Collection, Sequence

from tracker.model import Entry
from tracker.timeline.ids import short_id
from tracker.timeline.policies import policy_id
from tracker.timeline.profile import profile_of
from tracker.timeline.review import POLICY
from tracker.timeline.threads import closest_policy, thread_members

Pair = tuple[Entry, Entry | None]
"""An entry as its evidence has it, and the recorded one that it continues, if any."""


def assign(pairs: Sequence[Pair], taken: Collection[str]) -> list[str]:
    """The policy of each pair; `taken` are the ids of all recorded policies. Entries of complete places, with
    evidence."""
    threads = thread_members([(entry, profile_of(entry.evidence)) for entry, _ in pairs])
    hosted = [_hosted(pairs, members) for members in threads]
    anchors = [
        _anchors(pairs, members, frozenset().union(*hosted[:number], *hosted[number + 1 :]))
        for number, members in enumerate(threads)
    ]
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


def _anchors(pairs: Sequence[Pair], members: Sequence[int], elsewhere: Collection[str]) -> list[Entry]:
    """The recorded entries of a thread whose policy a person chose; but not a single one that a person moved into the
    policy of another thread (`elsewhere`): it is a guest there, and takes no other entry along."""
    olds = [old for member in members if (old := pairs[member][1])]
    own = {old.policy for old in olds if POLICY not in old.locked}
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
