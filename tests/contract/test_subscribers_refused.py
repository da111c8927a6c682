"""An address that the mail server refuses at once: the commands say so, and how it is lifted. Real SMTP."""

from pathlib import Path

import pytest

from jobs import cli
from support.commands.environment import leave_foreign_out
from support.mail.server import PASSWORD, USER, MailServer

ADA = "ada@example.org"
LIFTS = f"`tracker subscribers confirm {ADA}` lifts that"


@pytest.fixture
def folder(server: MailServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    # SQLite only: what the commands say is the same for both
    leave_foreign_out(monkeypatch)
    given = {
        "DATA_DIR": tmp_path / "data",
        "SMTP_HOST": "localhost",
        "SMTP_PORT": server.port,
        "SMTP_USER": USER,
        "SMTP_PASSWORD": PASSWORD,
        "MAIL_FROM": "digest@tracker.example",
        "MAIL_PER_MINUTE": 0,
    }
    for name, value in given.items():
        monkeypatch.setenv(f"TRACKER_{name}", str(value))
    monkeypatch.chdir(tmp_path)
    server.faults.refused = frozenset({ADA})
    return tmp_path


def test_a_refused_address_is_told_by_add_and_resume_until_it_is_confirmed(
    folder: Path, server: MailServer, capfd: pytest.CaptureFixture[str]
) -> None:
    def run(*arguments: str) -> tuple[int, str, str]:
        capfd.readouterr()
        status = cli.run(["subscribers", *arguments])
        return status, *capfd.readouterr()

    status, out, err = run("add", ADA)
    assert (status, "They will be asked" in out) == (1, False)
    told = err.splitlines()[-1]
    assert f"mails to {ADA} came back (550" in told
    assert LIFTS in told
    status, out, err = run("add", ADA)
    assert (status, out.startswith("Already known"), LIFTS in err) == (0, True, True)
    status, out, err = run("resume", ADA)
    assert (status, "they are not paused: mails to" in err, LIFTS in err) == (1, True, True)
    server.faults.refused = frozenset()
    assert run("confirm", ADA)[0] == 0
    assert LIFTS not in run("add", ADA)[2]


def test_a_server_that_is_away_is_tried_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TRACKER_SMTP_PORT", "1")
    assert cli.run(["subscribers", "add", ADA]) == 1
    assert "They will be asked when the mail server takes the mail." in capfd.readouterr().out
