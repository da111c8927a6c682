"""A step that people say is told in two stages: the evidence of its own stage says when and what it was."""

from typing import Any

import pytest

from support.timeline.book import Book
from support.timeline.cases import evidence
from tracker.model import Entry, Evidence, Stage
from tracker.timeline.decisions.acts import edit, merge_entries
from tracker.timeline.decisions.review import needs
from tracker.timeline.how_sure import other_dates

VOTED = evidence(
    "adopted", "2026-11-16", outlet="Journal", published="2026-11-17", primary=True, effect="limits",
    quote="The council adopted the detainer ordinance.",
)  # fmt: skip
PLANNED = evidence(
    "proposed", "2026-10-19", outlet="Herald", published="2026-10-20", quote="The detainer ordinance was introduced.",
    score=0.95, primary=True, effect="bans", identifier="ordinance 7",
)  # fmt: skip


def of(book: Book, stage: str) -> Entry:
    (found,) = (entry for entry in book.live() if entry.stage.value == stage)
    return found


def merged(first: str, second: str, *items: Evidence) -> Book:
    """The entries of two stages as one, which keeps the stage of the first."""
    book = Book()
    book.arrive(*items)
    book.decide(*merge_entries(of(book, first), [of(book, second)], book.act(), across_stages=True))
    return book


WAYS = [
    ("adopted", "proposed", "2026-11-16", "limits"),
    ("proposed", "adopted", "2026-10-19", "bans"),
]


@pytest.mark.parametrize(("first", "second", "date", "effect"), WAYS, ids=["adopted stays", "proposed stays"])
def test_a_merge_across_stages_keeps_the_date_and_the_effect_of_the_step_that_stays(
    first: str, second: str, date: str, effect: str
) -> None:
    book = merged(first, second, VOTED, PLANNED)
    for _ in "a merge", "folded anew":
        entry = of(book, first)
        assert (str(entry.date), entry.effect, len(entry.evidence)) == (date, effect, 2)
        assert entry.identifier == "ordinance 7"
        book.record()


def test_what_tells_of_the_other_stage_is_no_other_date() -> None:
    entry = of(merged("adopted", "proposed", VOTED, PLANNED), "adopted")
    assert other_dates(entry) == ()
    assert "conflicting dates" not in [need.name for need in needs(entry)]


def test_a_report_that_comes_later_dates_its_own_stage_only() -> None:
    book = merged("adopted", "proposed", VOTED, PLANNED)
    book.arrive(evidence("proposed", "2026-10-19", outlet="Radio", published="2026-10-19"))
    assert str(of(book, "adopted").date) == "2026-11-16"


def test_a_step_without_a_date_of_its_own_takes_none_from_another_stage() -> None:
    undated = evidence("adopted", None, outlet="Journal", published="2026-11-17")
    entry = of(merged("adopted", "proposed", undated, PLANNED), "adopted")
    assert entry.date is None


def test_the_title_is_that_of_the_step_that_stays() -> None:
    book = Book()
    book.arrive(VOTED.model_copy(update={"title": "Council adopts detainer ordinance"}))
    book.arrive(PLANNED.model_copy(update={"title": "Detainer ordinance is introduced in council"}))
    book.decide(*merge_entries(of(book, "adopted"), [of(book, "proposed")], book.act(), across_stages=True))
    assert of(book, "adopted").title == "“Council adopts detainer ordinance” — Journal"


LATER: list[tuple[str, dict[str, Any]]] = [
    ("without a date", {"on": None}),
    ("with the same date", {"on": "2026-11-16"}),
]


@pytest.mark.parametrize(("what", "fields"), LATER, ids=[what for what, _ in LATER])
def test_where_a_person_set_the_stage_what_was_read_as_another_still_dates_it(
    what: str, fields: dict[str, Any]
) -> None:
    book = Book()
    book.arrive(VOTED)
    book.decide(edit(of(book, "adopted"), {"stage": Stage.RESCINDED}, book.act()))
    book.arrive(evidence("rescinded", outlet="Radio", published="2026-11-18", **fields))
    entry = of(book, "rescinded")
    assert (str(entry.date), len(entry.evidence)) == ("2026-11-16", 2)
