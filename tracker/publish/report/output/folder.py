"""Files of the site: only what changed is written, and all of it takes its place at the end, file by file whole."""

import contextlib
import filecmp
import hashlib
import os
from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from tracker.errors import StorageError
from tracker.publish.exports import FORMATS
from tracker.publish.hearings.files import FILES
from tracker.publish.report.output.staging import PREFIX, Staging

GENERATOR = b'<meta name="generator" content="procedure-tracker">'
"""Stands in every page."""
HEAD_BYTES = 2048
"""The mark is looked for in the first bytes of a page."""
MANIFEST = ".manifest.json"
"""Stands in the folder of a report from the moment at which the first files take their places (`manifest.py`)."""
STYLE = "assets/style.css"
"""Stands in the folder of a report, and in no folder below: a copy of a report may lack hidden files."""
PAGE = "index.html"


def is_page(path: str | Path) -> bool:
    """True for a page of ours."""
    with open(path, "rb") as source:
        return GENERATOR in source.read(HEAD_BYTES)


def is_report(folder: Path) -> bool:
    """True where the files of the folder are ours, as far as they have names of ours."""
    page = folder / PAGE
    return (folder / MANIFEST).is_file() or (page.is_file() and is_page(page))


def is_another(folder: Path) -> bool:
    """True for a folder within a report that is a report itself, by another build."""
    return any(os.path.lexists(folder / name) for name in (MANIFEST, STYLE))


BINS = 64
"""Hashes are sorted bin by bin: a sorted list of all takes five times their room."""
OURS = frozenset(
    {PAGE, "datapackage.json", "entries.schema.json", "entries.table.json"}
    | {form.file_name for form in FORMATS.values()}
    | {f"{form.file_name}.gz" for form in FORMATS.values()}
    | {form.file_name for form in FILES}
)
"""What a folder of the site may hold."""


