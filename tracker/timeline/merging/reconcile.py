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
from collections.abc import Iterator, Sequence

from tracker.model import Entry, EntryStatus
from tracker.timeline.entry_fields import EvidenceKey, evidence_key
from tracker.timeline.history import EVIDENCE, POLICY, STATUS, is_taken_back, lost_articles
from tracker.timeline.ids import short_id
from tracker.timeline.merging.fold import Folded
from tracker.timeline.merging.intents import KEPT, SHOWN, Intent, Open, Retire, change, changes_between, opening
from tracker.timeline.merging.placement import Placement, as_people_put_it, copies_of_rejected
from tracker.timeline.threads import Pair, assign
from tracker.timeline.titles import entry_title

WITH = {"jurisdiction": ("jurisdiction_name", "candidates"), "date": ("basis",), STATUS: ()}
"""Fields that a person's decision on another field covers too."""
SAME_SENTENCE, SAME_ARTICLE, SAME_ID = 1_000_000, 1_000, 1
"""Weights of what a folded and a recorded entry share: one sentence counts for more than any number of articles."""


def reconcile(known: Sequence[Entry], folded: Folded, others: Sequence[Entry] = ()) -> tuple[Intent, ...]:
    """The actions that turn the recorded entries into what the evidence now says; none where they agree already.

    `known` are the recorded entries of the touched places and all others that hold evidence of these places. Where only
    some stages were folded anew, `others` are the entries of the other stages; of these only the policies change."""
    placed = as_people_put_it(known, folded)
    by_id = {old.id: old for old in known}
    pairs: list[Pair] = [(entry, by_id[name]) for name, entry in placed.owned.items()]
    left = _without_copies(known, placed)
    pairs += _paired([old for old in known if old.id not in placed.owned], left)
    pairs = [(decided(old, entry) if old else entry, old) for entry, old in pairs]
    pairs += [(other, other) for other in others if other.evidence]
    matched = {old.id for _, old in pairs if old}
    retired = [_retire(entry) for entry in known if entry.id not in matched]
    return tuple(action for action in (*_brought_up(pairs, (*known, *others)), *retired) if action)


def _brought_up(pairs: Sequence[Pair], recorded: Sequence[Entry]) -> Iterator[Intent | None]:
    """What is to be done to each entry that evidence supports, its policy included."""
    taken = {entry.id for entry in recorded}
    for (entry, old), policy in zip(pairs, assign(pairs, {entry.policy for entry in recorded}), strict=True):
        kept = old is not None and POLICY in kept_fields(old)
        new = entry if kept or entry.policy == policy else entry.model_copy(update={POLICY: policy})
        yield change(old, new) if old else _open(new, taken)


def _without_copies(known: Sequence[Entry], placed: Placement) -> list[Entry]:
    """The entries that are left, rejected where they only copy what a person rejected."""
    rejected = {old.id for old in known if old.status is EntryStatus.REJECTED and not is_taken_back(old)}
    copies = copies_of_rejected(placed, rejected) if rejected else set()
    update = {STATUS: EntryStatus.REJECTED}
    return [entry.model_copy(update=update) if entry.id in copies else entry for entry in placed.left]


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
    if old.status is EntryStatus.CONFIRMED or STATUS in old.locked:
        update["locked"] = old.locked | {STATUS}
    else:
        update["status"] = EntryStatus.REJECTED  # also what was rejected as a copy: that was the program
    new = old.model_copy(update=update)
    changes = changes_between(old, new)
    return Retire(new.model_copy(update={"revision": old.revision + 1}), changes, "no article supports this any longer")


def decided(old: Entry, new: Entry) -> Entry:
    """`new` with everything that people decided on `old`, its id and its history."""
    fields = {name: getattr(new, name) for name in (*SHOWN, *KEPT, EVIDENCE)}
    kept = kept_fields(old)
    fields.update({name: getattr(old, name) for name in kept if name in fields and name != EVIDENCE})
    if old.status is EntryStatus.CONFIRMED:
        fields[STATUS] = old.status
    entry = old.model_copy(update=fields)
    if not kept or "title" in kept:
        return entry  # called as its evidence has it, or as a person has
    return entry.model_copy(update={"title": entry_title(entry)})


def kept_fields(old: Entry) -> set[str]:
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
