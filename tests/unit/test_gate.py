"""The accuracy gate passes only what it could hold against a floor; the figures here are made up."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from support.articles.labelled import EVAL

sys.path.insert(0, str(EVAL))
import gate

FIGURES = {"entry_f1": 0.6, "false_alarms": 0.1}
Run = Callable[..., int]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The gate over one set, with a baseline in a folder of its own; none where none is given."""
    monkeypatch.setattr(gate, "BASELINE", tmp_path / "baseline.json")

    def run(*options: str, baseline: str = "", measured: dict[str, float] = FIGURES) -> int:
        if baseline:
            gate.BASELINE.write_text(baseline)
        monkeypatch.setattr(gate, "measured", lambda _: iter([("dev", measured)]))
        monkeypatch.setattr(sys, "argv", ["gate.py", *options])
        return gate.main()

    return run


def floors(**figures: float) -> str:
    return json.dumps({"dev": figures})


@pytest.mark.parametrize("baseline", ["", "{}"])
def test_without_a_baseline_nothing_passes(run: Run, baseline: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(baseline=baseline) == 1
    assert capsys.readouterr().err == f"{gate.BASELINE} is missing or empty: figures are held against nothing\n"


def test_a_set_without_a_floor_does_not_pass(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(baseline=json.dumps({"another": FIGURES})) == 1
    assert capsys.readouterr().err == "dev: baseline.json has no floor of it; --raise writes today's figures\n"


SIDES = [
    ({"entry_f1": 0.6}, 0),
    ({"entry_f1": 0.61}, 0),
    ({"entry_f1": 0.65}, 1),
    ({"entry_f1": 0.5}, 0),
    ({"false_alarms": 0.05}, 1),
    ({"false_alarms": 0.2}, 0),
]


@pytest.mark.parametrize(("known", "status"), SIDES)
def test_a_figure_on_the_wrong_side_of_its_floor_does_not_pass(run: Run, known: dict[str, float], status: int) -> None:
    assert run(baseline=floors(**known)) == status


def test_the_first_floors_are_written_by_raising_and_never_go_down_by_it(run: Run) -> None:
    assert run("--raise") == 0
    assert json.loads(gate.BASELINE.read_text()) == {"dev": FIGURES}
    assert run("--raise", measured={"entry_f1": 0.7, "false_alarms": 0.11}) == 0
    assert json.loads(gate.BASELINE.read_text()) == {"dev": {"entry_f1": 0.7, "false_alarms": 0.1}}
    assert run() == 1


def test_every_set_has_floors_in_the_baseline_that_ships() -> None:
    shipped = json.loads((EVAL / "baseline.json").read_text("utf-8"))
    named = {gate.MERGE, gate.FIRST_SCREEN, gate.MENTIONS, gate.EDITS, *gate.MATTERS, gate.FURNITURE, gate.SPOILT}
    named |= {gate.FIELDS, *gate.SETS, *gate.SMALL_LOOK, *gate.OPINIONS}
    assert shipped.keys() == named
    assert all(shipped.values())
