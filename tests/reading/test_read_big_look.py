"""What two looks at one sentence say together."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from support.articles.reader import article, seen, steps
from tracker.errors import ScorerFault
from tracker.read.encoder.big_look import OF_STAGE, BigLook, BothLooks, mean
from tracker.read.encoder.small_look import Encoder
from tracker.read.reader import Reader
from tracker.read.scorer import StepScores

VETO = "The Dayton City Commission banned tents in parks on April 26. On Monday Mayor Ann Cole vetoed that ordinance."


def step() -> StepScores:
    return Encoder().score(*seen(article(VETO, "Mayor vetoes the tent ban"))).steps[0]


def test_the_mean_of_a_look_with_itself_is_that_look() -> None:
    one = step()
    both = mean(one, one)
    for asked in ("stage", "news", "date", "place", "body", "instrument"):
        assert getattr(both, asked) == pytest.approx(getattr(one, asked), abs=1e-4), asked


def test_the_mean_lies_between_both_looks() -> None:
    one = step()
    assert mean(one, replace(one, stage=one.stage + 2)).stage == pytest.approx(one.stage + 2 * OF_STAGE)


@pytest.mark.parametrize("asked", ["date", "place"])
def test_chances_of_a_choice_stay_chances_where_the_looks_disagree(asked: str) -> None:
    one = step()
    other = replace(one, **{asked: getattr(one, asked)[::-1].copy()})
    assert np.exp(getattr(mean(one, other), asked)).sum(axis=0) == pytest.approx(1, abs=1e-3)


def test_both_looks_together_tell_the_step_with_its_place_and_date() -> None:
    told = Reader().read(article(VETO, "Mayor vetoes the tent ban"))
    assert ("state:oh/place:dayton", "rejected", "2023-05-08") in steps(told)


def test_the_scores_are_the_mean_of_what_both_looks_say_by_themselves() -> None:
    asked = seen(article(VETO, "Mayor vetoes the tent ban"))
    small, both = Encoder(), BothLooks()
    scores, question = small.asked(*asked)
    told = both.score(*asked)
    assert (told.change, len(told.steps)) == (scores.change, len(scores.steps)) != (told.change, 0)
    for one, step in zip(scores.steps, told.steps, strict=True):
        assert np.allclose(step.stage, mean(one, BigLook().step(question, one)).stage)
        assert not np.allclose(step.stage, one.stage)


def test_a_model_that_is_missing_is_said(tmp_path: Path) -> None:
    with pytest.raises(ScorerFault, match="install the tracker again"):
        BothLooks(big=BigLook(tmp_path)).warm()
