"""What is recorded → what the evidence now says: the actions in between. People's decisions stand.

Folded entries are matched to recorded ones by shared evidence, then by shared articles, then by id, so that a recorded
entry keeps its id and its policy. Then:

- a field that a person set (`locked`) is never changed, and a confirmed entry keeps everything it shows;
- a rejected entry takes its later copies in and stays rejected;
- where a person merged or split entries ("evidence" is locked), the evidence stays where the person put it;
- an entry that no article supports any longer is retired: status rejected, evidence empty. It is no person's decision,
  so it comes back when an article supports it again.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from tracker.model import Entry, EntryStatus, Evidence
from tracker.timeline.actions import KEPT, SHOWN, Action, Open, Retire, change, changes_between, opening
from tracker.timeline.claims import claim_of
from tracker.timeline.describe import EvidenceKey, describe, evidence_key
from tracker.timeline.ids import short_id
from tracker.timeline.titles import entry_title

EVIDENCE = "evidence"
STATUS = "status"
WITH = {"jurisdiction": ("jurisdiction_name", "candidates"), "date": ("basis",), STATUS: ()}
"""Fields that a person's decision on another field covers too."""
SAME_SENTENCE, SAME_ARTICLE, SAME_ID = 1_000_000, 1_000, 1
"""Weights of what a folded and a recorded entry share: one sentence counts for more than any number of articles."""


def reconcile(known: Sequence[Entry], folded: Sequence[Entry]) -> tuple[Action, ...]:
    """The actions that turn the recorded entries into what the evidence now says; none where they agree already.

    `known` are the recorded entries of the touched places and all others that hold evidence of these places."""
    folded = _as_people_put_it(known, folded)
    partners = _partners(known, folded)
    policies = _policies(folded, partners, known)
    taken = {entry.id for entry in known}
    actions: list[Action | None] = []
    for index, entry in enumerate(folded):
        entry = entry.model_copy(update={"policy": policies[entry.policy]})
        if (old := partners.get(index)) is not None:
            actions.append(change(old, decided(old, entry)))
        else:
            actions.append(_open(entry, taken))
    matched = {old.id for old in partners.values()}
    actions += [_retire(entry) for entry in known if entry.id not in matched]
    return tuple(action for action in actions if action)


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
    fields[STATUS] = _status(old)
    entry = old.model_copy(update=fields)
    return entry if "title" in kept else entry.model_copy(update={"title": entry_title(entry)})


def _status(old: Entry) -> EntryStatus:
    """The recorded status; an entry that the program had retired is pending again."""
    retired = old.status is EntryStatus.REJECTED and not old.evidence and STATUS not in old.locked
    return EntryStatus.PENDING if retired else old.status


def _kept(old: Entry) -> set[str]:
    """The fields of a recorded entry that the program must not change."""
    if old.status is EntryStatus.CONFIRMED:
        return {*SHOWN, "policy"}
    return {field for name in old.locked for field in (name, *WITH.get(name, ()))}


def _as_people_put_it(known: Sequence[Entry], folded: Sequence[Entry]) -> list[Entry]:
    """The folded entries with the evidence that a person moved taken to where the person put it. Evidence that came
    since goes with most of its neighbours."""
    owners = {evidence_key(item): old.id for old in known if EVIDENCE in old.locked for item in old.evidence}
    if not owners:
        return list(folded)
    moved: dict[str, list[Evidence]] = defaultdict(list)
    threads: dict[str, Counter[str]] = defaultdict(Counter)
    left: list[Entry] = []
    for entry in folded:
        owned = Counter(owners[key] for item in entry.evidence if (key := evidence_key(item)) in owners)
        if not owned:
            left.append(entry)
            continue
        for item in entry.evidence:
            owner = owners.get(evidence_key(item)) or _most(owned)
            moved[owner].append(item)
            threads[owner][entry.policy] += 1
    by_id = {old.id: old for old in known}
    return left + [_regrouped(by_id[name], moved[name], _most(threads[name])) for name in sorted(moved)]


def _most(counts: Counter[str]) -> str:
    return min(counts, key=lambda name: (-counts[name], name))


def _regrouped(old: Entry, items: Iterable[Evidence], policy: str) -> Entry:
    """A recorded entry as its evidence describes it now, in the thread that most of it belongs to."""
    fields = describe(old.stage, map(claim_of, items)) | {"jurisdiction": old.jurisdiction, "policy": policy}
    return old.model_copy(update=fields)


def _partners(known: Sequence[Entry], folded: Sequence[Entry]) -> dict[int, Entry]:
    """For each folded entry (by index) the recorded one that it continues: the pairs that share most come first."""
    scores = _shared(known, folded)
    by_id = {old.id: old for old in known}
    partners: dict[int, Entry] = {}
    taken: set[str] = set()
    for (index, name), _ in sorted(scores.items(), key=lambda pair: (-pair[1], pair[0])):
        if index not in partners and name not in taken:
            partners[index] = by_id[name]
            taken.add(name)
    return partners


def _shared(known: Sequence[Entry], folded: Sequence[Entry]) -> Counter[tuple[int, str]]:
    """How much each folded entry shares with each recorded one. Entries of another stage or place share sentences
    only where a person moved them there."""
    sentences: dict[EvidenceKey, str] = {}
    articles: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for old in known:
        for item in old.evidence:
            sentences[evidence_key(item)] = old.id
            articles[item.url, old.jurisdiction, old.stage.value].add(old.id)
    ids = {old.id for old in known}
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


def _policies(folded: Sequence[Entry], partners: dict[int, Entry], known: Sequence[Entry]) -> dict[str, str]:
    """Folded policy id → the id to record: that of most recorded entries in the thread, each recorded one once."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for index, entry in enumerate(folded):
        votes[entry.policy].update(_vote(partners.get(index)))
    wishes = [(-count, new, past) for new, counter in votes.items() for past, count in counter.items()]
    result: dict[str, str] = {}
    for _, new, past in sorted(wishes):
        if new not in result and past not in result.values():
            result[new] = past
    taken = {entry.policy for entry in known} | set(result.values())
    for new in sorted(votes.keys() - result.keys()):
        result[new] = _free(new, taken)
        taken.add(result[new])
    return result


def _vote(old: Entry | None) -> list[str]:
    """The recorded policy that an entry asks to keep; one that a person put there speaks for itself only."""
    return [old.policy] if old is not None and "policy" not in old.locked else []


def _free(name: str, taken: set[str]) -> str:
    """`name`, or a name derived from it that is not taken."""
    count, free = 0, name
    while free in taken:
        count += 1
        free = short_id(name, str(count))
    return free
