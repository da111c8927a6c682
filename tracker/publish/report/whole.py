"""Files that hold the entries of many places, written while the places stream by."""

from contextlib import ExitStack
from types import TracebackType
from typing import BinaryIO, Self

from tracker.coverage import PlaceTimeline
from tracker.model import Entry
from tracker.publish.exports import DEFAULT_TITLE, FORMATS
from tracker.publish.exports.format import Export, in_order
from tracker.publish.report.files import Folder
from tracker.publish.report.overview import shown
from tracker.publish.report.render import Site

WHOLE_FORMATS = ("json", "csv")
"""Formats that carry every entry; the feed and the calendar carry the newest and the next ones."""


class Texts:
    """What the entries of one place say in each format: said once for all the files that hold them."""

    def __init__(self, site: Site) -> None:
        self._exports = {name: FORMATS[name].start(site.public_url, "") for name in WHOLE_FORMATS}
        self._said: dict[str, dict[str, str]] = {}

    def of(self, entry: Entry) -> dict[str, str]:
        """The entry in every format."""
        if entry.id not in self._said:
            self._said[entry.id] = {name: export.text(entry) for name, export in self._exports.items()}
        return self._said[entry.id]

    def forget(self) -> None:
        """Called between two places."""
        self._said = {}


class EntryFiles:
    """`entries.json` and `entries.csv` of one folder, open for adding."""

    def __init__(self, site: Site, folder: Folder, path: str, title: str, stack: ExitStack) -> None:
        self._open: dict[str, tuple[Export, BinaryIO]] = {}
        for name in WHOLE_FORMATS:
            out = stack.enter_context(folder.stream(path + FORMATS[name].file_name))
            export = FORMATS[name].start(site.public_url, title)
            out.write(export.head().encode())
            self._open[name] = export, out

    def add(self, texts: dict[str, str]) -> None:
        """One more entry, as it is said in each format."""
        for name, (export, out) in self._open.items():
            out.write(export.joined(texts[name]).encode("utf-8", "replace"))

    def end(self) -> None:
        """The last bytes of each file."""
        for export, out in self._open.values():
            out.write(export.tail().encode())


class WholeSite:
    """The files of the index, with every entry of the site."""

    def __init__(self, site: Site, folder: Folder, texts: Texts) -> None:
        self._stack, self._texts = ExitStack(), texts
        self._files = EntryFiles(site, folder, "", DEFAULT_TITLE, self._stack)

    def add(self, timeline: PlaceTimeline) -> None:
        """The entries of one place."""
        for entry in in_order(entry for policy in timeline.policies for entry in shown(policy.entries)):
            self._files.add(self._texts.of(entry))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self._files.end()
        self._stack.__exit__(kind, error, trace)
