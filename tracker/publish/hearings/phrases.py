"""How hearings are said: the same on pages, in mails, in calendars and feeds."""

from collections.abc import Iterable
from datetime import date, time
from itertools import groupby
from typing import NamedTuple

from tracker.hearings import Hearing, is_correction
from tracker.publish import geography, words
from tracker.publish.safe import plain

NOON = 12


def hour_words(hour: time) -> str:
    """`1:30 p.m.`"""
    return f"{hour.hour % NOON or NOON}:{hour.minute:02} {'a.m.' if hour.hour < NOON else 'p.m.'}"


def day_words(day: date) -> str:
    """`Tuesday, December 1, 2026`"""
    return f"{day:%A}, {words.day(day)}"


def short_day(day: date) -> str:
    """`Tue, Dec 1`"""
    return f"{day:%a}, {day:%b} {day.day}"


def when(hearing: Hearing) -> str:
    """`Tuesday, December 1, 2026, 1:30 p.m.`"""
    return _moment(hearing.day, hearing.hour)


def _moment(day: date, hour: time | None) -> str:
    return f"{day_words(day)}, {hour_words(hour)}" if hour else day_words(day)


def correction(hearing: Hearing, today: date | None = None) -> str:
    """`moved from Tuesday, December 1, 2026`, `taken off the agenda of …`; empty where it stands as it was listed, or a
    week after that, seen from `today`."""
    if today and not is_correction(hearing, today):
        return ""
    if hearing.gone_at:
        return f"taken off the agenda of {when(hearing)}"
    if hearing.former_day is None:
        return ""
    same_day = hearing.former_day == hearing.day and hearing.former_hour
    return f"moved from {hour_words(same_day) if same_day else _moment(hearing.former_day, hearing.former_hour)}"


def headline(hearing: Hearing) -> str:
    """`Milwaukee, Wisconsin: Public Safety Committee, Tuesday, …: 26-1: Lamps on carts`"""
    note = correction(hearing)
    told = f"{note[0].upper()}{note[1:]}" if hearing.gone_at else when(hearing) + (f", {note}" if note else "")
    return plain(f"{geography.name_of(hearing.jurisdiction)}: {hearing.body}, {told}: {hearing.label}")


def account(hearing: Hearing) -> list[str]:
    """The lines of a text about a hearing."""
    note = correction(hearing)
    lines = [hearing.title, f"{hearing.body}, {when(hearing)}", note and f"{note[0].upper()}{note[1:]}."]
    return [plain(line) for line in (*lines, hearing.location) if line]


class HearingDay(NamedTuple):
    """The hearings of one day."""

    heading: str
    day: date
    hearings: tuple[Hearing, ...]


def by_day(hearings: Iterable[Hearing]) -> list[HearingDay]:
    """Those that are held, in their order."""
    coming = (one for one in hearings if not one.gone_at)
    return [HearingDay(day_words(day), day, tuple(its)) for day, its in groupby(coming, key=lambda one: one.day)]


def taken_off(hearings: Iterable[Hearing]) -> list[Hearing]:
    """Those that were taken off an agenda."""
    return [one for one in hearings if one.gone_at]
