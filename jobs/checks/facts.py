"""The facts that checks judge by, gathered: figures of the database, the disks, the lock, the newest backup."""

import shutil
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session

from db.engine import reading
from db.opinions import usage
from db.ops.vitals import Vitals, load
from jobs.backups import last_backup
from jobs.opinions.due import day_of
from jobs.process.lock import is_held
from jobs.queue import schema
from jobs.settings import Settings
from tracker.errors import StorageError

SILENT = timedelta(days=2)
"""A feed is polled once a day at least, so one that was not heard for this long missed two chances."""
MAIL_DAY = timedelta(days=1)
"""How long a refused mail counts: a list is written to in one morning."""
LOG = "look at the log of `tracker run`, and start it again"
WORKERS = "see that a `tracker worker` runs somewhere, and look at its log and that of `tracker run`"


@dataclass(frozen=True)
class Disk:
    """Where we write, and how many bytes are free there."""

    folder: Path
    free: int


@dataclass(frozen=True)
class Facts:
    """`database`: why it cannot be asked, or nothing. `daemon`: one runs on this data folder. `backup_at`: when the
    newest backup was made, None where there is none; `backup_wanted`: one is made every night;
    `workers`: they poll and read; `at_work`: so many of them."""

    vitals: Vitals = field(default_factory=Vitals)
    database: str = ""
    disks: tuple[Disk, ...] = ()
    daemon: bool = False
    backup_at: datetime | None = None
    backup_wanted: bool = False
    workers: bool = False
    at_work: int = 0
    no_opinion: str = ""
    """Why no second opinion is asked for just now; empty where all is well, or no model is named."""

    @property
    def log(self) -> str:
        """What to do where work is not done: who does it, tells why."""
        return WORKERS if self.workers else LOG


def gather(engine: Engine, settings: Settings, now: datetime) -> Facts:
    """The facts as of now."""
    disks, daemon = tuple(_disks(settings)), is_held(settings.data_dir)
    try:
        with reading(engine) as opened:
            vitals = load(opened, silent_since=now - SILENT, tried_since=now - MAIL_DAY)
            at_work = schema.count_workers(opened) if settings.workers else 0
            no_opinion = _no_opinion(opened, settings, now)
    except StorageError as error:
        return Facts(database=str(error), disks=disks, daemon=daemon)
    wanted = settings.backup_keep_days > 0
    backup_at = last_backup(settings) if wanted else None
    return Facts(vitals, "", disks, daemon, backup_at, wanted, settings.workers, at_work, no_opinion)


def _no_opinion(opened: Session, settings: Settings, now: datetime) -> str:
    if not settings.second_opinion_address:
        return ""
    day = usage.day_usage(opened, day_of(now, settings))
    return day.fault if day.quiet_until and day.quiet_until > now else ""


def _disks(settings: Settings) -> list[Disk]:
    """Of the folders that are written to, one a file system."""
    found: dict[int, Disk] = {}
    for folder in (settings.data_dir, settings.report_dir, settings.backup_dir):
        if folder.exists():
            found.setdefault(folder.stat().st_dev, Disk(folder, shutil.disk_usage(folder).free))
    return list(found.values())
