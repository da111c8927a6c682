"""The folders that are written to, their space, the database, and the copies of it."""

import errno
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shlex import quote

from db.backup import backup
from db.backup.integrity import flaws, seconds_needed
from db.engine import file_of, open_database
from jobs.backups import newest
from jobs.checks.check import Passed, Problem, Result
from jobs.checks.facts import Facts
from jobs.mail import outbox
from jobs.process import lock
from jobs.settings import SECRET_FILE, Settings
from jobs.store import make_data_dir, open_store
from jobs.terminal.console import say

DATABASE = "database"
LITTLE_SPACE = 1_000_000_000
"""Bytes. Below it a disk is nearly full. A busy year of a few hundred feeds takes about this much."""
NO_SPACE = 50_000_000
"""Bytes. Below it that is grave: SQLite needs room for its write-ahead log beside the data."""
SQLITE_FILES = ("", "-wal", "-shm")
"""What is added to the name of a database by those beside it."""
PATIENCE_S = 5
"""Longer than this, somebody who waits is told why."""


def away(facts: Facts, _now: datetime) -> Iterator[Problem]:
    if facts.database:
        yield Problem(DATABASE, facts.database, "`tracker doctor` reads all of it", grave=True)


def disk(facts: Facts, _now: datetime) -> Iterator[Problem]:
    least = min(facts.disks, key=lambda disk: disk.free, default=None)
    if least and least.free < LITTLE_SPACE:
        what, grave = f"{least.folder}: {least.free / 1e9:.2f} GB free", least.free < NO_SPACE
        yield Problem("disk", what, "make room, or name another folder in the settings", grave, subject="data")


def data_dir(settings: Settings) -> Iterator[Result]:
    folder = settings.data_dir
    make_data_dir(settings)
    try:
        _try(folder)
    except OSError as error:
        yield Problem("data", f"{folder}: cannot be written ({error.strerror})", remedy(error), grave=True)
        return
    yield Passed("data", f"{folder}: {shutil.disk_usage(folder).free / 1e9:.1f} GB free")
    yield from foreign_files(settings)
    yield from open_files(settings)


def _try(folder: Path) -> None:
    """Writes a page into it, to the disk, and leaves nothing there."""
    with tempfile.TemporaryFile(dir=folder) as file:
        file.write(b"x" * 4096)
        file.flush()
        os.fsync(file.fileno())


def remedy(refused: OSError) -> str:
    """What to do about a folder that cannot be written."""
    first = {
        errno.EROFS: "mount its file system for writing",
        errno.ENOSPC: "make room",
        errno.EDQUOT: "make room",
    }.get(refused.errno or 0, "check who owns it")
    return f"{first}, or name another folder with TRACKER_DATA_DIR"


def foreign_files(settings: Settings) -> Iterator[Result]:
    """Files of ours that this user may not write: somebody ran a command as root, and the daemon is somebody else."""
    url = open_database(settings.database).url
    paths = [Path(f"{url.database}{end}") for end in SQLITE_FILES if url.get_backend_name() == "sqlite"]
    paths += [settings.data_dir / name for name in (lock.LOCK_FILE, outbox.LOCK_FILE, SECRET_FILE)]
    for path in (*paths, settings.report_dir, settings.backup_dir):
        if path.exists() and not os.access(path, os.R_OK | os.W_OK, effective_ids=True):
            what = f"{path}: user {os.geteuid()} may not write it, user {path.stat().st_uid} owns it"
            yield Problem("data", what, "`chown` it", grave=True)


def open_files(settings: Settings) -> Iterator[Result]:
    """A database that everybody on the machine may read, with the addresses of subscribers. A group is meant."""
    path = file_of(open_database(settings.database).url)
    if path is None or not all(folder.stat().st_mode & stat.S_IXOTH for folder in path.absolute().parents):
        return
    found = [one for one in sorted(path.parent.glob(f"{path.name}*")) if one.stat().st_mode & stat.S_IROTH]
    if found:
        what = f"{found[0]}: everybody here may read it, and it holds addresses of people"
        yield Problem("data", what, f"`chmod o= {' '.join(map(quote, map(str, found)))}`")


def folders(settings: Settings) -> Iterator[Result]:
    """Where the report and the backups go: whether they can be made and written. Nothing is left there."""
    wanted = {"report_dir": settings.report_dir}
    if settings.backup_keep_days:
        wanted["backup_dir"] = settings.backup_dir
    for name, folder in wanted.items():
        there = next((path for path in (folder, *folder.parents) if path.exists()), folder)
        try:
            if there != folder or os.access(there, os.W_OK, effective_ids=True):  # else told among the files of others
                _try(there)
        except OSError as error:
            what = f"{folder} cannot be {'written' if there == folder else 'made'} ({there}: {error.strerror})"
            yield Problem("data", f"`{name}`: {what}", "make it yourself, or name another", grave=True)


def database(settings: Settings) -> Iterator[Result]:
    with open_store(settings) as engine:
        if (seconds := seconds_needed(engine)) > PATIENCE_S:
            say(f"Reading all of the database; this takes up to {seconds:.0f} seconds.")
        found = list(flaws(engine))
        yield from (Problem(DATABASE, flaw, grave=True) for flaw in found)
        if not found:
            version = ".".join(map(str, engine.dialect.server_version_info or ()))
            yield Passed(DATABASE, f"{engine.url.render_as_string()}: sound ({engine.dialect.name} {version})")


OLD = timedelta(days=3)
"""One is made every night: two may fail before anybody must look."""


def old_backup(facts: Facts, now: datetime) -> Iterator[Problem]:
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
        yield Passed("backup", _age(last, datetime.now(UTC)))
    elif wanted and not flaw:
        says = f"none of this database in {settings.backup_dir} yet; `tracker run` makes one, `tracker backup` does now"
        yield Passed("backup", says)
    if not wanted:
        yield Passed("backup", "`backup_keep_days` is 0, so the daemon makes none; `tracker backup FILE` does")


def _age(path: Path, now: datetime) -> str:
    made = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    days = (now - made).days
    age = "less than a day" if days < 1 else f"{days} day{'s' * (days > 1)}"
    return f"the newest is {path}, of {made:%Y-%m-%d %H:%M} UTC, {age} old"
