"""What is recorded → what the evidence now says: the actions in between. People's decisions stand.

Folded entries are matched to recorded ones by shared evidence, then by shared articles, then by id, so that a recorded
entry keeps its id and its policy. Then:

- a field that a person set (`locked`) is never changed, and a confirmed entry keeps everything it shows;
- a rejected entry takes its later reports in and stays rejected; what only copies it is rejected too;
- where "evidence" is locked, the evidence stays where a person put it (`placement.py`);
- entries whose policy a person chose stay in it, and new entries of their thread follow them;
- an entry that no article supports any longer is retired: status rejected, evidence empty. It is no person's decision,
  so it comes back when an article supports it again.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence

from tracker.model import Entry, EntryStatus
from tracker.timeline.actions import KEPT, SHOWN, Action, Open, Retire, change, changes_between, opening
from tracker.timeline.describe import EvidenceKey, evidence_key
from tracker.timeline.ids import short_id
from tracker.timeline.placement import as_people_put_it, only_copies_rejected
from tracker.timeline.policies import closest_policy
from tracker.timeline.review import EVIDENCE, POLICY, STATUS, lost_articles
from tracker.timeline.titles import entry_title

WITH = {"jurisdiction": ("jurisdiction_name", "candidates"), "date": ("basis",), STATUS: ()}
"""Fields that a person's decision on another field covers too."""
Pair = tuple[Entry, Entry | None]
"""A folded entry, and the recorded one that it continues, if any."""
SAME_SENTENCE, SAME_ARTICLE, SAME_ID = 1_000_000, 1_000, 1
"""Weights of what a folded and a recorded entry share: one sentence counts for more than any number of articles."""


def reconcile(known: Sequence[Entry], folded: Sequence[Entry]) -> tuple[Action, ...]:
    """The actions that turn the recorded entries into what the evidence now says; none where they agree already.

    `known` are the recorded entries of the touched places and all others that hold evidence of these places."""
    placed = as_people_put_it(known, folded)
    by_id = {old.id: old for old in known}
    pairs: list[Pair] = [(entry, by_id[name]) for name, entry in placed.owned.items()]
    left = _without_copies(known, folded, placed.left)
    pairs += _paired([old for old in known if old.id not in placed.owned], left)
    policies = _policies(pairs, known)
    taken = set(by_id)
    actions: list[Action | None] = []
    for (entry, old), policy in zip(pairs, policies, strict=True):
        new = entry.model_copy(update={POLICY: policy})
        actions.append(change(old, decided(old, new)) if old else _open(new, taken))
    matched = {old.id for _, old in pairs if old}
    actions += [_retire(entry) for entry in known if entry.id not in matched]
    return tuple(action for action in actions if action)


def _without_copies(known: Sequence[Entry], folded: Sequence[Entry], left: Sequence[Entry]) -> list[Entry]:
    """The entries that are left, rejected where they only copy what a person rejected."""
    reports = {evidence_key(item): item.report for entry in folded for item in entry.evidence}
    return [
        entry.model_copy(update={STATUS: EntryStatus.REJECTED})
        if only_copies_rejected(entry, known, reports)
        else entry
        for entry in left
    ]


def _open(entry: Entry, taken: set[str]) -> Open:
    """Opens an entry under an id that no other entry has."""
    name, count = entry.id, 0
    while name in taken:
        count += 1
        name = short_id(entry.id, str(count))
    taken.add(name)
    return opening(entry.model_copy(update={"id": name}))


def _retire(old: Entry) -> Retire | None:
    """Marks an entry that has lost all its evidence; a person's decision on its status stands and is kept in mind."""
    if not old.evidence:
        return None
    update: dict[str, object] = {"evidence": ()}
    if old.status is EntryStatus.PENDING and STATUS not in old.locked:
        update["status"] = EntryStatus.REJECTED
    else:
        update["locked"] = old.locked | {STATUS}
    new = old.model_copy(update=update)
    changes = changes_between(old, new)
    return Retire(new.model_copy(update={"revision": old.revision + 1}), changes, "no article supports this any longer")


def decided(old: Entry, new: Entry) -> Entry:
    """`new` with everything that people decided on `old`, its id and its history."""
    fields = {name: getattr(new, name) for name in (*SHOWN, *KEPT, EVIDENCE)}
    kept = _kept(old)
    fields.update({name: getattr(old, name) for name in kept if name in fields and name != EVIDENCE})
    if old.status is EntryStatus.CONFIRMED:
        fields[STATUS] = old.status
    entry = old.model_copy(update=fields)
    return entry if "title" in kept else entry.model_copy(update={"title": entry_title(entry)})


