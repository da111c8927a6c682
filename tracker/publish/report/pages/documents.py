"""Published policies: the list of all, of those that changed quietly, of each place; and the page of each, which shows
what changed from one version to the next. A page quotes what changed, never the whole text, which may be protected."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from tracker.model import OcdId
from tracker.publish import addresses
from tracker.publish.report.documents import DocumentLine, PublishedChange, PublishedDocument, PublishedEdit
from tracker.publish.report.render import File, Site, page
from tracker.read.documents.word_runs import RunKind, WordRun, word_runs
from tracker.timeline.reporting import Reporting

FOLDER = "documents/"
QUIET_FOLDER = "documents/quiet/"
LIST, WHOLE = "documents.html.j2", "document.html.j2"
LISTED = 500
"""Documents on the page of all; the pages of places have all of theirs."""
ON_PLACE = 10
"""Of a place's documents, those that its own page lists."""
MOST_RULES, MOST_OTHERS = 100, 40
"""Edits of one change that are quoted. A manual that was written anew is not told sentence by sentence: nobody reads
that, and it would be the whole of it."""

FileOf = Callable[[int], bytes | None]
"""The kept file of a version by its id."""


@dataclass(frozen=True, slots=True)
class PlaceDocuments:
    """The documents of a place, those that changed last first."""

    place: OcdId | None
    lines: tuple[DocumentLine, ...]


def folder(document_id: int) -> str:
    """`documents/12/`."""
    return f"{FOLDER}{document_id}/"


def folder_of(place: OcdId | None) -> str:
    """`documents/wi/milwaukee/`; of no known place `documents/elsewhere/`."""
    return f"{FOLDER}{addresses.place(place)}" if place else f"{FOLDER}elsewhere/"


def by_place(lines: Iterable[DocumentLine]) -> list[PlaceDocuments]:
    """By the ids of places, those of no known place first."""
    ordered = sorted(lines, key=lambda line: line.place or "")
    return [
        PlaceDocuments(place or None, latest(its)) for place, its in groupby(ordered, lambda line: line.place or "")
    ]


def latest(lines: Iterable[DocumentLine]) -> tuple[DocumentLine, ...]:
    """The last change first; what never changed follows by its number."""
    ordered = sorted(lines, key=lambda line: (line.number, line.name, line.id))
    return tuple(sorted(ordered, key=lambda line: -line.changed.toordinal() if line.changed else 0))


def values(lines: Sequence[DocumentLine], *, quiet: bool = False) -> dict[str, Any]:
    """What the page of all documents is made of, or of those that changed quietly: the latest changes, by place."""
    changed = [line for line in latest(lines) if line.changed and (line.is_quiet or not quiet)]
    return {
        "quiet": quiet,
        "groups": by_place(changed[:LISTED]),
        "unlisted": max(0, len(changed) - LISTED),
        "followed": len(lines),
        "quiet_number": sum(line.is_quiet for line in lines),
        "waiting": sum(line.reporting is Reporting.OPEN for line in lines),
        "places": by_place(lines),
        "of_place": None,
        "folder": folder,
        "folder_of": folder_of,
    }


def pages(site: Site, lines: Sequence[DocumentLine]) -> Iterator[File]:
    """The page of those that changed quietly; that of all is among the pages about all places."""
    yield f"{QUIET_FOLDER}index.html", page(site, LIST, QUIET_FOLDER, **values(lines, quiet=True))


def place_page(site: Site, group: PlaceDocuments) -> File:
    """All documents of a place."""
    path = folder_of(group.place)
    told = values(group.lines) | {"groups": [group], "unlisted": 0, "of_place": group}
    return f"{path}index.html", page(site, LIST, path, **told)


def on_place(group: PlaceDocuments | None) -> dict[str, Any]:
    """What the page of a place needs of its documents."""
    return {"texts": group, "texts_listed": ON_PLACE, "text_folder": folder, "texts_folder": folder_of}


@dataclass(frozen=True, slots=True)
class Sides:
    """An edit as it is shown: the words before and now, each in runs, some of which are marked."""

    edit: PublishedEdit
    before: tuple[WordRun, ...]
    now: tuple[WordRun, ...]


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A change as it is shown; `more_rules` and `more_others` are not quoted."""

    change: PublishedChange
    rules: tuple[Sides, ...]
    others: tuple[Sides, ...]

    @property
    def more_rules(self) -> int:
        return len(self.change.rules) - len(self.rules)

    @property
    def more_others(self) -> int:
        return len(self.change.others) - len(self.others)


def document_pages(site: Site, document: PublishedDocument, place_folder: str, file_of: FileOf) -> Iterator[File]:
    """The page of a document and the kept files beside it; `place_folder` is empty where the place has no page."""
    path = folder(document.line.id)
    for version in document.versions if site.serves_documents else ():
        content = file_of(version.id) if version.file else None
        if content is not None:
            yield path + version.file, content
    shown = [_shown(change) for change in reversed(document.changes)]
    told = {"document": document, "line": document.line, "shown": shown, "place_folder": place_folder}
    told |= {"folder_of": folder_of}
    yield f"{path}index.html", page(site, WHOLE, path, **told)


def _shown(change: PublishedChange) -> ShownChange:
    rules, others = (map(sides, edits) for edits in (change.rules[:MOST_RULES], change.others[:MOST_OTHERS]))
    return ShownChange(change, tuple(rules), tuple(others))


def sides(edit: PublishedEdit) -> Sides:
    """The words of both sentences; those of one that came or went whole are all marked."""
    runs = word_runs(edit.old, edit.new)
    return Sides(
        edit,
        tuple(run for run in runs if run.kind is not RunKind.ADDED),
        tuple(run for run in runs if run.kind is not RunKind.REMOVED),
    )
