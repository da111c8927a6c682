"""(known entries, evidence) → Open | Support | Correct: what one more piece of evidence does to a timeline."""

from collections.abc import Iterable, Sequence

from tracker.model import Entry, Evidence
from tracker.timeline.actions import Action, Correct, Open, Support, change, opening
from tracker.timeline.claims import Claim, claim_of
from tracker.timeline.describe import describe, evidence_key
from tracker.timeline.draft import Draft, draft_of
from tracker.timeline.ids import short_id
from tracker.timeline.match import compare_claim
from tracker.timeline.titles import entry_title


def choose(drafts: Iterable[Draft], claim: Claim) -> Draft | None:
    """The draft that the claim reports, the best if several fit; None if none does. Ties go to the one opened first."""
    best, best_rank = None, None
    for draft in drafts:
        match = compare_claim(draft, claim)
        if match and (best_rank is None or match.rank > best_rank):
            best, best_rank = draft, match.rank
    return best


def entry_from(evidence: Sequence[Evidence], entry_id: str, policy: str = "") -> Entry:
    """The entry that evidence of one act makes."""
    stage = evidence[0].finding.stage
    fields = describe(stage, evidence)
    entry = Entry.model_construct(id=entry_id, policy=policy, stage=stage, title="", **fields)  # type: ignore[arg-type]
    return entry.model_copy(update={"title": entry_title(entry)})


def merge(known: Sequence[Entry], evidence: Evidence) -> Open | Support | Correct:
    """What `evidence`, whose finding has a jurisdiction, does to the known entries."""
    pairs = [(draft_of(entry.jurisdiction, entry.stage, entry.evidence), entry) for entry in known if entry.evidence]
    chosen = choose((draft for draft, _ in pairs), claim_of(evidence))
    if chosen is None:
        return opening(entry_from([evidence], free_id(known, evidence)))
    old = next(entry for draft, entry in pairs if draft is chosen)
    others = [item for item in old.evidence if evidence_key(item) != evidence_key(evidence)]
    new = entry_from([*others, evidence], old.id, old.policy)
    kept = {name: getattr(old, name) for name in ("status", "revision", "locked", "revisions")}
    return change(old, new.model_copy(update=kept)) or Support(old, (), "already known")


def free_id(known: Sequence[Entry], evidence: Evidence) -> str:
    """An id for a new entry whose first evidence is `evidence`, not taken by a known one."""
    taken = {entry.id for entry in known}
    parts = (evidence.finding.jurisdiction or "", evidence.finding.stage.value, evidence.url)
    ids = (short_id(*parts, *([str(count)] if count else [])) for count in range(len(taken) + 1))
    return next(name for name in ids if name not in taken)


def apply(known: Sequence[Entry], action: Action) -> tuple[Entry, ...]:
    """The entries after `action`, the new one last."""
    if isinstance(action, Open):
        return (*known, action.entry)
    return tuple(action.entry if entry.id == action.entry.id else entry for entry in known)
