"""What a policy is about, in words that read well; the names of policies."""

from typing import Any

import pytest

from support.timeline.cases import evidence, fold, threads
from tracker.model import Evidence
from tracker.read.topics import topics
from tracker.timeline.labels import rule_and_matter
from tracker.timeline.matters import leading_matter, matter_in
from tracker.timeline.vocabulary import table

MATTERS = [
    ("environment", "The council outlawed plastic bags.", ("plastic bags", "plastic bags")),
    ("environment", "Bags are to cost a dime.", ("plastic bags", "bags")),
    ("surveillance", "It put off face scanning.", ("facial recognition", "face scanning")),
    ("taxes-and-fees", "They banned face recognition.", ("facial recognition", "face recognition")),
    ("labor", "They met in the fog of camping.", ("", "")),
    ("immigration", "It ended its partnership with Immigration and Customs Enforcement.",
     ("cooperation with ICE", "partnership with Immigration and Customs Enforcement")),
    ("other", "They banned sky lanterns.", ("", "")),
]  # fmt: skip


@pytest.mark.parametrize(("topic", "text", "named"), MATTERS, ids=[case[1] for case in MATTERS])
def test_a_matter_is_named_by_words_of_the_text(topic: str, text: str, named: tuple[str, str]) -> None:
    assert matter_in(topic, text) == named


def test_copies_have_one_voice_on_what_it_is_about() -> None:
    def about(thing: str, outlet: str, report: str) -> Evidence:
        item: Evidence = evidence(topic="environment", quote=f"They outlawed {thing}.", outlet=outlet, report=report)
        return item

    wire = [about("plastic straws", f"Paper {n}", "wire") for n in range(3)]
    own = [about("plastic bags", name, name) for name in ("Journal", "Herald")]
    assert leading_matter("environment", [*wire, *own]) == "plastic bags"


BOTH = [
    ("ordinance", "plastic bags", ("ordinance", "plastic bags")),
    ("ban on plastic bags", "plastic bags", ("ban on plastic bags", "")),
    ("use-of-force policy", "use of force", ("use-of-force policy", "")),
    ("tax", "hotel tax", ("", "hotel tax")),
    ("curfew", "curfew", ("curfew", "")),
    ("SOP 130", "drones", ("SOP 130", "drones")),
    ("", "plastic bags", ("", "plastic bags")),
]


@pytest.mark.parametrize(("rule", "matter", "told"), BOTH)
def test_nothing_is_said_twice(rule: str, matter: str, told: tuple[str, str]) -> None:
    assert rule_and_matter(rule, matter) == told


def test_every_matter_is_of_a_topic_that_there_is() -> None:
    assert set(table("matters")) <= set(topics())


ASKING = "The Police Department adopted a policy on immigration enforcement."
NAMES: list[tuple[str, list[dict[str, Any]], str]] = [
    (
        "a number that stands",
        [
            {"identifier": "sop 130", "quote": "The Police Department amended SOP 130."},
            {"stage": "effective", "on": "2017-07-06"},
        ],
        "Milwaukee Police SOP 130: immigration enforcement",
    ),
    (
        "not the number of an amendment",
        [{"identifier": "ao 2021-15", "stage": "proposed"}, {}, {"stage": "effective", "on": "2017-07-06"}],
        "Milwaukee Police policy: immigration enforcement",
    ),
    ("no bill", [{"instrument": "bill"}], "Milwaukee Police: immigration enforcement"),
    (
        "not the court",
        [{"stage": "blocked", "body": "Dane County Circuit Court"}, {}],
        "Milwaukee Police policy: immigration enforcement",
    ),
    (
        "no body that no sentence names",
        [{"body": "Milwaukee County Sheriff's Office", "quote": "The policy on immigration enforcement ends."}],
        "Milwaukee policy: immigration enforcement",
    ),
    (
        "no word for the rule that half of the reports do not use",
        [
            {},
            {
                "instrument": "ban",
                "stage": "effective",
                "on": "2017-07-06",
                "quote": "The ban on immigration enforcement starts.",
            },
        ],
        "Milwaukee Police: immigration enforcement",
    ),
    ("no subject that no sentence names", [{"quote": "The policy was adopted.", "topic": "other"}], "Milwaukee policy"),
    ("nothing but a place", [{"instrument": "", "topic": "other", "quote": "It passed."}], "Milwaukee policy"),
]


@pytest.mark.parametrize(("pieces", "name"), [case[1:] for case in NAMES], ids=[case[0] for case in NAMES])
def test_a_policy_is_named_after_all_its_entries(pieces: list[dict[str, Any]], name: str) -> None:
    usual = {"body": "Milwaukee Police Department", "instrument": "policy", "quote": ASKING}
    (policy,) = threads(fold([evidence(**(usual | piece)) for piece in pieces]))
    assert policy.name == name
