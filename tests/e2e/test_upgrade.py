"""What whoever upgrades sees: the first command of the next version copies the database and brings it over; one from
before the first release is refused. No version has a next one yet, so that one is made up."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from db.engine import open_database
from support.commands.shell import Shell, assert_one_line
from support.databases.next_version import BEFORE, NEXT, know_next_version
from support.databases.recording import arrive
from support.timeline.cases import evidence

ADA = "ada@example.org"


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Shell:
    """A folder with a database of this version: an entry that a person confirmed, and a subscriber."""
    shell = Shell(tmp_path, monkeypatch, capfd)
    assert shell.run("subscribers", "add", ADA, "--confirmed").status == 0
    engine = open_database(f"sqlite:///{tmp_path / 'data' / 'tracker.db'}")
    arrive(engine, evidence())
    engine.dispose()
    (entry,) = json.loads(shell.run("export").out)
    assert shell.run("review", "confirm", entry["id"]).status == 0
    return shell


def version_of(path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection:
        return str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def test_the_first_command_copies_and_upgrades_and_all_that_was_there_is_there(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = shell.run("export")
    know_next_version(monkeypatch, tmp_path / "next")
    result = shell.run("export")
    assert (result.status, result.out) == (0, before.out)
    (copy,) = (tmp_path / "data" / "backups").glob(f"tracker-*-of-version-{BEFORE}.db")
    assert_one_line(result.err, f"of an earlier version: copied to {copy} before it is upgraded")
    assert (version_of(copy), version_of(tmp_path / "data" / "tracker.db")) == (BEFORE, NEXT)
    people = shell.run("subscribers", "list", "--json")
    assert (people.err, [json.loads(line)["address"] for line in people.out.splitlines()]) == ("", [ADA])
    assert shell.run("backup").status == 0


def test_without_a_copy_where_that_is_wanted(shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    know_next_version(monkeypatch, tmp_path / "next")
    assert shell.run("migrate", "--no-backup").err == ""
    assert version_of(tmp_path / "data" / "tracker.db") == NEXT
    assert not (tmp_path / "data" / "backups").exists()


def test_the_version_before_leaves_the_upgraded_database_alone_and_restores_its_copy(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = shell.run("export").out
    with monkeypatch.context() as later:
        know_next_version(later, tmp_path / "next")
        shell.run("feeds", "add", "https://a.example/feed", "--no-check")
    refused = shell.run("export")
    assert refused.status == 1
    assert_one_line(refused.err, f"a newer version of the tracker wrote it ({NEXT}, this one knows {BEFORE})")
    (copy,) = (tmp_path / "data" / "backups").glob("*-of-version-*")
    assert shell.run("restore", str(copy)).status == 0
    assert shell.run("export").out == before


@pytest.mark.parametrize("command", [("export",), ("poll",), ("migrate",), ("doctor",), ("restore", "copy.db")])
def test_what_is_from_before_the_first_release_is_one_line_that_says_what_to_do(
    shell: Shell, tmp_path: Path, command: tuple[str, ...]
) -> None:
    path = tmp_path / "data" / "tracker.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0039'")
        connection.commit()
    (tmp_path / "copy.db").write_bytes(path.read_bytes())
    result = shell.run(*command)
    assert result.status == 1
    told = [line for line in (result.err + result.out).splitlines() if "before the first release" in line]
    assert len(told) == 1
    assert "begin with a new data_dir or database_url" in told[0]
    assert (version_of(path), (tmp_path / "data" / "backups").exists()) == ("0039", False)
