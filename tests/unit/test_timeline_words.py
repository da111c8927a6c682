"""What the words of a finding tell: rare words, numbers of instruments."""

import pytest

from tracker.timeline.vocabulary import FEW, identifier_parts, rare_words, shared, tokens

RARE = [
    ("the city council's plastic bag ordinance", "", {"plastic", "bag", "ordinance"}),
    ("Milwaukee detainer policy", "Milwaukee", {"detainer", "policy"}),
    ("2017 and 44", "", set()),
    ("", "", set()),
]


@pytest.mark.parametrize(("text", "place", "words"), RARE)
def test_rare_words(text: str, place: str, words: set[str]) -> None:
    assert rare_words(text, place).keys() - {"ordinance", "policy"} == words - {"ordinance", "policy"}


def test_the_rarer_word_weighs_more() -> None:
    found = rare_words("detainer bag")
    assert found["detainer"] > found["bag"] > 0


def test_a_share_is_that_of_the_lighter_bag_whatever_it_was_summed_over() -> None:
    one, other = {"bag": 30, "plastic": 30}, {"bag": 60, "paper": 60}
    assert shared(one, 1, other, 2) == 0.5
    assert shared(one, 1, {"dog": 10}, 1) == 0.0


def test_a_word_alone_that_is_not_rare_is_little_in_common() -> None:
    assert shared({"ban": 20}, 1, {"ban": 20}, 1) == 20 / FEW


def test_tokens_leave_out_what_every_rule_has() -> None:
    assert tokens("the city's new ordinance on plastic bags") == ("plastic", "bag")


def test_identifiers_have_a_kind_and_a_number() -> None:
    assert [identifier_parts(text) for text in ("sop 130", "General Order 8.1", "")] == [
        ("sop", "130"),
        ("general order", "8.1"),
        ("", ""),
    ]
