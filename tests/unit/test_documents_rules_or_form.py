"""Edits of a policy: which are of rule, which of form; and the labelled pairs keep their shape."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tracker.read.documents.policy_words import LONGEST, Sort, policy_words
from tracker.read.documents.rules_or_form import changes_rule, features, rule_odds
from tracker.read.topics import topics

EVAL = Path(__file__).parents[1] / "eval"
PAIRS: list[dict[str, Any]] = [
    json.loads(line)
    for name in ("policy_edits", "policy_edits_2")
    for line in (EVAL / f"{name}.jsonl").read_text("utf-8").splitlines()
]
KEYS = {"id", "old", "new", "label", "doubt", "topic", "style", "twin_of"}

OF_RULE = [
    ("Recordings of the lobby are kept for fourteen days.", "Recordings of the lobby are kept for sixty days."),
    ("A foot pursuit should be ended when sight is lost.", "A foot pursuit must be ended when sight is lost."),
    ("Deputies may enter the yard.", "Deputies may enter the yard only with a warrant signed by a judge."),
    ("Guards may look into bags.", "Guards shall not look into bags."),
    ("", "Officers shall obtain written consent before they search a locker."),
]
OF_FORM = [
    ("Issued: 3 May 2012   Effective: 7 May 2012", "Issued: 19 June 2018   Effective: 25 June 2018"),
    ("Call the desk at 555-0103.", "Call the desk at 555-0161."),
    ("Officers use Form 30-12 for lost keys.", "Officers use Form 30-14 for lost keys."),
    ("Members shall log the mileage within three (3) days.", "Members will log the mileage within 72 hours."),
    ("Guards shall not look into bags.", "Guards must not look into bags."),
    ("Colonel Adam Reyes, Director", "Major Joan Whitfield, Acting Director"),
    ("The ORB investigators recieve a copy.", "The CPRB investigators receive a copy."),
]


@pytest.mark.parametrize(("old", "new"), OF_RULE)
def test_edits_of_rule(old: str, new: str) -> None:
    assert changes_rule(old, new)


@pytest.mark.parametrize(("old", "new"), OF_FORM)
def test_edits_of_form(old: str, new: str) -> None:
    assert not changes_rule(old, new)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Within seven (7) days", "not later than one week"),
        ("The log shall be kept for twenty-four months.", "The log will be kept for 2 years"),
        ("Reviewed twice a year", "Reviewed every six months"),
        ("Officers are prohibited from smoking.", "Officers shall not smoke."),
    ],
)
def test_wordings_that_say_the_same_are_no_edit(one: str, other: str) -> None:
    assert [word.text for word in policy_words(one)] == [word.text for word in policy_words(other)]
    assert features(one, other) == {("edit", "none")}


def test_what_words_are() -> None:
    words = policy_words(
        "See Form 12-B and Section 4 by March 3, 2019, within 5 days; call 555-0103 or mail a@b.example"
    )
    sorts = [word.sort for word in words if word.sort is not Sort.WORD]
    assert sorts == [Sort.CODE, Sort.CODE, Sort.DATE, Sort.NUMBER, Sort.ADDRESS, Sort.ADDRESS]


@pytest.mark.parametrize("text", ["", " ", "…", "\x00\ufffe", "1" * 50_000, "a-" * 50_000, "(" * 9_000, "no. " * 9_000])
def test_odd_text_is_weighed_like_any(text: str) -> None:
    assert len(policy_words(text)) <= LONGEST
    for old, new in ((text, ""), ("", text), (text, "Officers may smoke."), (text, text)):
        assert rule_odds(old, new) < 50


def test_the_labelled_pairs_have_their_shape() -> None:
    known = {pair["id"]: pair for pair in PAIRS}
    assert len(known) == len(PAIRS) >= 900
    for pair in PAIRS:
        assert set(pair) == KEYS
        assert pair["old"] != pair["new"]
        assert pair["label"] in ("rule", "form")
        assert pair["topic"] in topics()
        assert pair["twin_of"] is None or known[pair["twin_of"]]["twin_of"] is None
    assert max(Counter((pair["old"], pair["new"]) for pair in PAIRS).values()) == 1
    labels = Counter(pair["label"] for pair in PAIRS)
    assert min(labels.values()) >= 0.4 * len(PAIRS)
