"""Threads and names of policies."""

from typing import Any

import pytest

from support.timeline.cases import MILWAUKEE, evidence, fold, threads
from tracker.model import Evidence, EvidenceKind
from tracker.timeline.labels import label
from tracker.timeline.policies import by_policy

SOP: dict[str, Any] = {
    "body": "Milwaukee Police Department",
    "instrument": "standard operating procedure",
    "subject": "immigration enforcement",
    "quote": "The Police Department amended SOP 130 on immigration enforcement.",
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


WELL_RULE = {"topic": "environment", "subject": "aquifer retailer shopper customers wage", "instrument": "ordinance"}
WELL_END = {"topic": "environment", "subject": "aquifer lawsuit scraps nickel council", "instrument": "ordinance"}


def test_an_end_belongs_to_the_earlier_rule_that_it_can_end() -> None:
    told = fold([evidence(**WELL_RULE), evidence("rescinded", "2018-06-03", published="2018-06-04", **WELL_END)])
    assert len(threads(told)) == 1


def test_an_end_of_what_was_adopted_after_it_stands_alone_as_any_other_rule_so_alike() -> None:
    later = evidence("adopted", "2018-06-03", published="2018-06-04", **WELL_END)
    assert len(threads(fold([evidence(**WELL_RULE), later]))) == 2
    early = evidence("rescinded", "2016-06-03", published="2016-06-04", **WELL_END)
    assert len(threads(fold([evidence(**WELL_RULE), early]))) == 2


def test_two_rules_of_one_evening_that_one_article_tells_are_two_policies() -> None:
    vow = evidence(subject="sanctuary detainers jail", url="https://post.example/1")
    beds = evidence(subject="sanctuary detainers jail", url="https://post.example/1", start=90)
    assert len(threads(fold([vow, beds]))) == 2


def test_entries_are_grouped_by_the_policy_that_they_name() -> None:
    one, two = fold([evidence(), evidence("effective", "2017-07-06")])
    moved = two.model_copy(update={"policy": "split"})
    assert [policy.id for policy in by_policy([one, moved])] == sorted([one.policy, "split"])


def test_the_subject_is_what_most_reports_name() -> None:
    items: list[Evidence] = [
        evidence(subject=words, outlet=words) for words in ("detainer notes", "detainer requests", "requests detainer")
    ]
    assert fold(items)[0].subject == "detainer requests"


def document(number: str, stage: str = "adopted", on: str = "2017-06-21") -> Evidence:
    """An order that was replaced; all of them have one wording, and each calls itself otherwise."""
    kind = {"1.1": "Order", "2.2": "General Order", "3.3": "Special Order"}[number]
    told = evidence(
        stage,
        on,
        url=f"https://police.example/{number}",
        body="Milwaukee Police Department",
        instrument=f"{kind} {number}",
        identifier=f"{kind} {number}".lower(),
        subject="wheelchairs",
    )
    return told.model_copy(update={"kind": EvidenceKind.DOCUMENT, "matter": number, "record": f"{number} version 2"})


def test_documents_of_two_numbers_are_never_one_policy_nor_one_step() -> None:
    numbers = ("1.1", "2.2", "3.3")
    entries = fold([document(number, stage) for number in numbers for stage in ("adopted", "effective")])
    assert len(entries) == 6
    assert sorted(len(policy.entries) for policy in threads(entries)) == [2, 2, 2]
    for policy in threads(entries):
        assert len({item.matter for entry in policy.entries for item in entry.evidence}) == 1


def test_a_policy_of_a_document_is_called_by_its_title() -> None:
    told = document("2.2").model_copy(update={"title": "General Order 2.2: Transport of wheelchairs"})
    (policy,) = threads(fold([told]))
    assert policy.name == "General Order 2.2: Transport of wheelchairs"


def test_a_step_of_a_document_is_labelled_by_the_document_s_own_words() -> None:
    told = document("3.3", "effective").model_copy(update={"title": "Special Order S3-03: Transport of wheelchairs"})
    (entry,) = fold([told])
    assert (
        label(entry)
        == "Milwaukee Police Department, change takes effect: Special Order S3-03: Transport of wheelchairs"
    )
