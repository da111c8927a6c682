"""CSV (RFC 4180): one row an entry, safe to open in a spreadsheet."""

import csv
import io
from collections import Counter

from tracker.characters import visible
from tracker.model import Entry, EvidenceKind
from tracker.publish import words
from tracker.publish.exports.format import Export
from tracker.publish.exports.json import record

COLUMNS = (
    *("id", "policy", "jurisdiction", "jurisdiction_name", "body", "instrument", "topic", "stage", "date", "basis"),
    *("title", "status", "revision", "identifier", "candidates", "reports", "quote", "url", "publisher", "published"),
    *("other_urls", "permalink", "published_basis", "policy_name", "standing", "effect", "direction", "label"),
    *("title_url", "score", "how_sure", "chance", "schema_version", "standing_line", "votes", "before", "after"),
    *("kind", "matter", "record", "records"),
)
FIRST = ("quote", "url", "publisher", "published", "published_basis", "kind", "matter", "record")
"""What is told of the first piece of evidence: a record, where there is one."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""First characters that make a spreadsheet compute a cell (OWASP, CSV Injection), with their full-width twins."""


def cell(value: object) -> str:
    """The value as text without what cannot be seen; what a spreadsheet would run as a formula gets an apostrophe
    before it."""
    text = "" if value is None else visible(str(value))
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) or text.startswith(_FORMULA) else text


def row(entry: Entry, permalink: str = "") -> list[str]:
    """The cells of one entry, in the order of `COLUMNS`. Several values in a cell are separated by spaces."""
    values = record(entry, permalink)
    reports = words.reports(entry)
    first = values["evidence"][entry.evidence.index(reports[0][0])] if reports else {}
    others = [item.url for item in entry.evidence if item.url != first.get("url")]
    values |= {key: first.get(key, "") for key in FIRST}
    kinds = Counter(first.kind for first, _ in reports)
    values |= {"reports": kinds[EvidenceKind.REPORT], "records": kinds[EvidenceKind.RECORD]}
    values |= {"other_urls": " ".join(others), "candidates": " ".join(entry.candidates)}
    return [cell(values[column]) for column in COLUMNS]


def line(cells: list[str] | tuple[str, ...]) -> str:
    """One record with its line end."""
    out = io.StringIO(newline="")
    csv.writer(out).writerow(cells)
    return out.getvalue()


class CsvExport(Export):
    """A header, then one row an entry."""

    tells_status = True

    def head(self) -> str:
        return line(COLUMNS)

    def item(self, entry: Entry) -> str:
        return line(row(entry, self.permalink(entry)))

    def tail(self) -> str:
        return ""
