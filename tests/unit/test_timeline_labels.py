"""A plain label says who, which stage and to which rule: body and rule in words of the reports of the step."""

from typing import Any

import pytest

from support.timeline.cases import evidence, fold
from tracker.model import Direction, Effect, Evidence, Mark
from tracker.timeline.entry_fields import leading_direction, leading_effect
from tracker.timeline.labels import actor, label, subject

BAGS = {"topic": "environment", "subject": "plastic bags"}
POLICE = {"body": "Milwaukee Police Department", "topic": "surveillance", "instrument": "policy"}
LABELS: list[tuple[str, dict[str, Any], str]] = [
    (
        "a vote, its body and its matter",
        {**BAGS, "quote": "The Common Council voted 9-2 to outlaw plastic bags."},
        "Milwaukee Common Council, change adopted: plastic bags",
    ),
    (
        "a delay is no ban",
        {
            **BAGS,
            "instrument": "ban",
            "effect": "bans",
            "quote": "The Common Council agreed to push the start of the ban back.",
        },
        "Milwaukee Common Council, change adopted: ban",
    ),
    (
        "data kept shorter is no purchase of the readers",
        {
            **POLICE,
            "effect": "allows",
            "quote": "The commission voted to cut how long data of license plate readers is kept.",
        },
        "Milwaukee, change adopted: license plate readers",
    ),
    (
        "rentals are no property taxes",
        {
            "topic": "taxes-and-fees",
            "instrument": "homestead exemption",
            "stage": "effective",
            "quote": "The new regime begins Dec. 1.",
        },
        "Milwaukee, change takes effect",
    ),
    (
        "allowed on a condition is no ban",
        {
            "topic": "stops-and-searches",
            "instrument": "policy",
            "effect": "bans",
            "quote": "The city let officers keep asking for no-knock warrants if they announce themselves.",
        },
        "Milwaukee, change adopted: no-knock warrants",
    ),
    (
        "an agreement that is declared invalid is a change too",
        {
            "stage": "adopted",
            "effect": "joins",
            "instrument": "cooperative agreement",
            "body": "County Commission",
            "quote": "Commissioners would declare the cooperative agreement void.",
        },
        "Milwaukee, change adopted: cooperative agreement",
    ),
    (
        "a body that no sentence names is not the actor",
        {
            "stage": "rescinded",
            "body": "Milwaukee County Sheriff's Office",
            "quote": "And so the jail's agreement with immigration authorities ends June 30.",
        },
        "Milwaukee, rule ended: immigration authorities",
    ),
    (
        "which of two bodies acted is left open",
        {**POLICE, "quote": "The police chief said the council put the policy on drones in by resolution."},
        "Milwaukee, change adopted: drones",
    ),
    (
        "a pause is no end",
        {**BAGS, "stage": "rescinded", "quote": "The Common Council suspended its ban on plastic bags."},
        "Milwaukee Common Council, rule suspended: plastic bags",
    ),
    (
        "a court is not of the place",
        {
            **BAGS,
            "stage": "blocked",
            "body": "Dane County Circuit Court",
            "quote": "A judge blocked the ban on plastic bags.",
        },
        "Milwaukee, rule blocked: plastic bags",
    ),
    (
        "the rule in its own words, and its matter",
        {**BAGS, "instrument": "Clean Streams Ordinance", "quote": "They passed the Clean Streams Ordinance on bags."},
        "Milwaukee, change adopted: Clean Streams Ordinance, bags",
    ),
    (
        "a rule of common words, spoken out",
        {
            "topic": "immigration",
            "instrument": "revised standard operating procedures",
            "quote": "They approved the revised standard operating procedures.",
        },
        "Milwaukee, change adopted: revised standard operating procedures",
    ),
    (
        "a rule that has no name but its number",
        {**BAGS, "instrument": "Bill 59", "quote": "Bill 59 passed."},
        "Milwaukee, change adopted: Bill 59",
    ),
    (
        "not the rule's words where the sentence has others",
        {**BAGS, "instrument": "Clean Streams Ordinance", "quote": "They passed the ban on plastic bags."},
        "Milwaukee, change adopted: plastic bags",
    ),
    (
        "the number by which the rule stands",
        {**POLICE, "identifier": "sop 130", "quote": "The Police Department amended SOP 130 on drones."},
        "Milwaukee Police Department, change adopted: SOP 130, drones",
    ),
    (
        "not a number that the sentence has not",
        {**POLICE, "identifier": "sop 130", "quote": "The Police Department amended its rules on drones."},
        "Milwaukee Police Department, change adopted: drones",
    ),
    (
        "the words of the text where the usual name says more",
        {"topic": "homelessness", "quote": "Members voted to keep camping off sidewalks."},
        "Milwaukee, change adopted: camping",
    ),
    (
        "the matter of the topic before one that is only mentioned",
        {
            "topic": "labor",
            "quote": "The Common Council raised the minimum wage by a vote after a fight over plastic bags.",
        },
        "Milwaukee Common Council, change adopted: minimum wage",
    ),
    (
        "where no word says the matter, only the stage",
        {"topic": "housing", "instrument": "", "quote": "It was their second meeting on it."},
        "Milwaukee, change adopted",
    ),
    (
        "where nothing is known, no more",
        {"topic": "other", "instrument": "", "score": 0.4, "quote": "It was their second meeting on it."},
        "Milwaukee: policy",
    ),
    (
        "a step that is more likely wrong than right",
        {**BAGS, "score": 0.4, "quote": "The Common Council voted 9-2 to outlaw plastic bags."},
        "Milwaukee Common Council: plastic bags",
    ),
]


