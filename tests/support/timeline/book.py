"""A recorded timeline in memory: what `db` does with articles and decisions, without a database. And random steps of
it: reports come, articles are read again, people decide."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from support.timeline.cases import MILWAUKEE, any_evidence
from tracker.errors import BadInput
from tracker.model import ActKind, Before, Entry, Evidence, RecordedAct, Revision, Stage
from tracker.partial_date import PartialDate
from tracker.timeline.decisions.acts import (
    Act,
    Decided,
    before_following,
    confirm,
    edit,
    merge_entries,
    move_to_policy,
    numbered,
    reject,
    split_entry,
    with_before,
)
from tracker.timeline.decisions.undo import last_act, undo
from tracker.timeline.entry_fields import evidence_key
from tracker.timeline.history import PROGRAM
from tracker.timeline.merging.intents import Intent
from tracker.timeline.merging.merge import Group, group_of, merge

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

    def record(self, groups: set[Group] | None = None, act: RecordedAct | None = None) -> list[Intent]:
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

    def pending_actions(self, groups: set[Group] | None = None) -> Sequence[Intent]:
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


EDITS: list[dict[str, object]] = [
    {"jurisdiction": MILWAUKEE.replace("wi", "oh"), "jurisdiction_name": "Milwaukee"},
    {"date": PartialDate(2016, 1)},
    {"date": None},
    {"body": "Clerk", "title": "A title"},
    {"stage": Stage.REJECTED},
    {"subject": "dogs", "topic": "other"},
    {"date": PartialDate(2017, 6, 21)},
]
HUMAN: dict[str, Callable[[Book, Entry, int], list[Decided] | list[Decided | None]]] = {
    "confirm": lambda book, entry, n: [confirm(entry, book.act())],
    "reject": lambda book, entry, n: [reject(entry, book.act())],
    "edit": lambda book, entry, n: [edit(entry, EDITS[n % len(EDITS)], book.act())],
    "merge": lambda book, entry, n: merge_entries(entry, [_alike(book, entry, n)], book.act()),
    "split": lambda book, entry, n: split_entry(entry, entry.evidence[: 1 + n % 2], book.act()),
    "put": lambda book, entry, n: move_to_policy([entry], _other(book, n).policy, moves(book), "moved"),
    "undo": lambda book, entry, n: book.undo(entry),
}

STEPS = st.lists(
    st.tuples(st.sampled_from(["arrive", "arrive", "reread", "lose", *HUMAN]), st.integers(0, 30), any_evidence()),
    max_size=14,
)


def _other(book: Book, number: int) -> Entry:
    return book.live()[number % len(book.live())]


def _alike(book: Book, entry: Entry, number: int) -> Entry:
    """Another entry of the same place and stage, if there is one: others are not merged."""
    step_of = entry.jurisdiction, entry.stage
    found = [one for one in book.live() if (one.jurisdiction, one.stage) == step_of and one.id != entry.id]
    return found[number % len(found)] if found else _other(book, number)


def step(book: Book, what: str, number: int, item: Evidence) -> None:
    """One thing that happens; an act that is refused (BadInput) changes nothing."""
    urls = sorted(book.articles)
    if what == "arrive":
        book.arrive(item)
    elif what == "reread" and urls:
        url = urls[number % len(urls)]
        book.says(url, [item.model_copy(update={"url": url})])
    elif what == "lose" and urls:
        book.says(urls[number % len(urls)], [])
    elif what in HUMAN and book.live():
        try:
            done = HUMAN[what](book, _other(book, number), number // 2)
        except BadInput:
            return
        book.decide(*done)
