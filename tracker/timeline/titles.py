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


MAX_TITLE_WORDS = 4
"""The most telling words of the subject stand first; more of them make a list, not a title."""


def has_place(body: str, place: str) -> bool:
    """True where the body's name holds a word of the place's: "Milwaukee Police Department"."""
    return bool(
        set(body.lower().split()) & {word for word in place.lower().split() if len(word) > 3 or word == place.lower()}
    )


def full_body(body: str, place: str) -> str:
    """The body with its place in front where it does not name it; the place alone where no body is known."""
    outside = branch(body) in ("court", "state")
    return body if body and (outside or has_place(body, place)) else f"{place} {body}".strip()


def with_subject(sentence: str, subject: str, place: str) -> str:
    """`ordinance: plastic bags`; left out are the place's name, and a subject that the
    sentence already names."""
    named, here = set(tokens(sentence)), set(tokens(place))
    words = [word for word in subject.split() if not here.issuperset(tokens(word)) or not tokens(word)]
    short = " ".join(words[:MAX_TITLE_WORDS])
    return sentence if not short or (named - here) & set(tokens(short)) else f"{sentence}: {short}"


def is_suspension(evidence: Sequence[Evidence]) -> bool:
    """True where the quoted sentences speak of a suspension rather than an end."""
    return any(SUSPENDS.search(item.finding.quote) for item in evidence)


def entry_title(entry: Entry) -> str:
    """`Milwaukee Police Department adopts standard operating procedures: immigration enforcement`."""
    body, place = full_body(entry.body, entry.jurisdiction_name), entry.jurisdiction_name
    instrument = entry.instrument or entry.identifier or UNNAMED
    return with_subject(_sentence(entry, body, instrument), entry.subject, place)


def _sentence(entry: Entry, body: str, instrument: str) -> str:
    """Who did what to which instrument."""
    if entry.stage is Stage.EFFECTIVE:
        plural = instrument.endswith("s") and not instrument.endswith("ss")
        return f"{body}: {instrument} {'take' if plural else 'takes'} effect"
    if entry.stage is Stage.BLOCKED and branch(entry.body) not in ("court", "state"):
        return f"{entry.jurisdiction_name}: {instrument} blocked"
    suspended = entry.stage is Stage.RESCINDED and is_suspension(entry.evidence)
    return f"{body} {'suspends' if suspended else VERBS[entry.stage]} {instrument}"