def _kept(old: Entry) -> set[str]:
    """The fields of a recorded entry that the program must not change."""
    if old.status is EntryStatus.CONFIRMED:
        return {*SHOWN, POLICY}
    return {field for name in old.locked for field in (name, *WITH.get(name, ()))}


def _paired(known: Sequence[Entry], folded: Sequence[Entry]) -> list[Pair]:
    """Each folded entry with the recorded one that it continues: the pairs that share most come first."""
    scores = _shared(known, folded)
    by_id = {old.id: old for old in known}
    partners: dict[int, Entry] = {}
    taken: set[str] = set()
    for (index, name), _ in sorted(scores.items(), key=lambda pair: (-pair[1], pair[0])):
        if index not in partners and name not in taken:
            partners[index] = by_id[name]
            taken.add(name)
    return [(entry, partners.get(index)) for index, entry in enumerate(folded)]


def _shared(known: Sequence[Entry], folded: Sequence[Entry]) -> Counter[tuple[int, str]]:
    """How much each folded entry shares with each recorded one. Sentences may be of another place or stage than the
    entry that holds them, where a person set these. An entry that a person emptied (a merge) continues nothing."""
    sentences: dict[EvidenceKey, str] = {}
    articles: dict[tuple[str, str | None, str], set[str]] = defaultdict(set)
    for old in known:
        for item in old.evidence:
            sentences[evidence_key(item)] = old.id
            articles[item.url, item.finding.jurisdiction, item.finding.stage.value].add(old.id)
    ids = {old.id for old in known if not _emptied(old)}
    scores = Counter[tuple[int, str]]()
    for index, entry in enumerate(folded):
        for item in entry.evidence:
            if (name := sentences.get(evidence_key(item))) is not None:
                scores[index, name] += SAME_SENTENCE
            for name in articles[item.url, entry.jurisdiction, entry.stage.value]:
                scores[index, name] += SAME_ARTICLE
        if entry.id in ids:
            scores[index, entry.id] += SAME_ID
    return scores


def _emptied(old: Entry) -> bool:
    """True where a person, not the program, took the last evidence away."""
    return EVIDENCE in old.locked and not old.evidence and bool(old.revisions) and not lost_articles(old)


def _policies(pairs: Sequence[Pair], known: Sequence[Entry]) -> list[str]:
    """The policy to record for each pair: for the entries of one folded thread the one that most of them are recorded
    in, each recorded one once. Where people chose, the others of the thread follow the nearest that they chose."""
    anchors: dict[str, list[Entry]] = defaultdict(list)
    for entry, old in pairs:
        if old and POLICY in old.locked and old.jurisdiction == entry.jurisdiction:
            anchors[entry.policy].append(old)
    chosen = {old.policy for olds in anchors.values() for old in olds}
    result = _by_vote([pair for pair in pairs if pair[0].policy not in anchors], known, chosen)
    return [
        _followed(entry, old, anchors[entry.policy]) if entry.policy in anchors else result[entry.policy]
        for entry, old in pairs
    ]


def _followed(entry: Entry, old: Entry | None, anchors: Sequence[Entry]) -> str:
    """The policy of a thread in which people chose: the recorded one if they know it, else the nearest of theirs."""
    return old.policy if old and old.policy in {item.policy for item in anchors} else closest_policy(entry, anchors)


def _by_vote(pairs: Sequence[Pair], known: Sequence[Entry], chosen: set[str]) -> dict[str, str]:
    """Folded policy id → the id to record; never one of `chosen`, which belong to other threads."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for entry, old in pairs:
        votes[entry.policy].update(_vote(old))
    wishes = [(-count, new, past) for new, counter in votes.items() for past, count in counter.items()]
    result: dict[str, str] = {}
    for _, new, past in sorted(wishes):
        if new not in result and past not in chosen and past not in result.values():
            result[new] = past
    taken = {entry.policy for entry in known} | chosen | set(result.values())
    for new in sorted(votes.keys() - result.keys()):
        result[new] = _free(new, taken)
        taken.add(result[new])
    return result


def _vote(old: Entry | None) -> list[str]:
    """The recorded policy that an entry asks to keep; one that a person put there speaks for itself only."""
    return [old.policy] if old is not None and POLICY not in old.locked else []


def _free(name: str, taken: set[str]) -> str:
    """`name`, or a name derived from it that is not taken."""
    count, free = 0, name
    while free in taken:
        count += 1
        free = short_id(name, str(count))
    return free
