"""What a search found, on the terminal: an entry a row in the order in which they answer, the same for programs."""

from datetime import date

from db.search.query import Found
from jobs.review.show import place_name
from jobs.table import Column
from jobs.table import show as show_table
from tracker.model import Entry
from tracker.publish import words
from tracker.publish.counts import count
from tracker.publish.exports.json import JsonExport
from tracker.publish.report.search_page import best_report
from tracker.publish.search_query import SearchQuery

COLUMNS = (
    *(Column(name) for name in ("Entry", "When", "Stage")),
    Column("Place and title", ratio=2),
    Column("Quote", ratio=3),
)


def show(found: Found, looked_for: SearchQuery, today: date, report_url: str, *, as_json: bool) -> None:
    """Prints the entries and how many answer; for programs one entry a line, as `tracker export` writes it."""
    if as_json:
        export = JsonExport(today, report_url)
        for entry in found.entries:
            print(export.item(entry))
    elif found.entries:
        show_table(COLUMNS, (_cells(entry, looked_for, today) for entry in found.entries))
        order = "the best first" if found.is_ranked else "the latest first"
        print(f"{len(found.entries)} shown of {count(found.total, 'entry', 'entries')}, {order}.")


def _cells(entry: Entry, looked_for: SearchQuery, today: date) -> tuple[str, ...]:
    best = best_report(entry, looked_for)
    said = f"{words.quoted(best.finding.said)} {words.outlet(best)}" if best else ""
    what = f"{place_name(entry.jurisdiction, entry)}: {entry.title}"
    return entry.id, words.when(entry), words.stage(entry, today), what, said
