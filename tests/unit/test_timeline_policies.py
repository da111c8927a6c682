"""Threads, names of policies and how they stand on a day."""

from datetime import date
from typing import Any

import pytest
from timeline_cases import MILWAUKEE, evidence

from tracker.model import Entry, EntryStatus, Evidence, Policy
from tracker.timeline.fold import fold
from tracker.timeline.policies import by_policy, policy_from, status, threads

SOP: dict[str, Any] = {
    "body": "Milwaukee Police Department",
    "instrument": "standard operating procedure",
    "subject": "immigration enforcement",
}


def test_a_policy_is_named_after_body_number_and_subject() -> None:
    entries = fold([evidence(**SOP), evidence("effective", "2017-07-06", identifier="sop 130", **SOP)])
    (policy,) = threads(entries)
    assert policy.name == "Milwaukee Police SOP 130: immigration enforcement"
    assert [entry.policy for entry in entries] == [policy.id] * 2 == [entry.policy for entry in policy.entries]


def test_entries_of_one_procedure_form_a_thread_over_the_years() -> None:
    story = [
        ("proposed", "2017-05-02"),
        ("adopted", "2017-06-21"),
        ("effective", "2017-07-06"),
        ("rescinded", "2019-12-18"),
    ]
    entries = fold(evidence(stage, day, published=day) for stage, day in story)
    assert len({entry.policy for entry in entries}) == 1
    assert [entry.stage.value for entry in threads(entries)[0].entries] == [stage for stage, _ in story]


APART = [
    ("another subject of the topic", {"subject": "library cards"}),
    ("another procedure by its number", {"identifier": "sop 250"}),
    ("another place", {"place": MILWAUKEE + "_x"}),
    ("no subject, years later", {"subject": "", "on": "2024-01-05", "published": "2024-01-06"}),
    ("no subject and another body", {"subject": "", "body": "Mayor"}),
]


@pytest.mark.parametrize("fields", [case[1] for case in APART], ids=[case[0] for case in APART])
def test_threads_stay_apart(fields: dict[str, Any]) -> None:
    first = evidence(identifier="sop 130", body="Police Department")
    other = evidence(**{"stage": "effective", "on": "2017-07-06", "body": "Police Department", **fields})
    assert len(threads(fold([first, other]))) == 2


TOGETHER = [
    (
        "the amending ordinance has its own number",
        {"identifier": "ordinance 2019-3"},
        {"identifier": "ordinance 2017-44"},
    ),
    (
        "the same number, other words",
        {"identifier": "sop 130", "subject": "status questions"},
        {"identifier": "sop 130"},
    ),
    ("no subject, the same body, months later", {"subject": ""}, {}),
    (
        "another topic, two common words",
        {"topic": "records", "subject": "detainer release forms"},
        {"subject": "detainer release"},
    ),
]


@pytest.mark.parametrize(("fields", "other"), [case[1:] for case in TOGETHER], ids=[case[0] for case in TOGETHER])
def test_threads_come_together(fields: dict[str, Any], other: dict[str, Any]) -> None:
    assert len(threads(fold([evidence(**other), evidence("effective", "2017-07-06", **fields)]))) == 1


def test_entries_are_grouped_by_the_policy_that_they_name() -> None:
    one, two = fold([evidence(), evidence("effective", "2017-07-06")])
    moved = two.model_copy(update={"policy": "split"})
    assert [policy.id for policy in by_policy([one, moved])] == sorted([one.policy, "split"])


def policy(*steps: tuple[str, str | None, str]) -> Policy:
    """A policy with an entry for each (stage, date, day of the report)."""
    items = [evidence(stage, on, published=day, outlet=f"Outlet {n}") for n, (stage, on, day) in enumerate(steps)]
    return policy_from([entry for item in items for entry in fold([item])])


