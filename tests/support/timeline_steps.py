"""Random steps of a recorded timeline: reports come, articles are read again, people decide."""

from collections.abc import Callable

from hypothesis import strategies as st
from timeline_book import Book, moves
from timeline_cases import MILWAUKEE, any_evidence

from tracker.errors import BadInput
from tracker.model import Entry, Evidence, Stage
from tracker.partial_date import PartialDate
from tracker.timeline.decisions import Decided, confirm, edit, merge_entries, move_to_policy, reject, split_entry

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
