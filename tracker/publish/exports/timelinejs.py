"""TimelineJS 3 (timeline.knightlab.com, JSON format). Its texts are HTML, so everything is escaped."""

import html
import json
from datetime import date
from typing import Any

from tracker.characters import escaped
from tracker.model import Entry
from tracker.partial_date import DateInterval, PartialDate
from tracker.publish import addresses, geography, words
from tracker.publish.exports.format import Export
from tracker.publish.exports.json import record
from tracker.publish.safe import plain, web_address


def _days(value: PartialDate) -> dict[str, dict[str, int]]:
    """When an event starts; of an interval also when it ends."""
    if isinstance(value, DateInterval):
        return {"start_date": when(PartialDate.of(value.start)), "end_date": when(PartialDate.of(value.end))}
    return {"start_date": when(value)}


def when(value: PartialDate) -> dict[str, int]:
    """A TimelineJS date, no finer than what is known."""
    parts = {"year": value.year, "month": value.month, "day": value.day}
    return {name: number for name, number in parts.items() if number is not None}


RECORD = (
    *("id", "policy", "policy_name", "standing", "effect", "direction", "score", "permalink", "label", "title_url"),
    *("schema_version", "standing_line"),
)
"""What programs find in each event beside what TimelineJS reads: these keys of the JSON export."""


def slide(entry: Entry, today: date, permalink: str = "") -> dict[str, Any] | None:
    """One event; None for an entry that has neither a date nor a report to date it by."""
    reported = words.first_report(entry)
    start = entry.date or (PartialDate.of(reported) if reported else None)
    if start is None:
        return None
    return {
        "unique_id": addresses.segment(entry.id),
        **_days(start),
        "display_date": words.when(entry),
        "group": html.escape(plain(geography.label(entry))),
        "text": {
            "headline": html.escape(f"{words.stage(entry, today)}: {plain(entry.title)}"),
            "text": "".join([*_facts(entry), *_quotes(entry)]),
        },
        "autolink": False,
        "entry": _record(entry, permalink),
    }


def _record(entry: Entry, permalink: str) -> dict[str, Any]:
    told = {name: value for name, value in record(entry, permalink).items() if name in RECORD}
    return {name: html.escape(plain(value)) if isinstance(value, str) else value for name, value in told.items()}


def _facts(entry: Entry) -> list[str]:
    """The direction and how the date is known, a paragraph each."""
    lines = (words.direction(entry), words.basis(entry))
    return [f"<p>{html.escape(plain(line))}</p>" for line in lines if line]


def _quotes(entry: Entry) -> list[str]:
    quotes = []
    for first, _ in words.reports(entry):
        outlet, address = html.escape(plain(words.outlet(first))), html.escape(web_address(first.url))
        source = f'<a href="{address}">{outlet}</a>' if address else outlet
        quotes.append(f"<blockquote>{html.escape(plain(first.finding.said))}</blockquote><p>{source}</p>")
    return quotes


class TimelineJsExport(Export):
    """A TimelineJS document; TimelineJS sorts the events itself."""

    before_first, between = "\n", ",\n"

    def head(self) -> str:
        title = json.dumps({"text": {"headline": html.escape(plain(self.title))}}, ensure_ascii=False)
        return f'{{"title": {title}, "events": ['

    def item(self, entry: Entry) -> str:
        event = slide(entry, self.today, self.permalink(entry))
        if event is None:
            return ""
        return escaped(json.dumps(event, ensure_ascii=False))

    def tail(self) -> str:
        return "\n]}\n"
