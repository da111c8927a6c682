"""Any sequence of reports, re-readings and decisions: what people decided stands, and nothing is lost or doubled."""

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from support.timeline.book import HUMAN, STEPS, Book, step
from support.timeline.cases import any_evidence
from tracker.model import Entry, EntryStatus, Evidence
from tracker.timeline.decisions.acts import EDITABLE, reject
from tracker.timeline.entry_fields import evidence_key
from tracker.timeline.history import by_person, lost_articles, seen_articles
from tracker.timeline.merging.fold import distinct


def assert_decisions_stand(before: dict[str, Entry], after: dict[str, Entry]) -> None:
    """What was locked before one step of the program is as it was."""
    for name, old in before.items():
        new = after[name]
        kept = [field for field in (*EDITABLE, "status", "policy") if field in old.locked]
        assert [getattr(new, field) for field in kept] == [getattr(old, field) for field in kept]
        assert old.locked <= new.locked
        assert new.revisions[: len(old.revisions)] == old.revisions


def assert_sound(book: Book) -> None:
    """Every sentence has one entry, but what denies a step that nothing else tells; every revision has its number, and
    recording again does nothing."""
    held = [evidence_key(item) for entry in book.entries.values() for item in entry.evidence]
    told = distinct(book.evidence())
    assert len(held) == len(set(held))
    assert {evidence_key(item) for item in told if item.supports} <= set(held) <= set(map(evidence_key, told))
    for entry in book.entries.values():
        assert [revision.number for revision in entry.revisions] == list(range(1, entry.revision + 1))
        assert entry.evidence or entry.status is not EntryStatus.PENDING or "status" in entry.locked
    assert book.record() == []


def assert_pinned(before: dict[str, Entry], book: Book) -> None:
    """Evidence that a person looked at, and that an article still gives, is where it was. What the program added since
    may go where it is better placed."""
    there = set(map(evidence_key, book.evidence()))
    holders = {evidence_key(item): entry.id for entry in book.live() for item in entry.evidence}
    for old in before.values():
        if "evidence" in old.locked:
            seen = (item for item in old.evidence if item.url in seen_articles(old))
            for key in there & set(map(evidence_key, seen)):
                assert holders[key] == old.id


@settings(max_examples=150)
@given(STEPS)
def test_what_people_decided_stands_whatever_comes(steps: list[tuple[str, int, Evidence]]) -> None:
    book = Book()
    for what, number, item in steps:
        before = dict(book.entries)
        step(book, what, number, item)
        if what not in HUMAN:
            assert_decisions_stand(before, book.entries)
            assert_pinned(before, book)
        assert_sound(book)


@settings(max_examples=75)
@given(STEPS, STEPS)
def test_the_program_alone_never_speaks_for_a_person(
    steps: list[tuple[str, int, Evidence]], more: list[tuple[str, int, Evidence]]
) -> None:
    """After the last act of a person, no later step of the program makes a revision in a person's name."""
    book = Book()
    for what, number, item in steps:
        step(book, what, number, item)
    human = {entry.id: sum(map(by_person, entry.revisions)) for entry in book.entries.values()}
    for what, number, item in more:
        if what not in HUMAN:
            step(book, what, number, item)
    assert {name: sum(map(by_person, book.entries[name].revisions)) for name in human} == human


@settings(max_examples=75)
@given(any_evidence(), st.lists(any_evidence(), max_size=5))
def test_what_was_rejected_never_comes_back_by_losing_and_finding_it(item: Evidence, others: list[Evidence]) -> None:
    assume(item.supports)  # what denies a step opens no entry
    book = Book()
    book.arrive(item)
    book.decide(reject(book.only(), book.act()))
    book.says(item.url, [])
    assert lost_articles(book.only()) == {item.url}
    book.says(item.url, [item])
    assert [entry.status for entry in book.live()] == [EntryStatus.REJECTED]
    book.arrive(*others)
    (holder,) = [entry for entry in book.live() if evidence_key(item) in map(evidence_key, entry.evidence)]
    assert holder.status is EntryStatus.REJECTED


@settings(max_examples=150)
@given(STEPS)
def test_folding_only_what_an_article_touches_gives_the_same_as_folding_all(
    steps: list[tuple[str, int, Evidence]],
) -> None:
    scoped, full = Book(scoped=True), Book()
    for what, number, item in steps:
        step(scoped, what, number, item)
        step(full, what, number, item)
        assert scoped.entries == full.entries
