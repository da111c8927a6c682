"""What is taken back leaves no trace but its revisions: any decision, then undo, gives the entries of before."""

from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from support.timeline.book import BEGINNING, HUMAN, STEPS, Book, step
from support.timeline.cases import any_evidence, by_outlet, evidence
from tracker.errors import BadInput
from tracker.model import ActKind, Entry, EntryStatus, Evidence, RecordedAct, Revision
from tracker.timeline.decisions.acts import confirm, edit, merge_entries, reject, split_entry
from tracker.timeline.decisions.undo import merged_into, standing_acts
from tracker.timeline.entry_fields import evidence_key

Steps = list[tuple[str, int, Evidence]]
DECISIONS = st.sampled_from(["confirm", "reject", "edit", "merge", "split"])
PROGRAM_ONLY = st.lists(
    st.tuples(st.sampled_from(["arrive", "arrive", "arrive", "reread", "lose"]), st.integers(0, 30), any_evidence()),
    max_size=8,
)
QUICK = settings(max_examples=150, phases=(Phase.explicit, Phase.reuse, Phase.generate))
"""Books of many steps take minutes to shrink: the default suite shows an example as it was found."""
THOROUGH = settings(max_examples=1500)
DAY = evidence(outlet="Journal")
OTHER = evidence(on="2017-06-07", outlet="Herald", published="2017-06-08")
LATER = evidence(on="2017-06-07", outlet="Courier", published="2017-06-09")


def says(entry: Entry) -> tuple[Any, ...]:
    """Everything about an entry but its revisions and the order of its evidence."""
    bare = {"evidence": (), "revisions": (), "revision": 1, "locked": frozenset()}
    return entry.model_copy(update=bare), entry.locked, sorted(map(evidence_key, entry.evidence))


def stands(book: Book) -> dict[str, tuple[Any, ...]]:
    """The entries that hold evidence, by id."""
    return {entry.id: says(entry) for entry in book.live()}


