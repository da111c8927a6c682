"""Every command on a damaged database: one line that says so and what to do, exit status 1, no traceback."""

import json
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from db.engine import migrate, open_database
from jobs import cli
from support.commands.environment import is_foreign
from support.databases.damage import DAMAGES, noise
from support.databases.recording import NOW
from support.mail.news import add_entry, add_reader

COMMANDS = [
    *(("poll",), ("report", "--out", "site"), ("export",), ("export", "--format", "ics"), ("review", "list")),
    *(("digest", "preview"), ("digest", "send", "--now"), ("backup", "copy.db"), ("feeds", "list"), ("verify",)),
]
EVERYWHERE = ("tables", "header", "truncated")
"""Damages that no command gets past; past others gets one that looks elsewhere."""


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with entries and a subscriber; nobody has it open."""
    path = tmp_path_factory.mktemp("sound") / "tracker.db"
    engine = open_database(f"sqlite:///{path}")
    migrate(engine)
    for number in range(30):
        add_entry(engine, f"matter {number}", NOW)
    add_reader(engine, "ada@example.org", NOW)
    engine.dispose()
    return path


@pytest.fixture
def database(sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it in a folder of its own, in which the commands run."""
    for name in list(os.environ):
        if is_foreign(name):
            monkeypatch.delenv(name)
    monkeypatch.setenv("TRACKER_MAIL_FROM", "desk@example.org")
    monkeypatch.setenv("TRACKER_SMTP_HOST", "127.0.0.1")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tracker-data").mkdir()
    return Path(shutil.copy(sound, tmp_path / "tracker-data"))


@pytest.mark.parametrize("kind", sorted(set(DAMAGES) - {"row_gone"}))
def test_a_command_says_that_the_database_is_damaged(
    database: Path, kind: str, capfd: pytest.CaptureFixture[str]
) -> None:
    original = database.read_bytes()
    for command in COMMANDS:
        for one in database.parent.glob("tracker.db*"):
            one.unlink()
        database.write_bytes(original)
        DAMAGES[kind](database)
        status = cli.run(command)
        _, err = capfd.readouterr()
        if kind in EVERYWHERE or command[0] == "backup" or status:
            assert (status, err.count("\n")) == (1, 1), f"{command}: {err}"
            for words in (f"error: database {database}: it is ", "damaged", "newest backup"):
                assert words in err, command


def test_what_looks_like_a_bug_is_put_down_to_the_damage(database: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE revision SET at = 'no moment'")
        (elsewhere,) = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'ix_article_report'"
        ).fetchone()
    with pytest.raises(ValueError, match="no moment"):
        cli.run(["export"])
    noise(database, [elsewhere])
    capfd.readouterr()
    assert cli.run(["export"]) == 1
    assert capfd.readouterr().err.startswith(f"error: database {database}: it is damaged (")


@pytest.mark.parametrize("kind", sorted(set(DAMAGES) - set(EVERYWHERE)))
def test_the_doctor_finds_the_damage(database: Path, kind: str, capfd: pytest.CaptureFixture[str]) -> None:
    DAMAGES[kind](database)
    assert cli.run(["doctor", "--json"]) == 1
    out, err = capfd.readouterr()
    assert err == ""
    told = [json.loads(line) for line in out.splitlines()]
    (said,) = [line["says"] for line in told if (line["level"], line["name"]) == ("problem", "database")]
    assert said.startswith(f"database {database}: it is ")
    for words in ("damaged", "newest backup", "sqlite3 FILE .recover"):
        assert words in said
