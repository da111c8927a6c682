"""Files that hold the entries of many places, written while the places stream by."""

from contextlib import ExitStack
from types import TracebackType
from typing import BinaryIO, Self

from tracker.model import Entry, PlaceTimeline
from tracker.publish.exports import FORMATS, Export
from tracker.publish.report.files import Folder
from tracker.publish.report.overview import shown
from tracker.publish.report.pages import file_name
from tracker.publish.report.render import Site

WHOLE_FORMATS = ("json", "csv")
"""Formats that carry every entry; the feed and the calendar carry the newest and the next ones."""


class EntryFiles:
    """`entries.json` and `entries.csv` of one folder, open for adding."""

    def __init__(self, site: Site, folder: Folder, path: str, title: str, stack: ExitStack) -> None:
        self._open: list[tuple[Export, BinaryIO]] = []
        for name in WHOLE_FORMATS:
            out = stack.enter_context(folder.stream(path + file_name(name)))
            export = FORMATS[name].start(site.public_url, title)
            out.write(export.head().encode())
            self._open.append((export, out))

    def add(self, entry: Entry) -> None:
        """One more entry in each file."""
        for export, out in self._open:
            out.write(export.add(entry).encode("utf-8", "replace"))

    def end(self) -> None:
        """The last bytes of each file."""
        for export, out in self._open:
            out.write(export.tail().encode())


class WholeSite:
    """The files of the index, with every entry of the site."""

    def __init__(self, site: Site, folder: Folder) -> None:
        self._stack = ExitStack()
        self._files = EntryFiles(site, folder, "", "Changes to local government procedures", self._stack)

    def add(self, timeline: PlaceTimeline) -> None:
        """The entries of one place."""
        for policy in timeline.policies:
            for entry in shown(policy.entries):
                self._files.add(entry)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self._files.end()
        self._stack.__exit__(kind, error, trace)
