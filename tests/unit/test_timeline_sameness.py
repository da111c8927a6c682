"""The chance that two findings are of one policy: what speaks for it, what does not count."""

from support.timeline.cases import evidence
from tracker.timeline.same_policy import log_odds, other_numbers, profile_of

BAGS = evidence(subject="plastic bags checkout", topic="environment", instrument="plastic bag ban")


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
