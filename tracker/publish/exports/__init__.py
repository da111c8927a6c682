"""Entries as files, one module a format. `FORMATS["csv"](entries, out)` writes; nothing holds all entries."""

from tracker.publish.exports.atom import AtomExport
from tracker.publish.exports.csv import CsvExport
from tracker.publish.exports.format import Export, Format, in_order, place_title
from tracker.publish.exports.ics import IcsExport
from tracker.publish.exports.json import JsonExport
from tracker.publish.exports.timelinejs import TimelineJsExport

FORMATS: dict[str, Format] = {
    item.name: item
    for item in (
        Format("json", "json", "application/json", JsonExport),
        Format("csv", "csv", "text/csv", CsvExport),
        Format("atom", "atom", "application/atom+xml", AtomExport),
        Format("ics", "ics", "text/calendar", IcsExport),
        Format("timelinejs", "timeline.json", "application/json", TimelineJsExport),
    )
}
"""Name on the command line → format."""

__all__ = ["FORMATS", "Export", "Format", "in_order", "place_title"]
