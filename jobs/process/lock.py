"""One daemon on one data folder: a file lock that the system lets go when the process ends, however it ends."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from tracker.errors import StorageError

LOCK_FILE = "tracker.lock"
LOOK_S = 0.1
"""Seconds, a thousand times as long as a look at the lock takes."""


@contextmanager
def only_one(data_dir: Path) -> Iterator[None]:
    """Holds the lock of the data folder; raises StorageError where another process holds it."""
    path = data_dir / LOCK_FILE
    with path.open("a+") as file:
        if not _taken(file):
            raise StorageError(f"{data_dir}: {_holder(path)}; stop it first, or give another data_dir")
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield


def is_held(data_dir: Path) -> bool:
    """True where a daemon runs on the data folder. Leaves no file behind, which might belong to the wrong user."""
    try:
        with (data_dir / LOCK_FILE).open() as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def _taken(file: IO[str]) -> bool:
    """Whether the lock could be had. Whoever looks (`is_held`) has it for an instant: so it is tried twice."""
    for pause_s in (LOOK_S, 0):
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(pause_s)
        else:
            return True
    return False


def _holder(path: Path) -> str:
    pid = path.read_text().strip()
    return f"a daemon is already running here{f' (process {pid})' if pid else ''}"
