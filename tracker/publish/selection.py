"""What of a timeline readers are shown, by the setting `publish`."""

from tracker.coverage import PlaceTimeline
from tracker.model import Policy, Publish
from tracker.timeline.how_sure import is_published


def published(timeline: PlaceTimeline, publish: Publish) -> PlaceTimeline:
    """The timeline with what is to be shown; a policy of which nothing is left is left out."""
    if publish == Publish.ALL:
        return timeline
    shown = (published_policy(policy, publish) for policy in timeline.policies)
    return timeline.model_copy(update={"policies": tuple(policy for policy in shown if policy.entries)})


def published_policy(policy: Policy, publish: Publish) -> Policy:
    """The policy with the entries that are to be shown."""
    kept = tuple(entry for entry in policy.entries if is_published(entry, publish))
    return policy.model_copy(update={"entries": kept})
