"""A recorded timeline in memory: what `db` does with articles and decisions, without a database."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from tracker.model import Entry, Evidence, Revision
from tracker.timeline.actions import Action
from tracker.timeline.decisions import Act, Decided, Piece
from tracker.timeline.describe import evidence_key
from tracker.timeline.history import PROGRAM
from tracker.timeline.merge import merge
from tracker.timeline.scope import Group, group_of
from tracker.timeline.undo import consequence, last_act, undo

BEGINNING = datetime(2026, 1, 5, tzinfo=UTC)


class Book:
    """`articles` holds what each address says now, `first` the first piece of each, `entries` what is recorded, by id.
    A `scoped` book folds only the places and stages that an article touches, as the database does."""

    def __init__(self, *, scoped: bool = False) -> None:
        self._scoped = scoped
        self.articles: dict[str, tuple[Evidence, ...]] = {}
        self.first: dict[str, Evidence] = {}
        self.entries: dict[str, Entry] = {}
        self.pieces: set[Piece] = set()
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

    def record(self, groups: set[Group] | None = None, *, at_once: bool = False) -> list[Action]:
        """Brings the entries up to date, or those that these groups touch; the actions that changed them."""
        self.now += timedelta(hours=0 if at_once else 1)
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
        return merge(known, self.evidence(), groups).actions

    def evidence(self) -> list[Evidence]:
        """All that the articles say, each sentence once."""
        return list({evidence_key(item): item for items in self.articles.values() for item in items}.values())

    def act(self, reason: str = "") -> Act:
        """An act of now; no two have the same moment."""
        self.now += timedelta(hours=1)
        return Act("Ada", self.now, reason)

    def decide(self, *done: Decided | None) -> None:
        """Writes what a person decided, and lets the program follow."""
        for decided in filter(None, done):
            entry = decided.entry
            self.entries[entry.id] = entry.model_copy(update={"revisions": (*entry.revisions, decided.revision)})
            self.pieces |= set(decided.pieces)
        self.record(at_once=True)

    def undo(self, entry: Entry, act: Act | None = None) -> list[Decided]:
        """The last act of a person on the entry, taken back on all entries that it touched."""
        of_act, todo = set[tuple[str, int]](), {(entry.id, last_act(entry).number)}
        while todo:
            of_act |= todo
            pieces = {piece for piece in self.pieces if of_act.intersection(piece.revisions)}
            todo = {pair for piece in pieces for pair in piece.revisions} - of_act
        names = {name for name, _ in of_act}
        others = [self.entries[name] for name in sorted(names - {entry.id})]
        taken, moment = act or self.act(), last_act(entry).at
        rest = [consequence(one, moment, taken) for name, one in sorted(self.entries.items()) if name not in names]
        return [*undo(entry, others, pieces, taken), *filter(None, rest)]

    def live(self) -> list[Entry]:
        """The entries that hold evidence, by id."""
        return sorted((entry for entry in self.entries.values() if entry.evidence), key=lambda entry: entry.id)

    def only_live(self) -> Entry:
        """The one entry that holds evidence."""
        (entry,) = self.live()
        return entry

    def only(self) -> Entry:
        """The one entry that there is."""
        (entry,) = self.entries.values()
        return entry
