"""The command in this process, in a folder without settings whose data folder is its own."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from surroundings import leave_foreign_out

from jobs import cli


@dataclass(frozen=True)
class Result:
    status: int
    out: str
    err: str


class Shell:
    """A folder without settings, whose data folder is its own."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, capture: pytest.CaptureFixture[str]) -> None:
        self.folder, self._monkeypatch, self._capture = folder, monkeypatch, capture
        leave_foreign_out(monkeypatch)
        monkeypatch.setenv("TRACKER_DATA_DIR", str(folder / "data"))
        monkeypatch.setenv("COLUMNS", "120")
        monkeypatch.chdir(folder)

    def run(self, *arguments: str, **env: str) -> Result:
        """A command in this process."""
        self._capture.readouterr()
        with self._monkeypatch.context() as patch:
            for name, value in env.items():
                patch.setenv(name, value)
            status = cli.run(arguments)
        return Result(status, *self._capture.readouterr())

    def write(self, name: str, *records: object) -> None:
        lines = [record if isinstance(record, str) else json.dumps(record) for record in records]
        (self.folder / name).write_text("\n".join(lines) + "\n")


def assert_one_line(err: str, *says: str) -> None:
    assert err.count("\n") == 1, err
    assert "Traceback" not in err
    for words in says:
        assert words in err
