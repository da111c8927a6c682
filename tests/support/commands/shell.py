"""The command in this process, in a folder without settings whose data folder is its own."""

import json
import os
import pty
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from jobs import cli
from support.commands.environment import TRACKER, leave_foreign_out


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


def answered(arguments: list[str], question: str, answer: str) -> str:
    """What the command says on a terminal where a person answers its question."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen([TRACKER, *arguments], stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    said = b""
    while chunk := _read(ours):
        said += chunk
        if question and question.encode() in said:
            os.write(ours, answer.encode())
            question = ""
    assert process.wait(60) == 0, said.decode()
    os.close(ours)
    return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", said.decode())


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # what Linux says when the other side is closed
        return b""
