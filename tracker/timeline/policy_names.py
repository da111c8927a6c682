"""What a policy is called: who, which rule, about what. Put together from all its entries."""

from collections import Counter
from collections.abc import Sequence

from tracker.model import Entry, EntryStatus
from tracker.timeline.describe import telling_order
from tracker.timeline.matters import is_passing, joined, named_matter
from tracker.timeline.naming import (
    OUTSIDE,
    UNNAMED,
    full_body,
    has_place,
    instrument_name,
    numbered,
    with_rest,
)
from tracker.timeline.phrases import is_whole, topic_words
from tracker.timeline.standing_numbers import STANDING
from tracker.timeline.words import branch, identifier_parts


def policy_name(entries: Sequence[Entry]) -> str:
    """`Milwaukee Police SOP 130: immigration enforcement`: body, number (or else instrument) and matter."""
    live = [entry for entry in entries if entry.status is not EntryStatus.REJECTED] or list(entries)
    place = live[0].jurisdiction_name
    rule = _standing_number(live) or _instrument(live)
    named, rest = joined(rule, _matter(live) or ("" if is_whole(rule) else topic_words(live[0].topic)), place)
    if not named and not rest:
        named = UNNAMED
    body = full_body(_acting_body(live), place).removesuffix(" Department")
    return with_rest(named if named and has_place(named, place) else f"{body} {named}".strip(), rest)


def _standing_number(entries: Sequence[Entry]) -> str:
    """The number of the procedure; that of an ordinance, which may only amend it, where half of the entries name it."""
    voices = Counter(entry.identifier for entry in entries if entry.identifier)
    best = min(voices, key=lambda name: (_kind(name) not in STANDING, -voices[name], name), default="")
    return numbered(best) if _kind(best) in STANDING or 2 * voices[best] >= len(entries) else ""


def _kind(identifier: str) -> str:
    return identifier_parts(identifier)[0]


def _matter(entries: Sequence[Entry]) -> str:
    """What a person calls it, else what the evidence of all entries names most; empty where it names nothing."""
    fullest = max(entries, key=lambda entry: ("subject" in entry.locked, len(entry.evidence), bool(entry.subject)))
    evidence = sorted((item for entry in entries for item in entry.evidence), key=telling_order)
    if "subject" in fullest.locked or not evidence:
        return fullest.subject
    return named_matter(fullest.topic, evidence)


def _acting_body(entries: Sequence[Entry]) -> str:
    """The body that has most to do with the policy: a court that blocks it, or voters, only where there is no other."""
    voices = Counter[str]()
    for entry in entries:
        if entry.body:
            voices[entry.body] += len({item.report for item in entry.evidence})
    return min(voices, key=lambda body: (branch(body) in (*OUTSIDE, ""), -voices[body], body), default="")


def _instrument(entries: Sequence[Entry]) -> str:
    """What most reports call the policy; not a bill or a proposal, which it was only on its way."""
    voices = Counter[str]()
    for entry in entries:
        if (name := instrument_name(entry)) and not is_passing(name):
            voices[name] += max(1, len({item.report for item in entry.evidence}))
    return min(voices, key=lambda name: (-voices[name], len(name), name), default="")
