"""What two looks at one sentence say together."""

from dataclasses import replace

import numpy as np
import pytest
from reading import article, seen

from tracker.read.big_look import SHARE, mean
from tracker.read.encoder import Encoder
from tracker.read.scorer import StepScores

VETO = "The Dayton City Commission banned tents in parks on April 26. On Monday Mayor Ann Cole vetoed that ordinance."


def step() -> StepScores:
    return Encoder().score(*seen(article(VETO, "Mayor vetoes the tent ban"))).steps[0]


def test_the_mean_of_a_look_with_itself_is_that_look() -> None:
    one = step()
    both = mean(one, one)
    for asked in ("stage", "news", "date", "place", "body", "instrument", "effect", "direction"):
        assert getattr(both, asked) == pytest.approx(getattr(one, asked), abs=1e-4), asked


def test_the_mean_lies_between_both_looks() -> None:
    one = step()
    assert mean(one, replace(one, stage=one.stage + 2)).stage == pytest.approx(one.stage + 2 * SHARE)


@pytest.mark.parametrize("asked", ["date", "place"])
def test_chances_of_a_choice_stay_chances_where_the_looks_disagree(asked: str) -> None:
    one = step()
    other = replace(one, **{asked: getattr(one, asked)[::-1].copy()})
    assert np.exp(getattr(mean(one, other), asked)).sum(axis=0) == pytest.approx(1, abs=1e-3)


def test_what_the_change_is_about_is_the_small_ones_to_say() -> None:
    one = step()
    assert np.array_equal(mean(one, replace(one, policy=-one.policy)).policy, one.policy)