def decide(book: Book, what: str, number: int) -> str:
    """A decision on one of the entries, whose id is returned; empty where it is refused or changes nothing."""
    if not book.live():
        return ""
    entry = book.live()[number % len(book.live())]
    try:
        done = [decided for decided in HUMAN[what](book, entry, number // 2) if decided]
    except BadInput:
        return ""
    book.decide(*done)
    return entry.id if done else ""


@QUICK
@given(STEPS, DECISIONS, st.integers(0, 30))
def test_any_decision_taken_back_at_once(steps: Steps, what: str, number: int) -> None:
    book = Book()
    for each in steps:
        step(book, *each)
    before = stands(book)
    if name := decide(book, what, number):
        book.decide(*book.undo(book.entries[name]))
    assert stands(book) == before


def told(book: Book) -> list[str]:
    """What the entries say and hold, whatever their ids are."""
    named = {"id": "", "policy": ""}
    return sorted(repr(says(entry.model_copy(update=named))) for entry in book.live())


@QUICK
@given(PROGRAM_ONLY, DECISIONS, st.integers(0, 30), PROGRAM_ONLY)
def test_a_decision_taken_back_after_more_was_reported(steps: Steps, what: str, number: int, more: Steps) -> None:
    leaves_nothing(steps, what, number, more)


@pytest.mark.long
@THOROUGH
@given(PROGRAM_ONLY, DECISIONS, st.integers(0, 30), PROGRAM_ONLY)
def test_many_decisions_taken_back_after_more_was_reported(steps: Steps, what: str, number: int, more: Steps) -> None:
    leaves_nothing(steps, what, number, more)


def leaves_nothing(steps: Steps, what: str, number: int, more: Steps) -> None:
    """A decision between the steps, taken back after them: as if nobody had ever decided anything."""
    book, untouched = Book(), Book()
    for each in steps:
        step(book, *each)
    name = decide(book, what, number)
    for each in more:
        step(book, *each)
    if name:
        book.decide(*book.undo(book.entries[name]))
    for each in (*steps, *more):
        step(untouched, *each)
    assert told(book) == told(untouched)


@QUICK
@given(STEPS)
def test_everything_that_people_decided_can_be_taken_back(steps: Steps) -> None:
    """One act after another, whatever the order of the entries: what stands in the way is named, and can be taken back
    itself."""
    book = Book()
    for what, number, item in steps:
        step(book, "arrive" if what in ("put", "undo") else what, number, item)
    acts = sum(len(standing_acts(entry.revisions)) for entry in book.entries.values())
    for _ in range(acts):
        names = [name for name, entry in sorted(book.entries.items()) if standing_acts(entry.revisions)]
        if not names:
            break
        take_back_one(book, names[0])
    assert not any(standing_acts(entry.revisions) for entry in book.entries.values())
    assert not any(entry.locked for entry in book.live())


def take_back_one(book: Book, name: str) -> None:
    """The last act on an entry, or what the refusal names instead."""
    try:
        book.decide(*book.undo(book.entries[name]))
    except BadInput as refused:
        take_back_one(book, str(refused).rpartition("`tracker review undo ")[2].rstrip("`"))


TOLD: list[tuple[list[int], list[int]]] = [([0, 0], [3, 2]), ([0, 2, 0], [4]), ([0, 2, 3], [2]), ([0, 0, 3, 2], [])]
"""(which act each took back, from the second revision on; the revisions of those that stand)"""


@pytest.mark.parametrize(("takes_back", "numbers"), TOLD)
def test_what_was_taken_back_does_not_stand(takes_back: list[int], numbers: list[int]) -> None:
    """Also where an undo was itself undone. Whatever the words of the revisions are."""
    told = [Revision(number=1, at=BEGINNING, actor="tracker", reason="opened")]
    for number, taken in enumerate(takes_back, 2):
        kind = ActKind.UNDO if taken else ActKind.EDIT
        act = RecordedAct(id=number, at=BEGINNING, actor="Ada", kind=kind, target="e", takes_back=taken or None)
        told.append(Revision(number=number, at=BEGINNING, actor="Ada", reason="took back revision 2", act=act))
    assert [revision.number for revision in standing_acts(told)] == numbers


@pytest.fixture
def merged() -> Book:
    """Two entries of one stage, a fortnight apart, that a person merged."""
    book = Book()
    book.arrive(DAY, OTHER)
    into, other = by_outlet(book.live(), "Journal"), by_outlet(book.live(), "Herald")
    book.decide(*merge_entries(into, [other], book.act()))
    return book


def outlets(book: Book) -> dict[str, list[str]]:
    return {entry.id: sorted(item.publisher for item in entry.evidence) for entry in book.live()}


@pytest.mark.parametrize("side", ["into", "other"])
def test_a_merge_is_taken_back_from_either_side_and_later_reports_find_their_place(merged: Book, side: str) -> None:
    into = merged.only_live()
    (other,) = [name for name in merged.entries if name != into.id]
    assert merged_into(merged.entries[other]) == into.id
    merged.arrive(LATER)
    merged.decide(*merged.undo(merged.entries[into.id if side == "into" else other]))
    assert outlets(merged) == {into.id: ["Journal"], other: ["Courier", "Herald"]}
    assert not any(entry.locked for entry in merged.live())


def test_what_was_merged_and_is_reported_no_longer_comes_back_when_it_is(merged: Book) -> None:
    into = merged.only_live()
    merged.says(OTHER.url, [])
    merged.decide(*merged.undo(merged.entries[into.id]))
    (other,) = [entry for entry in merged.entries.values() if entry.id != into.id]
    assert (other.status, other.evidence, outlets(merged)) == (EntryStatus.REJECTED, (), {into.id: ["Journal"]})
    merged.says(OTHER.url, [OTHER])
    assert outlets(merged) == {into.id: ["Journal"], other.id: ["Herald"]}
    assert merged.entries[other.id].status is EntryStatus.PENDING


def test_a_copy_of_what_was_rejected_comes_back_as_nobody_decided_on_it() -> None:
    """The copy was rejected with the other, is lost, and is reported again after the decision was taken back."""
    book = Book()
    first = evidence(outlet="Journal", report="wire")
    copy = evidence(on="2017-05-02", outlet="Post", report="wire", subject="library cards", topic="records")
    book.arrive(first, copy)
    other = by_outlet(book.live(), "Post").id
    decided = by_outlet(book.live(), "Journal").id
    book.decide(reject(book.entries[decided], book.act()))
    assert book.entries[other].status is EntryStatus.REJECTED
    book.says(copy.url, [])
    assert book.entries[other].locked == frozenset()
    book.decide(*book.undo(book.entries[decided]))
    book.says(copy.url, [copy])
    assert book.entries[other].status is EntryStatus.PENDING


def test_two_pieces_of_one_article_are_told_apart() -> None:
    book = Book()
    early, late = evidence(outlet="Journal", start=40), evidence(on="2017-06-07", outlet="Journal", start=80)
    book.says(early.url, [early, late])
    for entry in book.live():
        book.decide(edit(entry, {"body": "Clerk"}, book.act()))
    before = stands(book)
    into, other = book.live()
    book.decide(*merge_entries(into, [other], book.act()))
    book.decide(*book.undo(book.entries[other.id]))
    assert stands(book) == before


def test_an_act_on_one_side_since_comes_first(merged: Book) -> None:
    into = merged.only_live()
    (other,) = [name for name in merged.entries if name != into.id]
    merged.decide(confirm(into, merged.act()))
    with pytest.raises(BadInput, match=rf"revision 3: confirmed\).*`tracker review undo {into.id}`"):
        merged.undo(merged.entries[other])
    merged.decide(*merged.undo(merged.entries[into.id]))
    merged.decide(*merged.undo(merged.entries[other]))
    assert outlets(merged) == {into.id: ["Journal"], other: ["Herald"]}


def test_a_split_is_taken_back_with_what_was_reported_of_it_since() -> None:
    book = Book()
    late = evidence(outlet="Herald", published="2017-06-23")
    book.arrive(DAY, late)
    before = book.only_live()
    book.decide(*split_entry(before, [late], book.act()))
    book.arrive(evidence(outlet="Radio", published="2017-06-24"))
    apart = by_outlet(book.live(), "Herald")
    book.decide(*book.undo(apart))
    assert outlets(book) == {before.id: ["Herald", "Journal", "Radio"]}
    with pytest.raises(BadInput, match="everything that people decided on it is taken back"):
        book.undo(book.only_live())