class Folder:
    """The output folder. Until `commit` the old site stands as it was. Counts what was written and what was already
    right; remembers what belongs to the site. Raises StorageError, also where a file that is not ours would be lost."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.written = 0
        self.unchanged = 0
        self._gone: set[str] = set()
        """Files of ours that an earlier build wrote and that this one may have no use for."""
        self._seen = [array("Q") for _ in range(BINS)]
        """64-bit hashes of the files written, binned by their last bits: 8 bytes each, so that memory stays small on a
        large site."""
        with storage(root):
            root.mkdir(parents=True, exist_ok=True)
            self._is_ours = is_report(root)
            self._staging = Staging(root)

    def close(self) -> None:
        """Forgets what was not committed."""
        self._staging.close()

    @property
    def is_changed(self) -> bool:
        """True where `commit` will change anything, as far as it knows without a walk."""
        return bool(self._staging.count or self._gone)

    def commit(self, *, whole: bool) -> int:
        """Puts every changed file in its place, then removes pages that are gone; gives how many. After a `whole` build
        those are all that it did not write, whoever left them; after another one those that were given to `drop`.

        Files take their places in the order in which they were written: a page that is written after those that it
        leads to never leads nowhere.
        """
        with storage(self.root):
            self._staging.commit()
            for place, numbers in enumerate(self._seen):
                self._seen[place] = array("Q", sorted(numbers))
            return self._prune() if whole else self._take_away()

    def drop(self, paths: Iterable[str]) -> None:
        """These files of ours go at the end, save those that this build writes for somebody else."""
        self._gone.update(paths)

    def write(self, path: str, content: bytes) -> bool:
        """Writes one file (`wi/milwaukee/index.html`); True if it changed."""
        target = f"{self.root}/{path}"
        with storage(target):
            changed = not _holds(target, content)
            if changed:
                self._spare(target)
                self._staging.add(path, content)
        return self._done(path, changed=changed)

    @contextlib.contextmanager
    def stream(self, path: str) -> Iterator[BinaryIO]:
        """A file that is written bit by bit; one whose block ends with an error is forgotten."""
        target = f"{self.root}/{path}"
        temporary = self._staging.temporary(hashlib.sha256(path.encode()).hexdigest())
        with storage(target):
            out = open(temporary, "wb")  # noqa: SIM115 - closed below, in one way or the other
        try:
            yield out
        except BaseException:
            out.raw.close()  # past its buffer, which a full disk would refuse once more
            raise
        with storage(target):
            out.close()
            changed = not (os.path.isfile(target) and filecmp.cmp(temporary, target, shallow=False))
            if changed:
                self._spare(target)
                self._staging.adopt(temporary, path)
            else:
                os.unlink(temporary)
        self._done(path, changed=changed)

    def holds(self, path: str) -> str:
        """Where the bytes of a file of this build are until `commit`."""
        waiting = self._staging.waiting(path)
        return waiting if os.path.exists(waiting) else f"{self.root}/{path}"

    def keep_all(self, paths: Iterable[str]) -> bool:
        """Counts the files as right without looking into them; False, and nothing counted, if one is not there."""
        kept = list(paths)
        if not all(os.path.isfile(f"{self.root}/{path}") for path in kept):
            return False
        for path in kept:
            self._done(path, changed=False)
        return True

    def _spare(self, target: str) -> None:
        """StorageError where what would be replaced is somebody else's. An empty file is nobody's loss, and may be what
        a power failure left of ours."""
        if not os.path.isfile(target) or not os.path.getsize(target):
            return
        if not (is_page(target) if target.endswith(PAGE) else self._is_ours):
            raise StorageError(f"{target}: this file is not of a report; move it away or name another folder")

    def _prune(self) -> int:
        """Pages that are gone go with the files beside them; a page that stays loses the files that are gone."""
        strange = [(folder, gone) for folder, names in _pages(self.root) if (gone := self._unknown(folder, names))]
        ours = [(folder, gone) for folder, gone in strange if is_page(folder / PAGE)]
        for folder, gone in ours:
            _remove(folder, gone)
        return sum(PAGE in gone for _, gone in ours)

    def _take_away(self) -> int:
        """The same for the files that were dropped."""
        folders: dict[str, list[str]] = {}
        for path in self._gone:
            if not self._is_known(path):
                folder, _, name = path.rpartition("/")
                folders.setdefault(folder, []).append(name)
        ours = [(self.root / folder, names) for folder, names in folders.items() if _is_page_of(self.root / folder)]
        for there, names in ours:
            _remove(there, names)
        return sum(PAGE in names for _, names in ours)

    def _unknown(self, folder: Path, names: Iterable[str]) -> list[str]:
        """The files in a folder of the site that this build did not write."""
        inside = folder.relative_to(self.root)
        return [name for name in names if not self._is_known((inside / name).as_posix())]

    def _is_known(self, path: str) -> bool:
        number = _number(path)
        return _contains(self._seen[number % BINS], number)

    def _done(self, path: str, *, changed: bool) -> bool:
        self.written += changed
        self.unchanged += not changed
        number = _number(path)
        self._seen[number % BINS].append(number)
        return changed


def _holds(target: str, content: bytes) -> bool:
    """True where the file is there and has these bytes."""
    try:
        if os.stat(target).st_size != len(content):
            return False
        with open(target, "rb") as there:
            return there.read() == content
    except FileNotFoundError:
        return False


def _number(path: str) -> int:
    return int.from_bytes(hashlib.blake2b(path.encode(), digest_size=8).digest(), "big")


def _contains(numbers: "array[int]", number: int) -> bool:
    place = bisect_left(numbers, number)
    return place < len(numbers) and numbers[place] == number


def _pages(folder: Path) -> Iterator[tuple[Path, list[str]]]:
    """Every folder that holds a page, but for other reports, with the names of the files in it that may be ours; one
    folder's names are never all in memory."""
    found = []
    with os.scandir(folder) as items:
        for item in items:
            if item.is_dir(follow_symlinks=False):
                if not item.name.startswith(PREFIX) and not is_another(folder / item.name):
                    yield from _pages(folder / item.name)
            elif item.name in OURS:
                found.append(item.name)
    if PAGE in found:
        yield folder, found


def _is_page_of(folder: Path) -> bool:
    try:
        return is_page(folder / PAGE)
    except OSError:
        return False


def _remove(folder: Path, names: Collection[str]) -> None:
    """The page last: while it is there, the next build finds what a killed one left. Foreign files and filled folders
    stay."""
    for name in sorted(names, key=lambda name: name == PAGE):
        (folder / name).unlink(missing_ok=True)
    if PAGE in names:
        with contextlib.suppress(OSError):
            folder.rmdir()


@contextlib.contextmanager
def storage(path: Path | str) -> Iterator[None]:
    """What the disk refuses is a StorageError that names this path."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise StorageError(f"cannot write {path}: {reason}; free some space or name another folder") from error
