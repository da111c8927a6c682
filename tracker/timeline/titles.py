"""What an entry is called: what a report said of it, in the report's own words.

For the news of an article that is its headline. For older steps it is the sentence that proves them, where that says
something alone. Else it is the label (`labels.py`).
"""

from collections.abc import Iterator, Sequence

from tracker.model import Entry, Evidence
from tracker.timeline.clauses import clause, needs_nothing
from tracker.timeline.describe import by_stage, telling_order
from tracker.timeline.headlines import MIN_WORDS, headline
from tracker.timeline.history import corrected_articles
from tracker.timeline.labels import bare_label, label
from tracker.timeline.matters import named_matter
from tracker.timeline.words import tokens
from tracker.whitespace import as_seen


def entry_title(entry: Entry) -> str:
    """The title of an entry, never empty."""
    told = next((text for text, _ in _told(entry)), "")
    return told or label(entry) or _last_resort(entry)


def title_source(entry: Entry) -> Evidence | None:
    """The report whose headline or sentence the title is; None for a label, or for a person's own words."""
    return next((item for text, item in _told(entry) if text == entry.title), None)


def _told(entry: Entry) -> Iterator[tuple[str, Evidence]]:
    """What reports say of the step, the best first; what tells of another stage comes last."""
    for items in by_stage(entry.stage, entry.evidence, corrected_articles(entry)):
        yield from _told_by(entry, items)


def _told_by(entry: Entry, items: Sequence[Evidence]) -> Iterator[tuple[str, Evidence]]:
    ordered = sorted(items, key=lambda item: (-item.finding.score, telling_order(item)))
    for item in ordered:
        if item.finding.primary and (text := headline(item.title, item.publisher, item.url)) and _concerns(text, item):
            yield text, item
    about = named_matter(entry.topic, entry.evidence)
    for item in sorted(ordered, key=lambda item: item.finding.date != entry.date):
        if (text := clause(item.finding.said)) and _tells(text, about, item):
            yield text, item


def _concerns(text: str, item: Evidence) -> bool:
    """True where a headline has a telling word in common with what was found: an article may hold several stories."""
    told = item.finding
    return not _own_words(text, item).isdisjoint(tokens(f"{told.said} {told.subject} {told.instrument}"))


def _tells(text: str, about: str, item: Evidence) -> bool:
    """True where a sentence names what it is about, so that it can stand alone."""
    return not _own_words(text, item).isdisjoint(tokens(f"{item.title} {about}"))


def _own_words(text: str, item: Evidence) -> set[str]:
    """The telling words of a text but for the place and the body, which every report there names."""
    return set(tokens(text)).difference(tokens(item.finding.jurisdiction_name), tokens(item.finding.body))


def _last_resort(entry: Entry) -> str:
    """A sentence that stands alone whatever it names, or who acted on a rule that nothing names."""
    said = (as_seen(item.finding.quote).rstrip(".") for item in entry.evidence)
    whole = next((text for text in said if needs_nothing(text) and len(text.split()) >= MIN_WORDS), "")
    return whole or bare_label(entry)
