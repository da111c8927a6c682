"""What needs a person comes first, with its reasons."""

import pytest

from support.timeline.book import Book
from support.timeline.cases import BY_SCORE, MILWAUKEE, evidence, fold
from tracker.model import Entry, Evidence
from tracker.partial_date import PartialDate
from tracker.timeline import how_sure
from tracker.timeline.decisions.acts import confirm, edit, reject
from tracker.timeline.decisions.review import Harm, need, needs, paragraph

OHIO = MILWAUKEE.replace("wi", "oh")
SURE = evidence(score=0.9)
SECOND = evidence(score=0.9, outlet="Journal")
CASES = [
    ([SURE, SECOND], set()),
    ([SURE], {"single source"}),
    ([evidence(score=0.5)], {"uncertain", "single source"}),
    (
        [evidence(score=0.9, candidates=(OHIO,)), evidence(score=0.9, candidates=(OHIO,), outlet="Post")],
        {"ambiguous place"},
    ),
    ([SURE, SECOND, evidence(outlet="Post", model="m")], {"witnesses differ"}),
    ([SURE, SECOND, evidence(outlet="Post", model="m", witness="both")], set()),
    ([evidence(score=0.9, report="wire"), evidence(score=0.9, outlet="Post", report="wire")], {"single source"}),
    (
        [
            evidence("effective", "2017-07-06", score=0.9),
            evidence("effective", "2017-09-01", outlet="Post", published="2017-07-01", score=0.9),
        ],
        {"conflicting dates"},
    ),
]


@pytest.fixture(autouse=True)
def by_score(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(how_sure, "weights", lambda heard=False: BY_SCORE)


@pytest.mark.parametrize(("items", "names"), CASES, ids=[" and ".join(sorted(names)) or "none" for _, names in CASES])
def test_reasons(items: list[Evidence], names: set[str]) -> None:
    (entry,) = fold(items)
    assert {reason.name for reason in needs(entry)} == names
    assert need(entry) == pytest.approx(sum(reason.weight for reason in needs(entry)))
    assert [reason.weight for reason in needs(entry)] == sorted((r.weight for r in needs(entry)), reverse=True)


def test_the_less_sure_the_reader_the_sooner_it_is_looked_at() -> None:
    scores = [0.1, 0.3, 0.5, 0.7, 0.95]
    found = [need(fold([evidence(score=score)])[0]) for score in scores]
    assert found == sorted(found, reverse=True)
    assert len(set(found)) == len(found)


def test_what_a_mistake_would_do_weighs_more_than_any_doubt() -> None:
    (doubtful,) = fold([evidence(score=0.3, candidates=(OHIO,))])
    (decisive,) = fold([evidence(score=0.5)])
    assert need(doubtful) > need(decisive)
    for harm in (Harm(decides=True), Harm(in_mail=True)):
        assert need(decisive, harm) > need(doubtful)
    assert "how its policy stands rests on it" in [reason.words for reason in needs(decisive, Harm(decides=True))]
    (sure,) = fold([SURE, SECOND])
    assert needs(sure, Harm(decides=True, in_mail=True)) == (), "nothing is in doubt"


def test_uncertain_entries_come_before_all_other_doubts() -> None:
    places = tuple(f"{OHIO}_{number}" for number in range(9))
    doubtful = [
        evidence("effective", "2017-07-06", score=0.75, candidates=places),
        evidence("effective", "2017-09-01", published="2017-07-01", score=0.01, candidates=places),
    ]
    assert need(fold([evidence(score=0.59), evidence(score=0.01, outlet="Post")])[0]) > need(fold(doubtful)[0]) > 0


@pytest.fixture
def book() -> Book:
    book = Book()
    book.arrive(evidence(score=0.3))
    return book


def test_what_a_person_decided_needs_nobody(book: Book) -> None:
    for decide in (confirm, reject):
        done = decide(book.only(), book.act())
        assert done is not None
        assert needs(done.entry) == ()


def test_a_confirmed_entry_may_be_no_other_place_until_that_is_taken_back() -> None:
    book = Book()
    book.arrive(evidence(candidates=(OHIO,)))
    assert book.only().candidates == (OHIO,)
    book.decide(confirm(book.only(), book.act()))
    assert book.only().candidates == ()
    book.decide(*book.undo(book.only()))
    assert book.only().candidates == (OHIO,)


@pytest.mark.parametrize("fields", [{}, {"date": PartialDate(2017, 6, 21)}], ids=["confirmed", "date set"])
def test_a_later_report_that_contradicts_a_person_needs_one(book: Book, fields: dict[str, object]) -> None:
    book.decide(edit(book.only(), fields, book.act()) if fields else confirm(book.only(), book.act()))
    assert "contradicted" not in names(book.only())
    book.arrive(evidence(outlet="Post", published="2017-06-25"))
    assert "contradicted" not in names(book.only()), "a report of the same date"
    book.arrive(evidence(on="2017-06-28", outlet="News", published="2017-06-29", quote="A correction: it was June 28."))
    assert "contradicted" in names(book.only())
    book.decide(edit(book.only(), {"date": PartialDate(2017, 6, 28)}, book.act()))
    assert "contradicted" not in names(book.only())


def names(entry: Entry) -> set[str]:
    return {reason.name for reason in needs(entry)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two. Three.", ("One. ", "Two.", " Three.")),
        ("Top.\n\nOne. Two. Three.\n\nEnd.", ("One. ", "Two.", " Three.")),
        ("Two.", ("", "Two.", "")),
        ("Top.\n\nTwo.", ("", "Two.", "")),
        ("Top.\r\n\r\nOne.\r\nTwo.\r\n \r\nEnd.", ("One.\r\n", "Two.", "")),
    ],
)
def test_a_quote_stands_in_its_paragraph(text: str, expected: tuple[str, str, str]) -> None:
    start = text.index("Two.")
    assert paragraph(text, start, start + 4) == expected
