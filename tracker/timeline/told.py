"""Entries as they are shown: each with what its policy is called and how that stands on a day."""

from datetime import date

from tracker.model import Entry, Policy
from tracker.timeline.standing import standing


def told(policy: Policy, as_of: date) -> tuple[Entry, ...]:
    """The entries of a policy, complete, with the facts of the policy that they do not hold themselves."""
    how = standing(policy.entries, as_of)
    facts = {
        "policy_name": policy.name,
        "standing": how.state.value if how and not how.open else "",
        "standing_line": how.words if how else "",
    }
    return tuple(entry.model_copy(update=facts) for entry in policy.entries)
