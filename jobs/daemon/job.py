"""What a job of the daemon is: a name, its work, when it is looked at, and the command that does the same by hand."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from jobs.daemon.world import World

    Work = Callable[[World], Awaitable[None]]

LOOK_AT_NIGHTLY_S = 600
"""Seconds between two looks at whether a nightly job is due: a late start makes up for a night within minutes."""


@dataclass(frozen=True, slots=True)
class Every:
    """At the start and then every so many `seconds`; the database says whether there is anything to do."""

    seconds: int

    def __str__(self) -> str:
        return "every minute" if self.seconds == 60 else f"every {_duration(self.seconds)}"


@dataclass(frozen=True, slots=True)
class Nightly:
    """Once a day from `hour` on, local time of the settings. Due is what was not done since that hour last struck, so
    that a night in which the daemon did not run is made up for. No clock trigger: those skip or double an hour when
    daylight-saving time begins or ends."""

    hour: int

    def __str__(self) -> str:
        return f"nightly at {self.hour}:00"

    def struck(self, now: datetime, zone: str) -> datetime:
        """When the hour last struck, in the zone of that IANA name."""
        local = now.astimezone(ZoneInfo(zone))
        today = local.replace(hour=self.hour, minute=0, second=0, microsecond=0, fold=0)
        return today if today <= local else (today - timedelta(days=1))

    def is_due(self, last: datetime | None, now: datetime, zone: str) -> bool:
        """Whether it was not done since; `last` is when it was done last, in UTC. A `last` that is yet to come (the
        clock was set back) counts as never."""
        return last is None or last > now or last < self.struck(now, zone)


@dataclass(frozen=True, slots=True)
class Job:
    """`work` is "package.module:function", looked up when the daemon starts, so that the list itself costs nothing."""

    name: str
    work: str
    when: Every | Nightly
    command: str
    shared: str = ""
    """What takes the place of `work` where workers share it (setting `workers`): it only puts tasks into the queue."""

    @property
    def look_s(self) -> int:
        """Seconds between two looks."""
        return self.when.seconds if isinstance(self.when, Every) else LOOK_AT_NIGHTLY_S

    def function(self, *, workers: bool = False) -> "Work":
        """The function behind `work`, or `shared`: takes the World, returns when this round is done."""
        module, _, name = (self.shared if workers and self.shared else self.work).partition(":")
        found: Any = getattr(import_module(module), name)
        return cast("Work", found)


def _duration(seconds: int) -> str:
    return f"{seconds // 60} minutes" if seconds >= 120 and seconds % 60 == 0 else f"{seconds} seconds"
