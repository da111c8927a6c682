"""Where people put evidence, it stays: the folded entries, rearranged by what people decided on the recorded ones.

An entry that a person acted on has "evidence" locked. The evidence that it held then is its own, whatever the rules say
now. What joined it since was placed by the program, and is placed anew with every article that is read; it stays only
where nothing else is left. The same is asked for evidence that changed or came since:

- a sentence that is read in another way, or an article that is read again, goes where its old reading was;
- an article whose finding a reader had lost goes back when a reader finds it again;
- a report that fits what a person corrected (and not what the articles said) supports the corrected entry.

What no such rule places goes with most of its neighbours in the folded entry, as everywhere else.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tracker.model import Basis, Entry, Evidence, Stage
from tracker.timeline.claims import claim_of
from tracker.timeline.entry_fields import EvidenceKey, evidence_key, fields_of
from tracker.timeline.history import EVIDENCE, corrected_articles, lost_articles, seen_articles
from tracker.timeline.merging.clusters import draft_of
from tracker.timeline.merging.fold import Folded
from tracker.timeline.merging.match import match

MATCHED_BY = ("jurisdiction", "stage", "date", "topic", "subject", "identifier", "body", "instrument")
"""Fields that matching looks at: where a person set one, reports are compared with the person's word."""

Owners = dict[EvidenceKey, str]
"""Evidence → the id of the entry that it belongs to by a person's decision."""


@dataclass(frozen=True, slots=True)
class Placement:
    """`left` are folded entries that no decision concerns; `owned` is what belongs to entries that people acted on."""

    left: list[Entry]
    owned: dict[str, Entry] = field(default_factory=dict)


def as_people_put_it(known: Sequence[Entry], folded: Folded) -> Placement:
    """The folded entries with the evidence that people decided on taken to where it belongs. A loose report that the
    program places nowhere stays where a person put it."""
    pinned = [old for old in known if EVIDENCE in old.locked]
    if not pinned:
        return Placement(list(folded.entries))
    owners = _owners(pinned, known, folded)
    return _regrouped(owners, {old.id: old for old in pinned}, folded)


def _owners(pinned: Sequence[Entry], known: Sequence[Entry], folded: Folded) -> Owners:
    pieces = {evidence_key(item): item for entry in folded.entries for item in entry.evidence}
    pieces |= {evidence_key(item): item for item in folded.unplaced}
    own, lost = _own(pinned, pieces)
    owners = {key: name for name, items in own.items() for item in items if (key := evidence_key(item)) in pieces}
    held = {evidence_key(item) for old in known for item in own.get(old.id, old.evidence)}
    fresh = {key: item for key, item in pieces.items() if key not in held}
    owners |= _read_anew(own, pieces, fresh)
    owners |= _found_again(pinned, lost, {key: item for key, item in fresh.items() if key not in owners})
    for entry in folded.entries:
        keys = list(map(evidence_key, entry.evidence))
        if all(key in fresh and key not in owners for key in keys):
            owner = _corrected(entry, pinned, own)
            owners |= dict.fromkeys(keys, owner) if owner else {}
    return owners


def _own(
    pinned: Sequence[Entry], pieces: Mapping[EvidenceKey, Evidence]
) -> tuple[dict[str, Sequence[Evidence]], dict[str, set[str]]]:
    """By the id of each entry: the evidence that is its own by a person's decision, and the articles that it lost and
    that come back to it. Both are of the articles that the person looked at, as long as one of these tells of
    anything."""
    told = {item.url for item in pieces.values()}
    own, lost = dict[str, Sequence[Evidence]](), dict[str, set[str]]()
    for old in pinned:
        seen = seen_articles(old)
        looked_at = [item for item in old.evidence if item.url in seen]
        stands = any(item.url in told for item in looked_at)
        own[old.id] = looked_at if stands else old.evidence
        lost[old.id] = lost_articles(old) & seen if stands else lost_articles(old)
    return own, lost


def _read_anew(
    own: Mapping[str, Sequence[Evidence]],
    pieces: Mapping[EvidenceKey, Evidence],
    fresh: Mapping[EvidenceKey, Evidence],
) -> Owners:
    """New readings in the place of old ones that are gone, each old one once, the most alike first."""
    gone = [(name, item) for name, items in own.items() for item in items if evidence_key(item) not in pieces]
    by_url = _by_url(fresh)
    pairs = [
        (likeness, owner, evidence_key(item), key)
        for owner, item in gone
        for key, other in by_url[item.url]
        if any(likeness := _likeness(item, other))
    ]
    return _one_to_one((likeness, (owner, gone_key), key) for likeness, owner, gone_key, key in pairs)


def _by_url(pieces: Mapping[EvidenceKey, Evidence]) -> defaultdict[str, list[tuple[EvidenceKey, Evidence]]]:
    found = defaultdict[str, list[tuple[EvidenceKey, Evidence]]](list)
    for key, item in pieces.items():
        found[item.url].append((key, item))
    return found


def _likeness(old: Evidence, new: Evidence) -> tuple[int, ...]:
    """How well `new` is another reading of `old` in the same article; all 0 for not at all."""
    one, other = old.finding, new.finding
    common = min(one.end, other.end) - max(one.start, other.start)
    same_sentence = one.quote == other.quote or 2 * common > min(len(one.quote), len(other.quote))
    same_step = (one.jurisdiction, one.stage) == (other.jurisdiction, other.stage)
    if not same_sentence and not same_step:
        return (0,)
    return 1, same_step, same_sentence, one.date == other.date, one.subject == other.subject


