"""The chance that two findings are of one policy: what speaks for it, what does not count."""

import pytest
from timeline_cases import evidence

from tracker.model import Evidence
from tracker.timeline.profile import profile_of
from tracker.timeline.sameness import features, log_odds, other_numbers

BAGS = evidence(subject="plastic bags checkout", topic="environment", instrument="plastic bag ban")


def with_vector(version: str, *vector: float) -> Evidence:
    finding = BAGS.finding.model_copy(update={"policy_vector": vector})
    return BAGS.model_copy(update={"finding": finding, "reader_version": version})


@pytest.mark.parametrize(
    ("one", "other", "closeness"),
    [
        (with_vector("a", 1, 0), with_vector("a", 1, 0), 0.5),
        (with_vector("a", 1, 0), with_vector("a", 0, 1), -0.5),
        (with_vector("a", 1, 0), with_vector("b", 1, 0), 0),
        (with_vector("a", 1, 0), with_vector("a", 1, 0, 0), 0),
        (with_vector("a", 0, 0), with_vector("a", 1, 0), 0),
        (BAGS, with_vector("a", 1, 0), 0),
    ],
)
def test_vectors_of_one_reader_are_compared_and_no_others(one: Evidence, other: Evidence, closeness: float) -> None:
    assert features(profile_of([one]), profile_of([other]))["vector"] == closeness


def test_a_half_finished_reread_compares_what_both_have() -> None:
    half = profile_of([with_vector("a", 0, 1), with_vector("b", 1, 0)])
    assert features(half, profile_of([with_vector("b", 1, 0)]))["vector"] == 0.5


def test_more_in_common_is_likelier_one_policy() -> None:
    cards = evidence(subject="library cards", topic="records", instrument="library card rules")
    rest = evidence(subject="plastic straws", topic="environment", instrument="plastic ban")
    odds = [log_odds(profile_of([BAGS]), profile_of([item])) for item in (cards, rest, BAGS)]
    assert odds == sorted(odds)
    assert odds[0] < 0 < odds[-1]


def test_other_numbers_are_of_one_kind_with_none_in_common() -> None:
    one, two, bill = (profile_of([evidence(identifier=name)]) for name in ("sop 130", "sop 250", "bill 7"))
    both = profile_of([evidence(identifier="sop 130"), evidence(identifier="sop 250")])
    assert [other_numbers(one, other) for other in (two, bill, both)] == [{"sop"}, set(), set()]
