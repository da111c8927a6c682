"""Records in the timeline: a council's steps are what its record says, and reports of them join these."""

import random
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.timeline.book import Book
from support.timeline.cases import CARDS, any_evidence, any_record, evidence, fold, recorded, shown
from tracker.model import Entry, Evidence, Factuality, Qualifier, Witness
from tracker.publish.words import stage as stage_in_words
from tracker.timeline.claims import file_of
from tracker.timeline.how_sure import how_sure
from tracker.timeline.labels import label, policy_name
from tracker.timeline.merging.fold import fold as folded
from tracker.timeline.standing.standing import standing

CAMERAS = "An ordinance relating to cameras that read licence plates"
DETAINER = {"quote": "The council passed the ordinance on detainer requests of immigration officers."}
MANY = st.lists(any_evidence(), max_size=12)


def news(stage: str = "adopted", on: str | None = "2017-06-21", **fields: Any) -> Evidence:
    """A report in words that fit the file on detainers."""
    item: Evidence = evidence(stage, on, **{**DETAINER, "subject": "detainer requests", **fields})
    return item


def test_the_steps_of_a_file_are_one_policy_and_two_files_never() -> None:
    one = [recorded("proposed", "2017-05-02"), recorded(), recorded("effective", "2017-07-06")]
    other = [recorded("proposed", "2017-05-02", file="170399"), recorded("adopted", "2017-07-11", file="170399")]
    entries = fold([*one, *other])
    assert len(entries) == 5
    assert sorted(
        len({file_of(e.evidence[0]) for e in entries if e.policy == name}) for name in _policies(entries)
    ) == [1, 1]


def _policies(entries: Sequence[Entry]) -> set[str]:
    return {entry.policy for entry in entries}


@pytest.mark.parametrize(
    ("qualifier", "word"),
    [("withdrawn", "withdrawn"), ("lapsed", "died with the session"), ("shelved", "shelved"), (None, "rejected")],
)
def test_what_failed_is_called_as_the_record_has_it(qualifier: str | None, word: str) -> None:
    how = (Qualifier(qualifier),) if qualifier else ()
    items = [
        recorded("proposed", "2017-05-02"),
        recorded("rejected", "2017-06-21", qualifiers=how, witness=Witness.TABLE),
        news("rejected", "2017-06-21"),
    ]
    entries = fold(items)
    (failed,) = [entry for entry in entries if entry.stage == "rejected"]
    assert f", change {word}: " in label(failed)
    assert stage_in_words(failed, date(2018, 1, 1)) == word.capitalize()
    how_it_stands = standing(entries, date(2018, 1, 1))
    assert how_it_stands
    assert (how_it_stands.word, how_it_stands.words) == (word, f"{word} on June 21, 2017")


def test_a_start_of_which_a_part_is_of_another_day_says_so() -> None:
    start = recorded("effective", "2017-07-06", qualifiers=(Qualifier.IN_PART,), witness=Witness.TABLE)
    entries = fold([recorded(), start])
    for day, words in (
        (
            date(2017, 7, 1),
            "adopted on June 21, 2017, takes effect on July 6, 2017; a part of it starts on another day",
        ),
        (date(2018, 1, 1), "in force since July 6, 2017; a part of it starts on another day"),
    ):
        how = standing(entries, day)
        assert how
        assert how.words == words


def test_a_file_introduced_and_adopted_on_one_day_has_two_steps() -> None:
    entries = fold([recorded("proposed"), recorded("adopted")])
    assert shown(entries) == [("proposed", "2017-06-21", 1), ("adopted", "2017-06-21", 1)]
    assert len(_policies(entries)) == 1


def test_the_same_stage_on_another_day_is_another_step_of_the_file() -> None:
    assert len(fold([recorded(), recorded(on="2017-06-28")])) == 2


def test_rows_of_a_sheet_are_steps_of_their_own() -> None:
    models = [
        recorded(file="", instrument=f"287(g) agreement ({name})", identifier="287(g)") for name in ("Jail", "Task")
    ]
    entries = fold([models[0], models[1].model_copy(update={"url": "https://council.example/sheet#2"})])
    assert len(entries) == 2


@pytest.mark.parametrize(
    ("on", "basis", "published"),
    [
        ("2017-06-21", "stated", "2017-06-22"),
        ("2017-06", "stated", "2017-08-01"),
        ("2017-06-22", "relative", "2017-06-22"),
        ("2017-06-14", "relative", "2017-06-22"),
        (None, None, "2017-06-23"),
    ],
)
def test_a_report_joins_the_step_of_its_record_which_keeps_its_day(on: str, basis: str, published: str) -> None:
    (entry,) = fold([recorded(), news(on=on, basis=basis, published=published, primary=True)])
    assert (str(entry.date), entry.basis.value, len(entry.evidence)) == ("2017-06-21", "stated", 2)


@pytest.mark.parametrize("report", [news(on="2017-06-14", published="2017-06-15"), news(on="2017-06-13")])
def test_an_earlier_vote_is_not_the_recorded_one(report: Evidence) -> None:
    assert len(fold([recorded(), report])) == 2


def test_a_record_says_place_stage_day_and_body() -> None:
    report = news("rescinded", body="Milwaukee Mayor", basis="stated")
    (entry,) = fold([recorded(body="Milwaukee Common Council"), report])
    assert (entry.stage, entry.body, len(entry.evidence)) == ("adopted", "Milwaukee Common Council", 2)


CORRECTIONS = [
    (news(on="2017-06-22", basis="relative"),
     "the council's record says adopted June 21, 2017; reports said June 22, 2017"),
    (news(on="2017-06", published="2017-08-01"),
     "the council's record says adopted June 21, 2017; reports said June 2017"),
    (news("rescinded"), "the council's record says adopted June 21, 2017; reports said rescinded"),
    (news(), "the council's record tells it too"),
]  # fmt: skip


