"""The daemon's job of backups."""

import asyncio
from typing import TYPE_CHECKING

from jobs.deploy.nightly import make, path_of, prune
from jobs.job import NIGHTLY, job

if TYPE_CHECKING:
    from jobs.daemon.world import World


@job(NIGHTLY, "tracker backup")
async def backup(world: "World") -> None:
    """Makes today's backup where there is none, then removes those that are too old."""
    settings = world.settings
    if not settings.backup_keep_days:
        return
    path = path_of(settings, world.engine, world.clock())
    if not path.exists():
        size = await asyncio.to_thread(make, world.engine, settings, path)
        world.log.info("backed up", file=str(path), bytes=size)
    removed = await asyncio.to_thread(prune, settings.backup_dir, path, settings.backup_keep_days)
    if removed:
        world.log.info("old backups removed", number=removed)
