"""What one run did, counted; for the line at its end, for programs and for the log."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from tracker.publish.counts import count

if TYPE_CHECKING:
    from db.timeline.recorder import EntryChanges

Report = Callable[[str], None]
"""Takes one line about something that failed while the run goes on."""


@dataclass
class Tally:
    """Counts of one run. `feeds` were asked, `failed_feeds` of them did not answer as feeds; `failed_pages` are to be
    tried again or given up; `put_aside` items are not fetched for what their headlines say; `waiting` feeds and pages
    wait for this machine's own network, which is down (nothing is held against them); `unreadable` articles made the
    reader fail; entries were `opened`, or `changed` by another report."""

    feeds: int = 0
    failed_feeds: int = 0
    retired_feeds: int = 0
    new_items: int = 0
    new_articles: int = 0
    failed_pages: int = 0
    put_aside: int = 0
    waiting: int = 0
    read: int = 0
    changes: int = 0
    unreadable: int = 0
    opened: int = 0
    changed: int = 0

    def add_changes(self, changes: "EntryChanges") -> None:
        """What recording did to the timeline."""
        self.opened += changes.opened
        self.changed += changes.corrected + changes.supported + changes.retired

    @property
    def failed(self) -> bool:
        """True where something went wrong that a person should look at; a page that is tried again is not that."""
        return bool(self.failed_feeds or self.waiting or self.unreadable)

    @property
    def entry_words(self) -> str:
        """What became of the timeline."""
        return f"{count(self.opened, 'entry', 'entries')} opened, {self.changed} changed"

    @property
    def reading_words(self) -> str:
        """What was read, and what became of it."""
        report = "reports" if self.changes == 1 else "report"
        return f"{count(self.read, 'article')} read, {self.changes} {report} a change, {self.entry_words}"

    def as_dict(self) -> dict[str, int]:
        """The counts by name."""
        return asdict(self)

    def in_words(self) -> str:
        """One line for people."""
        failed = f" ({self.failed_feeds} failed)" if self.failed_feeds else ""
        pages = f", {count(self.failed_pages, 'page')} not to be had" if self.failed_pages else ""
        aside = f", {self.put_aside} put aside by their headlines" if self.put_aside else ""
        waiting = f", {count(self.waiting, 'source or page', 'sources and pages')} out of reach" if self.waiting else ""
        return (
            f"{count(self.feeds, 'source')} polled{failed}, {count(self.new_items, 'new item')}, "
            f"{count(self.new_articles, 'new article')}{pages}{aside}{waiting}; {self.reading_words}."
        )
