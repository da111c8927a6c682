"""What an entry is called: one title, which claims no more than its reports say.

A title that a person wrote wins everywhere. The news of an article is called by its headline, in quotation marks with
its outlet. Any other step, which a headline is not about, has its label (`labels.py`): who, which stage, about what; so
has what a record tells, by the names that the record has.
"""

import re
from collections.abc import Iterator

from tracker.model import Entry, EntryStatus, Evidence
from tracker.timeline.entry_fields import by_stage, news_order, outlet
from tracker.timeline.headlines import headline
from tracker.timeline.history import corrected_articles
from tracker.timeline.labels import LabelPart, actor, label, subject
from tracker.timeline.vocabulary import all_words, tokens

_QUOTATION = re.compile(r"“(?P<text>.*)” — ")
FRESH_DAYS = 3
"""Days between a step and its report: with more of them the news is often what came after it."""
COMMON = 3
"""Telling words that a headline then has in common with what stands around the sentence."""


def entry_title(entry: Entry) -> str:
    """The title of an entry, never empty."""
    return next((text for text, _ in _headlines(entry)), "") or label(entry)


def title_source(entry: Entry) -> Evidence | None:
    """The report whose headline the title is; None for a label, or for a person's own words."""
    return next((item for text, item in _headlines(entry) if text == entry.title), None)


def _headlines(entry: Entry) -> Iterator[tuple[str, Evidence]]:
    """The headlines of reports that tell of this very step, the surest first; of what a record tells none does."""
    own, _ = by_stage(entry.stage, entry.evidence, corrected_articles(entry))
    if any(item.is_record for item in own):
        return
    for item in sorted(own, key=lambda item: (-item.finding.score, news_order(item))):
        text = headline(item.title, item.publisher, item.url) if item.is_report and item.finding.primary else ""
        if text and _concerns(text, item):
            yield f"{quotation(text)} — {outlet(item)}", item


def title_provenance(entry: Entry) -> str:
    """Where each part of a title comes from, in words: a person, a headline, or sentences and headlines that name the
    body and the subject of a label."""
    if "title" in entry.locked or (entry.status is EntryStatus.CONFIRMED and entry.title != entry_title(entry)):
        return "set by a person"
    if source := title_source(entry):
        return f"the headline of {outlet(source)}"
    parts = {"body": actor(entry), "subject": subject(entry)}
    return "; ".join(f"{name}: {_part_provenance(name in entry.locked, found)}" for name, found in parts.items())


def _part_provenance(is_set: bool, found: LabelPart) -> str:
    if is_set:
        return "set by a person"
    if not found.source:
        return "no report names it here"
    if found.source.is_record:
        return f"“{found.words}”, a record of {outlet(found.source)}"
    return f"“{found.words}”, {'the headline' if found.in_title else 'a sentence'} of {outlet(found.source)}"


def quotation(text: str) -> str:
    """`Ban “survives” vote` → `“Ban ‘survives’ vote”`."""
    inner, opened = "", False
    for mark in text:
        if mark in '“”"':
            mark = "’" if opened else "‘"
            opened = not opened
        inner += mark
    return f"“{inner}”"


def headline_in(title: str) -> str:
    """What stands in quotation marks in a title that is a headline; empty for any other."""
    found = _QUOTATION.match(title)
    return found["text"] if found else ""


def _concerns(text: str, item: Evidence) -> bool:
    """True where a headline has a telling word in common with the sentence or the rule's name, or some with what stands
    around the sentence: an article may hold several stories. The sentence itself is no title."""
    found = item.finding
    if all_words(text) == all_words(found.said):
        return False
    # The place and the body are named by every report there.
    own = set(tokens(text)).difference(tokens(found.jurisdiction_name), tokens(found.body))
    if own & set(tokens(f"{found.said} {found.instrument}")):
        return True
    return len(own & set(tokens(f"{found.before} {found.after}"))) >= (1 if _is_fresh(item) else COMMON)


def _is_fresh(item: Evidence) -> bool:
    day = item.finding.date
    return day is not None and day.precision == "day" and abs((day.first_day() - item.published).days) <= FRESH_DAYS
