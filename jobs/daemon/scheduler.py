"""All jobs, and the scheduler that runs each of them: once at a time, at its interval or when another wakes it."""

from collections.abc import Mapping
from datetime import UTC
from functools import partial
from importlib import import_module
from importlib.resources import files
from typing import TYPE_CHECKING

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from db.ops import vitals
from jobs.process.guard import NOTE_EVERY_S, Guard
from jobs.process.job import REGISTRY, Cron, Job

if TYPE_CHECKING:
    from jobs.process.context import JobContext
    from jobs.process.job import Work

DEFAULTS = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
"""A round that was missed is run late, once (APScheduler drops rounds that are a second late by default): what is due
the database says, so that one round makes up for all. A job that still runs is never started beside itself."""
MODULE = "jobs"
"""How the module of a folder is called that has its jobs."""


def _all_jobs() -> tuple[Job, ...]:
    """Those of every `jobs/FOLDER/jobs.py`; what is looked at most often first."""
    for folder in files("jobs").iterdir():
        if folder.joinpath(f"{MODULE}.py").is_file():
            import_module(f"jobs.{folder.name}.{MODULE}")
    return tuple(sorted(REGISTRY.values(), key=lambda job: (job.look_s, job.name)))


JOBS = _all_jobs()
"""What the daemon runs; `tracker run --jobs` and tests read it too."""


def schedule(context: "JobContext", guard: Guard, instead: Mapping[str, "Work"]) -> AsyncIOScheduler:
    """A scheduler with all jobs, each at once and then at its interval; not started. `instead`: what takes the place of
    jobs of these names."""
    scheduler = AsyncIOScheduler(timezone=UTC, job_defaults=DEFAULTS)
    for job in JOBS:
        round_ = partial(_round, context, job, instead.get(job.name, job.work))
        run = guard.around(job.name, round_, note_every_s=0 if isinstance(job.when, Cron) else NOTE_EVERY_S)
        scheduler.add_job(
            run, "interval", seconds=job.look_s, id=job.name, name=job.name, next_run_time=context.clock()
        )
    context.wake = partial(_wake, context, scheduler)
    return scheduler


def _wake(context: "JobContext", scheduler: AsyncIOScheduler, name: str) -> None:
    """One that runs already sees to what is new, or its next round does."""
    if not context.stopping:
        scheduler.modify_job(name, next_run_time=context.clock())


async def _round(context: "JobContext", job: Job, work: "Work") -> bool:
    """Whether it was this job's time."""
    if isinstance(job.when, Cron):
        last = await context.query(vitals.last_job_run, job.name)
        if context.stopping or not job.when.is_due(last, context.clock(), context.settings.timezone):
            return False
    await work(context)
    return True
