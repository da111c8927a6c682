"""The marked paragraphs of tests/golden/dates: value F1 over days, months and years may not fall."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

GOLDEN = Path(__file__).parents[1] / "golden" / "dates"
FLOOR = 0.97
"""Every paragraph was written before it was read for the first time; the reader then scored 0.98 over all 40."""


def load_measure() -> ModuleType:
    spec = importlib.util.spec_from_file_location("dates_measure", GOLDEN / "measure.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["wire", "local", "hard", "second"])
def test_the_marked_dates_are_read(name: str) -> None:
    measure = load_measure()
    result = measure.score(measure.read_paragraphs(GOLDEN / f"{name}.txt"))
    assert result.f1 >= FLOOR, "\n".join(result.errors)
