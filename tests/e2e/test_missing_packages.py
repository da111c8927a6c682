"""The tracker where a package is missing or broken: one line that names it and what to do, never a traceback."""

import json
import shutil
from pathlib import Path

import pytest

from support.commands.installed import all_names, install, run

TRACKER = ("-m", "jobs")


def without(folder: Path, name: str) -> Path:
    """All packages that are installed here but one."""
    everything = all_names()
    assert name in everything
    return install(folder / "packages", everything - {name})


def assert_one_line_names(told: str, package: str) -> None:
    assert told.count("\n") == 1, told
    for words in (f"missing or of another version: {package}", f"run `pip install '{package}", "`uv sync` in a clone"):
        assert words in told


@pytest.mark.parametrize("name", ["lxml-html-clean", "pydantic-settings", "justext"])
def test_the_doctor_names_the_package_that_is_missing(tmp_path: Path, name: str) -> None:
    result = run(without(tmp_path, name), [*TRACKER, "doctor", "--json"], tmp_path)
    assert (result.returncode, result.stderr) == (1, "")
    told = [json.loads(line) for line in result.stdout.splitlines()]
    first = next(line for line in told if line["level"] == "problem")
    assert first["name"] == "packages"
    assert_one_line_names(first["says"] + "\n", name)


NEEDS = [
    ("lxml-html-clean", ["demo"]),
    ("sqlmodel", ["export"]),
]


@pytest.mark.parametrize(("name", "commands"), NEEDS)
def test_a_command_that_needs_it_says_so_and_sends_to_the_doctor(
    tmp_path: Path, name: str, commands: list[str]
) -> None:
    folder = without(tmp_path, name)
    *_, result = [run(folder, [*TRACKER, *command.split()], tmp_path) for command in commands]
    assert result.returncode == 1
    assert_one_line_names(result.stderr, name)
    assert "`tracker doctor`" in result.stderr


@pytest.mark.parametrize("name", ["typer", "pydantic"])
def test_where_no_command_can_start_that_is_one_line_too(tmp_path: Path, name: str) -> None:
    result = run(without(tmp_path, name), [*TRACKER, "doctor"], tmp_path)
    assert (result.returncode, result.stdout) == (1, "")
    assert_one_line_names(result.stderr, name)


def test_the_doctor_imports_what_a_poll_imports_whatever_is_said_to_be_installed(tmp_path: Path) -> None:
    folder = install(tmp_path / "packages", all_names())
    original = (folder / "htmldate").resolve()
    (folder / "htmldate").unlink()
    shutil.copytree(original, folder / "htmldate")
    (folder / "htmldate" / "core.py").write_text("raise ImportError('half of it was copied')\n")
    result = run(folder, [*TRACKER, "doctor"], tmp_path)
    assert (result.returncode, result.stderr) == (1, "")
    problems = [line for line in result.stdout.splitlines() if line.startswith("problem")]
    assert len(problems) == 1
    for words in ("packages", "htmldate", "half of it was copied", "pip install --force-reinstall htmldate"):
        assert words in problems[0]
