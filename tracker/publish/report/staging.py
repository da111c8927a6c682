"""Changed files wait out of sight until all of them are there, then each takes its place in one step."""

import os
import shutil
import tempfile
from pathlib import Path

PREFIX = ".building-"
A_FOLDER = 4096
"""Files in one waiting folder: with hundreds of thousands in one, some file systems get slow."""
STALE_S = 24 * 3600
"""Age, by the file system's own clock, at which a waiting folder is what a killed build left behind."""


class Staging:
    """The waiting files of one build, numbered in the order in which they came. Raises OSError."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._folder = tempfile.mkdtemp(prefix=PREFIX, dir=root)
        _remove_stale(root, os.stat(self._folder).st_mtime - STALE_S)
        self._order = open(f"{self._folder}/order", "w+b")  # noqa: SIM115 - `close` closes it
        self._count = 0

    def add(self, path: str, content: bytes) -> None:
        """One more file for `path`, given from the site's root."""
        with open(self._next(path), "wb") as out:
            out.write(content)

    def adopt(self, temporary: str, path: str) -> str:
        """One more file, which is already written; where it waits."""
        waiting = self._next(path)
        os.replace(temporary, waiting)
        return waiting

    def temporary(self, name: str) -> str:
        """Where a file can be written that `adopt` shall take."""
        return f"{self._folder}/{name}"

    def commit(self) -> None:
        """Puts every file in its place, in the order in which they came: a reader sees the old one or the new one."""
        self._order.seek(0)
        for number, line in enumerate(self._order):
            _place(self._waiting(number), f"{self._root}/{line[:-1].decode()}")

    def close(self) -> None:
        """Removes what still waits, also where the disk takes nothing more."""
        self._order.raw.close()  # past its buffer, which nobody will read
        shutil.rmtree(self._folder, ignore_errors=True)

    def _next(self, path: str) -> str:
        number, self._count = self._count, self._count + 1
        if number % A_FOLDER == 0:
            os.mkdir(f"{self._folder}/{number // A_FOLDER}")
        self._order.write(f"{path}\n".encode())
        return self._waiting(number)

    def _waiting(self, number: int) -> str:
        return f"{self._folder}/{number // A_FOLDER}/{number}"


def _place(waiting: str, target: str) -> None:
    try:
        os.replace(waiting, target)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        os.replace(waiting, target)


def _remove_stale(root: Path, before: float) -> None:
    for folder in root.glob(f"{PREFIX}*"):
        if folder.stat().st_mtime < before:
            shutil.rmtree(folder, ignore_errors=True)
