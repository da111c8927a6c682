"""Random reports, re-readings and decisions, in the database and in a book kept in memory: they agree after each step.

The book folds everything after every step; the database loads, folds and writes only what a step touches.
"""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from db.engine import migrate, open_database, reading
from db.ops.audit import MismatchKind, check_entries, check_findings
from support.databases.agreement import described, step
from support.databases.recording import recorded
from support.timeline.book import Book
from support.timeline.cases import any_evidence
from tracker.model import Evidence
from tracker.timeline.history import EVIDENCE

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["arrive", "arrive", "arrive", "reread", "lose", "confirm", "reject", "edit", "edit", "undo"])
        | st.sampled_from(["merge", "split"]),
        st.integers(0, 30),
        any_evidence().map(lambda item: item.model_copy(update={"report": item.url})),
    ),
    max_size=12,
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
        assert described(recorded(engine)) == described(list(book.entries.values()))
    with reading(engine) as opened:
        faults = [problem for batch in (*check_findings(opened), *check_entries(opened)) for problem in batch[1]]
    # Pinned evidence may be read in another way: that a person should look then is what `verify` is for.
    pinned = {entry.id for entry in book.entries.values() if EVIDENCE in entry.locked}
    assert [problem for problem in faults if problem.fault != MismatchKind.QUOTE and problem.where not in pinned] == []
    engine.dispose()
