"""Puts the jobs on the scheduler: each runs once at a time, at its interval or when another wakes it."""

import asyncio
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from db.engine import reading
from db.ops import vitals
from jobs.daemon.catalogue import JOBS
from jobs.daemon.guard import NOTE_EVERY_S, Guard
from jobs.job import Cron, Job

if TYPE_CHECKING:
    from jobs.daemon.world import World
    from jobs.job import Work

DEFAULTS = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
"""A round that was missed is run late, once (APScheduler drops rounds that are a second late by default): what is due
the database says, so that one round makes up for all. A job that still runs is never started beside itself."""


def schedule(world: "World", guard: Guard) -> AsyncIOScheduler:
    """A scheduler with all jobs, each at once and then at its interval; not started."""
    scheduler = AsyncIOScheduler(timezone=UTC, job_defaults=DEFAULTS)
    for job in JOBS:
        round_ = partial(_round, world, job, job.function(workers=world.settings.workers))
        run = guard.around(job.name, round_, note_every_s=0 if isinstance(job.when, Cron) else NOTE_EVERY_S)
        scheduler.add_job(run, "interval", seconds=job.look_s, id=job.name, name=job.name, next_run_time=world.clock())
    world.wake = partial(_wake, world, scheduler)
    return scheduler


def _wake(world: "World", scheduler: AsyncIOScheduler, name: str) -> None:
    """One that runs already sees to what is new, or its next round does."""
    if not world.stopping:
        scheduler.modify_job(name, next_run_time=world.clock())


async def _round(world: "World", job: Job, work: "Work") -> bool:
    """Whether it was this job's time."""
    if isinstance(job.when, Cron):
        last = await asyncio.to_thread(_last, world, job.name)
        if world.stopping or not job.when.is_due(last, world.clock(), world.settings.timezone):
            return False
    await work(world)
    return True


def _last(world: "World", name: str) -> datetime | None:
    with reading(world.engine) as opened:
        return vitals.last_job_run(opened, name)
