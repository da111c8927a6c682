"""Changed files wait out of sight until all of them are there, then each takes its place in one step."""

import hashlib
import os
import shutil
import tempfile
from pathlib import Path

PREFIX = ".building-"
BRANCH = 2
"""Letters of a waiting file's name by which it lies in one of 256 folders: with hundreds of thousands of files in one,
some file systems get slow."""
STALE_S = 24 * 3600
"""Age, by the file system's own clock, at which a waiting folder is what a killed build left behind."""


class Staging:
    """The waiting files of one build, in the order in which they came. Raises OSError."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._folder = tempfile.mkdtemp(prefix=PREFIX, dir=root)
        _remove_stale(root, os.stat(self._folder).st_mtime - STALE_S)
        self._order = open(f"{self._folder}/order", "w+b")  # noqa: SIM115 - `close` closes it
        self.count = 0
        """Files that wait."""

    def add(self, path: str, content: bytes) -> None:
        """One more file for `path`, given from the site's root."""
        waiting = self._note(path)
        try:
            out = open(waiting, "wb")  # noqa: SIM115 - closed below
        except FileNotFoundError:
            os.mkdir(os.path.dirname(waiting))
            out = open(waiting, "wb")  # noqa: SIM115
        with out:
            out.write(content)

    def adopt(self, temporary: str, path: str) -> None:
        """One more file, which is already written."""
        _place(temporary, self._note(path))

    def temporary(self, name: str) -> str:
        """Where a file can be written that `adopt` shall take."""
        return f"{self._folder}/{name}"

    def waiting(self, path: str) -> str:
        """Where a file waits for its place, if it does."""
        name = hashlib.blake2b(path.encode(), digest_size=16).hexdigest()
        return f"{self._folder}/{name[:BRANCH]}/{name}"

    def commit(self) -> None:
        """Puts every file in its place, in the order in which they came: a reader sees the old one or the new one."""
        self._order.seek(0)
        for line in self._order:
            path = line[:-1].decode()
            _place(self.waiting(path), f"{self._root}/{path}")

    def close(self) -> None:
        """Removes what still waits, also where the disk takes nothing more."""
        self._order.raw.close()  # past its buffer, which nobody will read
        shutil.rmtree(self._folder, ignore_errors=True)

    def _note(self, path: str) -> str:
        waiting = self.waiting(path)
        if not os.path.exists(waiting):
            self.count += 1
            self._order.write(f"{path}\n".encode())
        return waiting


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
