"""Policies: what the entries of a thread make together."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from tracker.model import Entry, Policy
from tracker.timeline.entry_fields import most_reported, news_order
from tracker.timeline.labels import policy_name
from tracker.timeline.standing.standing import standing
from tracker.timeline.threads import in_order, policy_id


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
    evidence = sorted((item for entry in ordered for item in entry.evidence), key=news_order)
    return most_reported(evidence, lambda item: item.finding.topic) or ordered[0].topic


def by_policy(entries: Iterable[Entry]) -> tuple[Policy, ...]:
    """Entries grouped by the policy that they name (as recorded, a person's merges and splits included)."""
    groups: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        groups[entry.policy].append(entry)
    return tuple(policy_from(group, policy_id) for policy_id, group in sorted(groups.items()))


def with_standing(policy: Policy, as_of: date) -> tuple[Entry, ...]:
    """The entries of a policy, complete, with the facts of the policy that they do not hold themselves."""
    how = standing(policy.entries, as_of)
    facts = {
        "policy_name": policy.name,
        "standing": how.state.value if how and not how.open else "",
        "standing_line": how.words if how else "",
    }
    return tuple(entry.model_copy(update=facts) for entry in policy.entries)
