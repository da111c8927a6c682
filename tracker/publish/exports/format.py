"""What a format is: a head, one item an entry, a tail, each written at once, so that a million entries fit."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from datetime import date

from tracker.model import Entry, EntryStatus
from tracker.publish import addresses
from tracker.publish.exports import DEFAULT_TITLE
from tracker.timeline.steps import STAGE_ORDER


def place_title(label: str) -> str:
    """The title of the files of one place: `Changes in Milwaukee, Wisconsin`."""
    return f"Changes in {label}"


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """By place, date, stage and id, undated ones first in their place: the order in which the database gives them, so
    that the files beside a page and those of `tracker export` are the same."""
    return sorted(entries, key=_order)


def _order(entry: Entry) -> tuple[str, str, int, str]:
    return entry.jurisdiction, str(entry.date or ""), STAGE_ORDER[entry.stage], entry.id


class Export(ABC):
    """One file being written, as of the day `today`. `public_url` is where the report is published, empty where it is
    not."""

    tells_status = False
    """True for formats that say what a person made of an entry; the others leave out what was rejected."""
    before_first = between = ""
    """What stands before the first item, and between two."""

    def __init__(self, today: date, public_url: str = "", title: str = DEFAULT_TITLE) -> None:
        self.today = today
        self.public_url = public_url.rstrip("/")
        self.title = title
        self.count = 0
        """Entries written so far."""

    @abstractmethod
    def head(self) -> str:
        """What stands before the first entry."""

    @abstractmethod
    def item(self, entry: Entry) -> str:
        """One entry, the same wherever it stands. Empty where the format cannot say it."""

    @abstractmethod
    def tail(self) -> str:
        """What stands after the last entry."""

    def text(self, entry: Entry) -> str:
        """One entry, or nothing where the format leaves it out."""
        return "" if entry.status is EntryStatus.REJECTED and not self.tells_status else self.item(entry)

    def joined(self, text: str) -> str:
        """The text of an item with what stands before it; counted."""
        if not text:
            return ""
        mark = self.between if self.count else self.before_first
        self.count += 1
        return mark + text

    def add(self, entry: Entry) -> str:
        """One entry, counted."""
        return self.joined(self.text(entry))

    def permalink(self, entry: Entry) -> str:
        """The entry's page in the published report, or nothing."""
        return f"{self.public_url}/{addresses.entry(entry.id)}" if self.public_url else ""
