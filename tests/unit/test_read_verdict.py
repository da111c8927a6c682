"""What the acts of an article say together, and what its words say against it: signs, not fitted points."""

from itertools import pairwise

import pytest
from tracker.read.glance import Glance
from tracker.read.verdict import MOST_ODDS, UNLIKE, Witness, article_score, article_signs, log_odds, words_against


def seen(score: float, sentence: int = 1, foreign: bool = False, titled: bool = False) -> Witness:
    return Witness(score, sentence, titled=titled, fresh=False, named=False, foreign=foreign)


@pytest.mark.parametrize("look", [None, 0.3, 0.5, 0.9, 1.0, Glance(0.8, {})])
def test_words_never_speak_for_a_change(look: Glance | float | None) -> None:
    assert words_against(look) == 0.0


def test_words_that_sound_unlike_a_change_speak_against_it() -> None:
    against = [words_against(score) for score in (0.0, 0.05, 0.1, 0.2)]
    assert all(low < high < 0 for low, high in pairwise(against))
    assert min(against) >= UNLIKE - MOST_ODDS


def test_a_look_counts_as_its_score() -> None:
    assert words_against(Glance(0.05, {})) == words_against(0.05)


@pytest.mark.parametrize("p", [0.0, 0.2, 0.5, 0.8, 1.0])
def test_log_odds_are_even_and_bounded(p: float) -> None:
    assert log_odds(p) == pytest.approx(-log_odds(1 - p))
    assert abs(log_odds(p)) <= MOST_ODDS


@pytest.mark.parametrize("witnesses", [[], [seen(0.9, foreign=True)], [seen(0.9, foreign=True), seen(0.8, 2, True)]])
def test_acts_of_others_alone_are_no_local_change(witnesses: list[Witness]) -> None:
    assert article_score(witnesses, 0.0) == 0.0


def test_an_act_told_twice_in_a_sentence_counts_once() -> None:
    twice, once = (article_signs(acts, 0.0) for acts in ([seen(0.9), seen(0.7)], [seen(0.9)]))
    assert twice == once


def test_the_signs_tell_who_acts_where() -> None:
    signs = article_signs([seen(0.9, titled=True), seen(0.7, 2), seen(0.6, 8, foreign=True)], -1.5)
    assert signs["its words speak against"] == -1.5
    assert signs["the surest act"] == log_odds(0.9) == signs["the surest of the title"]
    assert signs["the surest of another sentence"] == log_odds(0.7)
    assert signs["sentences that tell one surely"] == 2.0
    assert signs["acts of others"] == pytest.approx(1 / 3)
    assert signs["acts of others in front"] == 0.0
