"""Blocks of a rule: by whom, and of how much of it. Only a court or a higher government blocks a local rule."""

from tracker.model import Entry, Qualifier
from tracker.read.branches import OUTSIDE, branch

LONGEST = 160
"""Characters of a quoted sentence behind a standing; a longer one ends at a word."""


def is_qualified(step: Entry, by: Qualifier) -> bool:
    """True where a report says so of the step."""
    return any(by in item.finding.qualifiers for item in step.evidence)


def is_from_outside(block: Entry) -> bool:
    """True where the body that blocked is a court or a higher government, or a quoted sentence or its headline names
    one; what a person set as the body decides alone."""
    if branch(block.body) in OUTSIDE or "body" in block.locked:
        return branch(block.body) in OUTSIDE
    return is_qualified(block, Qualifier.FROM_ABOVE)


def names_rule(block: Entry) -> bool:
    """True where a quoted sentence holds the words by which the rule is named; a person's own word is enough."""
    if "instrument" in block.locked or not block.evidence:
        return True
    return any(block.instrument and block.instrument.lower() in item.finding.said.lower() for item in block.evidence)


def quoted(block: Entry) -> str:
    """The sentence of the first report, in quotation marks, cut at a word."""
    if not block.evidence:
        return ""
    said = block.evidence[0].finding.said
    short = said if len(said) <= LONGEST else f"{said[:LONGEST].rpartition(' ')[0]} …"
    return f"“{short}”"
