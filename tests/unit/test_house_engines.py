"""The contract suite runs on both engines; where a test names one of them, the reason stands beside it."""

import ast
from collections.abc import Iterator
from pathlib import Path

CONTRACT = Path(__file__).parents[1] / "contract"
REASON = "SQLite only: "


def without_reason(path: Path) -> Iterator[str]:
    """The outermost functions of a file that open a SQLite file and do not say why no other engine."""
    source = path.read_text("utf-8")
    for part in ast.parse(source).body:
        if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef):
            text = ast.get_source_segment(source, part) or ""
            if "sqlite:///" in text and REASON not in text:
                yield f"{path.name}: {part.name}"


def test_a_test_that_knows_one_engine_only_says_why() -> None:
    paths = sorted(CONTRACT.glob("test_*.py"))
    assert len(paths) > 40
    assert [found for path in paths for found in without_reason(path)] == []


def test_a_missing_reason_would_be_found(tmp_path: Path) -> None:
    path = tmp_path / "test_something.py"
    path.write_text('def test_it():\n    open_database("sqlite:///x.db")\n')
    assert list(without_reason(path)) == ["test_something.py: test_it"]
