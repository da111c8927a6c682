"""Hearings as files for other programs: a calendar (RFC 5545) and a feed (RFC 4287).

Hours are of the body's own time, by a time zone that stands in the file (RFC 5545, 3.6.5).
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

from tracker.gather.days import zone_of
from tracker.hearings import Hearing
from tracker.publish import geography
from tracker.publish.exports.atom import NEVER, element, feed_head, stamp, urn
from tracker.publish.exports.ics import NEW_LINE, calendar_head, escape, fold, utc_time
from tracker.publish.hearings.phrases import account, headline
from tracker.publish.safe import plain, web_address

YEAR = timedelta(days=366)
MINUTE = timedelta(minutes=1)


class AgendaFile(NamedTuple):
    """A file beside a page: its name, its media type, what pages call it."""

    file_name: str
    media_type: str
    label: str
    name: str


CALENDAR = AgendaFile("coming.ics", "text/calendar", "Calendar of hearings", "hearings, ics")
FEED = AgendaFile("coming.atom", "application/atom+xml", "Atom feed of hearings", "hearings, atom")
FILES = (CALENDAR, FEED)


def write(hearings: Sequence[Hearing], title: str, page: str) -> Iterator[tuple[str, bytes]]:
    """Both files, by name; `page`: the address of the page of these hearings, empty where it has none."""
    yield CALENDAR.file_name, calendar(hearings, title, page).encode("utf-8", "replace")
    yield FEED.file_name, feed(hearings, title, page).encode("utf-8", "replace")


def calendar(hearings: Sequence[Hearing], title: str, page: str = "") -> str:
    """An event a hearing. What is taken off, or was moved to another meeting, is cancelled."""
    every = [one for hearing in hearings for one in (hearing.before, hearing) if one]
    lines = [*calendar_head(title, "METHOD:PUBLISH"), *_zones(every)]
    for one in every:
        lines += _event(one, page)
    return "".join(fold(line) for line in [*lines, "END:VCALENDAR"])


def _event(one: Hearing, page: str) -> list[str]:
    zone = zone_of(one.jurisdiction)
    start = f"VALUE=DATE:{one.day:%Y%m%d}"
    if one.hour:
        start = f"TZID={zone.key}:{one.day:%Y%m%d}T{one.hour:%H%M}00"
    mark = "Taken off: " if one.gone_at else ""
    what = f"{mark}{geography.name_of(one.jurisdiction)}: {one.body}: {one.label}"
    address = web_address(one.address) or page
    return [
        "BEGIN:VEVENT",
        f"UID:{one.id}",
        f"DTSTAMP:{utc_time(one.changed_at)}",
        f"SEQUENCE:{one.revision}",
        f"STATUS:{'CANCELLED' if one.gone_at else 'CONFIRMED'}",
        f"DTSTART;{start}",
        f"SUMMARY:{escape(plain(what))}",
        f"DESCRIPTION:{escape(NEW_LINE.join(account(one)))}",
        *([f"LOCATION:{escape(plain(one.location))}"] if one.location else []),
        *([f"CATEGORIES:{escape(plain(one.topic))}"] if one.topic else []),
        *([f"URL:{address}"] if address else []),
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _zones(hearings: Iterable[Hearing]) -> Iterator[str]:
    """The time zones of the events that have an hour, for the years that they are in."""
    days: dict[str, list[date]] = {}
    for one in hearings:
        if one.hour:
            days.setdefault(zone_of(one.jurisdiction).key, []).append(one.day)
    for name, its in sorted(days.items()):
        yield from ("BEGIN:VTIMEZONE", f"TZID:{name}")
        yield from _observances(ZoneInfo(name), min(its) - YEAR, max(its) + timedelta(days=1))
        yield "END:VTIMEZONE"


def _observances(zone: ZoneInfo, first: date, last: date) -> Iterator[str]:
    """Each change of the clocks between two days; of a zone without any what it always has."""
    begin = datetime(first.year, first.month, first.day, tzinfo=UTC)
    days = [begin + timedelta(days=number) for number in range((last - first).days + 1)]
    changes = [_change(zone, one, other) for one, other in pairwise(days) if _differ(zone, one, other)]
    for moment in changes or [begin]:
        before, after = (moment - MINUTE).astimezone(zone), moment.astimezone(zone)
        kind = "DAYLIGHT" if after.dst() else "STANDARD"
        old, new = before.utcoffset() or timedelta(), after.utcoffset() or timedelta()
        yield from (f"BEGIN:{kind}", f"DTSTART:{moment + old:%Y%m%dT%H%M%S}", f"TZNAME:{after.tzname()}")
        yield from (f"TZOFFSETFROM:{_offset(old)}", f"TZOFFSETTO:{_offset(new)}", f"END:{kind}")


def _differ(zone: ZoneInfo, one: datetime, other: datetime) -> bool:
    return one.astimezone(zone).utcoffset() != other.astimezone(zone).utcoffset()


def _change(zone: ZoneInfo, one: datetime, other: datetime) -> datetime:
    """The minute between two moments at which the offset becomes another."""
    low, high = 0, int((other - one) / MINUTE)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if _differ(zone, one, one + middle * MINUTE) else (middle, high)
    return one + high * MINUTE


def _offset(offset: timedelta) -> str:
    minutes = int(offset / MINUTE)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}{abs(minutes) % 60:02}"


def feed(hearings: Sequence[Hearing], title: str, page: str = "") -> str:
    """An entry a hearing, which is new again when it is moved or taken off."""
    head = feed_head(urn("hearings", f"{page} {title}"), title, page)
    changed = element("updated", stamp(max((one.changed_at for one in hearings), default=NEVER)))
    entries = (f"<entry>{''.join(_entry(one, page))}</entry>\n" for one in hearings)
    return f"{head}{changed}\n{''.join(entries)}</feed>\n"


def _entry(one: Hearing, page: str) -> Iterator[str]:
    yield element("id", f"urn:uuid:{one.id}")
    yield element("title", headline(one))
    yield element("updated", stamp(one.changed_at))
    if address := web_address(one.address) or page:
        yield element("link", rel="alternate", href=address)
    if one.topic:
        yield element("category", term=plain(one.topic))
    yield element("content", "\n".join(account(one)), type="text")
