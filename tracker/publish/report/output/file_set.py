"""The files of the site that are about one thing, like a state or a topic: what an earlier build wrote of them and this
one does not goes."""

import json
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import BinaryIO

from tracker.publish.exports import Extract, Format, formats_with
from tracker.publish.report.output.folder import Folder
from tracker.publish.report.output.manifest import Files, Manifest
from tracker.publish.report.render import Site

CHUNK = 1 << 20


class Damaged(Exception):
    """A file of ours that an earlier build wrote is not there: everything has to be looked at."""


WHOLE_FORMATS = formats_with(Extract.ALL)
"""Formats that carry every entry of many places; the feed and the calendar carry the newest and the next ones."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A file: `size` in bytes, `sha256` in hexadecimal, and the checksum of gzip."""

    size: int
    sha256: str
    crc: int

    @classmethod
    def read(cls, text: str) -> "Measured":
        """What was kept of it."""
        return cls(**json.loads(text))


class FileSet:
    """Those of one owner. Used in a `with` block; after an error within it nothing is forgotten."""

    def __init__(self, site: Site, folder: Folder, manifest: Manifest, owner: str) -> None:
        self.site, self.folder, self.manifest, self.owner = site, folder, manifest, owner
        self._before = manifest.files.get(owner, {})
        self.files: Files = {}
        """Those of this build so far, the streamed ones with what they hold (`Measured`)."""

    def write(self, path: str, content: bytes) -> None:
        """One file."""
        self.folder.write(path, content)
        self.files[path] = ""

    def write_all(self, files: Iterable[tuple[str, bytes]]) -> None:
        """Files in their order."""
        for path, content in files:
            self.write(path, content)

    @contextmanager
    def stream(self, path: str) -> Iterator[BinaryIO]:
        """One file that is written bit by bit, and measured."""
        with self.folder.stream(path) as out:
            yield out
        self._measure(path)

    def _measure(self, path: str) -> None:
        self.files[path] = json.dumps(asdict(_measured(self.folder.holds(path))))

    def keep(self, path: str) -> bool:
        """True where the file stands as a build of before streamed it, and stays so."""
        if not self._before.get(path) or not self.folder.keep_all([path]):
            return False
        self.files[path] = self._before[path]
        return True

    def take(self, path: str) -> bool:
        """The same for a file that is right, whoever left it there: it is measured again."""
        if not self.folder.keep_all([path]):
            return False
        self._measure(path)
        return True

    def join(self, form: Format, path: str, parts: Iterable[str]) -> None:
        """A file of all entries that the files `parts` hold, in their order. `form` is the format of all of them."""
        export = form.start(self.site.today, self.site.public_url, "")
        head, tail = export.head().encode(), export.tail().encode()
        glue = export.between.removesuffix(export.before_first).encode()
        is_first = True
        with self.stream(path) as out:
            out.write(head)
            for part in parts:
                body = self._content(part)[len(head) :]
                body = body[: len(body) - len(tail)]
                if body:
                    out.write(body if is_first else glue + body)
                    is_first = False
            out.write(tail)

    def _content(self, path: str) -> bytes:
        try:
            with open(self.folder.holds(path), "rb") as source:
                return source.read()
        except FileNotFoundError as error:
            raise Damaged(path) from error

    def __enter__(self) -> "FileSet":
        return self

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        if kind is not None:
            return
        self.folder.drop(self._before.keys() - self.files.keys())
        if self.files:
            self.manifest.files[self.owner] = self.files
        else:
            self.manifest.files.pop(self.owner, None)


def _measured(path: str) -> Measured:
    digest, crc, size = sha256(), 0, 0
    with open(path, "rb") as source:
        while chunk := source.read(CHUNK):
            digest.update(chunk)
            crc, size = zlib.crc32(chunk, crc), size + len(chunk)
    return Measured(size, digest.hexdigest(), crc)
