"""What a policy is about, in words that read well; the names of rules; the names of policies."""

from typing import Any

import pytest
from timeline_cases import evidence, fold, threads

from tracker.model import Evidence
from tracker.read.topics import topics
from tracker.timeline.matters import joined, matters, named_matter, rule_name

RULES = [
    ("ordinance he submitted to the Assembly", "ordinance"),
    ("ordinance Monday night", "ordinance"),
    ("Mayor Rahm Emanuel's ordinance 43-3", "ordinance"),
    ("third and last reading of its ban", "ban"),
    ("ban on chokeholds and carotid holds", "ban on chokeholds and carotid holds"),
    ("General Order 3.21", "General Order 3.21"),
    ("changes to the city's rules on camping", "rules on camping"),
    ("proposal to ban thin", "proposal"),
    ("1 percent tax of their own on food", "1 percent tax"),
    ("lower limit Nov. 30", "lower limit"),
    ("policy in 2013 under", "policy"),
    ("bylaw, which", "bylaw"),
    ("New Orleans' smoke-free ordinance", "New Orleans' smoke-free ordinance"),
    ("New limits", "limits"),
    ("local law the Common Council approved Monday night", "local law"),
    ("hours", ""),
    ("sanctuary' status", ""),
    ("463 such holds", ""),
    ("", ""),
]


@pytest.mark.parametrize(("told", "name"), RULES, ids=[told for told, _ in RULES])
def test_a_rule_is_named_without_the_rest_of_its_sentence(told: str, name: str) -> None:
    assert rule_name(told) == name


def about(topic: str, subject: str, *, title: str = "", **fields: Any) -> Evidence:
    fields = {"instrument": "", "quote": "They voted.", "primary": True, **fields}
    item: Evidence = evidence(topic=topic, subject=subject, **fields)
    return item.model_copy(update={"title": title})


MATTERS = [
    ("its subject tells", about("environment", "bag stores paper"), "plastic bags"),
    ("its sentence tells", about("labor", "", quote="The lowest wage would climb."), "minimum wage"),
    (
        "its headline tells",
        about("drugs", "", title="Crowd packs meeting on marijuana dispensaries"),
        "marijuana dispensaries",
    ),
    ("the headline is of other news", about("drugs", "", title="No dispensaries", primary=False), ""),
    ("the special before the general", about("immigration", "ice detainers"), "ICE detainers"),
    ("the topic was mistaken", about("taxes-and-fees", "scooters"), "electric scooters"),
    ("two words of the sentence", about("labor", "", quote="They banned face recognition."), "facial recognition"),
    ("one word of the sentence", about("labor", "", quote="They met in the fog of camping."), ""),
    ("not what stands last", about("environment", "citizen article warrant"), ""),
    ("words of no list", about("other", "lanterns sky bans", quote="They banned sky lanterns."), ""),
    ("nothing", about("other", "agenda"), ""),
]


@pytest.mark.parametrize(("item", "named"), [case[1:] for case in MATTERS], ids=[case[0] for case in MATTERS])
def test_a_matter_is_named(item: Evidence, named: str) -> None:
    assert named_matter(item.finding.topic, [item]) == named


def test_copies_have_one_voice_on_what_it_is_about() -> None:
    wire = [about("environment", "straws", outlet=f"Paper {n}", report="wire") for n in range(3)]
    own = [about("environment", "bags", outlet=name, report=name) for name in ("Journal", "Herald")]
    assert named_matter("environment", [*wire, *own]) == "plastic bags"


JOINED = [
    ("ordinance", "plastic bags", ("ordinance", "plastic bags")),
    ("ban on plastic bags", "plastic bags", ("ban on plastic bags", "")),
    ("tax", "hotel tax", ("hotel tax", "")),
    ("fees", "taxes and fees", ("fees", "taxes and fees")),
    ("1 percent tax", "tax on food", ("1 percent tax", "tax on food")),
    ("curfew", "curfew", ("curfew", "")),
    ("", "plastic bags", ("", "plastic bags")),
]


@pytest.mark.parametrize(("rule", "matter", "told"), JOINED)
def test_nothing_is_said_twice(rule: str, matter: str, told: tuple[str, str]) -> None:
    assert joined(rule, matter, "Milwaukee") == told


def test_every_matter_is_of_a_topic_that_there_is() -> None:
    assert set(matters()) <= set(topics())


NAMES: list[tuple[str, list[dict[str, Any]], str]] = [
    (
        "a number that stands",
        [{"identifier": "sop 130"}, {"stage": "effective", "on": "2017-07-06"}],
        "Milwaukee Police SOP 130: immigration enforcement",
    ),
    (
        "not the number of an amendment among many",
        [{"identifier": "ao 2021-15", "stage": "proposed"}, {}, {"stage": "effective", "on": "2017-07-06"}],
        "Milwaukee Police policy: immigration enforcement",
    ),
    ("no bill", [{"instrument": "bill"}], "Milwaukee Police: immigration enforcement"),
    (
        "not the court",
        [{"stage": "blocked", "body": "Dane County Circuit Court"}, {"body": "Milwaukee Police Department"}],
        "Milwaukee Police policy: immigration enforcement",
    ),
    ("whose place is named", [{"instrument": "Milwaukee's ban"}], "Milwaukee's ban: immigration enforcement"),
    ("nothing but a body", [{"instrument": "", "subject": "", "topic": "other"}], "Milwaukee Police policy"),
]


@pytest.mark.parametrize(("pieces", "name"), [case[1:] for case in NAMES], ids=[case[0] for case in NAMES])
def test_a_policy_is_named_after_all_its_entries(pieces: list[dict[str, Any]], name: str) -> None:
    usual = {"body": "Milwaukee Police Department", "instrument": "policy", "subject": "immigration enforcement"}
    (policy,) = threads(fold([evidence(**(usual | piece)) for piece in pieces]))
    assert policy.name == name
