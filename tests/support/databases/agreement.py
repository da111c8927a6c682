"""The same reports, re-readings and decisions in a database and in a book in memory. The rules are told of the book
(`tests/unit/test_review_*.py`); the database does the same.

The book folds everything after every step; the database loads, folds and writes only what a step touches.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session

from db.people import decisions as review
from db.sessions import session
from support.databases.recording import arrive, says
from support.timeline.book import Book
from support.timeline.cases import OHIO
from tracker.errors import BadInput
from tracker.model import Direction, Effect, Entry, Evidence, Stage
from tracker.partial_date import PartialDate
from tracker.timeline.decisions import acts as decisions
from tracker.timeline.decisions.acts import Decided
from tracker.timeline.entry_fields import evidence_key

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


def described(entries: list[Entry]) -> list[tuple[Any, ...]]:
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
