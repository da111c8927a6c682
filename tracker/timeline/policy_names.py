"""What a policy is called: who, which rule, about what, each by words that stand in the reports of its entries."""

from collections import Counter
from collections.abc import Iterable, Sequence

from tracker.model import Entry, EntryStatus, Evidence
from tracker.timeline.describe import telling_order
from tracker.timeline.labels import actor, has_number, rule_in, subject
from tracker.timeline.matters import joined, leading_matter
from tracker.timeline.naming import UNNAMED, has_place, numbered, with_rest


def policy_name(entries: Sequence[Entry]) -> str:
    """`Milwaukee Police SOP 130: immigration enforcement`: body, number (or else instrument) and matter."""
    live = [entry for entry in entries if entry.status is not EntryStatus.REJECTED] or list(entries)
    place = live[0].jurisdiction_name
    rule = _number(live) or _instrument(live)
    named, rest = joined(rule, _matter(live), place)
    if not named and not rest:
        named = UNNAMED
    body = _body(live).removesuffix(" Department")
    return with_rest(named if named and has_place(named, place) else f"{body} {named}".strip(), rest)


def _matter(entries: Sequence[Entry]) -> str:
    """What a person calls it, else what the reports of all entries name most; empty where they name nothing."""
    fullest = max(entries, key=lambda entry: ("subject" in entry.locked, len(entry.evidence), bool(entry.subject)))
    if "subject" in fullest.locked:
        return fullest.subject
    found = leading_matter(fullest.topic, sorted(_evidence(entries), key=telling_order))
    return found or next((words for entry in entries if (words := subject(entry).words)), "")


def _evidence(entries: Iterable[Entry]) -> Iterable[Evidence]:
    return (item for entry in entries for item in entry.evidence)


def _body(entries: Sequence[Entry]) -> str:
    """The body that acts in most entries, by words of their reports; else the place."""
    who = [actor(entry) for entry in entries]
    voices = Counter(one.words for entry, one in zip(entries, who, strict=True) if one.source or "body" in entry.locked)
    first, *others = voices.most_common()[:2] or [(entries[0].jurisdiction_name, 0)]
    return entries[0].jurisdiction_name if others and others[0][1] == first[1] else first[0]


def _number(entries: Sequence[Entry]) -> str:
    """The number by which the procedure stands, where a sentence or a headline has it."""
    voices = Counter(
        entry.identifier
        for entry in entries
        if any(
            has_number(entry.identifier, text) for item in entry.evidence for text in (item.finding.said, item.title)
        )
    )
    return numbered(min(voices, key=lambda name: (-voices[name], name), default=""))


def _instrument(entries: Sequence[Entry]) -> str:
    """What more than half of the reports that name the policy call it; not a bill or a proposal, which it was only on
    its way."""
    voices = Counter[str]()
    for entry in entries:
        for name in {rule_in(entry, item.finding.said) or rule_in(entry, item.title) for item in entry.evidence} - {""}:
            voices[name] += 1
    best = min(voices, key=lambda name: (-voices[name], len(name), name), default="")
    return best if 2 * voices[best] > voices.total() else ""