@pytest.mark.parametrize(("report", "reason"), CORRECTIONS)
def test_a_record_that_comes_later_corrects_with_its_reason(report: Evidence, reason: str) -> None:
    book = Book()
    book.arrive(report)
    (name,) = book.entries
    book.arrive(recorded())
    entry = book.only()
    assert (entry.id, entry.stage, str(entry.date), entry.revisions[-1].reason) == (
        name,
        "adopted",
        "2017-06-21",
        reason,
    )


def test_each_report_goes_to_its_file() -> None:
    cameras = evidence(quote="The council allowed cameras that read licence plates.", subject="licence plates cameras")
    both = [recorded(), recorded(file="170399", title=CAMERAS, subject="plate cameras")]
    entries = fold([*both, cameras, news(outlet="Journal")])
    held = {file: {item.publisher for item in entry.evidence} for entry in entries for file in _files(entry)}
    council = "Milwaukee Common Council"
    assert held == {"170241": {council, "Journal"}, "170399": {council, "Sentinel"}}


def _files(entry: Entry) -> set[str]:
    return {item.matter for item in entry.evidence} - {""}


def test_a_report_that_fits_two_files_as_well_is_of_neither() -> None:
    twins = [recorded(), recorded(file="170399")]
    assert sorted(len(entry.evidence) for entry in fold([*twins, news()])) == [1, 1, 1]


def test_what_has_no_word_of_the_record_stays_apart() -> None:
    assert len(fold([recorded(), evidence(quote="The library board adopted new cards.", **CARDS)])) == 2


def test_a_later_step_that_only_news_tells_is_of_the_file() -> None:
    start = news("effective", "2017-09-01", published="2017-08-30", primary=True)
    assert len(_policies(fold([recorded(), news(), start]))) == 1


def test_a_report_that_denies_a_recorded_step_does_not_support_it() -> None:
    denied = news(published="2017-06-30", factuality=Factuality.DENIED)
    entries = fold([recorded(), denied])
    assert [entry.score for entry in entries] == [fold([recorded()])[0].score]


@given(MANY, st.randoms(use_true_random=False))
def test_no_order_of_records_and_reports_matters(items: list[Evidence], chance: random.Random) -> None:
    assert fold(chance.sample(items, len(items))) == fold(items)


@given(MANY)
def test_no_entry_holds_records_of_two_steps_and_no_policy_two_files(items: list[Evidence]) -> None:
    entries = fold(items)
    for entry in entries:
        steps = {(i.matter, i.finding.stage, i.finding.date) for i in entry.evidence if i.is_record}
        assert len(steps) <= 1
        assert not steps or (entry.stage, entry.date) == next(iter(steps))[1:]
    for name in _policies(entries):
        files = {file_of(i) for entry in entries if entry.policy == name for i in entry.evidence}
        assert len(files - {""}) <= 1


@given(st.lists(any_record(), max_size=12))
def test_records_make_what_they_say_whatever_else_is_recorded(items: list[Evidence]) -> None:
    said = {(i.finding.jurisdiction, i.matter, i.finding.stage, i.finding.date) for i in items}
    held = folded(items).entries
    assert len(held) == len(said)


@pytest.mark.parametrize(
    ("item", "title", "policy"),
    [
        (recorded(), "Milwaukee Common Council, change adopted: detainer requests of federal immigration officers",
         "File 170241: detainer requests of federal immigration officers"),
        (recorded(file="Int 0724-2018", title="Bail bond agents make certain disclosures."),
         "Milwaukee Common Council, change adopted: Bail bond agents make certain disclosures",
         "Int 0724-2018: Bail bond agents make certain disclosures"),
        (recorded(file="9-18", title=" ".join(["Carts need lamps at night and"] * 9)),
         f"Milwaukee Common Council, change adopted: {' '.join(['Carts need lamps at night and'] * 3)}…",
         f"9-18: {' '.join(['Carts need lamps at night and'] * 3)}…"),
        (recorded(file="", instrument="287(g) agreement (Jail Enforcement Model)", body="Milwaukee Sheriff's Office"),
         "Milwaukee Sheriff's Office, change adopted: 287(g) agreement (Jail Enforcement Model)", ""),
    ],
)  # fmt: skip
def test_a_record_is_called_by_its_own_names(item: Evidence, title: str, policy: str) -> None:
    (entry,) = fold([item])
    assert entry.title == title
    assert not policy or policy_name([entry]) == policy


def test_a_headline_does_not_change_what_a_record_is_called() -> None:
    told = news(primary=True).model_copy(update={"title": "Council limits detainer requests"})
    assert fold([recorded(), told])[0].title == fold([recorded()])[0].title


@pytest.mark.parametrize(
    ("items", "word", "why"),
    [
        ([recorded()], "sure", ("the council's record",)),
        ([recorded("proposed")], "likely", ("the council's record",)),
        ([recorded(), news()], "sure", ("the council's record and 1 report",)),
        ([recorded(), news(), news(outlet="Post")], "sure", ("the council's record and 2 reports",)),
        ([recorded(), news(published="2017-06-30", factuality=Factuality.DENIED)], "sure", ("the council's record",)),
        ([recorded(file="", instrument="287(g) agreement")], "sure", ("the government's record",)),
    ],
)
def test_how_sure_a_record_is(items: list[Evidence], word: str, why: tuple[str, ...]) -> None:
    (entry,) = fold(items)
    assert (how_sure(entry).word, how_sure(entry).why) == (word, why)
