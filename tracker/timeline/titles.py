"""Short, factual titles: who, what it did, to which instrument, about what. Every word comes from the evidence."""

import re
from collections.abc import Sequence

from tracker.model import Entry, Evidence, Stage
from tracker.timeline.words import branch, tokens

VERBS = {
    Stage.PROPOSED: "considers",
    Stage.ADOPTED: "adopts",
    Stage.RESCINDED: "rescinds",
    Stage.REJECTED: "rejects",
    Stage.BLOCKED: "blocks",
}
SUSPENDS = re.compile(r"\b(suspen|paus|on hold|halt|moratorium on enforce)", re.IGNORECASE)
"""A rule that is suspended is not gone; the stage is the same, the words must not be."""
UNNAMED = "policy change"
"""What is changed where no article names the instrument."""


def has_place(body: str, place: str) -> bool:
    """True where the body's name holds a word of the place's: "Milwaukee Police Department"."""
    return bool(
        set(body.lower().split()) & {word for word in place.lower().split() if len(word) > 3 or word == place.lower()}
    )


def full_body(body: str, place: str) -> str:
    """The body with its place in front where it does not name it; the place alone where no body is known."""
    outside = branch(body) in ("court", "state")
    return body if body and (outside or has_place(body, place)) else f"{place} {body}".strip()


def with_subject(instrument: str, subject: str) -> str:
    """`ordinance: plastic bags`; the subject is left out where the instrument already says it."""
    named = set(tokens(instrument))
    return instrument if not subject or set(tokens(subject)) <= named else f"{instrument}: {subject}"


def is_suspension(evidence: Sequence[Evidence]) -> bool:
    """True where the quoted sentences speak of a suspension rather than an end."""
    return any(SUSPENDS.search(item.finding.quote) for item in evidence)


def entry_title(entry: Entry) -> str:
    """`Milwaukee Police Department adopts standard operating procedures: immigration enforcement`."""
    body = full_body(entry.body, entry.jurisdiction_name)
    instrument = entry.instrument or entry.identifier or UNNAMED
    if entry.stage is Stage.EFFECTIVE:
        owner = full_body(entry.body, entry.jurisdiction_name)
        verb = "take effect" if instrument.endswith("s") and not instrument.endswith("ss") else "takes effect"
        return with_subject(f"{owner}: {instrument} {verb}", entry.subject)
    if entry.stage is Stage.BLOCKED and branch(entry.body) not in ("court", "state"):
        return with_subject(f"{entry.jurisdiction_name}: {instrument} blocked", entry.subject)
    verb = "suspends" if entry.stage is Stage.RESCINDED and is_suspension(entry.evidence) else VERBS[entry.stage]
    return with_subject(f"{body} {verb} {instrument}", entry.subject)
