"""`tracker desk user`: who may use the desk; passwords are never an argument."""

import contextlib
import io
import json
import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from db.desk.users import password_of
from db.engine import open_database, reading
from support.commands.shell import Result, Shell, assert_one_line

PASSWORD = "correct horse battery"
PATIENCE_S = 60


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Shell:
    return Shell(tmp_path, monkeypatch, capfd)


def told(shell: Shell, monkeypatch: pytest.MonkeyPatch, line: str, *arguments: str) -> Result:
    """The command with a line on its standard input."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{line}\n"))
    return shell.run("desk", "user", *arguments)


def test_users_are_added_listed_changed_and_removed(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    added = told(shell, monkeypatch, PASSWORD, "add", "Ada", "--role", "admin")
    assert (added.status, added.out) == (0, "Added Ada, admin.\n")
    assert_one_line(added.err, "The desk is off; `desk = true`")
    (row,) = map(json.loads, shell.run("desk", "user", "list", "--json").out.splitlines())
    assert (row["name"], row["role"], row["sessions"]) == ("Ada", "admin", 0)
    assert "password" not in row
    for alone in (("role", "ada", "viewer"), ("remove", "ada")):
        refused = shell.run("desk", "user", *alone)
        assert (refused.status, refused.out) == (1, "")
        assert_one_line(refused.err, "Ada is the only admin", "make somebody else an admin first")
    assert told(shell, monkeypatch, PASSWORD, "add", "Bob", "--role", "admin").status == 0
    assert shell.run("desk", "user", "role", "ada", "viewer").out == "Ada is viewer now.\n"
    assert "signed out everywhere" in told(shell, monkeypatch, "another horse", "passwd", "ADA").out
    assert shell.run("desk", "user", "sign-out", "ada").out == "Ended 0 sessions of Ada.\n"
    assert "Ada" in shell.run("desk", "user", "list").out
    assert shell.run("desk", "user", "remove", "ada").out == "Removed Ada.\n"
    assert "Ada" not in shell.run("desk", "user", "list").out


WRONG = [
    (PASSWORD, ("add", "tracker"), 1, "what the program calls itself"),
    (PASSWORD, ("add", "  "), 1, "a name is one line"),
    (PASSWORD, ("add", "Bob", "--role", "boss"), 2, 'there is no role "boss"'),
    ("short", ("add", "Bob"), 1, "a password has 10 to 1,000 characters; this one has 5"),
    ("", ("add", "Bob"), 1, "a password has 10 to"),
    (PASSWORD, ("add", "ada"), 1, "there is a user ada already"),
    (PASSWORD, ("passwd", "Adam"), 1, "there is no user Adam; did you mean Ada?"),
    ("", ("remove", "nobody"), 1, "`tracker desk user list` shows all"),
    ("", ("role", "Ada", "vewer"), 2, "did you mean viewer?"),
]


def test_what_cannot_be_done_is_said_in_one_line(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    assert told(shell, monkeypatch, PASSWORD, "add", "Ada").status == 0
    for line, arguments, status, says in WRONG:
        result = told(shell, monkeypatch, line, *arguments)
        assert (result.status, result.out) == (status, ""), arguments
        assert_one_line(result.err, says)
    assert len(shell.run("desk", "user", "list", "--json").out.splitlines()) == 1


def on_terminal(*answers: str) -> tuple[int, bytes]:
    """Adds Ada on a terminal, with an answer to each question; the exit status, and what was shown."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "jobs", "desk", "user", "add", "Ada"]
    process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True)
    os.close(theirs)
    shown, deadline = b"", time.monotonic() + PATIENCE_S
    for number, said in enumerate(answers, 1):
        while shown.count(b": ") < number:
            assert select.select([ours], [], [], max(deadline - time.monotonic(), 0))[0], shown
            shown += os.read(ours, 1000)
        os.write(ours, f"{said}\n".encode())
    status = process.wait(PATIENCE_S)
    with contextlib.suppress(OSError):  # the other end is closed
        shown += os.read(ours, 10_000)
    os.close(ours)
    return status, shown


@pytest.mark.slow
def test_on_a_terminal_it_asks_twice_and_shows_nothing(shell: Shell) -> None:
    status, shown = on_terminal(PASSWORD, "another horse")
    assert status == 1
    assert b"not the same both times" in shown
    status, shown = on_terminal(PASSWORD, PASSWORD)
    assert status == 0, shown
    assert PASSWORD.encode() not in shown
    engine = open_database(f"sqlite:///{shell.folder / 'data' / 'tracker.db'}")
    with reading(engine) as opened:
        known = password_of(opened, "ada")
    engine.dispose()
    assert known is not None
    assert known[1].startswith("$argon2id$")
    assert PASSWORD not in known[1]
