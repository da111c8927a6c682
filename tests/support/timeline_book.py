"""A recorded timeline in memory: what `db` does with articles and decisions, without a database."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from tracker.model import Entry, Evidence, Revision
from tracker.timeline.actions import Action
from tracker.timeline.decisions import Act, Decided
from tracker.timeline.describe import evidence_key
from tracker.timeline.fold import fold, fold_acts
from tracker.timeline.reconcile import reconcile
from tracker.timeline.review import PROGRAM
from tracker.timeline.scope import Group, group_of, touched

BEGINNING = datetime(2026, 1, 5, tzinfo=UTC)


class Book:
    """`articles` holds what each address says now, `first` the first piece of each, `entries` what is recorded, by id.
    A `scoped` book folds only the places and stages that an article touches, as the database does."""

    def __init__(self, *, scoped: bool = False) -> None:
        self._scoped = scoped
        self.articles: dict[str, tuple[Evidence, ...]] = {}
        self.first: dict[str, Evidence] = {}
        self.entries: dict[str, Entry] = {}
        self.now = BEGINNING

    def says(self, url: str, items: Iterable[Evidence]) -> None:
        """An article is read, for the first time or again."""
        items = tuple(items)
        before = self.articles.get(url, ())
        for item in items:
            self.first.setdefault(url, item)
        self.articles[url] = items
        said = (*before, *self.articles[url])
        self.record({group for item in said if (group := group_of(item.finding))} if self._scoped else None)

    def arrive(self, *items: Evidence) -> None:
        """Articles come, each with one piece of evidence (two of one address are one article)."""
        for item in items:
            self.says(item.url, [*self.articles.get(item.url, ()), item])

    def record(self, groups: set[Group] | None = None) -> list[Action]:
        """Brings the entries up to date, or those that these groups touch; the actions that changed them."""
        self.now += timedelta(hours=1)
        actions = self.pending_actions(groups)
        for action in actions:
            entry = action.entry
            if action.changes:
                told = Revision(
                    number=entry.revision, at=self.now, actor=PROGRAM, reason=action.reason, changes=action.changes
                )
                entry = entry.model_copy(update={"revisions": (*entry.revisions, told)})
            self.entries[entry.id] = entry
        return [action for action in actions if action.changes]

    def pending_actions(self, groups: set[Group] | None = None) -> Sequence[Action]:
        known = sorted(self.entries.values(), key=lambda entry: entry.id)
        if groups is None:
            return reconcile(known, fold(self.evidence()))
        groups, concerned, others = touched(known, groups)
        return reconcile(concerned, fold_acts(i for i in self.evidence() if group_of(i.finding) in groups), others)

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
