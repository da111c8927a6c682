"""What is installed: which packages are missing or broken, and what to do about it. Itself it needs none of them."""

import shlex
import traceback
from collections import deque
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pkgutil import walk_packages
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from packaging.requirements import Requirement

PACKAGE = "procedure-tracker"
OURS = ("jobs", "db", "tracker")
TRAINING = "tracker.read.training"
"""In a clone, no part of an installation; what it needs is there for those who train the reader."""
QUEUE, ITS_PACKAGE = "jobs.queue", "procrastinate"
"""Imported only where workers share the work, which needs the extra `postgres`."""


def lacking() -> "list[Requirement]":
    """What the tracker needs that is not installed, be it at second hand; of what it names itself, also what is of a
    version that it does not take."""
    from importlib.metadata import requires

    from packaging.requirements import Requirement
    from packaging.utils import canonicalize_name

    wrong: dict[str, Requirement] = {}
    looked, waiting = {(PACKAGE, "")}, deque([(PACKAGE, "")])
    while waiting:  # from what is named at first hand to what is far off: the nearest knows best what it needs
        package, extra = waiting.popleft()
        for wanted in map(Requirement, requires(package) or ()):
            name = canonicalize_name(wanted.name)
            if not _applies(wanted, extra) or name in wrong:
                continue
            if not _is_there(wanted, fitting=package == PACKAGE):
                wrong[name] = wanted
                continue
            new = {(name, asked) for asked in ("", *wanted.extras)} - looked
            looked |= new
            waiting += new
    return list(wrong.values())


def _applies(wanted: "Requirement", extra: str) -> bool:
    return wanted.marker is None or wanted.marker.evaluate({"extra": extra})


def _is_there(wanted: "Requirement", *, fitting: bool) -> bool:
    from importlib.metadata import PackageNotFoundError, version

    try:
        found = version(wanted.name)
    except PackageNotFoundError:
        return False
    return not fitting or wanted.specifier.contains(found, prereleases=True)


def broken() -> Iterator[Exception]:
    """Imports all modules of ours, and of the packages that we name; gives what went wrong, each thing once."""
    seen = set()
    for name in (*_our_modules(), *_modules_that_we_name()):
        try:
            import_module(name)
        except Exception as error:  # what a broken package does when it is imported, nobody can say
            if str(error) not in seen:
                seen.add(str(error))
                yield error


def _our_modules() -> Iterator[str]:
    left_out = (TRAINING,) if find_spec(ITS_PACKAGE) else (TRAINING, QUEUE)
    for top in OURS:
        # A folder whose own code cannot be imported is told of by `broken`, which is given its name too.
        for one in walk_packages(import_module(top).__path__, f"{top}.", onerror=lambda _: None):
            if not one.name.startswith(left_out):
                yield one.name


def _modules_that_we_name() -> Iterator[str]:
    """Some are imported only where they are needed, or by their own name nowhere."""
    from importlib.metadata import packages_distributions, requires

    from packaging.requirements import Requirement
    from packaging.utils import canonicalize_name

    named = map(Requirement, requires(PACKAGE) or ())
    wanted = {canonicalize_name(one.name) for one in named if _applies(one, "")}
    for module, providers in packages_distributions().items():
        if module.isidentifier() and wanted & {canonicalize_name(name) for name in providers}:
            yield module


def is_foreign(error: ImportError) -> bool:
    """Whether a package of others is the cause; else it is a bug."""
    return _at_fault(error) not in OURS


def told(error: Exception) -> str:
    """What is wrong with the packages after this error of an import, and what to do, in one line."""
    try:
        missing = lacking()
    except ImportError:  # of `packaging`, perhaps the cause itself
        missing = []
    return missing_told(missing) if missing else _broken_told(error)


def missing_told(missing: "list[Requirement]") -> str:
    """One line for packages that are not installed, or not in a version that fits."""
    wanted = [f"{one.name}{one.specifier}" for one in missing]
    names = ", ".join(wanted)
    return f"missing or of another version: {names}; {_remedy('pip install', wanted, 'uv sync')}"


def _broken_told(error: Exception) -> str:
    from importlib.metadata import packages_distributions

    module = _at_fault(error)
    name = next(iter(packages_distributions().get(module, ())), module)
    says = f"{name} cannot be imported ({type(error).__name__}: {error})"
    return f"{says}; {_remedy('pip install --force-reinstall', [name], 'uv sync --reinstall')}"


def _remedy(pip: str, wanted: list[str], in_a_clone: str) -> str:
    return f"run `{pip} {shlex.join(wanted)}` where the tracker is installed, or `{in_a_clone}` in a clone of it"


def _at_fault(error: Exception) -> str:
    """The module, by its first name, that could not be imported; else the one whose code failed."""
    name = error.name if isinstance(error, ImportError) and error.name else ""
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    return (name or str(frames[-1].f_globals.get("__name__"))).partition(".")[0]