PROPOSED, ADOPTED = ("proposed", "2017-05-02", "2017-05-03"), ("adopted", "2017-06", "2017-07-04")
IN_FORCE = ("effective", "2017-07-06", "2017-07-04")
WAITING, NOVEMBER = "adopted, takes effect November 2019", "in force since November 2019"
STATUSES = [
    ([PROPOSED], "2017-06-01", "proposed May 2, 2017"),
    ([PROPOSED, ADOPTED], "2017-07-05", "adopted June 2017"),
    ([ADOPTED, IN_FORCE], "2017-07-05", "adopted, takes effect July 6, 2017"),
    ([PROPOSED, ADOPTED, IN_FORCE], "2017-07-06", "in force since July 6, 2017"),
    ([IN_FORCE], "2017-07-05", "announced, takes effect July 6, 2017"),
    ([PROPOSED], "2017-01-01", "not known"),
    ([PROPOSED, ("rejected", "2017-06-07", "2017-06-08")], "2017-07-01", "rejected June 7, 2017"),
    ([IN_FORCE, ("rescinded", "2019-12", "2019-12-20")], "2020-01-01", "rescinded December 2019"),
    (
        [IN_FORCE, ("rescinded", "2019-12", "2019-12-20"), ("adopted", "2021-03-02", "2021-03-02")],
        "2022-01-01",
        "adopted March 2, 2021",
    ),
    ([IN_FORCE, ("proposed", "2019-12-03", "2019-12-04")], "2020-01-01", "in force since July 6, 2017"),
    (
        [IN_FORCE, ("proposed", "2019-12-03", "2019-12-04"), ("rejected", "2020-01-07", "2020-01-08")],
        "2020-02-01",
        "in force since July 6, 2017",
    ),
    ([IN_FORCE, ("blocked", "2017-08-28", "2017-08-29")], "2018-01-01", "blocked since August 28, 2017"),
    (
        [IN_FORCE, ("blocked", "2017-08-28", "2017-08-29"), ("effective", "2018-01-01", "2017-05-04")],
        "2018-06-01",
        "blocked since August 28, 2017",
    ),
    (
        [("blocked", "2015-10-14", "2015-10-15"), ("effective", "2017-05-05", "2017-05-04")],
        "2018-06-01",
        "in force since May 5, 2017",
    ),
    ([("adopted", None, "2017-07-04")], "2018-01-01", "adopted"),
    ([("adopted", "2019-10-17", "2019-10-18"), ("effective", "2019-11", "2019-10-18")], "2019-11-05", WAITING),
    ([("adopted", "2019-10-17", "2019-10-18"), ("effective", "2019-11", "2019-10-18")], "2019-12-01", NOVEMBER),
    ([("proposed", "2026-01-13", "2026-01-05")], "2026-01-06", "proposed, scheduled for January 13, 2026"),
    (
        [IN_FORCE, ("adopted", "2019-12-18", "2019-12-19"), ("effective", "2020-01-06", "2019-12-19")],
        "2019-12-20",
        "in force since July 6, 2017, changed December 18, 2019",
    ),
    (
        [IN_FORCE, ("adopted", "2019-12-18", "2019-12-19"), ("effective", "2020-01-06", "2019-12-19")],
        "2020-02-01",
        "in force since July 6, 2017, changed January 6, 2020",
    ),
    (
        [IN_FORCE, ("effective", "2018-07-06", "2017-07-04")],
        "2020-01-01",
        "in force since July 6, 2017",
    ),
    (
        [IN_FORCE, ("rescinded", "2019-06-20", "2019-06-21"), ("effective", "2019-07-01", "2019-06-21")],
        "2019-08-01",
        "rescinded June 20, 2019",
    ),
    (
        [
            *[IN_FORCE, ("rescinded", "2019-06-20", "2019-06-21"), ("adopted", "2019-06-20", "2019-06-21")],
            ("effective", "2019-07-01", "2019-06-22"),
        ],
        "2019-08-01",
        "in force since July 1, 2019",
    ),
    (
        [IN_FORCE, ("rescinded", "2019-12", "2019-12-20"), ("rejected", "2020-03-03", "2020-03-04")],
        "2020-04-01",
        "rescinded December 2019",
    ),
]


@pytest.mark.parametrize(("steps", "as_of", "words"), STATUSES)
def test_the_status_of_a_policy_on_a_day(steps: list[tuple[str, str | None, str]], as_of: str, words: str) -> None:
    assert status(policy(*steps), date.fromisoformat(as_of)).words == words


def test_a_suspension_is_not_an_end() -> None:
    items = [evidence("effective", "2017-07-06"), evidence("rescinded", "2018-02-23", quote="Enforcement is on hold.")]
    assert status(policy_from(fold(items)), date(2018, 3, 1)).words == "suspended since February 23, 2018"


STARTS = [
    ("the article of the block", "https://gazette.example/1", "2017-03-31", "blocked since March 30, 2017"),
    ("another article", "https://gazette.example/2", "2017-03-31", "in force since March 31, 2017"),
    ("too late to be that of the block", "https://gazette.example/1", "2017-05-31", "in force since May 31, 2017"),
]


@pytest.mark.parametrize(("url", "day", "words"), [case[1:] for case in STARTS], ids=[case[0] for case in STARTS])
def test_what_a_block_starts_is_no_start_of_the_rule(url: str, day: str, words: str) -> None:
    block = evidence("blocked", "2017-03-30", published="2017-03-31", url="https://gazette.example/1")
    start = evidence("effective", day, published="2017-03-31", url=url, start=100)
    assert status(policy_from(fold([block, start])), date(2018, 1, 1)).words == words


VETOES = [("2017-07-01", "rejected July 1, 2017"), ("2018-07-01", "adopted June 21, 2017")]


@pytest.mark.parametrize(("day", "words"), VETOES)
def test_a_veto_takes_back_what_was_adopted_lately(day: str, words: str) -> None:
    items = [evidence(), evidence("rejected", day, published=day, quote="The mayor ve\u00adtoed it.")]
    assert status(policy_from(fold(items)), date(2019, 1, 1)).words == words


def test_a_rejected_entry_does_not_count_for_the_status() -> None:
    found = policy(PROPOSED, ADOPTED)
    entries = tuple(rejected(entry) if entry.stage == "adopted" else entry for entry in found.entries)
    assert status(found.model_copy(update={"entries": entries}), date(2018, 1, 1)).state == "proposed"


def rejected(entry: Entry) -> Entry:
    return entry.model_copy(update={"status": EntryStatus.REJECTED})


def test_the_subject_is_what_most_reports_name() -> None:
    items: list[Evidence] = [
        evidence(subject=words, outlet=words) for words in ("detainer notes", "detainer requests", "requests detainer")
    ]
    assert fold(items)[0].subject == "detainer requests"
