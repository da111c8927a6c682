"""The tracker with some packages and no others: what is not there is not there, as after another installation."""

import subprocess
import sys
from collections.abc import Collection, Iterable
from importlib.metadata import distribution, distributions
from pathlib import Path

from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[3]


def all_names() -> set[str]:
    """All that is installed here, our own package among it."""
    return {canonicalize_name(one.name) for one in distributions()}


def install(folder: Path, names: Iterable[str]) -> Path:
    """A folder like site-packages with links to these distributions as they are installed here."""
    folder.mkdir()
    for name in names:
        held = distribution(name)
        for top in {path.parts[0] for path in held.files or ()} - {"..", "__pycache__"}:
            (folder / top).symlink_to(Path(str(held.locate_file(top))))
    return folder


def run(folder: Path, arguments: Collection[str], cwd: Path) -> subprocess.CompletedProcess[str]:
    """Python with the packages of this folder only (`-S`: those of its own are not looked at)."""
    env = {"PYTHONPATH": f"{folder}:{ROOT}", "PATH": "/usr/bin:/bin", "COLUMNS": "120"}
    command = [sys.executable, "-S", *arguments]
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False, timeout=120)
