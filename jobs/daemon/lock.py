"""One daemon on one data folder: a file lock that the system lets go when the process ends, however it ends."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tracker.errors import StorageError

LOCK_FILE = "tracker.lock"


@contextmanager
def only_one(data_dir: Path) -> Iterator[None]:
    """Holds the lock of the data folder; raises StorageError where another process holds it."""
    path = data_dir / LOCK_FILE
    with path.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StorageError(f"{data_dir}: {_holder(path)}; stop it first, or give another data_dir") from None
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield


def is_held(data_dir: Path) -> bool:
    """True where a daemon runs on the data folder."""
    try:
        with only_one(data_dir):
            return False
    except StorageError:
        return True
    except OSError:
        return False


def _holder(path: Path) -> str:
    pid = path.read_text().strip()
    return f"a daemon is already running here{f' (process {pid})' if pid else ''}"
