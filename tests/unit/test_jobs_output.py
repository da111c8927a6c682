"""Results are there whole or not at all, and lines on the terminal stay lines."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from jobs.terminal.console import one_line
from jobs.terminal.output import make_dir, written
from tracker.errors import StorageError


def test_a_file_appears_at_the_end_and_replaces_the_old_one(tmp_path: Path) -> None:
    out = tmp_path / "entries.json"
    out.write_bytes(b"old")
    with written(str(out)) as file:
        file.write(b"new")
        assert out.read_bytes() == b"old"
    assert out.read_bytes() == b"new"


def fail_half_way(out: Path) -> None:
    with written(str(out)) as file:
        file.write(b"half")
        raise ZeroDivisionError


def test_an_error_half_way_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    out = tmp_path / "entries.json"
    out.write_bytes(b"old")
    with pytest.raises(ZeroDivisionError):
        fail_half_way(out)
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("entries.json", b"old")]


KILLED = """
import os, signal, sys
from jobs.terminal.output import written
with written(sys.argv[1]) as file:
    file.write(b"half")
    file.flush()
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_a_killed_run_left_is_removed_by_the_next_and_what_another_writes_is_not(tmp_path: Path) -> None:
    mine = tmp_path / ".settings"
    mine.touch()
    killed = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path / "entries.json")], check=False)
    assert (killed.returncode, len(list(tmp_path.iterdir()))) == (-signal.SIGKILL, 2)
    with written(str(tmp_path / "one.csv")) as one, written(str(tmp_path / "two.csv")) as two:
        assert len(list(tmp_path.iterdir())) == 3
        one.write(b"1")
        two.write(b"2")
    assert sorted(path.name for path in tmp_path.iterdir()) == [".settings", "one.csv", "two.csv"]


@pytest.mark.parametrize("out", ["/dev/full", "{tmp}/missing/entries.json", "/proc/entries.json", "{tmp}"])
def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, out: str) -> None:
    path = out.format(tmp=tmp_path)
    with pytest.raises(StorageError, match="cannot be written") as caught, written(path) as file:
        file.write(b"x" * 100_000)
    assert path in str(caught.value)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageError, match="cannot be made"):
        make_dir(tmp_path / "file" / "report")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("two\nlines", "two lines"),
        ("tab\tand  spaces ", "tab and spaces"),
        ("\x1b[31mred", "[31mred"),
        ("ünï", "ünï"),
        ("\u202egnp\x9b2J 👨\u200d👩\u200d👧 \x07\u2028x", "gnp2J 👨\u200d👩\u200d👧 x"),
    ],
)
def test_a_message_stays_one_line_and_cannot_steer_the_terminal(text: str, line: str) -> None:
    assert one_line(text) == line
