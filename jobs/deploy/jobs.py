"""The daemon's job of backups."""

import asyncio
from typing import TYPE_CHECKING

from jobs.backups import make, path_of, prune
from jobs.process.job import NIGHTLY, job

if TYPE_CHECKING:
    from jobs.process.context import JobContext


@job(NIGHTLY, "tracker backup")
async def backup(context: "JobContext") -> None:
    """Makes today's backup where there is none, then removes those that are too old."""
    settings = context.settings
    if not settings.backup_keep_days:
        return
    path = path_of(settings, context.engine, context.clock())
    if not path.exists():
        size = await asyncio.to_thread(make, context.engine, settings, path)
        context.log.info("backed up", file=str(path), bytes=size)
    removed = await asyncio.to_thread(prune, settings.backup_dir, path, settings.backup_keep_days)
    if removed:
        context.log.info("old backups removed", number=removed)
