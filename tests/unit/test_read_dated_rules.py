"""Rules that are named with their year: a step of long ago that no verb tells.

The sentences are ours; they ran on Wednesday, May 10, 2023.
"""

import pytest
from reading import WEDNESDAY, told
from tracker.read.act import Act
from tracker.read.dated_rules import dated_rules
from tracker.read.parser import parse

from tracker.model import Stage
from tracker.read.dates import find_dates


def dated(sentence: str) -> list[Act]:
    (doc,) = parse([sentence])
    return dated_rules(doc, list(find_dates(sentence, WEDNESDAY)))


NAMED = [
    ("Under the 2015 ordinance, landlords must register their rentals.", "2015", "ordinance"),
    ("Landlords complain about the city's 2015 rental ordinance.", "2015", "rental ordinance"),
    ("Officers must wear cameras under a March 2021 directive.", "March 2021", "directive"),
    ("Deputies follow an executive order from 2018.", "2018", "executive order"),
    ("Chases are covered by a policy written in 2020.", "2020", "policy"),
    ("The curfew dates back to 2009.", "2009", "The curfew"),
]


@pytest.mark.parametrize(("sentence", "words", "rule"), NAMED)
def test_a_rule_with_its_year_was_made_then(sentence: str, words: str, rule: str) -> None:
    (act,) = dated(sentence)
    assert act.stage is Stage.ADOPTED
    assert act.dated == sentence.index(words)
    assert act.rule_text.endswith(rule)


NOT_NAMED = [
    "The ordinance covers fiscal year 2015 fees.",
    "The ordinance bars trucks from 2015 on.",
    "Sales fell in 2015, and the ordinance is blamed.",
    "Owners of 2015 cars need no permit.",
    "The ordinance was discussed Tuesday.",
]


@pytest.mark.parametrize("sentence", NOT_NAMED)
def test_a_year_beside_a_rule_is_not_always_its_own(sentence: str) -> None:
    assert dated(sentence) == []


def test_the_year_is_the_date_of_the_step() -> None:
    assert ("adopted", "2018") in told("Deputies follow an executive order from 2018.")
