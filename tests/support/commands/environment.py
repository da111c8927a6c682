"""The environment in which commands are tested: that of the machine without any settings but those of all tests."""

import os
import shutil
import sys
from pathlib import Path

import pytest

TRACKER = shutil.which("tracker", path=str(Path(sys.executable).parent)) or "tracker"
"""The command of this environment."""
SCRIPTS = {"PYTHONPATH": str(Path(__file__).parents[2])}
"""For `python -m support.processes.…`."""
SMALL_LOOK = {"TRACKER_BIG_LOOK": "false"}
"""Of all tests, unless one is about the big look: it takes memory and time in every process."""


def is_foreign(name: str) -> bool:
    """Whether a variable of the environment is a setting of a tracker on this machine, and none of all tests."""
    return name.startswith("TRACKER_") and name not in SMALL_LOOK


def leave_foreign_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Takes the foreign ones out of this process's environment for a test."""
    for name in filter(is_foreign, list(os.environ)):
        monkeypatch.delenv(name)
