"""(known entries, evidence) → Open | Support | Correct: what one more piece of evidence does to a timeline."""

from collections.abc import Iterable, Sequence

from tracker.model import Entry, Evidence
from tracker.timeline.actions import Action, Correct, Open, Support, change, opening
from tracker.timeline.claims import Claim, claim_of
from tracker.timeline.describe import describe, evidence_key
from tracker.timeline.draft import Draft, draft_of
from tracker.timeline.ids import short_id
from tracker.timeline.match import compare_claim
from tracker.timeline.reconcile import decided
from tracker.timeline.titles import entry_title


def choose(drafts: Iterable[Draft], claim: Claim) -> Draft | None:
    """The draft that the claim reports, the best if several fit; None if none does. Ties go to the one opened first."""
    best, best_rank = None, None
    for draft in drafts:
        match = compare_claim(draft, claim)
        if match and (best_rank is None or match.rank > best_rank):
            best, best_rank = draft, match.rank
    return best


def entry_from(claims: Sequence[Claim], entry_id: str, policy: str = "") -> Entry:
    """The entry that the evidence of one act makes."""
    stage = claims[0].stage
    fields = describe(stage, claims)
    entry = Entry.model_construct(id=entry_id, policy=policy, stage=stage, title="", **fields)  # type: ignore[arg-type]
    return entry.model_copy(update={"title": entry_title(entry)})


def merge(known: Sequence[Entry], evidence: Evidence) -> Open | Support | Correct:
    """What `evidence`, whose finding has a jurisdiction, does to the known entries; people's decisions stand."""
    claim, key = claim_of(evidence), evidence_key(evidence)
    old = next((entry for entry in known if key in map(evidence_key, entry.evidence)), None) or _reported(known, claim)
    if old is None:
        return opening(entry_from([claim], free_id(known, evidence)))
    others = [claim_of(item) for item in old.evidence if evidence_key(item) != key]
    new = entry_from([*others, claim], old.id, old.policy)
    return change(old, decided(old, new)) or Support(old, (), "already known")


def _reported(known: Sequence[Entry], claim: Claim) -> Entry | None:
    """The known entry that the claim reports."""
    drafts = [(draft_of(entry.jurisdiction, entry.stage, entry.evidence), entry) for entry in known if entry.evidence]
    chosen = choose((draft for draft, _ in drafts), claim)
    return next((entry for draft, entry in drafts if draft is chosen), None)


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
