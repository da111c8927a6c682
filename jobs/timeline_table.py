"""Entries on the terminal: a table for each place, oldest first."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from rich.table import Table

from jobs.console import cell, table_console
from tracker.model import Entry
from tracker.publish import words
from tracker.read import gazetteer


def show(entries: Iterable[Entry], today: date) -> None:
    """Prints the entries by place; `entries` come in the order of places."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("When", no_wrap=True)
    table.add_column("Stage", no_wrap=True)
    table.add_column("What", ratio=5)
    table.add_column("Reported by", ratio=3)
    for place, members in groupby(entries, key=lambda entry: entry.jurisdiction):
        group = sorted(members, key=lambda entry: (entry.date or words.NO_DATE, entry.id))
        table.add_row(cell(_label(place, group[0]), "bold cyan"))
        for entry in group:
            table.add_row(*map(cell, _cells(entry, today)))
    table_console().print(table)


def _cells(entry: Entry, today: date) -> tuple[str, str, str, str]:
    body = entry.body if entry.body and entry.body.lower() not in entry.title.lower() else ""
    what = f"{entry.title} ({body})" if body else entry.title
    return words.when(entry), words.stage(entry, today), what, _sources(entry)


def _sources(entry: Entry) -> str:
    """The outlets of the independent reports; copies are counted."""
    reports = words.reports(entry)
    copies = sum(len(more) for _, more in reports)
    outlets = ", ".join(words.outlets(first for first, _ in reports))
    return f"{outlets} (+{words.count(copies, 'copy', 'copies')})" if copies else outlets


def _label(place: str, entry: Entry) -> str:
    found = gazetteer.load().get(place)
    return found.label if found else entry.jurisdiction_name
