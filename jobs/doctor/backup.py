"""Whether there is a copy of the database, how old it is, and whether another can be made."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from jobs.doctor.check import Check, Level

if TYPE_CHECKING:
    from pathlib import Path

    from jobs.settings import Settings


def backup(settings: "Settings") -> Iterator[Check]:
    """The newest copy, and what is in the way of the next one. That it is too old tells `jobs.health`."""
    from db import dumping
    from jobs.deploy.nightly import newest
    from jobs.store import open_store

    wanted = bool(settings.backup_keep_days)
    with open_store(settings) as engine:
        flaw, last = dumping.flaw(engine), newest(settings.backup_dir, engine)
    if flaw:
        yield Check(Level.PROBLEM if wanted else Level.WARNING, "backup", flaw)
    if last:
        yield Check(Level.OK, "backup", _told(last, datetime.now(UTC)))
    elif wanted and not flaw:
        says = f"none of this database in {settings.backup_dir} yet; `tracker run` makes one, `tracker backup` does now"
        yield Check(Level.OK, "backup", says)
    if not wanted:
        says = "`backup_keep_days` is 0, so the daemon makes none; `tracker backup FILE` does"
        yield Check(Level.OK, "backup", says)


def _told(path: "Path", now: datetime) -> str:
    made = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    days = (now - made).days
    age = "less than a day" if days < 1 else f"{days} day{'s' * (days > 1)}"
    return f"the newest is {path}, of {made:%Y-%m-%d %H:%M} UTC, {age} old"
