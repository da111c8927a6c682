"""A recorded timeline in memory: what `db` does with articles and decisions, without a database."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from tracker.model import ActKind, Before, Entry, Evidence, RecordedAct, Revision
from tracker.timeline.actions import Action
from tracker.timeline.decisions import Act, Decided, before_following, numbered, with_before
from tracker.timeline.describe import evidence_key
from tracker.timeline.history import PROGRAM
from tracker.timeline.merge import merge
from tracker.timeline.scope import Group, group_of
from tracker.timeline.undo import last_act, undo

BEGINNING = datetime(2026, 1, 5, tzinfo=UTC)


class Book:
    """`articles` holds what each address says now, `first` the first piece of each, `entries` what is recorded, by id,
    `acts` what people did, by number. A `scoped` book folds only the places and stages that an article touches, as the
    database does."""

    def __init__(self, *, scoped: bool = False) -> None:
        self._scoped = scoped
        self.articles: dict[str, tuple[Evidence, ...]] = {}
        self.first: dict[str, Evidence] = {}
        self.entries: dict[str, Entry] = {}
        self.acts: dict[int, RecordedAct] = {}
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

    def record(self, groups: set[Group] | None = None, act: RecordedAct | None = None) -> list[Action]:
        """Brings the entries up to date, or those that these groups touch, at once after an act if there is one; the
        actions that changed them."""
        self.now += timedelta(hours=0 if act else 1)
        actions = self.pending_actions(groups)
        for action in actions:
            entry, said = action.entry, {"reason": action.reason, "changes": action.changes}
            if action.changes:
                told = Revision(number=entry.revision, at=self.now, actor=PROGRAM, act=act, **said)
                self._keep(act, before_following(self.entries.get(entry.id, entry), entry, action.changes))
                entry = entry.model_copy(update={"revisions": (*entry.revisions, told)})
            self.entries[entry.id] = entry
        return [action for action in actions if action.changes]

    def _keep(self, act: RecordedAct | None, before: Before) -> None:
        if act and before.name in self.entries:
            known = self.acts[act.id]
            self.acts[act.id] = known.model_copy(update={"before": (*known.before, before)})

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
        """Writes what a person decided, one act or several, and lets the program follow."""
        made = [decided for decided in done if decided]
        last = None
        for act in dict.fromkeys(decided.revision.act for decided in made):
            assert act
            last, of_act = (
                act.model_copy(update={"id": len(self.acts) + 1}),
                [one for one in made if one.revision.act == act],
            )
            self.acts[last.id] = with_before(last, of_act)
            for decided in numbered(last, of_act):
                entry = decided.entry
                self.entries[entry.id] = entry.model_copy(update={"revisions": (*entry.revisions, decided.revision)})
        if last:
            self.record(act=last)

    def undo(self, entry: Entry, act: Act | None = None) -> list[Decided]:
        """The last act of a person on the entry, taken back on all entries that it touched."""
        taken = self.acts[last_act(entry).of_act]
        others = [self.entries[name] for name in sorted({one.name for one in taken.before} - {entry.id})]
        return undo(entry, others, taken, act or self.act())

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


def moves(book: Book) -> RecordedAct:
    """An act that puts entries into another policy."""
    return book.act().of(ActKind.MERGE_POLICIES, "another")
