"""When a reader is written to, as both forms ask it: to sign up, and to change what one gets."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from zoneinfo import available_timezones

from tracker.publish.mail.subscribers import DAYS, Frequency, Rhythm

ZONES = {
    "America/New_York": "Eastern",
    "America/Chicago": "Central",
    "America/Denver": "Mountain",
    "America/Phoenix": "Arizona",
    "America/Los_Angeles": "Pacific",
    "America/Anchorage": "Alaska",
    "Pacific/Honolulu": "Hawaii",
    "America/Puerto_Rico": "Puerto Rico",
}
"""The zones of the governments that are read about, by the names that people there use."""
AREAS = ("Africa/", "America/", "Antarctica/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")
"""Of the other zones those that are named by their city, as the IANA database wants it; the rest are older names."""
OFTEN = {Frequency.WEEKLY: "Once a week", Frequency.DAILY: "Daily", Frequency.AT_ONCE: "At once"}
NAMES = ("frequency", "weekday", "hour", "timezone")
"""The fields."""
Options = Mapping[str, str]
"""What a form sends, and how it is called."""


@dataclass(frozen=True)
class WhenFields:
    """The lists to choose from, and what is `chosen` by the name of its field."""

    often: Options
    days: Options
    hours: Options
    zones: Options
    elsewhere: Options
    chosen: Mapping[str, str]


def when_fields(chosen: Mapping[str, str], *zones: str) -> WhenFields:
    """The fields; `zones` are offered first, and so is the chosen one, if it is one."""
    named = dict.fromkeys((*zones, chosen["timezone"]))
    first = {name: _called(name) for name in named if name in available_timezones() - ZONES.keys()} | ZONES
    return WhenFields(
        often={often.value: said for often, said in OFTEN.items()},
        days={day: day.capitalize() for day in DAYS},
        hours={str(hour): f"{hour}:00" for hour in range(24)},
        zones=first,
        elsewhere={name: _called(name) for name in _elsewhere() if name not in first},
        chosen=chosen,
    )


def of_rhythm(rhythm: Rhythm) -> dict[str, str]:
    """What is chosen now."""
    return {
        "frequency": rhythm.frequency.value,
        "weekday": DAYS[rhythm.weekday],
        "hour": str(rhythm.hour),
        "timezone": rhythm.timezone,
    }


@cache
def _elsewhere() -> tuple[str, ...]:
    return tuple(sorted(name for name in available_timezones() if name.startswith(AREAS)))


def _called(zone: str) -> str:
    return zone.replace("_", " ")
