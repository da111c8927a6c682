"""The backups that make themselves: one a day in a folder, kept for so many days."""

import os
import re
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from jobs.clock import local
from jobs.terminal.output import make_dir

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from jobs.settings import Settings

NAME = re.compile(r"tracker-(\d{4}-\d{2}-\d{2})\.(db|dump)")
"""`tracker-2026-01-05.db`, and `.dump` of PostgreSQL."""
SHRUNK = 0.5
"""Nothing is ever deleted but pages: a backup of less than half the largest one's size is of a database that was lost
and begun anew, or most of it. The largest one then stays, however old it is."""


def path_of(settings: "Settings", engine: "Engine", now: datetime) -> Path:
    """Where the backup of the day goes, by the settings' time zone."""
    day = local(now, settings).date()
    return settings.backup_dir / f"tracker-{day}.{_ending(engine)}"


def path_before_upgrade(settings: "Settings", engine: "Engine", version: str, now: datetime) -> Path:
    """Where the copy of a database goes that is about to be upgraded. It stays until a person removes it."""
    moment = local(now, settings).strftime("%Y-%m-%d-%H%M%S")
    return settings.backup_dir / f"tracker-{moment}-of-version-{version}.{_ending(engine)}"


def _ending(engine: "Engine") -> str:
    return "db" if engine.dialect.name == "sqlite" else "dump"


def make(engine: "Engine", settings: "Settings", path: Path) -> int:
    """Copies the database, and beside it the secret of the links in mails, without which those links end. Returns the
    bytes of the copy. Raises StorageError."""
    from db.backup.backup import backup as copy

    make_dir(path.parent)
    size = copy(engine, path)
    secret = settings.secret_file
    if secret.exists():
        draft = path.parent / f".{secret.name}.{os.getpid()}"
        shutil.copy2(secret, draft)
        os.replace(draft, path.parent / secret.name)
    return size


def prune(folder: Path, newest: Path, keep_days: int) -> int:
    """Removes backups of more than so many days before the newest one, which was made just now and read back; returns
    how many. The largest one stays where the newest holds far less."""
    made = _made(folder)
    largest = max(made, key=lambda path: path.stat().st_size, default=newest)
    stays = {newest, *([largest] if newest.stat().st_size < largest.stat().st_size * SHRUNK else [])}
    oldest = _day(newest) - timedelta(days=keep_days)
    old = [path for path in made if _day(path) < oldest and path not in stays]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def last_backup(settings: "Settings") -> datetime | None:
    """When the newest backup in the folder was made; None where there is none."""
    moments = [path.stat().st_mtime for path in _made(settings.backup_dir)]
    return datetime.fromtimestamp(max(moments), UTC) if moments else None


def newest(folder: Path, engine: "Engine") -> Path | None:
    """The newest copy that can be of this database: another engine makes others."""
    made = [path for path in _made(folder) if path.suffix == f".{_ending(engine)}"]
    return max(made, key=lambda path: path.stat().st_mtime, default=None)


def _made(folder: Path) -> list[Path]:
    """The backups in a folder, of whatever engine; what else lies there is nobody's business."""
    found = folder.iterdir() if folder.is_dir() else ()
    return sorted(path for path in found if NAME.fullmatch(path.name))


def _day(path: Path) -> date:
    found = NAME.fullmatch(path.name)
    assert found
    return date.fromisoformat(found[1])
