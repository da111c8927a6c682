"""Random reports, re-readings and decisions, in the database and in a book kept in memory: they agree after each step.

The book folds everything after every step; the database loads, folds and writes only what a step touches.
"""

import shutil
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import Session

from db.engine import migrate, open_database, reading, session
from db.ops.audit import MismatchKind, check_entries, check_findings
from db.people import decisions as review
from support.databases.recording import arrive, recorded, says
from support.timeline.book import Book
from support.timeline.cases import MILWAUKEE, any_evidence
from tracker.errors import BadInput
from tracker.model import Direction, Effect, Entry, Evidence, Stage
from tracker.partial_date import PartialDate
from tracker.timeline.decisions import acts as decisions
from tracker.timeline.decisions.acts import Decided
from tracker.timeline.describe import evidence_key
from tracker.timeline.history import EVIDENCE

OHIO = MILWAUKEE.replace("wi", "oh")
EDITS: list[dict[str, object]] = [
    {"date": PartialDate(2016, 1)},
    {"stage": Stage.REJECTED},
    {"jurisdiction": OHIO, "jurisdiction_name": "Milwaukee"},
    {"subject": "dogs", "title": "A title"},
    {"effect": Effect.BANS, "direction": Direction.LOOSER},
]
Both = tuple[Callable[[Session], object], Callable[[], list[Decided] | list[Decided | None]]]


def acts(book: Book, what: str, one: Entry, other: Entry, number: int) -> Both:
    """The same act in the database and in the book."""
    act = book.act()
    fields, moved = EDITS[number % len(EDITS)], one.evidence[: 1 + number % 2]
    numbers = range(1, len(moved) + 1)
    both: dict[str, Both] = {
        "confirm": (lambda s: review.confirm(s, one.id, act), lambda: [decisions.confirm(one, act)]),
        "reject": (lambda s: review.reject(s, one.id, act), lambda: [decisions.reject(one, act)]),
        "edit": (lambda s: review.edit(s, one.id, fields, act), lambda: [decisions.edit(one, fields, act)]),
        "undo": (lambda s: review.undo(s, one.id, act), lambda: book.undo(one, act)),
        "merge": (
            lambda s: review.merge_entries(s, one.id, [other.id], act),
            lambda: decisions.merge_entries(one, [other], act),
        ),
        "split": (
            lambda s: review.split_entry(s, one.id, numbers, act),
            lambda: decisions.split_entry(one, moved, act),
        ),
    }
    return both[what]


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["arrive", "arrive", "arrive", "reread", "lose", "confirm", "reject", "edit", "edit", "undo"])
        | st.sampled_from(["merge", "split"]),
        st.integers(0, 30),
        any_evidence().map(lambda item: item.model_copy(update={"report": item.url})),
    ),
    max_size=12,
)


def where(entry: Entry) -> tuple[str, Stage]:
    return entry.jurisdiction, entry.stage


def step(engine: Engine, book: Book, what: str, number: int, item: Evidence) -> None:
    """One thing that happens, to both."""
    urls, live = sorted(book.articles), book.live()
    if what == "arrive" and item.url not in book.articles:
        book.says(item.url, [item])
        arrive(engine, item, now=book.now)
    elif what in ("reread", "lose") and urls:
        url = urls[number % len(urls)]
        items = [book.first[url].model_copy(update={"finding": item.finding})] if what == "reread" else []
        book.says(url, items)
        says(engine, url, *(piece.finding for piece in items), now=book.now)
    elif what in ("confirm", "reject", "edit", "undo", "merge", "split") and live:
        one = live[number % len(live)]
        alike = [two for two in live if where(two) == where(one) and two.id != one.id] or live
        in_database, in_book = acts(book, what, one, alike[number // 3 % len(alike)], number)
        _decide(engine, book, in_database, in_book)


def _decide(engine: Engine, book: Book, in_database: Callable[[Session], object], in_book: Callable[[], Any]) -> None:
    try:
        done = in_book()
    except BadInput:
        done = None
    try:
        with session(engine) as opened:
            in_database(opened)
        assert done is not None, "the database refuses what the book refuses"
    except BadInput:
        assert done is None
    if done:
        book.decide(*done)


def told(entries: list[Entry]) -> list[tuple[Any, ...]]:
    """Everything about entries but the moments of their revisions, and which texts are copies."""
    return sorted(
        (
            entry.model_copy(update={"evidence": (), "revisions": ()}).model_dump_json(exclude={"locked"}),
            sorted(entry.locked),
            sorted(map(evidence_key, entry.evidence)),
            [(item.number, item.actor, item.reason, sorted(map(str, item.changes))) for item in entry.revisions],
        )
        for entry in entries
    )


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database without anything in it, to be copied."""
    # SQLite only: hundreds of databases are made, and the rules that are tested are pure
    path = tmp_path_factory.mktemp("random") / "empty.db"
    engine = open_database(f"sqlite:///{path}")
    migrate(engine)
    engine.dispose()
    return path


@pytest.mark.long
@settings(max_examples=200)
@given(STEPS)
def test_the_database_and_a_book_in_memory_agree(empty: Path, steps: list[tuple[str, int, Evidence]]) -> None:
    # SQLite only: hundreds of databases are made, and the rules that are tested are pure
    with TemporaryDirectory(dir=empty.parent) as folder:
        path = shutil.copy(empty, folder)
        _agree_after_each(open_database(f"sqlite:///{path}"), steps)


def _agree_after_each(engine: Engine, steps: list[tuple[str, int, Evidence]]) -> None:
    book = Book()
    for what, number, item in steps:
        step(engine, book, what, number, item)
        assert told(recorded(engine)) == told(list(book.entries.values()))
    with reading(engine) as opened:
        faults = [problem for batch in (*check_findings(opened), *check_entries(opened)) for problem in batch[1]]
    # Pinned evidence may be read in another way: that a person should look then is what `verify` is for.
    pinned = {entry.id for entry in book.entries.values() if EVIDENCE in entry.locked}
    assert [problem for problem in faults if problem.fault != MismatchKind.QUOTE and problem.where not in pinned] == []
    engine.dispose()
