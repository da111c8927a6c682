"""Entries as files, one module a format. `FORMATS["csv"].write(entries, out, today)` writes; nothing holds all entries.

This list is the only one: the command, the pages that offer a file and the removal of old files read it. It is light,
since the help of a command reads it: the module of a format is imported when something is first written in it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from pkgutil import resolve_name
from typing import TYPE_CHECKING, BinaryIO, cast

if TYPE_CHECKING:
    from datetime import date

    from tracker.model import Entry
    from tracker.publish.exports.format import Export

DEFAULT_TITLE = "Changes to local government procedures"


class Subject(Enum):
    """What a page is about that has all of its entries as files beside it."""

    PLACE = "a place"
    POLICY = "a policy"
    ENTRY = "an entry"


class Extract(Enum):
    """Which entries the files hold beside a page about many places."""

    ALL = "all"  # joined from the files of places and policies: items read the same wherever they stand
    NEWEST = "newest"
    COMING = "coming"


@dataclass(frozen=True)
class Format:
    """A format's name on the command line, the end of its file names, its media type, what pages call it, its writer
    (`module:class`), which pages have a file of it, and what that holds of many places (None: it is not offered)."""

    name: str
    suffix: str
    media_type: str
    label: str
    writer: str
    subjects: tuple[Subject, ...] = (Subject.PLACE, Subject.POLICY)
    extract: Extract | None = None

    @property
    def file_name(self) -> str:
        """`entries.json`: the name of the file beside a page."""
        return f"entries.{self.suffix}"

    @property
    def start(self) -> "Callable[[date, str, str], Export]":
        """Opens a file of this format, given its day, where the report is published and the file's title."""
        return cast("Callable[[date, str, str], Export]", resolve_name(f"{__name__}.{self.writer}"))

    def write(
        self,
        entries: "Iterable[Entry]",
        out: BinaryIO,
        today: "date",
        *,
        public_url: str = "",
        title: str = DEFAULT_TITLE,
    ) -> int:
        """Writes the entries as they come, UTF-8, as they read on a day; gives how many the file holds."""
        export = self.start(today, public_url, title)
        out.write(_bytes(export.head()))
        for entry in entries:
            out.write(_bytes(export.add(entry)))
        out.write(_bytes(export.tail()))
        return export.count


def _bytes(text: str) -> bytes:
    """UTF-8; half a character (a lone surrogate) becomes a question mark instead of an error."""
    return text.encode("utf-8", "replace")


FORMATS: dict[str, Format] = {
    item.name: item
    for item in (
        Format("json", "json", "application/json", "JSON", "json:JsonExport", tuple(Subject), Extract.ALL),
        Format("csv", "csv", "text/csv", "CSV for spreadsheets", "csv:CsvExport", extract=Extract.ALL),
        Format("atom", "atom", "application/atom+xml", "Atom feed", "atom:AtomExport", extract=Extract.NEWEST),
        Format("ics", "ics", "text/calendar", "Calendar", "ics:IcsExport", (Subject.PLACE,), Extract.COMING),
        Format("timelinejs", "timeline.json", "application/json", "TimelineJS", "timelinejs:TimelineJsExport"),
    )
}
"""Name on the command line → format. A table of one entry or a calendar of one policy would help nobody."""


def formats_of(subject: Subject) -> tuple[Format, ...]:
    """The files beside the page of a place, a policy or an entry."""
    return tuple(form for form in FORMATS.values() if subject in form.subjects)


def formats_with(*extracts: Extract) -> tuple[Format, ...]:
    """The files beside a page about many places that hold one of these."""
    return tuple(form for form in FORMATS.values() if form.extract in extracts)
