"""`tracker backup` and `tracker restore` as people use them."""

import os
from pathlib import Path

import pytest

from jobs.mail.link_tokens import Tokens
from jobs.process.lock import only_one
from jobs.settings import load
from jobs.store import open_store
from support.commands.shell import Shell, assert_one_line

FEED = "https://a.example/feed"


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Shell:
    return Shell(tmp_path, monkeypatch, capfd)


def test_a_copy_is_put_back_and_it_says_what_was_done_and_what_to_do(shell: Shell) -> None:
    shell.run("feeds", "add", FEED, "--no-check")
    assert shell.run("backup", "copy.db").status == 0
    shell.run("feeds", "remove", FEED)
    result = shell.run("restore", "copy.db")
    assert (result.status, result.err) == (0, "")
    assert "Restored from copy.db: 0 articles, 0 entries (before: 0 articles, 0 entries)." in result.out
    kept = next((shell.folder / "data").glob("tracker.db.before-restore-*"))
    assert str(kept) in result.out
    assert "tracker run" in result.out
    assert FEED in shell.run("feeds", "list").out


def test_over_an_empty_folder_it_says_nothing_of_an_old_database(shell: Shell) -> None:
    shell.run("feeds", "add", FEED, "--no-check")
    shell.run("backup", "copy.db")
    result = shell.run("restore", "copy.db", TRACKER_DATA_DIR=str(shell.folder / "new"))
    assert result.status == 0
    assert "kept" not in result.out
    assert FEED in shell.run("feeds", "list", TRACKER_DATA_DIR=str(shell.folder / "new")).out


def test_it_refuses_while_a_daemon_or_a_command_is_at_work(shell: Shell) -> None:
    shell.run("backup", "copy.db")
    with only_one(shell.folder / "data"):
        result = shell.run("restore", "copy.db")
    assert result.status == 1
    assert_one_line(result.err, "a daemon is already running here", "stop it first")
    with open_store(load()):
        result = shell.run("restore", "copy.db")
    assert result.status == 1
    assert_one_line(result.err, "a command is at work on it")


def test_what_is_no_copy_is_one_line(shell: Shell) -> None:
    (shell.folder / "notes.txt").write_text("Buy milk.")
    os.mkfifo(shell.folder / "pipe")  # whoever opens it waits for a writer
    for name in ("notes.txt", "nowhere.db", "pipe", "."):
        result = shell.run("restore", name)
        assert result.status == 1
        assert_one_line(result.err, name)


def test_without_a_restore_nothing_waits_to_be_resumed(shell: Shell) -> None:
    assert shell.run("digest", "resume").out == "No mail was waiting for this.\n"


def test_without_a_file_the_copy_goes_into_the_folder_of_backups(shell: Shell) -> None:
    shell.run("migrate")
    Tokens.of(shell.folder / "data")
    result = shell.run("backup")
    made = sorted((shell.folder / "data" / "backups").iterdir())
    assert made[0].name == "mail.secret"
    assert str(made[1]) in result.out
    assert shell.run("restore", str(made[1]), TRACKER_DATA_DIR=str(shell.folder / "new")).status == 0
    assert (shell.folder / "new" / "mail.secret").read_bytes() == made[0].read_bytes()


def test_backups_are_not_shown_to_everybody(shell: Shell) -> None:
    result = shell.run("backup", TRACKER_BACKUP_DIR=str(shell.folder / "data" / "report" / "backups"))
    assert result.status == 1
    assert_one_line(result.err, "TRACKER_BACKUP_DIR", "lies in `report_dir`")
