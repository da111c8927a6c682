"""The subject of a mail: what changed where. Pure."""

import re
from collections.abc import Collection, Sequence
from datetime import date

from tracker.model import Entry, OcdId, Stage
from tracker.publish import geography, safe, words
from tracker.publish.mail.hearing_news import hearings_ahead
from tracker.publish.mail.paragraphs import grouped
from tracker.publish.mail.sections import Sections
from tracker.timeline.how_sure import is_uncertain
from tracker.timeline.titles import headline_in

TITLE_IN_SUBJECT = 80
"""Characters of a title in a subject line: phones show some 70, mail programs on a desk 100."""
PLACE_IN_SUBJECT = 40
"""Characters of a place's name in a subject line."""
NAMED_DAYS = 6
"""Up to here a weekday names one day without doubt: "Thursday"."""
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def subject(sections: Sections, today: date, heard: str) -> str:
    """`Racine: police may no longer ask about status, and 5 more`; of a quiet week what was `heard`."""
    parts = [_news(sections.new, today)] if sections.new else []
    if sections.hearings and not sections.new:
        places = _named({one.jurisdiction for one in sections.hearings})
        parts.append(f"{hearings_ahead(sections.hearings)} in {places}")
    if sections.soon and not sections.new:
        parts.append(_starts(sections.soon, today))
    if sections.corrections:
        wrong = words.count(len(sections.corrections), "correction")
        parts.append(f"{wrong} about {_places([item.entry for item in sections.corrections])}")
    if sections.older and not sections.new:
        parts.append(f"{words.count(len(sections.older), 'older step')} recorded")
    if not parts:
        return f"Nothing new found, {heard}"
    return ("" if sections.new else "No new change, ") + ", ".join(parts)


def _news(new: Sequence[Entry], today: date) -> str:
    """Of the first entry, which is the most telling and never an uncertain one where there is a surer: what it says,
    with its place before it where that does not name it. The others are counted by policy."""
    first, more = new[0], len(grouped(new)) - 1
    title, place = _claim(first, today), safe.plain(first.jurisdiction_name)
    named = re.search(rf"(?<!\w){re.escape(place)}(?!\w)", headline_in(title) or title, re.IGNORECASE)
    line = title if named else f"{safe.shorten(place, PLACE_IN_SUBJECT)}: {title}"
    doubt = "Uncertain: " if is_uncertain(first) else ""
    return f"{doubt}{line}{f', and {more:,} more' if more else ''}"


def _claim(entry: Entry, today: date) -> str:
    """A headline, whose outlet goes before words of it do; else the title, and what was done when, where it does not
    say so."""
    title, done = safe.plain(entry.title), words.stage(entry, today).lower()
    if said := headline_in(title):
        return title if len(title) <= TITLE_IN_SUBJECT else f"“{safe.shorten(said, TITLE_IN_SUBJECT)}”"
    if done in title.lower() or "title" in entry.locked:
        return safe.shorten(title, TITLE_IN_SUBJECT)
    step = f", {done} {words.when(entry)}"
    return f"{safe.shorten(title, TITLE_IN_SUBJECT - len(step))}{step}"


def _named(places: Collection[OcdId]) -> str:
    """The bare names of some places, or how many there are."""
    if len(places) > 2:
        return words.count(len(places), "place")
    names = [safe.plain(geography.name_of(place)).partition(",")[0] for place in sorted(places)]
    return words.series([safe.shorten(name, PLACE_IN_SUBJECT) for name in names])


def _places(entries: Sequence[Entry]) -> str:
    places = {entry.jurisdiction: entry for entry in entries}
    if len(places) > 2:
        return words.count(len(places), "place")
    bare = [safe.plain(entry.jurisdiction_name) for entry in places.values()]
    alike = len(set(bare)) < len(bare)
    names = [safe.plain(geography.label(entry)) for entry in places.values()] if alike else bare
    return words.series([safe.shorten(name, PLACE_IN_SUBJECT) for name in names])


def _starts(soon: Sequence[Entry], today: date) -> str:
    """`1 takes effect Thursday in Milwaukee`."""
    ends = {entry.stage is Stage.RESCINDED for entry in soon}
    one, many = ("ends", "end") if ends == {True} else ("takes effect", "take effect")
    verb = f"{many} or end" if len(ends) > 1 else one if len(soon) == 1 else many
    days = {_coming_day(entry, today) for entry in soon}
    return f"{len(soon)} {verb} {days.pop() if len(days) == 1 else 'soon'} in {_places(soon)}"


def _coming_day(entry: Entry, today: date) -> str:
    """`today`, `tomorrow`, `Thursday`, `July 20`, `in July 2017`, `between March 2 and March 9, 2026`."""
    if entry.date is None or entry.date.precision != "day":
        return entry.date.as_adverb() if entry.date else f"in {words.when(entry)}"
    ahead = (entry.date.first_day() - today).days
    if ahead < 2:
        return "today" if ahead == 0 else "tomorrow"
    return (
        WEEKDAYS[entry.date.first_day().weekday()] if ahead <= NAMED_DAYS else entry.date.in_words().partition(",")[0]
    )
