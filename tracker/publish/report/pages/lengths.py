"""How much of a place or a policy fits on one page: the rest goes on on further pages. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tracker.model import Entry
from tracker.publish.report.policies import ShownPolicy

PAGE_BYTES = 90_000
"""Entries of one page, by `weight`. With the style sheet (22 kB), the frame (10 kB) and the list of how things stand
(some 50 kB) a page is loaded with less than 200 kB, which a slow telephone line takes in some seconds."""
STANDING_LISTED = 100
"""Policies in that list on a place's first page, those that changed last: some 500 bytes each."""
ENTRY_BYTES, REPORT_BYTES, REVISION_BYTES, CHANGE_BYTES = 1_900, 600, 260, 160
"""What the page says around the words of an entry, of a report, of a revision and of a change; measured."""


@dataclass(frozen=True, slots=True)
class PolicyPiece:
    """What a place's page shows of a policy: the newest entries, and how many `more` its own page has."""

    thread: ShownPolicy
    entries: tuple[Entry, ...]
    more: int


def weight(entry: Entry) -> int:
    """About as many bytes as a page needs for it."""
    found = ENTRY_BYTES + _size(entry.title, entry.body, entry.instrument)
    for item in entry.evidence:
        found += REPORT_BYTES + _size(item.finding.said, item.title, item.url, item.publisher)
    for revision in entry.revisions[1:]:
        found += REVISION_BYTES + _size(revision.reason)
        found += sum(CHANGE_BYTES + _size(change.old, change.new) for change in revision.changes)
    return found


def of_place(threads: Sequence[ShownPolicy]) -> list[list[PolicyPiece]]:
    """The policies of a place page by page; one page at least."""
    pages: list[list[PolicyPiece]] = [[]]
    room = PAGE_BYTES
    for thread in threads:
        piece, size = _piece(thread)
        if size > room and pages[-1]:
            pages.append([])
            room = PAGE_BYTES
        pages[-1].append(piece)
        room -= size
    return pages


def of_policy(thread: ShownPolicy) -> list[tuple[Entry, ...]]:
    """The entries of a policy page by page, newest first; one page at least."""
    pages: list[list[Entry]] = [[]]
    room = PAGE_BYTES
    for entry in thread.entries:
        size = weight(entry)
        if size > room and pages[-1]:
            pages.append([])
            room = PAGE_BYTES
        pages[-1].append(entry)
        room -= size
    return [tuple(page) for page in pages]


def _piece(thread: ShownPolicy) -> tuple[PolicyPiece, int]:
    first = of_policy(thread)[0]
    return PolicyPiece(thread, first, len(thread.entries) - len(first)), sum(map(weight, first))


def folders(path: str, pages: int) -> list[str]:
    """Where the pages stand: `wi/milwaukee/`, `wi/milwaukee/2/`."""
    return [path, *(f"{path}{number}/" for number in range(2, pages + 1))]


def _size(*texts: str | None) -> int:
    return sum(len(text.encode("utf-8", "replace")) for text in texts if text)


def total(entries: Iterable[Entry]) -> int:
    """The weight of all."""
    return sum(map(weight, entries))
