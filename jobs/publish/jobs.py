"""The daemon's share in publishing: the report is built again where it is stale."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from db import freshness
from db.engine import reading
from jobs.gather.jobs import LastPoll
from jobs.process.job import LOOK_S, Every, job

if TYPE_CHECKING:
    from jobs.process.context import JobContext

REPORT_DIR = "REPORT_DIR"
"""Stands in the command for the folder of the settings; without it a report by hand is another report."""
COVERAGE = timedelta(hours=1)
"""The report is built again at least so often while feeds are polled: when they were heard last changes all the time,
and nobody waits for it."""
MENDED_UP_TO = 20_000
"""Entries up to which the first build of a day looks at every place and every file, so that what a disk or a hand lost
is mended by itself: two or three minutes of the processor. A larger site is mended by `tracker report --whole`."""
LONG_AGO = datetime.min.replace(tzinfo=UTC)


class Published:
    """What the report on the disk shows."""

    def __init__(self, context: "JobContext") -> None:
        self._engine, self._zone = context.engine, ZoneInfo(context.settings.timezone)
        self.number: int | None = None
        """The freshness that it shows; at the start nobody knows."""
        self.at = LONG_AGO
        self.fresh_at = context.clock()
        """When it was last seen to show everything."""
        self.day: date | None = None
        self.entries = 0

    def wanted(self) -> int:
        """The freshness that it ought to show."""
        with reading(self._engine) as opened:
            return freshness.number(opened)

    def is_stale(self, number: int, now: datetime, heard: datetime) -> bool:
        """Whether something that it shows has changed since, a new day makes "soon" another, or feeds were heard."""
        news = heard >= self.at and now - self.at >= COVERAGE
        return number != self.number or self._day(now) != self.day or news

    def is_to_be_mended(self, now: datetime) -> bool:
        """Whether the next build looks at everything: the first of a day, but for that after a start."""
        return self.day not in (None, self._day(now)) and self.entries <= MENDED_UP_TO

    def built(self, number: int, now: datetime, entries: int) -> None:
        """It shows that freshness, and so many entries, now."""
        self.number, self.at, self.day, self.entries = number, now, self._day(now), entries

    def _day(self, now: datetime) -> date:
        return now.astimezone(self._zone).date()


def published(context: "JobContext") -> Published:
    """The daemon's one."""
    return context.singleton(Published, lambda: Published(context))


@job(Every(LOOK_S), f"tracker report --out {REPORT_DIR}")
async def report(context: "JobContext") -> None:
    """Builds the report where it is stale."""
    shown, now = published(context), context.clock()
    number = await asyncio.to_thread(shown.wanted)
    if number == shown.number:
        shown.fresh_at = now
    if context.stopping or not shown.is_stale(number, now, context.singleton(LastPoll, LastPoll).at):
        return
    from jobs.publish.report import write

    build = partial(write, whole=shown.is_to_be_mended(now))
    result = await asyncio.to_thread(build, context.engine, context.settings, context.settings.report_dir, now)
    shown.built(number, now, result.entries)
    context.log.info("reported", entries=result.entries, places=result.places, written=result.pages_written)
    context.wake("mail")