@pytest.mark.parametrize(("fields", "line"), [case[1:] for case in LABELS], ids=[case[0] for case in LABELS])
def test_a_label_claims_no_more_than_its_sentence(fields: dict[str, Any], line: str) -> None:
    assert label(fold([evidence(**fields)])[0]) == line


def test_a_label_says_which_report_names_its_body_and_its_subject() -> None:
    item = evidence(
        quote="They did so on Monday.", marks=(Mark(field="body", start=0, end=7, in_title=True),), primary=True
    )
    item = item.model_copy(update={"title": "Council bans facial recognition"})
    entry = fold([item])[0]
    assert (actor(entry).words, actor(entry).source, actor(entry).in_title) == ("Milwaukee Common Council", item, True)
    assert (subject(entry).words, subject(entry).source, subject(entry).in_title) == ("facial recognition", item, True)


def test_what_a_person_set_is_said_whatever_the_sentence_has() -> None:
    entry = fold([evidence(quote="They met.")])[0]
    fields = {
        "body": "Common Council",
        "subject": "drones",
        "stage": "rejected",
        "locked": {"body", "subject", "stage"},
    }
    assert label(entry.model_copy(update=fields)) == "Milwaukee Common Council, change rejected: drones"


def said(effect: Effect | None, score: float, *, primary: bool = False) -> Evidence:
    return evidence(effect=effect, direction=Direction.STRICTER if effect else None, score=score, primary=primary)


EFFECTS = [
    ("the surest", [said(Effect.BANS, 0.5), said(Effect.LIMITS, 0.7)], Effect.LIMITS),
    ("the news before it", [said(Effect.BANS, 0.5, primary=True), said(Effect.LIMITS, 0.7)], Effect.BANS),
    ("one that tells", [said(None, 0.9, primary=True), said(Effect.ENDS, 0.4)], Effect.ENDS),
    ("nothing unclear", [said(Effect.UNCLEAR, 0.9)], None),
    ("nothing", [said(None, 0.9)], None),
]


@pytest.mark.parametrize(("items", "effect"), [case[1:] for case in EFFECTS], ids=[case[0] for case in EFFECTS])
def test_the_leading_report_that_tells_decides(items: list[Evidence], effect: Effect | None) -> None:
    assert leading_effect(items) is effect


def test_a_direction_is_told_like_an_effect() -> None:
    assert leading_direction([said(None, 0.9), said(Effect.BANS, 0.4)]) is Direction.STRICTER
