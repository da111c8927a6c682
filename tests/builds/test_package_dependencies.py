"""What is imported is declared, what is declared is used, and every dependency says why it is there."""

import ast
import sys
import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import distribution, packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from support.commands.installed import install, run

ROOT = Path(__file__).parents[2]
STOREYS = ("tracker", "db", "jobs")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
NEVER_IMPORTED = {
    "lxml-html-clean": "jusText imports it, and an old pip does not see that it wants it",
    "tzdata": "the standard library reads it where the machine has no zones",
}
WORKSHOPS = {"gazetteer": "tracker/read/data/build_", "train": "tracker/read/training/"}
"""Groups of packages, and where the code begins that alone may need them: it makes data files and the model in a
developer's checkout."""


def imported(path: Path) -> Iterator[str]:
    """Top-level names of the modules that a file imports, wherever in the file it does so."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def sources(workshop: str = "") -> Iterator[Path]:
    """The modules of a workshop, or those of no workshop: what is installed."""
    for path in (path for folder in STOREYS for path in (ROOT / folder).rglob("*.py")):
        of = (group for group, begin in WORKSHOPS.items() if path.relative_to(ROOT).as_posix().startswith(begin))
        if next(of, "") == workshop:
            yield path


def used(paths: Iterable[Path]) -> set[str]:
    """The distributions whose modules they import."""
    names = {name for path in paths for name in imported(path)}
    foreign = names - set(sys.stdlib_module_names) - set(STOREYS)
    providers = packages_distributions()
    return {canonicalize_name(providers.get(name, [name])[0]) for name in foreign}


def declared(requirements: list[str]) -> set[str]:
    return {canonicalize_name(Requirement(line).name) for line in requirements}


def test_what_is_imported_is_declared_and_what_is_declared_is_used() -> None:
    project = PROJECT["project"]
    required = declared(project["dependencies"])
    optional = {name for extra in project["optional-dependencies"].values() for name in declared(extra)}
    needed = used(sources())
    assert needed - required - optional == set(), "imported but not declared"
    assert required - needed == set(NEVER_IMPORTED), "declared but not imported"


@pytest.mark.parametrize("group", WORKSHOPS)
def test_a_workshop_has_a_group_for_what_it_needs_beside_what_is_installed(group: str) -> None:
    needed = used(sources(group))
    assert needed
    assert needed <= declared(PROJECT["dependency-groups"][group]) | declared(PROJECT["project"]["dependencies"])


@pytest.mark.parametrize("group", [*WORKSHOPS, "bench", "bench-poll"])
def test_what_is_installed_needs_no_package_of_a_workshop(group: str) -> None:
    only_there = declared(PROJECT["dependency-groups"][group]) - declared(PROJECT["project"]["dependencies"])
    assert used(sources()) & only_there == set()


@pytest.mark.parametrize("requirement", PROJECT["project"]["dependencies"])
def test_every_dependency_has_its_reason_above_it(requirement: str) -> None:
    lines = [line.strip() for line in (ROOT / "pyproject.toml").read_text("utf-8").splitlines()]
    assert lines[lines.index(f'"{requirement}",') - 1].startswith("# ")


@pytest.mark.parametrize("requirement", PROJECT["project"]["dependencies"])
def test_every_dependency_has_a_lowest_version_or_is_pinned(requirement: str) -> None:
    assert {item.operator for item in Requirement(requirement).specifier} & {">=", "=="}


def brought_by_the_letter() -> set[str]:
    """The distributions that an old pip installs with the wheel. Before 23.3 it takes the name of an extra by the
    letter: `html_clean` is nothing to it where the metadata say `html-clean`, and what stands behind goes missing."""
    brought: set[str] = set()
    waiting = [Requirement(line) for line in PROJECT["project"]["dependencies"]]
    while waiting:
        wanted = waiting.pop()
        held = distribution(wanted.name)
        extras = wanted.extras & set(held.metadata.get_all("Provides-Extra") or ())
        inner = [Requirement(line) for line in held.requires or ()]
        new = {str(one) for one in inner if any(_applies(one, extra) for extra in ("", *extras))} - brought
        waiting += [Requirement(line) for line in new]
        brought |= new | {canonicalize_name(wanted.name)}
    return {canonicalize_name(Requirement(line).name) for line in brought}


def _applies(requirement: Requirement, extra: str) -> bool:
    return requirement.marker is None or requirement.marker.evaluate({"extra": extra})


def test_all_of_it_can_be_imported_where_an_old_pip_installed_it(tmp_path: Path) -> None:
    folder = install(tmp_path / "packages", brought_by_the_letter() | {"procedure-tracker"})
    code = "from jobs import packages; print([packages.told(error) for error in packages.broken()])"
    assert run(folder, ["-c", code], tmp_path).stdout == "[]\n"
