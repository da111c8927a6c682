"""README and CHANGELOG say what the program is: every command, every setting, the version; links lead somewhere."""

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.main import get_command

from jobs import cli
from jobs.settings import CONFIG_VARIABLE, PREFIX, Settings

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
CHANGELOG = (ROOT / "CHANGELOG.md").read_text("utf-8")
BASELINE = ROOT / "tests" / "eval" / "baseline.json"
PICTURE = "tracker/timeline.png"
LARGEST_PICTURE = 300_000
"""Bytes: the first screen must come at once."""
ROUNDED = 0.01
"""Two decimals, and a sentence that is parsed differently on another machine."""
SETTINGS_WITHOUT_ROW = {CONFIG_VARIABLE}
TESTS = "uv run --group dev pytest"


def commands() -> Iterator[str]:
    """`poll`, `sources add` and so on, as the program shows them; of groups in groups only these: `desk user`."""
    for name, command in get_command(cli.app).commands.items():  # type: ignore[attr-defined]
        if command.hidden:
            continue
        inner = [part for part, one in getattr(command, "commands", {}).items() if not one.hidden]
        yield from (f"{name} {part}" for part in inner) if inner else (name,)


def rows(heading: str) -> list[str]:
    """The rows of the table under a heading."""
    section = README.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    return [line for line in section.splitlines() if line.startswith("| `")]


def told_commands() -> set[str]:
    """The commands in the first column; `sources add|list` are two."""
    told = set()
    for row in rows("Commands"):
        for phrase in re.findall(r"`tracker ([^`]+)`", row.split(" | ")[0]):
            first, _, second = phrase.partition(" ")
            told |= {f"{first} {part}" for part in second.split("\\|")} if second else {first}
    return told


def test_it_tells_every_command_and_no_other() -> None:
    assert told_commands() == set(commands())


def test_it_tells_every_setting_and_no_other() -> None:
    told = {name for row in rows("Settings") for name in re.findall(r"`(\w+)`", row.split(" | ")[0])}
    assert told == set(Settings.model_fields)


def test_it_names_no_variable_that_is_no_setting() -> None:
    known = {PREFIX + name.upper() for name in Settings.model_fields} | SETTINGS_WITHOUT_ROW
    assert set(re.findall(rf"{PREFIX}[A-Z_]*[A-Z]", README)) <= known


@pytest.mark.parametrize("link", re.findall(r"\]\(([^)#]+)\)", README + CHANGELOG))
def test_its_links_lead_to_files_of_the_repository(link: str) -> None:
    assert (ROOT / link).exists()


def test_its_first_screen_has_the_picture_and_the_two_commands() -> None:
    first = README.splitlines()[:40]
    assert any(f"]({PICTURE})" in line for line in first)
    assert "pip install uv && uv run tracker demo" in "\n".join(first)
    assert TESTS in "\n".join(first)
    assert (ROOT / PICTURE).stat().st_size < LARGEST_PICTURE


def test_the_demo_installs_nothing_that_only_tests_need_and_the_check_script_runs_them_as_the_readme_does() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert settings["tool"]["uv"]["default-groups"] == []
    assert TESTS in (ROOT / ".ci" / "run").read_text("utf-8").replace(" --locked", "")


HOW_SURE = ROOT / "tracker/timeline/data/how_sure.json"
SHARES = ("share", "right")
FIGURE = re.compile(r"[01]\.\d\d")


def test_it_claims_no_figure_above_the_floors_of_the_accuracy_gate() -> None:
    columns = ("", "article_f1", "", "primary_place", "primary_stage", "primary_date", "primary_topic", "entry_f1")
    if not BASELINE.exists():
        pytest.skip("no floors yet: uv run python tests/eval/gate.py --raise")
    floors = json.loads(BASELINE.read_text("utf-8"))
    above = []
    for row in re.findall(r"^\| `([^`]+)`: \d+, (.+) \|$", README, re.MULTILINE):
        named = zip(columns, row[1].split(" | "), strict=True)
        told = [(name, float(cell)) for name, cell in named if FIGURE.fullmatch(cell)]
        above += [(row[0], name, value) for name, value in told if value > floors[row[0]][name] + ROUNDED]
    assert above == []


def test_it_says_of_how_sure_entries_are_what_was_measured_and_the_report_shows() -> None:
    measured = json.loads(HOW_SURE.read_text("utf-8"))
    for word in ("sure", "likely", "uncertain"):
        for witness in ("alone", "heard"):
            one = measured[witness]["measured"][word]
            assert (
                f" {100 * one['share']:.0f} | " + (f"{100 * one['right']:.0f} |" if one["entries"] else "|") in README
            )


def test_the_changelog_knows_the_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert f"## [{version}]" in CHANGELOG
    assert CHANGELOG.index("## [Unreleased]") < CHANGELOG.index(f"## [{version}]")


def test_the_commands_of_real_use_are_understood() -> None:
    known = set(commands())
    typed = re.findall(r"^ {4}(?:.*\W)?(?:uv run )tracker ([a-z]+)(?: ([a-z]+))?", README, re.MULTILINE)
    assert typed
    assert [(first, second) for first, second in typed if not {first, f"{first} {second}"} & known] == []
