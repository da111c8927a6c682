"""The marked paragraphs of tests/golden/dates: value F1 over days, months and years may not fall."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

GOLDEN = Path(__file__).parents[1] / "golden" / "dates"
FLOOR = 0.97
"""All were marked before they were read. At the first reading the scores were wire 1.00, local 0.97, hard 0.94 and
second 0.97; what those errors taught is in the reader now, so today's scores say less about other texts than those."""


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
