"""Plain labels: who, which stage, about what, each by words that stand in the entry's own sentences or headlines.

`Anchorage Assembly, change adopted: plastic bags`. What a step does to a rule (bans, repeals, delays) is not said:
*change* is true of all of it. What no word supports is left out, and the place stands for a body that nothing names.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.model import Entry, Evidence, Finding
from tracker.read.branches import OUTSIDE, branch, branches
from tracker.timeline.describe import EVEN, by_stage, telling_order
from tracker.timeline.history import corrected_articles
from tracker.timeline.matters import is_passing, joined, matter_in, names_matter
from tracker.timeline.naming import UNNAMED, full_body, instrument_name, numbered
from tracker.timeline.phrases import stage_in, stage_label
from tracker.timeline.words import NUMBERED_FOR_GOOD, all_words, identifier_parts


@dataclass(frozen=True, slots=True)
class Support:
    """Words of a label, and the report whose sentence, or headline, has them: None for what a person set, or what is
    known of every entry."""

    words: str = ""
    source: Evidence | None = None
    in_title: bool = False


def label(entry: Entry) -> str:
    """Who, which stage, about what: one plain line, never empty."""
    who, what, step = actor(entry).words, subject(entry).words, _step(entry)
    if not (step or what):
        what = UNNAMED  # the topic is a guess on the whole article: no sentence says it
    named = f"{who}, {step}" if step else who
    return f"{named}: {what}" if what else named


def _step(entry: Entry) -> str:
    """The stage, where a sentence says it of which the reader is surer than not, or a person."""
    if "stage" in entry.locked:
        return stage_label(entry.stage)
    sure = (item.finding for item in _reports(entry) if item.finding.score >= EVEN)
    return next((step for finding in sure if (step := stage_in(entry.stage, finding))), "")


def actor(entry: Entry) -> Support:
    """The body, where a sentence or a headline of the step names it; else the place."""
    place = Support(entry.jurisdiction_name)
    if not branch(entry.body) or branch(entry.body) in OUTSIDE:
        return place
    named = full_body(entry.body, entry.jurisdiction_name)
    if "body" in entry.locked:
        return Support(named)
    for item in _reports(entry):
        if item.finding.body == entry.body:
            for in_title in (False, item.finding.primary):
                if _names_body(item, in_title=in_title):
                    return Support(named, item, in_title)
    return place


def _names_body(item: Evidence, *, in_title: bool) -> bool:
    """True where the reader marked the body there, or all words of its name stand there, and no other branch of
    government: which of two acted, no list of words can tell."""
    found = item.finding
    if branches((item.title if in_title else found.said).lower()) - {branch(found.body)}:
        return False
    if any(
        mark.field == "body" and _is_in(mark.start, mark.end, mark.in_title, found, in_title) for mark in found.marks
    ):
        return True
    own = set(all_words(found.body)).difference(all_words(found.jurisdiction_name), _SMALL)
    return bool(own) and own <= set(all_words(item.title if in_title else found.said))


_SMALL = frozenset({"of", "and", "the", "for", "city", "county", "town", "village"})


def _is_in(start: int, end: int, marked_title: bool, found: Finding, in_title: bool) -> bool:
    if marked_title or in_title:
        return marked_title and in_title
    return found.start <= start and end <= found.end


def subject(entry: Entry) -> Support:
    """What it is about: the number or name of its rule, and its matter, by words of a sentence, else of a headline."""
    if "subject" in entry.locked and entry.subject:
        return Support(entry.subject)
    reports = _reports(entry)
    texts = [(item, False, item.finding.said) for item in reports]
    texts += [(item, True, item.title) for item in reports]
    for words_in in (_named, _matter):
        for item, in_title, text in texts:
            words = words_in(entry, text)
            if words and (not in_title or _is_near(entry, item)):
                return Support(words, item, in_title)
    return next((Support(name, item) for item, _, text in texts if (name := rule_in(entry, text))), Support())


def _is_near(entry: Entry, item: Evidence) -> bool:
    """True for the news of an article, and where what stands around the sentence names the matter of its headline too:
    an article may hold several stories."""
    found = item.finding
    around = f"{found.before} {found.said} {found.after}"
    return found.primary or names_matter(matter_in(entry.topic, item.title)[0], around)


def _named(entry: Entry, text: str) -> str:
    """The number of the rule, or its name where that says more than that there is a rule, with the matter."""
    matter = _matter(entry, text)
    if has_number(entry.identifier, text):
        return ", ".join(part for part in (numbered(entry.identifier), matter) if part)
    name = rule_in(entry, text)
    rule, rest = joined(name, matter, entry.jurisdiction_name)
    return rest or rule if " " in name else ""


def _matter(entry: Entry, text: str) -> str:
    return matter_in(entry.topic, text)[1]


def rule_in(entry: Entry, text: str) -> str:
    """The name of the rule, where it stands in the text."""
    name = instrument_name(entry)
    if not name or is_passing(name):
        return ""
    return name if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE) else ""


def has_number(identifier: str, text: str) -> bool:
    kind, number = identifier_parts(identifier)
    return kind in NUMBERED_FOR_GOOD and number in all_words(text)


def _reports(entry: Entry) -> Sequence[Evidence]:
    """What tells of the step itself, its news first, then the surest."""
    own, _ = by_stage(entry.stage, entry.evidence, corrected_articles(entry))
    return sorted(own, key=lambda item: (not item.finding.primary, -item.finding.score, telling_order(item)))
