"""What a full-text index of the folder is made of: a small page an entry, from what the report shows, so that
nothing else is found. Pure; `jobs/publish/search_index.py` has Pagefind make the index.

What a page gives does not depend on the day: whether something is still ahead, `static/find.js` says.
"""

from collections.abc import Iterator, Mapping
from heapq import nlargest

from tracker.model import Effect, Entry
from tracker.publish import addresses, geography, words
from tracker.publish.report.catalogue import Catalogue
from tracker.publish.report.pages.search_page import label
from tracker.publish.report.policies import shown
from tracker.publish.report.render import File, templates
from tracker.publish.report.summaries import mark, mark_of_code
from tracker.publish.search_query import searchable_texts, tokens
from tracker.timeline.how_sure import how_sure

MOST = 25_000
"""Entries of one state, those reported last: Pagefind gets unreliable above some 30,000 pages."""
LEAST_LETTERS = 4
"""Of a word that is offered for another; shorter ones are near to many."""
FIRST, LAST = "0000-00-00", "9999-99-99"
"""Stand for the days of an entry without a date."""
Labels = dict[str, dict[str, str]]
"""By facet: how each of its values is written."""


def marks(catalogue: Catalogue) -> dict[str, str]:
    """Of each state that has entries (`wi`) a mark of what its places show; another one if any of them shows something
    else, or the code is another."""
    code = mark_of_code("tracker.publish")
    found: dict[str, str] = {}
    for state in catalogue.states():
        if its := _with_entries(catalogue, state):
            found[state.lower()] = mark(code, *(part for place in its for part in (place, catalogue.marks[place])))
    return found


def count_of(catalogue: Catalogue, state: str) -> int:
    """How many entries of a state the report shows."""
    return sum(one.entries for one in catalogue.policy_counts() if one.state == state.upper())


def entries_of(catalogue: Catalogue, state: str) -> Iterator[Entry]:
    """The entries of a state that the report shows, `MOST` at most, place by place."""
    some: set[str] | None = None
    if count_of(catalogue, state) > MOST:
        keys = ((words.first_report(entry), str(entry.date or ""), entry.id) for entry in _entries(catalogue, state))
        some = {name for _, _, name in nlargest(MOST, keys, key=lambda key: (str(key[0] or ""), key[1]))}
    return (entry for entry in _entries(catalogue, state) if some is None or entry.id in some)


def _entries(catalogue: Catalogue, state: str) -> Iterator[Entry]:
    for timeline in catalogue.timelines(_with_entries(catalogue, state.upper())):
        for policy in timeline.policies:
            for entry in shown(policy.entries):
                yield entry.model_copy(update={"policy_name": policy.name})


def _with_entries(catalogue: Catalogue, state: str) -> list[str]:
    return sorted(place.id for place in catalogue.places(state) if place.entries)


def record(entry: Entry) -> File:
    """The page that stands for an entry, at the address of the entry's own page."""
    quotes = list(dict.fromkeys(" ".join(first.finding.said.split()) for first, _ in words.reports(entry)))
    others = [text for texts in searchable_texts(entry).values() for text in texts if text and text not in quotes]
    lengths = " ".join(str(len(quote.split())) for quote in quotes)
    values = {
        "texts": [*quotes, *dict.fromkeys(others)],
        # By their lengths in words the quotes are told from all else when an answer is shown.
        "shown": {"title": entry.title, "when": words.when(entry), "days": _days(entry), "quotes": lengths},
        "facets": facets(entry),
    }
    page = templates().get_template("search_record.html.j2").render(entry=entry, **values)
    return f"{addresses.entry(entry.id)}index.html", page.encode("utf-8", "replace")


def vocabulary(entry: Entry) -> set[str]:
    """The folded words of an entry, without numbers and what is short."""
    said = {word for texts in searchable_texts(entry).values() for text in texts for word in tokens(text)}
    return {word for word in said if word.isalpha() and len(word) >= LEAST_LETTERS}


def facets(entry: Entry) -> dict[str, str]:
    """What the entry is narrowed by; empty where it has no such value."""
    return {
        "state": geography.state_code(entry.jurisdiction).lower(),
        "place": entry.jurisdiction,
        "topic": entry.topic,
        "stage": entry.stage.value,
        "effect": entry.effect.value if entry.effect and entry.effect is not Effect.UNCLEAR else "",
        "direction": entry.direction.value if entry.direction else "",
        "year": str(entry.date)[:4] if entry.date else "",
        "sure": how_sure(entry).word.value,
    }


def add_labels(labels: Labels, told: Mapping[str, str]) -> None:
    """Notes how the values of an entry's facets are written."""
    for name, value in told.items():
        if value and value not in labels.setdefault(name, {}):
            labels[name][value] = label(name, value)


def _days(entry: Entry) -> str:
    """`2017-06-01/2017-06-30`: the first and the last day that the date may be; it sorts as they do."""
    return f"{entry.date.first_day()}/{entry.date.last_day()}" if entry.date else f"{FIRST}/{LAST}"
