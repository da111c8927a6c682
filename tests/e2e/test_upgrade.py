"""From the settings and the database of the last release to this program: nothing stops, nothing is lost.

`tests/golden/upgrade/0.1.0.*` were written by that program: its example of settings with every line switched on, and a
part of its demo's database in which a person decided, and from which mails went out.
"""

import json
import shutil
import sqlite3
from pathlib import Path

import pytest
from command_shell import Shell, assert_one_line

RELEASE = Path(__file__).parents[1] / "golden" / "upgrade" / "0.1.0"
CONFIRMED, REJECTED, TOLD = "698727670b75", "5d46e52f107d", "f28f41e84124"


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Shell:
    """Its folder as the last release left it."""
    shell = Shell(tmp_path, monkeypatch, capfd)
    monkeypatch.delenv("TRACKER_DATA_DIR")
    shutil.copy(f"{RELEASE}.toml", tmp_path / "tracker.toml")
    (tmp_path / "tracker-data").mkdir()
    with sqlite3.connect(tmp_path / "tracker-data" / "tracker.db") as connection:
        connection.executescript(Path(f"{RELEASE}.sql").read_text("utf-8"))
    return shell


def test_the_first_command_upgrades_and_all_that_was_there_is_there(shell: Shell) -> None:
    result = shell.run("export")
    assert result.status == 0
    model, signing, copied = result.err.splitlines()
    assert_one_line(model + "\n", "warning:", "`model` means nothing any more", "remove it")
    assert_one_line(
        signing + "\n", "warning:", "`dkim_selector` and `dkim_key` mean nothing", "let your mail server sign"
    )
    (copy,) = (shell.folder / "tracker-data" / "backups").glob("tracker-*-of-version-*.db")
    assert str(copy.relative_to(shell.folder)) in copied
    with sqlite3.connect(copy) as older:
        assert older.execute("SELECT count(*) FROM entry").fetchone() == (22,)
        assert older.execute("SELECT version_num FROM alembic_version").fetchone()[0] in copy.name
    entries = {entry["id"]: entry for entry in json.loads(result.out)}
    assert len(entries) == 22
    assert (entries[CONFIRMED]["status"], entries[REJECTED]["status"]) == ("confirmed", "rejected")
    milwaukee = entries[TOLD]
    assert (milwaukee["stage"], milwaukee["date"], milwaukee["basis"]) == ("adopted", "2017-06", "relative")
    assert "Police Chief Edward Flynn approved" in milwaukee["evidence"][0]["quote"]


def test_people_their_mails_and_the_evidence_stand(shell: Shell) -> None:
    people = shell.run("subscribers", "list", "--json")
    assert [json.loads(line)["address"] for line in people.out.splitlines()] == ["ada@example.org", "bob@example.org"]
    with sqlite3.connect(shell.folder / "tracker-data" / "tracker.db") as connection:
        assert connection.execute("SELECT count(*) FROM message WHERE state = 'sent'").fetchone() == (2,)
        assert connection.execute("SELECT entry_id FROM ledger WHERE entry_id = ?", (TOLD,)).fetchone() == (TOLD,)
    assert shell.run("verify").status == 0
    assert shell.run("backup").status == 0
