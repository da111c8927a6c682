"""Where decisions fall: weights of log-odds, and the file that is kept beside the model."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from tracker.read.encoder.small_look import Encoder
from tracker.read.thresholds import Thresholds, load

BY = Thresholds(
    change_weights=(1.0, 2.0, 3.0),
    step_weights=(0.5, 1.0, -1.0),
    sure_weights=(0.0, 1.0, 2.0, 3.0),
    news_weights=(0.3, 0.7),
)


def test_chances_are_weighed_sums_with_the_constant_first() -> None:
    assert BY.change(10.0, 100.0) == 1.0 + 20.0 + 300.0
    assert BY.step(2.0, 3.0) == 0.5 + 2.0 - 3.0
    assert BY.sure(1.0, 10.0, 100.0) == 1.0 + 20.0 + 300.0
    assert BY.news(10.0, 10.0) == pytest.approx(10.0)


def test_a_file_gives_back_what_was_written(tmp_path: Path) -> None:
    (tmp_path / "by.json").write_text(json.dumps(asdict(BY)))
    assert load(tmp_path / "by.json") == BY


def test_a_name_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "by.json").write_text('{"acept": 0.5}')
    with pytest.raises(TypeError, match="acept"):
        load(tmp_path / "by.json")


def test_those_that_ship_are_chances_and_log_odds() -> None:
    by = Encoder().thresholds
    assert all(0 < value < 1 for value in (by.accept, by.keep, by.effect, by.direction))
    assert by.close > 0
    assert by.considered < 0
    assert [len(w) for w in (by.change_weights, by.step_weights, by.sure_weights, by.news_weights)] == [3, 3, 4, 2]