def _one_to_one(pairs: Iterable[tuple[tuple[int, ...], tuple[str, object], EvidenceKey]]) -> Owners:
    """The best pairs first; each old piece and each new one is used once."""
    owners: Owners = {}
    used: set[object] = set()
    for _, (owner, old), key in sorted(pairs, key=lambda pair: (tuple(-part for part in pair[0]), str(pair[1:]))):
        if key not in owners and (owner, old) not in used:
            owners[key] = owner
            used.add((owner, old))
    return owners


def _found_again(
    pinned: Sequence[Entry], lost: Mapping[str, set[str]], fresh: Mapping[EvidenceKey, Evidence]
) -> Owners:
    """What an article says again for an entry that had lost it, one piece for each loss."""
    by_url = _by_url(fresh)
    pairs = [
        ((int(old.date == item.finding.date), int(old.subject == item.finding.subject)), (old.id, url), key)
        for old in pinned
        for url in lost[old.id]
        for key, item in by_url[url]
        if _same_step(old, item)
    ]
    return _one_to_one(pairs)


def _same_step(old: Entry, item: Evidence) -> bool:
    """True where the entry has, or once had, the place and the stage of the evidence."""
    return all(getattr(item.finding, name) in _values(old, name) for name in ("jurisdiction", "stage"))


def _values(entry: Entry, name: str) -> set[object]:
    changes = (change for revision in entry.revisions for change in revision.changes if change.field == name)
    return {getattr(entry, name), *(text for change in changes for text in (change.old, change.new))}


def _corrected(entry: Entry, pinned: Sequence[Entry], own: Mapping[str, Sequence[Evidence]]) -> str | None:
    """The entry that a person corrected and that all evidence of the folded entry reports, the nearest of them."""
    fits = []
    for old in pinned:
        if own[old.id] and not old.locked.isdisjoint(MATCHED_BY):
            cluster = draft_of(old.jurisdiction, old.stage, tuple(_as_corrected(old, item) for item in own[old.id]))
            matches = [match(cluster, claim_of(item)) for item in entry.evidence]
            if all(matches):
                fits.append((min(made.points for made in matches), old.id))
    return max(fits)[1] if fits else None


def _as_corrected(old: Entry, item: Evidence) -> Evidence:
    """The evidence as if it said what the person set."""
    fields = {name: getattr(old, name) for name in MATCHED_BY if name in old.locked}
    if "date" in fields:
        fields["basis"] = Basis.STATED if old.date else Basis.REPORTED
    return item.model_copy(update={"finding": item.finding.model_copy(update=fields)})


def _regrouped(owners: Owners, by_id: Mapping[str, Entry], folded: Folded) -> Placement:
    """Owned evidence by its owner, with the neighbours that nobody owns."""
    moved: defaultdict[str, list[Evidence]] = defaultdict(list)
    left: list[Entry] = []
    for item in folded.unplaced:
        if owner := owners.get(evidence_key(item)):
            moved[owner].append(item)
    for entry in folded.entries:
        owned = Counter(owners[key] for item in entry.evidence if (key := evidence_key(item)) in owners)
        if not owned:
            left.append(entry)
            continue
        for item in entry.evidence:
            owner = owners.get(evidence_key(item)) or _most(owned)
            moved[owner].append(item)
    return Placement(left, {name: _described(by_id[name], moved[name]) for name in sorted(moved)})


def _most(counts: Counter[str]) -> str:
    return min(counts, key=lambda name: (-counts[name], name))


def _described(old: Entry, items: Iterable[Evidence]) -> Entry:
    """A recorded entry as its evidence describes it now."""
    fields = fields_of(old.stage, map(claim_of, items), corrected_articles(old)) | {"jurisdiction": old.jurisdiction}
    return old.model_copy(update=fields)


def copies_of_rejected(placed: Placement, rejected: Collection[str]) -> set[str]:
    """The ids of the folded entries, among those left, of which all evidence copies what a person `rejected` in that
    place and stage, and nothing that stands. Another sentence of the same article is no copy of it."""
    told = _told(entry for name, entry in placed.owned.items() if name in rejected)
    candidates = {entry.id for entry in placed.left if all(_copies(entry, told))}
    if not candidates:
        return set()
    standing = [entry for name, entry in placed.owned.items() if name not in rejected]
    stands = _told([*standing, *(entry for entry in placed.left if entry.id not in candidates)])
    return {entry.id for entry in placed.left if entry.id in candidates and not any(_copies(entry, stands))}


Report = tuple[str, Stage, str]
"""A group of copies, told of one place and stage."""


def _told(entries: Iterable[Entry]) -> dict[Report, set[str]]:
    """The addresses at which each report is told."""
    found: defaultdict[Report, set[str]] = defaultdict(set)
    for entry in entries:
        for item in entry.evidence:
            found[entry.jurisdiction, entry.stage, item.report].add(item.url)
    return found


def _copies(entry: Entry, told: Mapping[Report, set[str]]) -> Iterator[bool]:
    own = {item.url for item in entry.evidence}
    return (bool(told.get((entry.jurisdiction, entry.stage, item.report), set()) - own) for item in entry.evidence)
