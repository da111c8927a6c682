"""The data folder, its space and the database in it."""

import errno
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

from jobs.console import say
from jobs.doctor.check import Check, Level

if TYPE_CHECKING:
    from jobs.settings import Settings

SET_BACK = timedelta(hours=1)
"""Further than any clock is set back when it is put right."""
SQLITE_FILES = ("", "-wal", "-shm")
"""What is added to the name of a database by those beside it."""
PATIENCE_S = 5
"""Longer than this, somebody who waits is told why."""


def data_dir(settings: "Settings") -> Iterator[Check]:
    from jobs.store import make_data_dir

    folder = settings.data_dir
    make_data_dir(settings)
    try:
        with tempfile.NamedTemporaryFile(dir=folder) as file:
            file.write(b"x" * 4096)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        yield Check(Level.PROBLEM, "data", f"{folder}: cannot be written ({error.strerror}); {remedy(error)}")
        return
    yield Check(Level.OK, "data", f"{folder}: {shutil.disk_usage(folder).free / 1e9:.1f} GB free")
    yield from foreign_files(settings)
    yield from open_files(settings)


def remedy(refused: OSError) -> str:
    """What to do about a folder that cannot be written."""
    if refused.errno == errno.EROFS:
        return "mount its file system for writing, or name another folder with TRACKER_DATA_DIR"
    if refused.errno in (errno.ENOSPC, errno.EDQUOT):
        return "make room, or name another folder with TRACKER_DATA_DIR"
    return "check who owns it, or name another folder with TRACKER_DATA_DIR"


def foreign_files(settings: "Settings") -> Iterator[Check]:
    """Files of ours that this user may not write: somebody ran a command as root, and the daemon is somebody else."""
    from db.engine import open_database
    from jobs.daemon import lock
    from jobs.mail import lock as mail_lock
    from jobs.mail import tokens

    url = open_database(settings.database).url
    paths = [Path(f"{url.database}{end}") for end in SQLITE_FILES if url.get_backend_name() == "sqlite"]
    paths += [settings.data_dir / name for name in (lock.LOCK_FILE, mail_lock.LOCK_FILE, tokens.SECRET_FILE)]
    for path in (*paths, settings.report_dir, settings.backup_dir):
        if path.exists() and not os.access(path, os.R_OK | os.W_OK, effective_ids=True):
            says = f"{path}: user {os.geteuid()} may not write it, user {path.stat().st_uid} owns it; `chown` it"
            yield Check(Level.PROBLEM, "data", says)


def open_files(settings: "Settings") -> Iterator[Check]:
    """A database that everybody on the machine may read, with the addresses of subscribers. A group is meant."""
    from db.engine import file_of, open_database

    path = file_of(open_database(settings.database).url)
    if path is None or not all(folder.stat().st_mode & stat.S_IXOTH for folder in path.absolute().parents):
        return
    found = [one for one in sorted(path.parent.glob(f"{path.name}*")) if one.stat().st_mode & stat.S_IROTH]
    if found:
        names = " ".join(map(quote, map(str, found)))
        says = f"{found[0]}: everybody here may read it, and it holds addresses of people; `chmod o= {names}`"
        yield Check(Level.WARNING, "data", says)


def folders(settings: "Settings") -> Iterator[Check]:
    """Where the report and the backups go: whether they can be made and written. Nothing is left there."""
    wanted = {"report_dir": settings.report_dir} | (
        {"backup_dir": settings.backup_dir} if settings.backup_keep_days else {}
    )
    for name, folder in wanted.items():
        there = next((path for path in (folder, *folder.parents) if path.exists()), folder)
        try:
            if there == folder and not os.access(there, os.W_OK, effective_ids=True):
                continue  # told among the files of others
            with tempfile.TemporaryFile(dir=there) as file:
                file.write(b"x")
                file.flush()
        except OSError as error:
            done = "written" if there == folder else "made"
            says = f"`{name}`: {folder} cannot be {done} ({there}: {error.strerror}); make it yourself, or name another"
            yield Check(Level.PROBLEM, "data", says)


def database(settings: "Settings") -> Iterator[Check]:
    from db.soundness import flaws, seconds_needed
    from jobs.store import open_store

    with open_store(settings) as engine:
        if (seconds := seconds_needed(engine)) > PATIENCE_S:
            say(f"Reading all of the database; this takes up to {seconds:.0f} seconds.")
        found = list(flaws(engine))
        yield from (Check(Level.PROBLEM, "database", flaw) for flaw in found)
        if not found:
            version = ".".join(map(str, engine.dialect.server_version_info or ()))
            says = f"{engine.url.render_as_string()}: sound ({engine.dialect.name} {version})"
            yield Check(Level.OK, "database", says)


def clock(settings: "Settings") -> Iterator[Check]:
    """Nothing was stored in the future: else the clock goes wrong now, and nothing is due until it catches up."""
    from db import feeds
    from db.engine import reading
    from jobs.store import open_store

    with open_store(settings) as engine, reading(engine) as session:
        polled = [feed.polled_at for feed in feeds.all_feeds(session) if feed.polled_at]
    now, newest = datetime.now(UTC), max(polled, default=datetime.min.replace(tzinfo=UTC))
    if newest - now > SET_BACK:
        says = f"it shows {now:%Y-%m-%d %H:%M} UTC, but a feed was polled at {newest:%Y-%m-%d %H:%M}; set it right"
        yield Check(Level.PROBLEM, "clock", says)
