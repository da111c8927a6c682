"""The house keeps its order: short modules and functions, a README in every room, nothing of somebody's machine."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STOREYS = ("tracker", "db", "jobs")
ROOMS = (
    *("tracker", "tracker/gather", "tracker/read", "tracker/timeline", "tracker/publish"),
    *(
        "db",
        "jobs",
        "jobs/alerts",
        "jobs/daemon",
        "jobs/deploy",
        "jobs/web/desk",
        "jobs/mail",
        "jobs/checks",
        "jobs/opinions",
        "jobs/queue",
        "jobs/web",
    ),
)
MODULE_LINES = 500
"""More is two modules."""
TEST_LINES = 500
FUNCTION_LINES = 40
"""Of what it does: the options of a command and the docstring do not count."""
README_LINES = 120
"""A page."""
REGISTRIES = (("py", "pi.org"), ("python", "hosted.org"), ("npm", "js.org"), ("deb", ".debian.org"))
MACHINES = (("/ro", "ot/"), ("/wo", "rk/"), ("../sha", "red"), (".lib", "rary/"))
FOREIGN = re.compile("|".join(re.escape(first + rest) for first, rest in REGISTRIES + MACHINES))
"""Addresses of registries and paths of one machine; in two halves, so that this file may be searched as well."""
WRITTEN = frozenset({".py", ".md", ".toml", ".csv", ".j2", ".css", ".js", ".mako", ".example", ".txt", ".svg", ".yml"})


def written_files(*folders: str) -> Iterator[Path]:
    """Every text file that people wrote, except lock files."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in WRITTEN and "__pycache__" not in path.parts:
                yield path
    yield from (path for path in sorted(ROOT.glob("*")) if path.suffix in WRITTEN and path.is_file())
    yield from sorted((ROOT / ".ci").glob("*"))


def modules(*folders: str) -> list[Path]:
    return [path for path in written_files(*folders) if path.suffix == ".py"]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def long_functions() -> set[str]:
    found = set()
    for path in modules(*STOREYS, "tests"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                first = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
                if (node.end_lineno or 0) - first.lineno + 1 > FUNCTION_LINES:
                    found.add(f"{name_of(path)}:{node.name}")
    return found


def long_modules(limit: int, *folders: str) -> set[str]:
    return {name_of(path) for path in modules(*folders) if len(path.read_text("utf-8").splitlines()) > limit}


def test_modules_are_short() -> None:
    assert long_modules(MODULE_LINES, *STOREYS) == set()


def test_test_files_are_short() -> None:
    assert long_modules(TEST_LINES, "tests") == set()


def test_functions_are_short() -> None:
    assert long_functions() == set()


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_has_one_page_that_says_what_lives_there(room: str) -> None:
    lines = (ROOT / room / "README.md").read_text("utf-8").splitlines()
    assert lines[0].startswith("# ")
    assert len(lines) <= README_LINES


@pytest.mark.parametrize("room", ROOMS)
def test_the_tables_of_a_readme_name_only_modules_that_exist(room: str) -> None:
    rows = [line for line in (ROOT / room / "README.md").read_text("utf-8").splitlines() if line.startswith("|")]
    named = re.findall(r"`([\w/]+\.py)`", "\n".join(rows))
    missing = [name for name in named if not (ROOT / name).exists() and not list((ROOT / room).rglob(name))]
    assert missing == []


def test_nothing_names_a_registry_or_a_path_of_one_machine() -> None:
    found = [
        f"{name_of(path)}:{number}: {line.strip()}"
        for path in written_files(*STOREYS, "tests")
        for number, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), 1)
        if FOREIGN.search(line)
    ]
    assert found == []


def test_no_file_is_too_large_to_read_in_a_review() -> None:
    large = 1_500_000
    assert [name_of(path) for path in written_files(*STOREYS, "tests") if path.stat().st_size > large] == []
