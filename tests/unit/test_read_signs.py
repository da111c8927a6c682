"""Signs and their weights: a score that a person can follow."""

import pytest
from reading import explain
from tracker.read.weighing import probability, strongest, weights

SURE = {"title": "Council bans tents in parks", "text": "The Dayton City Council voted 5-2 Tuesday to ban tents."}


def test_no_sign_gives_a_score_between_none_and_certain() -> None:
    assert 0 < probability({}) < 1


def test_unknown_signs_count_nothing() -> None:
    assert probability({"never heard of": 1.0}) == probability({})


@pytest.mark.parametrize("sign", ["lede", "always"])
def test_a_sign_moves_the_score_the_way_of_its_weight(sign: str) -> None:
    moved, still = probability({sign: 1.0}), probability({})
    assert (moved > still) == (weights("change").get(sign, 0.0) > 0)


def test_huge_signs_do_not_overflow() -> None:
    assert probability({"always": 1e9}) in (pytest.approx(0, abs=1e-9), pytest.approx(1, abs=1e-9))


def test_the_strongest_signs_are_named_first_and_never_the_constant() -> None:
    signs = dict.fromkeys(weights("change"), 1.0)
    names = [name for name, _ in strongest(signs)]
    points = [abs(points) for _, points in strongest(signs)]
    assert "always" not in names
    assert points == sorted(points, reverse=True)


def test_signs_of_an_act_are_ones_and_shares() -> None:
    found = explain(SURE["text"], SURE["title"]).considered[0].candidate.signs
    assert found["always"] == 1.0
    assert all(0 <= value <= 4 for value in found.values())


def test_a_plain_vote_scores_higher_than_a_wish_or_a_purchase() -> None:
    def best(text: str, title: str) -> float:
        return explain(text, title).reading.score

    sure = best(SURE["text"], SURE["title"])
    wish = best("Residents urged the Dayton City Council Tuesday to ban tents.", "Residents want tents gone")
    purchase = best("The Dayton City Council approved the purchase of two trucks Tuesday.", "Council buys trucks")
    assert sure > max(wish, purchase)
