"""A recorded timeline in memory: what `db` does with articles and decisions, without a database."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from tracker.model import Entry, Evidence, Revision
from tracker.timeline.actions import Action
from tracker.timeline.decisions import Act, Decided
from tracker.timeline.describe import evidence_key
from tracker.timeline.fold import fold
from tracker.timeline.reconcile import reconcile
from tracker.timeline.review import PROGRAM

BEGINNING = datetime(2026, 1, 5, tzinfo=UTC)


class Book:
    """`articles` holds what each address says now, `entries` what is recorded, by id."""

    def __init__(self) -> None:
        self.articles: dict[str, tuple[Evidence, ...]] = {}
        self.entries: dict[str, Entry] = {}
        self.now = BEGINNING

    def says(self, url: str, items: Iterable[Evidence]) -> None:
        """An article is read, for the first time or again."""
        self.articles[url] = tuple(items)
        self.record()

    def arrive(self, *items: Evidence) -> None:
        """Articles come, each with one piece of evidence (two of one address are one article)."""
        for item in items:
            self.says(item.url, [*self.articles.get(item.url, ()), item])

    def record(self) -> list[Action]:
        """Brings the entries up to date; the actions that changed them."""
        self.now += timedelta(hours=1)
        actions = self.pending_actions()
        for action in actions:
            entry = action.entry
            if action.changes:
                told = Revision(
                    number=entry.revision, at=self.now, actor=PROGRAM, reason=action.reason, changes=action.changes
                )
                entry = entry.model_copy(update={"revisions": (*entry.revisions, told)})
            self.entries[entry.id] = entry
        return [action for action in actions if action.changes]

    def pending_actions(self) -> Sequence[Action]:
        return reconcile(sorted(self.entries.values(), key=lambda entry: entry.id), fold(self.evidence()))

    def evidence(self) -> list[Evidence]:
        """All that the articles say, each sentence once."""
        return list({evidence_key(item): item for items in self.articles.values() for item in items}.values())

    def act(self, reason: str = "") -> Act:
        return Act("Ada", self.now, reason)

    def decide(self, *done: Decided | None) -> None:
        """Writes what a person decided, and lets the program follow."""
        for decided in filter(None, done):
            entry = decided.entry
            self.entries[entry.id] = entry.model_copy(update={"revisions": (*entry.revisions, decided.revision)})
        self.record()

    def live(self) -> list[Entry]:
        """The entries that hold evidence, by id."""
        return sorted((entry for entry in self.entries.values() if entry.evidence), key=lambda entry: entry.id)

    def only(self) -> Entry:
        """The one entry that there is."""
        (entry,) = self.entries.values()
        return entry
