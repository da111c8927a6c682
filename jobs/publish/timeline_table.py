"""Entries on the terminal: a table for each place, oldest first."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from jobs.table import Column
from jobs.table import show as show_table
from tracker.model import Entry
from tracker.publish import words
from tracker.read.places import gazetteer
from tracker.timeline.threads import in_order

COLUMNS = (
    Column("Place", heads=True),
    Column("When"),
    Column("Stage"),
    Column("What", ratio=5),
    Column("Reported by", ratio=3),
)


def show(entries: Iterable[Entry], today: date) -> None:
    """Prints the entries by place; `entries` come in the order of places."""
    show_table(COLUMNS, _rows(entries, today))


def _rows(entries: Iterable[Entry], today: date) -> Iterator[tuple[str, ...]]:
    for place, members in groupby(entries, key=lambda entry: entry.jurisdiction):
        group = in_order(members)
        label = _label(place, group[0])
        yield from ((label, *_cells(entry, today)) for entry in group)


def _cells(entry: Entry, today: date) -> tuple[str, ...]:
    return words.when(entry), words.stage(entry, today), entry.title, _sources(entry)


def _sources(entry: Entry) -> str:
    """The outlets of the independent reports; copies are counted."""
    reports = words.reports(entry)
    copies = sum(len(more) for _, more in reports)
    outlets = ", ".join(words.outlets(first for first, _ in reports))
    return f"{outlets} (+{words.count(copies, 'copy', 'copies')})" if copies else outlets


def _label(place: str, entry: Entry) -> str:
    found = gazetteer.load().get(place)
    return found.label if found else entry.jurisdiction_name
