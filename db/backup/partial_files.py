"""Files that are written beside the one whose place they take at the end, and what killed runs left of them."""

import fcntl
import os
import tempfile
from contextlib import suppress
from pathlib import Path

ENDING = ".tracker-draft"
"""No file of anybody else ends so: what does, and is not being written, goes."""


def new_draft(path: Path) -> tuple[int, Path]:
    """A file beside `path`, open for writing, which is known to be written as long as the handle is open. What killed
    runs left in the folder is removed. Raises OSError."""
    _remove_left(path.parent)
    while True:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=ENDING)
        if _lock(handle) is not False and os.path.exists(name):
            return handle, Path(name)
        os.close(handle)  # another run took it for one that was left, before it was locked


def _remove_left(folder: Path) -> None:
    with suppress(OSError):  # it is not what was asked for
        for left in folder.glob(f".*{ENDING}"):
            _remove_unless_written(left)


def _remove_unless_written(draft: Path) -> None:
    with suppress(FileNotFoundError), draft.open("rb") as file:
        if _lock(file.fileno()):
            draft.unlink()


def _lock(handle: int) -> bool | None:
    """Whether it is ours now; None where the file system knows no locks. A process that is killed loses its locks."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return None
    return True
