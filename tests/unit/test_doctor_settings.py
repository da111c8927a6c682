"""Settings with which the daemon would fail at some hour are told by the doctor now, and nothing is left behind."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from jobs.checks import data as data_checks
from jobs.checks import mail
from jobs.checks.check import Level, Problem
from jobs.checks.settings import settings as settings_given
from jobs.settings import Settings
from jobs.terminal.console import State


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "file").write_text("no folder")
    return tmp_path


FOLDERS: list[tuple[dict[str, Any], list[str]]] = [
    ({}, []),
    ({"report_dir": "file/report"}, ["`report_dir`"]),
    ({"report_dir": "file"}, ["`report_dir`"]),
    ({"backup_dir": "/proc/backups"}, ["`backup_dir`"]),
    ({"backup_dir": "/proc/backups", "backup_keep_days": 0}, []),
    ({"backup_dir": "a/b/c"}, []),
]


@pytest.mark.parametrize(("given", "named"), FOLDERS)
def test_a_folder_that_cannot_be_made_or_written_is_a_problem(
    given: dict[str, Any], named: list[str], data: Path
) -> None:
    before = sorted(data.rglob("*"))
    found = list(data_checks.folders(Settings(data_dir=data, **given)))
    assert [check.says.partition(":")[0] for check in found] == named
    assert all(check.level is Level.PROBLEM for check in found)
    assert sorted(data.rglob("*")) == before


def test_a_folder_that_is_there_and_takes_nothing_is_told_once(data: Path) -> None:
    settings = Settings(data_dir=data, backup_dir="/proc/self")
    (found,) = [*data_checks.foreign_files(settings), *data_checks.folders(settings)]
    assert found.level is Level.PROBLEM
    assert found.says.startswith("/proc/self: user")


SENDERS: list[tuple[dict[str, Any], str]] = [
    ({}, ""),
    ({"mail_from": "Tracker <news@example.org>"}, ""),
    ({"mail_from": "news"}, '`mail_from`: not a mail address: "news"; write one like ada@example.org'),
    ({"mail_from": "Tracker news@"}, "`mail_from`: not a mail address"),
]


@pytest.mark.parametrize(("given", "says"), SENDERS)
def test_a_sender_whose_mails_would_fail_is_a_problem(given: dict[str, Any], says: str, data: Path) -> None:
    found = list(mail.sender(Settings(data_dir=data, **given)))
    assert [check.level for check in found] == [Level.PROBLEM] * bool(says)
    assert says in "".join(check.says for check in found)
    assert not (data / "mail.secret").exists()


@pytest.mark.parametrize(
    ("contact", "is_told"), [("ada@example.org", False), ("https://example.org/who", False), ("Ada", True), ("@", True)]
)
def test_a_contact_that_leads_to_nobody_is_a_warning(contact: str, is_told: bool, data: Path) -> None:
    found = settings_given(Settings(data_dir=data, contact=contact), State(config=data / "tracker.toml"))
    told = [check for check in found if "neither a mail nor a web address" in check.says]
    assert [check.level for check in told] == [Level.WARNING] * is_told


SERVERS = [
    ("https://llm.example.org/v1", False),
    ("http://llm.example.org/v1", True),
    ("http://93.184.215.14/v1", True),
    ("http://127.0.0.1:11434/v1", False),
    ("http://192.168.1.5:8000/v1", False),
    ("http://ollama:11434/v1", False),
    ("http://gpu.lan:11434/v1", False),
]


@pytest.mark.parametrize(("url", "is_told"), SERVERS)
def test_a_key_that_goes_over_the_internet_in_the_clear_is_a_warning(url: str, is_told: bool, data: Path) -> None:
    for key in ("sk-s3cret", ""):
        given = Settings(
            data_dir=data, second_opinion_url=url, second_opinion_model="m", second_opinion_key=SecretStr(key)
        )
        found = settings_given(given, State(config=data / "tracker.toml"))
        told = [check for check in found if "the key goes in the clear" in check.says]
        assert [check.level for check in told] == [Level.WARNING] * (is_told and bool(key))
        assert "s3cret" not in str(told)


def test_a_variable_of_an_earlier_version_is_named_with_its_reason(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKER_DKIM_KEY", "x")
    monkeypatch.setenv("TRACKER_DKIM_KEYS", "x")
    found = settings_given(Settings(data_dir=data), State(config=data / "tracker.toml"))
    told = {item.what: item.remedy for item in found if isinstance(item, Problem) and "no setting" in item.what}
    assert "your mail server" in told["environment variable TRACKER_DKIM_KEY is no setting"]
    assert told["environment variable TRACKER_DKIM_KEYS is no setting"] == "correct its name or unset it"
