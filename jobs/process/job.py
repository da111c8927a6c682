"""What a job of the daemon is: its work, when it is looked at, and the command that does the same by hand.

A function of `jobs/FOLDER/jobs.py` becomes one by `@job(…)`; `jobs/daemon/scheduler.py` finds them all.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from apscheduler.triggers.cron import CronTrigger

    from jobs.process.context import JobContext

    Work = Callable[[JobContext], Awaitable[None]]

T = TypeVar("T", bound="Work")

LOOK_S = 10
"""Seconds between two looks at what others change beside the daemon, a short query each: whether a feed is due (one
that was just added is), and whether the report is stale: what a person decides is published within a minute, of which
most is left for building."""
MINUTE_S = 60
"""Seconds between two looks at what waits for another try; what is new wakes its job at once."""
LOOK_AT_CRON_S = 600
"""Seconds between two looks at whether a job with hours of its own is due: a late start makes up for a night within
minutes, and what fails is tried again as soon."""


@dataclass(frozen=True, slots=True)
class Every:
    """At the start and then every so many `seconds`; the database says whether there is anything to do."""

    seconds: int

    def __str__(self) -> str:
        return "every minute" if self.seconds == MINUTE_S else f"every {_duration(self.seconds)}"


@dataclass(frozen=True, slots=True)
class Cron:
    """At the times of a cron expression, local time of the settings, within ten minutes: minute, hour, day of the
    month, month, day of the week by its name (`30 16 * * mon-fri`). `words` is how that is said. Raises ValueError.

    Due is what was not done since its time last struck, so that a night in which the daemon did not run is made up
    for. Between one and three a time may be skipped or come twice when daylight-saving time begins or ends."""

    expression: str
    words: str = ""

    def __post_init__(self) -> None:
        if any(mark.isdigit() for mark in self.expression.rpartition(" ")[2]):  # 0 is Monday here and Sunday elsewhere
            raise ValueError(f"{self.expression!r}: name the days of the week (mon, tue …)")

    def __str__(self) -> str:
        return self.words or f"at {self.expression}"

    def is_due(self, last: datetime | None, now: datetime, zone: str) -> bool:
        """Whether it was not done since; `last` is when it was done last, in UTC. A `last` that is yet to come (the
        clock was set back) counts as never."""
        if last is None or last > now:
            return True
        struck = _trigger(self.expression, zone).get_next_fire_time(None, last + timedelta(microseconds=1))
        return struck is not None and struck <= now


NIGHTLY = Cron("0 4 * * *", "nightly at 4:00")
"""After 2 and 3, the hours that daylight-saving time skips or repeats in the United States, and before people rise."""


@dataclass(frozen=True, slots=True)
class Job:
    """`work` takes the JobContext and returns when this round is done."""

    name: str
    work: "Work"
    when: Every | Cron
    command: str

    @property
    def look_s(self) -> int:
        """Seconds between two looks."""
        return self.when.seconds if isinstance(self.when, Every) else LOOK_AT_CRON_S


REGISTRY: dict[str, Job] = {}
"""The jobs of all modules that were imported, by name."""


def job(when: Every | Cron, command: str) -> Callable[[T], T]:
    """Makes a function a job of its name: when it is looked at, and the command that does the same by hand. Raises
    ValueError where another has that name."""

    def register(work: T) -> T:
        name = work.__name__
        if name in REGISTRY:
            raise ValueError(f"there are two jobs {name}: {REGISTRY[name].work.__module__}, {work.__module__}")
        REGISTRY[name] = Job(name, work, when, command)
        return work

    return register


@cache
def _trigger(expression: str, zone: str) -> "CronTrigger":
    from apscheduler.triggers.cron import CronTrigger

    return CronTrigger.from_crontab(expression, ZoneInfo(zone))


def _duration(seconds: int) -> str:
    return f"{seconds // 60} minutes" if seconds >= 120 and seconds % 60 == 0 else f"{seconds} seconds"
