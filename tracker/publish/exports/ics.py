"""iCalendar (RFC 5545): one all-day event an entry whose date is a day, an interval or a month."""

from datetime import UTC, date, datetime, timedelta

from tracker.model import Entry
from tracker.publish import geography, words
from tracker.publish.exports.atom import account, facts, updated, urn
from tracker.publish.exports.format import Export
from tracker.publish.safe import plain, web_address

NEW_LINE = "\n"
LINE_OCTETS = 75
"""Longest line before it is folded (RFC 5545, 3.1)."""


def escape(text: str) -> str:
    """A TEXT value (RFC 5545, 3.3.11)."""
    for mark in ("\\", ";", ","):
        text = text.replace(mark, "\\" + mark)
    return text.replace("\n", "\\n")


def fold(line: str) -> str:
    """The line with its end, in pieces of at most 75 octets that never cut a character in two."""
    pieces, size = [""], 0
    for mark in line:
        width = len(mark.encode("utf-8", "replace"))
        if size + width > LINE_OCTETS:
            pieces.append(" ")
            size = 1
        pieces[-1] += mark
        size += width
    return "\r\n".join(pieces) + "\r\n"


def span(entry: Entry) -> tuple[date, date] | None:
    """First day and the day after the last one; None for a year or no date, which would fill the calendar."""
    if entry.date is None or entry.date.precision == "year" or entry.date.last_day() == date.max:
        return None
    return entry.date.first_day(), entry.date.last_day() + timedelta(days=1)


def summary(entry: Entry, today: date) -> str:
    """What stands in the calendar; a month and an interval say that the day is not known."""
    open_day = f" ({entry.date.as_adverb()}, day not known)" if entry.date and words.precision(entry) else ""
    return plain(f"{geography.label(entry)}: {words.stage(entry, today).lower()}{open_day}: {entry.title}")


def calendar_head(title: str, *properties: str) -> list[str]:
    """The lines that begin a calendar."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//procedure-tracker//EN", "CALSCALE:GREGORIAN"]
    return [*lines, *properties, f"X-WR-CALNAME:{escape(plain(title))}"]


class IcsExport(Export):
    """A calendar. Entries without a day or a month are left out."""

    def head(self) -> str:
        return "".join(fold(line) for line in calendar_head(self.title))

    def item(self, entry: Entry) -> str:
        days = span(entry)
        if days is None:
            return ""
        lines = [
            "BEGIN:VEVENT",
            f"UID:{urn('entry', entry.id).removeprefix('urn:uuid:')}",
            f"DTSTAMP:{utc_time(updated(entry))}",
            f"SEQUENCE:{entry.revision - 1}",
            f"DTSTART;VALUE=DATE:{days[0]:%Y%m%d}",
            f"DTEND;VALUE=DATE:{days[1]:%Y%m%d}",
            f"SUMMARY:{escape(summary(entry, self.today))}",
            f"DESCRIPTION:{escape(NEW_LINE.join(account(entry)))}",
            f"CATEGORIES:{_categories(entry)}",
            *([f"URL:{address}"] if (address := self._address(entry)) else []),
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
        return "".join(fold(line) for line in lines)

    def tail(self) -> str:
        return fold("END:VCALENDAR")

    def _address(self, entry: Entry) -> str:
        return self.permalink(entry) or next((a for item in entry.evidence if (a := web_address(item.url))), "")


def _categories(entry: Entry) -> str:
    """What calendars may sort by: topic, stage, effect, direction, standing and policy."""
    return ",".join(escape(plain(term)) for term in (entry.topic, *facts(entry).values()))


def utc_time(moment: datetime) -> str:
    """A DATE-TIME in UTC, whole seconds (RFC 5545, 3.3.5)."""
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
