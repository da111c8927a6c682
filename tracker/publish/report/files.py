"""Files of the site: each appears whole or not at all, and only where its bytes changed."""

import contextlib
import filecmp
import hashlib
import os
import shutil
import tempfile
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from tracker.errors import StorageError

GENERATOR = b'<meta name="generator" content="procedure-tracker">'
"""Stands in every page: only folders whose page has it are ever removed."""
HEAD_BYTES = 2048
"""The mark is looked for in the first bytes of a page."""
TEMPORARY = ".building-"
STALE_S = 24 * 3600
"""Age, by the file system's own clock, at which a temporary folder is what a killed build left behind."""


class Folder:
    """The output folder. Counts what was written and what was already right; remembers what belongs to the site."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.written = 0
        self.unchanged = 0
        self._seen = array("Q")
        """64-bit hashes of the folders written to: 8 bytes each, so that memory stays small on a large site."""
        with _storage(root):
            root.mkdir(parents=True, exist_ok=True)
            self._temporary = Path(tempfile.mkdtemp(prefix=TEMPORARY, dir=root))
            _remove_stale(root, self._temporary.stat().st_mtime - STALE_S)

    def close(self) -> None:
        """Removes the temporary folder, with whatever a build that failed left in it."""
        shutil.rmtree(self._temporary, ignore_errors=True)

    def write(self, path: str, content: bytes) -> bool:
        """Writes one file (`wi/milwaukee/index.html`); True if it changed."""
        target = f"{self.root}/{path}"
        with _storage(target):
            changed = not _holds(target, content)
            if changed:
                temporary = f"{self._temporary}/page"
                with open(temporary, "wb") as out:
                    out.write(content)
                _place(temporary, target)
        return self._done(path, changed=changed)

    @contextlib.contextmanager
    def stream(self, path: str) -> Iterator[BinaryIO]:
        """A file that is written bit by bit and put in its place when the block ends without an error."""
        target = f"{self.root}/{path}"
        temporary = f"{self._temporary}/{hashlib.sha256(path.encode()).hexdigest()}"
        with _storage(target):
            with open(temporary, "wb") as out:
                yield out
            changed = not (os.path.isfile(target) and filecmp.cmp(temporary, target, shallow=False))
            if changed:
                _place(temporary, target)
            else:
                os.unlink(temporary)
        self._done(path, changed=changed)

    def keep_all(self, paths: Iterable[str]) -> bool:
        """Counts the files as right without looking into them; False, and nothing counted, if one is not there."""
        kept = list(paths)
        if not all(os.path.isfile(f"{self.root}/{path}") for path in kept):
            return False
        for path in kept:
            self._done(path, changed=False)
        return True

    def prune(self) -> int:
        """Removes pages of ours, with the files beside them, that this build did not write; gives how many."""
        known = array("Q", sorted(self._seen))
        with _storage(self.root):
            gone = [folder for folder in _pages(self.root) if not _contains(known, _number(self._name(folder)))]
            ours = [folder for folder in gone if _is_ours(folder / "index.html")]
            for folder in ours:
                _remove_page(folder)
        return len(ours)

    def _name(self, folder: Path) -> str:
        return folder.relative_to(self.root).as_posix()

    def _done(self, path: str, *, changed: bool) -> bool:
        self.written += changed
        self.unchanged += not changed
        self._seen.append(_number(path.rpartition("/")[0] or "."))
        return changed


def _remove_stale(root: Path, before: float) -> None:
    for folder in root.glob(f"{TEMPORARY}*"):
        if folder.stat().st_mtime < before:
            shutil.rmtree(folder, ignore_errors=True)


def _holds(target: str, content: bytes) -> bool:
    """True where the file is there and has these bytes."""
    try:
        if os.stat(target).st_size != len(content):
            return False
        with open(target, "rb") as there:
            return there.read() == content
    except FileNotFoundError:
        return False


def _place(temporary: str, target: str) -> None:
    """The finished file takes its place in one step: a reader sees the old one or the new one."""
    try:
        os.replace(temporary, target)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        os.replace(temporary, target)


def _number(folder: str) -> int:
    return int.from_bytes(hashlib.blake2b(folder.encode(), digest_size=8).digest(), "big")


def _contains(numbers: "array[int]", number: int) -> bool:
    place = bisect_left(numbers, number)
    return place < len(numbers) and numbers[place] == number


def _pages(folder: Path) -> Iterator[Path]:
    """Every folder that holds a page; one folder's names are never all in memory."""
    with os.scandir(folder) as items:
        for item in items:
            if item.is_dir(follow_symlinks=False):
                yield from _pages(folder / item.name)
            elif item.name == "index.html":
                yield folder


def _is_ours(page: Path) -> bool:
    with page.open("rb") as source:
        return GENERATOR in source.read(HEAD_BYTES)


def _remove_page(folder: Path) -> None:
    """The page first, so that a half-removed folder is no page; foreign files and filled folders stay."""
    (folder / "index.html").unlink()
    for name in DATA_FILES:
        (folder / name).unlink(missing_ok=True)
    with contextlib.suppress(OSError):
        folder.rmdir()


DATA_FILES = ("entries.json", "entries.csv", "entries.atom", "entries.ics", "entries.timeline.json")
"""What may stand beside a page."""


@contextlib.contextmanager
def _storage(path: Path | str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise StorageError(f"cannot write {path}: {reason}; free some space or name another folder") from error
