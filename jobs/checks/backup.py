"""Whether there is a copy of the database, how old it is, and whether another can be made."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from db.backup import backup
from jobs.backups import newest
from jobs.checks.check import Problem, Result, Well
from jobs.checks.facts import Facts
from jobs.settings import Settings
from jobs.store import open_store

OLD = timedelta(days=3)
"""One is made every night: two may fail before anybody must look."""


def old(facts: Facts, now: datetime) -> Iterator[Problem]:
    """Where there is none yet, its time began with the first feed."""
    last = facts.backup_at or facts.vitals.feeds.first_added
    if facts.backup_wanted and last and last < now - OLD:
        made = f"the newest backup is of {last:%Y-%m-%d %H:%M} UTC" if facts.backup_at else "there is no backup yet"
        yield Problem("backup-old", made, "`tracker backup` makes one, or says what is in the way", subject="backup")


def newest_copy(settings: Settings) -> Iterator[Result]:
    """It, and what is in the way of the next one."""
    wanted = bool(settings.backup_keep_days)
    with open_store(settings) as engine:
        flaw, last = backup.pg_dump_flaw(engine), newest(settings.backup_dir, engine)
    if flaw:
        yield Problem("backup", flaw, grave=wanted)
    if last:
        yield Well("backup", _age(last, datetime.now(UTC)))
    elif wanted and not flaw:
        says = f"none of this database in {settings.backup_dir} yet; `tracker run` makes one, `tracker backup` does now"
        yield Well("backup", says)
    if not wanted:
        yield Well("backup", "`backup_keep_days` is 0, so the daemon makes none; `tracker backup FILE` does")


def _age(path: Path, now: datetime) -> str:
    made = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    days = (now - made).days
    age = "less than a day" if days < 1 else f"{days} day{'s' * (days > 1)}"
    return f"the newest is {path}, of {made:%Y-%m-%d %H:%M} UTC, {age} old"
