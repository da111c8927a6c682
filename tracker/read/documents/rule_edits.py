"""What another version of a policy changed, as it is told: each edit of rule or of form, what the changed rules do and
which way they lead, and the topic of the policy. `Reader.read_edits` calls this with its encoder."""

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.kinds import Direction, Effect
from tracker.read.documents.policy_topics import policy_topic
from tracker.read.documents.rule_effects import direction_of, effect_of
from tracker.read.documents.rules_or_form import needed, rule_odds
from tracker.read.scorer import Vectors
from tracker.read.topics import OTHER

MOST_ASKED = 400
"""Edits of one document that the encoder is asked about, some ten seconds: what differs in more was written anew."""


@dataclass(frozen=True, slots=True)
class ReadEdit:
    """`odds`: log-odds that it changes a rule. `effect`, `direction`: of a changed rule; None of an edit of form."""

    odds: float
    changes_rule: bool
    effect: Effect | None = None
    direction: Direction | None = None


@dataclass(frozen=True, slots=True)
class ReadEdits:
    """All edits in their order, and the topic of the policy: `other` where that is not sure."""

    topic: str
    edits: tuple[ReadEdit, ...]


def read_edits(title: str, edits: Sequence[tuple[str, str]], by: Vectors | None) -> ReadEdits:
    """Of a policy's title and its edits, each the old and the new sentence, one of which may be empty. Without vectors,
    and where more than MOST_ASKED sentences differ, edits are told by their words; without them no topic is. Raises
    ScorerFault."""
    asked = by if len(edits) <= MOST_ASKED else None
    odds, limit = [rule_odds(old, new, asked) for old, new in edits], needed(asked)
    rules = [new or old for (old, new), odd in zip(edits, odds, strict=True) if odd >= limit]
    topic = policy_topic(title, rules[:MOST_ASKED], by) if by else OTHER
    return ReadEdits(topic, tuple(_read(*edit, odd, limit, topic) for edit, odd in zip(edits, odds, strict=True)))


def by_words(_title: str, edits: Sequence[tuple[str, str]]) -> ReadEdits:
    """The same where no reader is at hand."""
    return read_edits("", edits, None)


def _read(old: str, new: str, odds: float, limit: float, topic: str) -> ReadEdit:
    if odds < limit:
        return ReadEdit(odds, changes_rule=False)
    effect = effect_of(old, new)
    return ReadEdit(odds, True, effect, direction_of(old, new, effect, topic))
